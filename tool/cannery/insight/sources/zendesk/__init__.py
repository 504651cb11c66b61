"""Zendesk: what its incremental exports say, from files and from its API."""
