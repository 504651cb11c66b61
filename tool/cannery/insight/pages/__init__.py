"""Figures as pages: sentences, charts and tables in a language, as values for a site to show."""
