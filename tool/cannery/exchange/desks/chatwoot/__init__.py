"""Chatwoot: canned responses, macros and help centres by its REST API."""
