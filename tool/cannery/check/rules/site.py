"""What kb.toml, mkdocs.yml and glossary.yml say of a site: files, picks, its name, terms."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from cannery.check.page import Page
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.assets import why_unfit
from cannery.content.builder_file import differences
from cannery.content.colours import LEGIBLE, LIGHT_GROUNDS, contrast, palette
from cannery.content.files import read_bytes
from cannery.content.glossary import EXAMPLE, read_glossary
from cannery.content.glossary import PATH as GLOSSARY
from cannery.content.icons import icons
from cannery.content.links import section_of
from cannery.errors import ContentError
from cannery.model.location import Kind, Problem, Severity
from cannery.util.toml_lines import find_key
from cannery.workspace import MARKER

_PATH = MARKER.as_posix()


def icon(page: Page) -> Iterator[Problem]:
    """An icon that there is not. On pages that are no sections it may be another program's."""
    entry = page.entry
    name = entry.header.icon if entry and section_of(entry.at.id) else ""
    if name and name not in icons():
        near = get_close_matches(name, icons(), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Icons: {', '.join(icons())}."
        message = f"no icon named {name:.60}"
        yield Problem(page.path, page.line("icon"), "icon", message, hint, Severity.WARNING)


def builder(whole: Whole) -> Iterator[Problem]:
    """Settings of mkdocs.yml that say something else than kb.toml."""
    for item in differences(whole.workspace):
        yield Problem(item.path, item.line, "mkdocs", item.message, item.hint, Severity.WARNING)


def glossary(whole: Whole) -> Iterator[Problem]:
    """A glossary.yml that can't be read; without one there is nothing wrong."""
    if not (whole.workspace.root / GLOSSARY).is_file():
        return
    try:
        raw = read_bytes(whole.workspace, GLOSSARY)
    except ContentError as error:
        yield Problem(GLOSSARY, 0, "glossary", error.message, error.hint)
        return
    for line, reason in read_glossary(raw, whole.workspace.settings.languages).faults:
        yield Problem(GLOSSARY, line, "glossary", reason, EXAMPLE)


def look(whole: Whole) -> Iterator[Problem]:
    """Files that can't be on a site, and picks that are no articles."""
    found = (*_unfit_files(whole), *_unknown_picks(whole), *_faint(whole))
    for key, message, hint in found:
        written = find_key(whole.workspace.root / MARKER, f"site.{key}")
        line = written.line if written else 0
        yield Problem(_PATH, line, "site", f"site.{key}: {message}", hint, Severity.WARNING)


def _unfit_files(whole: Whole) -> Iterator[tuple[str, str, str]]:
    for key, path in whole.workspace.settings.site.files.items():
        if unfit := why_unfit(whole.workspace, path):
            yield key, unfit.reason, unfit.hint


def _unknown_picks(whole: Whole) -> Iterator[tuple[str, str, str]]:
    picks = whole.workspace.settings.site.picks
    articles = [id_ for id_, files in whole.ids.items() if files[0].at.kind is Kind.ARTICLE]
    for id_ in picks:
        if id_ not in whole.ids or whole.ids[id_][0].at.kind is not Kind.ARTICLE:
            near = get_close_matches(id_, articles, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Example: articles/billing/refund."
            yield "picks", f"no article named {id_:.100}", hint


_PICKS = '[site]\npicks = ["articles/{}"]\n'
_SECTION = "---\ntitle: Networks\nicon: {}\n---\nText.\n"
_ARTICLE = "---\ntitle: HAR files\naudience: public\n---\nRecord it.\n"


def _faint(whole: Whole) -> Iterator[tuple[str, str, str]]:
    """An accent that is too light to be read on white, and what pages have in its place."""
    accent = whole.workspace.settings.site.accent
    used = palette(accent).light.accent if accent else ""
    if used != accent:
        least = min(contrast(accent, ground) for ground in LIGHT_GROUNDS)
        message = f"{accent} is hard to read: its contrast is {least:.1f}, text needs {LEGIBLE}"
        yield "accent", message, f"Pages use {used} instead: write it, or a darker one."


RULES = (
    Rule(
        code="site",
        whole=look,
        why="A site lacks a logo, or an article of its front page, that isn't where kb.toml says.",
        wrong={"kb.toml": _PICKS.format("harr"), "articles/har.md": _ARTICLE},
        right={"kb.toml": _PICKS.format("har"), "articles/har.md": _ARTICLE},
    ),
    Rule(
        code="icon",
        page=icon,
        why="A section whose icon is not one of ours is shown without any.",
        wrong={"articles/net/index.md": _SECTION.format("netwrok")},
        right={"articles/net/index.md": _SECTION.format("network")},
    ),
    Rule(
        code="glossary",
        whole=glossary,
        why="A term of glossary.yml that can't be read is explained on no page.",
        wrong={"glossary.yml": "- SSO: One account for all services.\n"},
        right={"glossary.yml": "- en: {term: SSO, means: One account for all services.}\n"},
    ),
    Rule(
        code="mkdocs",
        whole=builder,
        why="A site is called what kb.toml says. Whoever changes mkdocs.yml alone changes nothing.",
        wrong={
            "kb.toml": 'name = "Acme Help"\n',
            "mkdocs.yml": "site_name: My docs\nplugins: [cannery]\n",
        },
        right={
            "kb.toml": 'name = "Acme Help"\n',
            "mkdocs.yml": "site_name: Acme Help\nplugins: [cannery]\n",
        },
    ),
)
