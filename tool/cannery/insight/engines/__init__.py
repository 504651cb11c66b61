"""Engines for more tickets than one SQLite database should hold, an extra: the one room of Ibis."""
