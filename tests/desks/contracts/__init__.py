"""Holds what is said to a desk, and what it answers, against the desk's published description."""
