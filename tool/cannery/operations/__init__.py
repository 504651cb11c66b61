"""What kb does, one file a trip: values in, values out; nothing is printed or asked here."""
