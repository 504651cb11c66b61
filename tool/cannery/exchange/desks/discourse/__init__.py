"""Discourse: templates as topics of a category, and topics as tickets."""
