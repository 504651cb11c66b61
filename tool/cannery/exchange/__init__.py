"""Canned replies of other programs: help desks, snippet tools, spreadsheets, folders of text."""
