"""Figures of support: events of tickets in SQLite, and measures of them; of no person."""
