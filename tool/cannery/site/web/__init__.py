"""What runs in a reader's browser. Every file comes with the package: no page asks another host."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from cannery.content.search_words import search_words

FOLDER = Path(__file__).parent
# Comments in lines of their own, and what lines begin with: a quarter of a page's scripts as they
# are sent. No string of ours spans lines.
_UNREAD = re.compile(rb"^ *//[^\n]*\n|^ */\*[^*]*(?:\*(?!/)[^*]*)*\*/\n|^ +|^\n", re.MULTILINE)
THEME = FOLDER / "theme"
VENDOR = (
    "vendor/liquid.browser.min.js",
    "vendor/markdown-it.min.js",
    "vendor/markdown-it-footnote.min.js",
)
# Of scripts, and of words that a search has: goes wherever they do.
LICENCES = "vendor/LICENSES.txt"
_AS_THEY_ARE = {*VENDOR, LICENCES}
# A macro's form without its page, in the order of what builds on what. It needs TEXT and VENDOR.
FORM = (
    "seen.js",
    "dates.js",
    "numbers.js",
    "honorifics.js",
    "sentences.js",
    "wording.js",
    "limits.js",
    "liquid_values.js",
    "liquid_context.js",
    "operators.js",
    "filters_number.js",
    "filters_text.js",
    "filters.js",
    "unclosed.js",
    "tags.js",
    "template.js",
    "boxes.js",
    "signs.js",
    "parser_rules.js",
    "footnotes.js",
    "inline_html.js",
    "emphasis.js",
    "bare_links.js",
    "markdown.js",
    "line_ends.js",
    "interpolate.js",
    "beside_marks.js",
    "written_value.js",
    "interpolate_source.js",
    "plainer.js",
    "render_html.js",
    "render_text.js",
    "render_slack.js",
    "render_markdown.js",
    "renderers.js",
    "pattern.js",
    "controls.js",
    "refusal.js",
    "choosing.js",
    "business_days.js",
    "read_dates.js",
    "field_types.js",
    "holes.js",
    "compose.js",
    "resolve.js",
    "form.js",
)
TEXT = ("text.js",)
# Made from what Python reads: the words of the search.
SEARCH_WORDS = "search_words.js"
SEARCH = (
    SEARCH_WORDS,
    "tokens.js",
    "query_terms.js",
    "search_postings.js",
    "search_files.js",
    "search_pages.js",
    "search_index.js",
    "search_query.js",
    "search_phrases.js",
    "search_filters.js",
    "search_equivalents.js",
    "search_readings.js",
    "search_terms.js",
    "search_topicality.js",
    "search_places.js",
    "search_passage.js",
    "search_titles.js",
    "search_meant.js",
    "search.js",
)
# How keys wait for what a search finds.
ANSWERS = ("answers.js",)
# What makes more of an article's text than a browser does by itself.
ARTICLE = (
    "tabs.js",
    "code_copy.js",
    "frames.js",
    "zoom.js",
    "permalinks.js",
    "contact.js",
    "terms.js",
)
# The search as a page shows it. It needs SEARCH, ANSWERS, page.js and feedback.js.
SEARCH_BOX = (
    "search_keys.js",
    "search_recent.js",
    "search_address.js",
    "search_start.js",
    "search_rows.js",
    "search_choice.js",
    "search_box.js",
)
LISTS = ("lists.js",)

# The menus around each page.
SHELL = ("disclosure.js", "sheet.js", "contents.js", "languages.js", "scheme_choice.js")

# The files of a site, and what each is made of: of every page, and of those with a macro's form.
SCRIPTS: Mapping[str, Sequence[str]] = {
    LICENCES: (LICENCES,),
    "scheme.js": ("store.js", "scheme.js"),
    "announcement.js": ("announcement.js",),
    "moved.js": ("moved.js",),
    "lost.js": ("lost.js",),
    "page.js": (
        *TEXT,
        *SEARCH,
        *ANSWERS,
        "page.js",
        "feedback.js",
        *SEARCH_BOX,
        "site.js",
        "said.js",
        *ARTICLE,
        *LISTS,
        *SHELL,
    ),
}
# The help centre on pages of others.
WIDGET = ("widget_page.js", "widget.js")
STYLES = (
    "styles/base.css",
    "styles/shell.css",
    "styles/front.css",
    "styles/article.css",
    "styles/lists.css",
    "styles/search.css",
    "styles/form.css",
    "styles/figures.css",
    "styles/feedback.css",
    "styles/print.css",
)
MACRO_SCRIPTS: Mapping[str, Sequence[str]] = {
    **{name: (name,) for name in VENDOR},
    "form.js": FORM,
    "macro.js": (
        "recents.js",
        "clipboard.js",
        "keys.js",
        "menu.js",
        "macro_request.js",
        "reply_view.js",
        "draft.js",
        "macro_fields.js",
        "macro_agent.js",
        "macro_offer.js",
        "macro_reply.js",
        "macro_copy.js",
        "macro.js",
    ),
    "finder.js": ("recents.js", "finder_rows.js", "finder_list.js", "finder.js"),
    # Fetched where there is room for a preview, behind those that a form needs.
    "preview.js": ("macro_request.js", "reply_view.js", "finder_preview.js"),
}


def joined(names: Sequence[str]) -> bytes:
    """The files one after another: each is a script that names one constant."""
    return b"\n".join(map(_script, names))


def _script(name: str) -> bytes:
    if name == SEARCH_WORDS:
        words = json.dumps(search_words(), ensure_ascii=False, separators=(",", ":"))
        return f"const kbSearchWords = {words};\n".encode()
    data = (FOLDER / name).read_bytes()
    return data if name in _AS_THEY_ARE else _UNREAD.sub(b"", data)
