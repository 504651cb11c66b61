"""From changed files to a pull request and back: what is proposed, synced, and undone."""
