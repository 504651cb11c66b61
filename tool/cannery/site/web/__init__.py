"""What runs in a reader's browser. Every file comes with the package: no page asks another host."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent

# In the order of what builds on what.
FORM_SCRIPTS = (
    "vendor/liquid.browser.min.js",
    "vendor/markdown-it.min.js",
    "words.js",
    "template.js",
    "placement.js",
    "forms.js",
    "values.js",
    "fill.js",
)
