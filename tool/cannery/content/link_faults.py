"""Why a link or a picture of an article can't be on a site: check and site ask here alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import NamedTuple

from cannery.content.assets import why_unfit
from cannery.content.layout import FRONT, is_front, is_part, locate
from cannery.content.own_addresses import own_page
from cannery.content.relative_links import RelativeLink, as_written
from cannery.content.visibility import Hidden, Lead
from cannery.model.entry import Audience
from cannery.model.layout import Layout
from cannery.util.lazy_pattern import LazyPattern
from cannery.workspace import Settings, Workspace

_TEMPLATE = LazyPattern(r"\{[{%]|%7B(?:%7B|%25)", re.IGNORECASE)
# Endings of hosts' names that no file has.
_HOST = LazyPattern(
    r"(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}"
    r"\.(?:com|org|net|io|dev|app|jp|co|uk|de|fr|edu|gov|info|biz|cloud|ai|us|eu|test|example)"
    r"(?=[/?#]|\Z)",
    re.IGNORECASE,
)
_MAIL = LazyPattern(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


# Rules whose faults leave open what the front matter says.
SPOILING = frozenset(("front-matter", "conflict"))


class LinkFault(NamedTuple):
    """The code of the rule that is broken, what is wrong, and what to do."""

    code: str
    message: str
    hint: str


def leads_to_front_page(link: RelativeLink, settings: Settings) -> bool:
    """Whether a link names a front page, which every site has, whether there is a file or not."""
    return is_front(link.path) and locate(link.path, settings).id == FRONT


def page_fault(
    link: RelativeLink, lead: Lead, reader: Audience, spoilt: Container[str], layout: Layout
) -> LinkFault | None:
    """Why a reader can't follow a link to a page; `lead` says where it leads for them.

    `spoilt` are the files whose front matter can't be read: no one knows whom they are for.
    """
    hidden, name = lead.hidden, link.path.removeprefix("kb/")
    if hidden is None:
        return None
    if hidden is Hidden.INTERNAL and lead.at and lead.at.path in spoilt:
        message = f"the front matter of {name:.100} can't be read, so no one else sees it"
        return LinkFault("link", message, "Fix that file, or remove the link.")
    is_macro = hidden is Hidden.MACRO or is_part(link.path, layout)
    if reader is Audience.PUBLIC and (is_macro or hidden is Hidden.INTERNAL):
        what = "a macro" if is_macro else "an internal article"
        hint = "Customers can't open it. Remove the link, or make the target public."
        return LinkFault("leak", f"a public article links to {what}: {name:.100}", hint)
    if hidden in (Hidden.DRAFT, Hidden.RETIRED) and lead.at:
        message = f"the link {link.written:.100} leads to a {hidden} {lead.at.kind}"
        hint = "Readers can't open it. Remove the link, or publish the target."
        return LinkFault("link", message, hint)
    if hidden is Hidden.UNREADABLE:
        message = f"the link {link.written:.100} leads to a file that can't be read"
        return LinkFault("link", message, "Fix that file, or remove the link.")
    return LinkFault("link", f"broken link: {link.written:.100}", "Fix or remove the link.")


def address_fault(
    written: str,
    lead_of: Callable[[str, str], Lead],
    settings: Settings,
    spoilt: Container[str],
) -> LinkFault | None:
    """Why a public page must not lead to an address of the own site; None if it may.

    `lead_of` follows an id in a language. What leads to nothing is a matter of links, not of this.
    """
    page = own_page(written, settings)
    for id_ in page.ids if page else ():
        lead = lead_of(id_, page.language if page else "")
        if lead.at and lead.hidden in (Hidden.INTERNAL, Hidden.MACRO):
            link = RelativeLink(0, written, lead.at.path)
            return page_fault(link, lead, Audience.PUBLIC, spoilt, settings.layout)
    return None


def file_fault(workspace: Workspace, link: RelativeLink) -> LinkFault | None:
    """Why a picture, or a file that is no page, can't be on a site; None if it can."""
    unfit = why_unfit(workspace, link.path)
    if unfit is None:
        return None
    code, what = ("image", "image") if link.is_image else ("link", "link")
    written = link.written
    if _TEMPLATE.search(written):
        message = f"the {what} {written:.100} has a placeholder, which articles don't fill in"
        return LinkFault(code, message, "Write the address itself.")
    if _HOST.match(written):
        message = f"the {what} {written:.100} has no https://, so it is taken for a file"
        return LinkFault(code, message, f"Write https://{written:.100}.")
    if _MAIL.fullmatch(written):
        message = f"the link {written:.100} has no mailto:, so it is taken for a file"
        return LinkFault(code, message, f"Write mailto:{written:.100}.")
    has_marks = "#" in written or "?" in written
    if has_marks and why_unfit(workspace, as_written(link)) is None:
        message = f"the {what} {written:.100} has a # or ?, which ends the name of a file"
        return LinkFault(code, message, "Write # as %23 and ? as %3F.")
    reason = unfit.reason
    if link.is_image:
        reason = reason.replace("file not found", "image not found")
    return LinkFault(code, reason, unfit.hint)
