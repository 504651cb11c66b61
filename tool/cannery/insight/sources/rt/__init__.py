"""Request Tracker: the history of tickets by its REST2, from files and asked for."""
