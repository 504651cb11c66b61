"""The measures: a file for each family, and a row for each in `table`."""
