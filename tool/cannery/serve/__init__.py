"""The resident helper: a server on this machine, and who asks it."""
