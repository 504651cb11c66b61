"""A reply that was written once -> a macro that can be sent again."""
