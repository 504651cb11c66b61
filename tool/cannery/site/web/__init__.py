"""What runs in a reader's browser. Every file comes with the package: no page asks another host."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
THEME = FOLDER / "theme"

# Of every page, in the order of what builds on what.
SITE_SCRIPTS = ("scope.js", "palette.js", "tabs.js", "analysis.js", "search.js", "site.js")
# Of a macro's form, likewise; of the finder of macros.
FORM_SCRIPTS = (
    "vendor/liquid.browser.min.js",
    "vendor/markdown-it.min.js",
    "words.js",
    "bounds.js",
    "template.js",
    "placement.js",
    "forms.js",
    "pattern.js",
    "values.js",
    "fill.js",
)
MACRO_SCRIPTS = (*FORM_SCRIPTS, "vendor/LICENSES.txt", "macro.js", "finder.js")
