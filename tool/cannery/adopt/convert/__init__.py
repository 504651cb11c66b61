"""Pages of other tools -> our Markdown: a dialect a tool, and what all of them share."""
