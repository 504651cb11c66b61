"""Freshdesk: canned responses and solution articles by its REST API."""
