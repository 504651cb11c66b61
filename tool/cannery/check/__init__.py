"""Tell what is wrong with the content."""
