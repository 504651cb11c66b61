"""JSON over HTTP with services that a user signs in to."""
