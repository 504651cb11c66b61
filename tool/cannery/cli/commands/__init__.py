"""One file a command: options in, what it shows out."""
