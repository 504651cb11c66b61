"""Servers on loopback that behave as help desks do."""
