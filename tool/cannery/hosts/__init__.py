"""Where the repository is hosted: addresses, tokens, and APIs."""
