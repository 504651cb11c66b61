"""What a shell asks of kb at Tab, and how that is set up."""
