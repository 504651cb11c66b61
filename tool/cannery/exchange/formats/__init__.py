"""One module for each foreign format. They know nothing of each other."""
