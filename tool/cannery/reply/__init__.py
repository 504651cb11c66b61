"""Fill a macro in and hand the reply over."""
