"""kb/ as text and files."""
