"""Front: message templates by its core API."""
