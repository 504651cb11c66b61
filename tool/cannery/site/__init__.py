"""What the published site may hold."""
