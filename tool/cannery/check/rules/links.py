"""Where the links and pictures of an entry lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from cannery.check.facts import (
    ANY_ANCHOR,
    TAG_MARK,
    TITLE_MARK,
    Facts,
    Target,
    shown_tokens,
    targets_of,
)
from cannery.check.page import Page, line_at, with_lines
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.assets import meant_file, why_unfit
from cannery.content.external_images import external_fault, hosted_images
from cannery.content.files import ENDINGS, as_stored
from cannery.content.layout import is_front, locate
from cannery.content.link_faults import (
    LinkFault,
    address_fault,
    file_fault,
    leads_to_front_page,
    page_fault,
)
from cannery.content.relative_links import is_page
from cannery.content.visibility import Hidden, Lead, Reference, address_of, link_to
from cannery.model.entry import Audience
from cannery.model.location import Kind, Problem, Severity, Status

_MAX_IMAGE = 2_000_000  # bytes; more is a photograph straight from the camera


def links(whole: Whole) -> Iterator[Problem]:
    """Relative links and pictures that no site can have, and addresses that macros want in vain."""
    files: dict[str, LinkFault | None] = {}
    for item in whole.entries:
        yield from _addresses(whole, item)
        yield from _own_addresses(whole, item)
        yield from _attached(whole, item)
        for written in item.targets:
            target = whole.meant(written, item.at.path)
            if item.at.kind is Kind.MACRO and not target.is_image:
                message = (
                    f"the relative link {target.written:.100} won't work in a customer's inbox"
                )
                hint = "Use {{ 'articles/...' | article_url }}, or the full address."
                yield Problem(item.at.path, target.line, "link", message, hint)
            elif is_page(target):
                yield from _page_link(whole, item, target)
            else:
                yield from _file_link(whole, item, target, files)


def _page_link(whole: Whole, item: Facts, target: Target) -> Iterator[Problem]:
    if target.path == item.at.path or leads_to_front_page(target, whole.workspace.settings):
        return
    id_ = locate(target.path, whole.workspace.settings).id
    reader = _reader(whole, item)
    lead = whole.lead(link_to(target.path, item.at.language, whole.workspace.settings), id_, reader)
    fault = page_fault(target, lead, reader, whole.spoilt, whole.workspace.settings.layout)
    if fault and (
        item.status == Status.PUBLISHED or fault.code == "leak" or _is_gone(whole, target)
    ):
        yield Problem(item.at.path, target.line, *fault)


def _own_addresses(whole: Whole, item: Facts) -> Iterator[Problem]:
    """Links of a public article to what is internal, by the address of the site."""
    if not item.own_addresses or _reader(whole, item) is not Audience.PUBLIC:
        return

    def lead_of(id_: str, language: str) -> Lead:
        return whole.lead(Reference(language), id_, Audience.PUBLIC)

    for written, line in item.own_addresses:
        if fault := address_fault(written, lead_of, whole.workspace.settings, whole.spoilt):
            yield Problem(item.at.path, line, *fault)


def _attached(whole: Whole, item: Facts) -> Iterator[Problem]:
    """Files that can't go along with a macro: a help desk would not get it."""
    for name in item.attachments:
        path = posixpath.normpath(f"{posixpath.dirname(item.at.path)}/{name}")
        if unfit := why_unfit(whole.workspace, path):
            line = item.line("attachments")
            yield Problem(item.at.path, line, "link", f"attachment: {unfit.reason}", unfit.hint)


def _is_gone(whole: Whole, target: Target) -> bool:
    return target.path.endswith(ENDINGS) and whole.file(target.path) is None


def _file_link(
    whole: Whole, item: Facts, target: Target, files: dict[str, LinkFault | None]
) -> Iterator[Problem]:
    """`files` has what was found of the addresses before: many pages have the same."""
    key = f"{target.path}\0{target.written}\0{target.is_image}"
    if key not in files:
        files[key] = file_fault(whole.workspace, target)
    if fault := files[key]:
        yield Problem(item.at.path, target.line, *fault)
    elif target.is_image:
        yield from _large(whole, item, target)


