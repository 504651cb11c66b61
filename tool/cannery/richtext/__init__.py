"""HTML from elsewhere -> the Markdown of an entry: what is pasted, mailed, exported."""
