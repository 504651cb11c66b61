"""Cannery: a Git-backed knowledge base and canned-response tool for support teams."""

__version__ = "0.1.0"