def _large(whole: Whole, item: Facts, target: Target) -> Iterator[Problem]:
    path = meant_file(whole.workspace, target.path)
    size = (whole.workspace.root / as_stored(whole.workspace, path)).stat().st_size
    if size > _MAX_IMAGE:
        message = f"the image {path.removeprefix('kb/'):.100} has {size / 1e6:.0f} MB"
        hint = (
            f"Reduce it to less than {_MAX_IMAGE / 1e6:.0f} MB, so that readers don't have to wait."
        )
        yield Problem(item.at.path, target.line, "image", message, hint, Severity.WARNING)


def external_images(page: Page) -> Iterator[Problem]:
    """Images that readers of a published article get from other hosts, or don't get."""
    article = page.article
    is_shown = article is not None and article.header.status is Status.PUBLISHED
    if article is None or not is_shown or "![" not in article.body:
        return
    for line, written in hosted_images(shown_tokens(page, article)):
        if fault := external_fault(written, page.settings):
            at = page.body_line + line - 1
            yield Problem(page.path, at, *fault, Severity.WARNING)


def _addresses(whole: Whole, item: Facts) -> Iterator[Problem]:
    """Addresses that a macro, or a part that it renders, wants in vain: a reply would fail."""
    site_url = whole.workspace.settings.site_url

    def lead_of(id_: str) -> Lead:
        return whole.lead(Reference(item.at.language), id_, Audience.PUBLIC)

    for file in (item, *whole.parts_of(item)):
        for name, line in file.addresses:
            lead, reason = address_of(name, _articles(whole, name), lead_of, site_url)
            if reason:
                code, hint = _unaddressed(lead)
                yield Problem(file.at.path, line, code, f"article_url: {reason}", hint)


def _unaddressed(lead: Lead | None) -> tuple[str, str]:
    """The code and the hint for a name that has no address; `lead` is where it leads, if at all."""
    if lead is None or lead.at is None:
        return "link", "Fix the id."
    if lead.hidden is None:
        return "link", "Set site_url to the address of the public site."
    if lead.hidden is Hidden.INTERNAL:
        return "leak", "Link to another article, or make this one public."
    return "link", "Link to another article, or publish this one."


def _articles(whole: Whole, name: str) -> list[str]:
    named = whole.named(name.strip().strip("/"))
    return [id_ for id_ in named if whole.ids[id_][0].at.kind is Kind.ARTICLE]


def relinked(page: Page, whole: Whole) -> str:
    """The text with links that follow an article which has moved, or whose name is spelt so."""
    changed: dict[int, str] = {}
    for target in targets_of(page):
        if target.is_image or not _is_gone(whole, target):
            continue
        if target_path := _new_place(whole, target.path, page.at.language):
            line = changed.get(target.line) or line_at(page.source, target.line)
            path = quote(posixpath.relpath(target_path, posixpath.dirname(page.path)))
            anchor = target.written.partition("#")
            changed[target.line] = line.replace(
                f"({target.written}", f"({path}{anchor[1]}{anchor[2]}"
            )
    return with_lines(page.source, changed)


def _new_place(whole: Whole, path: str, language: str) -> str:
    alike = [other for other in whole.facts if other.lower() == path.lower()]
    if len(alike) == 1:
        return alike[0]
    old = locate(path, whole.workspace.settings).id
    variants = whole.ids.get(whole.moved.get(old, ""), ())
    by_language = {item.at.language: item.at.path for item in variants}
    default = whole.workspace.settings.default_language
    return by_language.get(language) or by_language.get(default, "")


