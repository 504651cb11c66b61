"""Servers on this machine: the resident helper, and what guards the served site."""
