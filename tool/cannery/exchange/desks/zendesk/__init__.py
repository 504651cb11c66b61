"""Zendesk: macros of Support, and articles of Guide."""
