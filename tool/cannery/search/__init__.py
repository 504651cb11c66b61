"""Find entries."""
