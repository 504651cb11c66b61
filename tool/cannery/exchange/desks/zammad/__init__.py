"""Zammad: text modules and macros by its REST API."""
