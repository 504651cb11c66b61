"""What desks write for a value, as trees: read, made ours, and written again. One file a desk."""
