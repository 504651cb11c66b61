"""Ask the web addresses that entries have: the only room for connections to hosts of strangers."""
