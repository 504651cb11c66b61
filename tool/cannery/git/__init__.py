"""The repository that a knowledge base lies in: how git is started, and what it says."""
