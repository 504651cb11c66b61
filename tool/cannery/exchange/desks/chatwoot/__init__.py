"""Chatwoot: canned responses, macros and help centers by its REST API."""
