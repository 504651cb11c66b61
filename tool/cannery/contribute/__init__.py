"""The knowledge base as a Git repository."""
