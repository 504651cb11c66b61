"""The template language of macros, within bounds."""

from cannery.liquid.lean import load_liquid

load_liquid()
