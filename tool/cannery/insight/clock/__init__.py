"""Time as customers count it: business time, and what is promised in it."""
