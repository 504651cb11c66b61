"""What help desks export or answer, as records of tickets: a file, and a row in `table`."""
