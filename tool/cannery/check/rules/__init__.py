"""One file a subject: the rules of `kb check`."""
