"""The clipboard of each desktop: text and HTML, in and out."""