def anchors(whole: Whole) -> Iterator[Problem]:
    """Links to a heading that is not there, in this article or another: each once for a page."""
    tagged: set[str] = set()
    for item in whole.entries:
        told: set[tuple[str, str]] = set()
        for target in item.targets:
            other = whole.file(target.path)
            if other is None or _is_there(target, other) or (target.path, target.anchor) in told:
                continue
            told.add((target.path, target.anchor))
            is_tag = TAG_MARK + target.anchor in other.anchors
            if not is_tag or other.at.path not in tagged:
                yield _dead_anchor(item, target, other, is_tag=is_tag)
            if is_tag:
                tagged.add(other.at.path)  # one decision is about all of its tags


def _is_there(target: Target, other: Facts) -> bool:
    """Whether a link leads to what is on the page, or to its top; or names no heading at all."""
    if target.is_image or not target.anchor or other.at.kind is not Kind.ARTICLE:
        return True
    wanted = {target.anchor, TITLE_MARK + target.anchor, ANY_ANCHOR}
    is_other = "/" in target.anchor or target.anchor == "top"  # a tab, a route; of every page
    return is_other or not wanted.isdisjoint(other.anchors)


def _dead_anchor(item: Facts, target: Target, other: Facts, *, is_tag: bool) -> Problem:
    message, hint = f"no heading #{target.anchor:.80} in {other.at.path}", "Fix or remove the link."
    if is_tag:
        message = (
            f"#{target.anchor:.80} in {other.at.path} is an HTML tag, which the site leaves out"
        )
        hint = f"Write {{#{target.anchor:.80}}} at the end of a heading instead."
    return Problem(item.at.path, target.line, "anchor", message, hint, Severity.WARNING)


def _reader(whole: Whole, item: Facts) -> Audience:
    """Whom an article is for. A front page that leaves it open is public if any article is."""
    is_public = whole.workspace.settings.front_matter.is_public
    is_open = is_front(item.at.path) and "audience" not in item.lines and not is_public
    if is_open and not whole.has_public_articles:
        return Audience.INTERNAL  # there is no public site
    return Audience(item.audience or Audience.INTERNAL)


def _page(body: str, more: str = "") -> str:
    return f"---\ntitle: HAR files\n{more}---\n{body}\n"


_OTHER: Mapping[str, str] = {"articles/proxy.md": "---\ntitle: Proxies\n---\n## Behind a proxy\n"}
_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
_MACRO = "---\ntitle: Ask\n---\nHello\n"

RULES = (
    Rule(
        code="link",
        whole=links,
        fix=relinked,
        why="A broken link keeps readers from the answer.",
        wrong={"articles/har.md": _page("See [proxies](Proxy.md)."), **_OTHER},
        right={"articles/har.md": _page("See [proxies](proxy.md)."), **_OTHER},
    ),
    Rule(
        code="image",
        whole=links,
        why="An image that is missing or slow to load explains nothing.",
        wrong={"articles/har.md": _page("![The menu](menu.png)")},
        right={"articles/har.md": _page("Open the menu at the top right.")},
    ),
    Rule(
        code="external-image",
        page=external_images,
        why="Another host can see who reads the page, and can change or remove the image.",
        wrong={"articles/har.md": _page("![The menu](https://images.example/menu.svg)")},
        right={"articles/har.md": _page("![The menu](menu.svg)"), "articles/menu.svg": _IMAGE},
    ),
    Rule(
        code="anchor",
        whole=anchors,
        why="A link to a missing heading opens the top of the page, away from the answer.",
        wrong={"articles/har.md": _page("[Why](proxy.md#firewall)"), **_OTHER},
        right={"articles/har.md": _page("[Why](proxy.md#behind-a-proxy)"), **_OTHER},
    ),
    Rule(
        code="leak",
        whole=links,
        why="Customers can't open internal pages, and the link text may reveal too much.",
        wrong={
            "articles/har.md": _page("[Ask for one](../macros/har.md)", "audience: public\n"),
            "macros/har.md": _MACRO,
        },
        right={
            "articles/har.md": _page("[Ask for one](../macros/har.md)"),
            "macros/har.md": _MACRO,
        },
    ),
)
