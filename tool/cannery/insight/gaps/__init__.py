"""What is asked for and not answered: questions put together by what they are about."""
