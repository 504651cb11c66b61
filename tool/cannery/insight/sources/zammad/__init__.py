"""Zammad: tickets with their history and articles."""
