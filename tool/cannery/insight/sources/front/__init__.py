"""Front: the events of conversations, from files and asked for."""
