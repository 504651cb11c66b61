"""Desks that keep one text a record: the languages of an entry are records of their own there."""
