"""Every type of data that more than one room knows."""
