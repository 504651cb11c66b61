"""The picker: a finder and a form on the whole screen. The only Textual room."""
