"""Freshdesk: tickets with their stats and conversations, and what customers answered."""
