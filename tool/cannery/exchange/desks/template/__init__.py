"""A macro's template as a desk can have it: parts written out, values the desk's or computed."""
