"""What macros and articles are written as for other programs: one file a format."""
