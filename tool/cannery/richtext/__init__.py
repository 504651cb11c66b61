"""HTML and mails from elsewhere -> text and Markdown: what is pasted, mailed, exported."""
