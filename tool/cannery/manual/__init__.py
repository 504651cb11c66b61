"""The documentation: a knowledge base of its own, which comes with the program."""

from pathlib import Path

FOLDER = Path(__file__).parent
ARTICLES = FOLDER / "kb" / "articles"
