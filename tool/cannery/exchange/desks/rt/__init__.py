"""Request Tracker 5: its articles, which agents insert into replies, and its tickets, by REST2."""
