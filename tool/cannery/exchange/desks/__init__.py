"""Help desks that we write to and read from: a package or a file for each, `table` has the rows."""
