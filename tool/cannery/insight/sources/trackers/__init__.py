"""Trackers of issues, where teams answer their customers in the open."""
