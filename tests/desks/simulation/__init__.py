"""Two people on two machines and a desk: random edits on all sides, and commands that are killed."""
