"""The lowest floor: files of our own, written whole, read with bounds."""
