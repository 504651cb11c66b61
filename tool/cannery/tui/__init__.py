"""The picker: search, form and reply on one screen. Textual's only room."""
