"""The template language of macros, within bounds."""
