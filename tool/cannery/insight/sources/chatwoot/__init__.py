"""Chatwoot: conversations with their messages, reporting events and answers of customers."""
