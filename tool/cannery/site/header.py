"""A page's front matter: what the theme shows around the text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

# YAML reads JSON, but takes these letters only escaped.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def page_text(title: str, summary: str, kb: Mapping[str, Any], body: str = "") -> str:
    """A page: its title, its line for search engines, `kb` for the theme, and its Markdown.

    JSON texts are YAML texts, and nothing in one can open a new key. Themes print titles and
    descriptions as they stand, so they must be no HTML.
    """
    values: dict[str, object] = {"title": html.escape(title, quote=False)}
    if summary:
        values["description"] = html.escape(summary)
    if "template" in kb:
        values["template"] = kb["template"]
    values["kb"] = {
        key: value for key, value in kb.items() if value not in ("", [], None, False, {})
    }
    lines = [f"{key}: {_json(value)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", "", f"{body}\n"])


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
