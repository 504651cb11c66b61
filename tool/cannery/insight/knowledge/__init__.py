"""Measures of the knowledge base itself, as its history and its uses tell."""
