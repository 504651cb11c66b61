"""What help desks and trackers export, as records of tickets: a file and a row in `table`."""
