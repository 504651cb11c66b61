"""[site] of kb.toml: name and look of the sites. Each raises SettingsError."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TypeVar

from cannery.model.site_settings import ByLanguage, FooterLink, SiteSettings
from cannery.settings_file import read_flag, read_text, read_texts, wrong
from cannery.util.address import web, without_credentials
from cannery.util.plain import is_name
from cannery.util.seen import stripped

PICTURES = (".svg", ".png", ".webp", ".ico")
ISSUE = "issue"  # feedback is a new issue of the repository
_OWN = "kb/"
_LONGEST_PATH = 300
_LONGEST_ADDRESS = 1_000
_LONGEST_TEXT = 300
_MOST_PICKS = 12
_MOST_LINKS = 20
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_HERE = re.compile(r"/[A-Za-z0-9_][A-Za-z0-9_./-]*")  # a path of the site's own host
_UNSAFE = re.compile(r"[\s\"'<>`\\]")

_T = TypeVar("_T")
Table = Mapping[str, Any]


class Keep(Protocol):
    """Gives the table to a reader; what it raises is kept, and the value is the other one."""

    def __call__(self, read: Callable[[Table, Path], _T], otherwise: _T) -> _T: ...


def read_site(each: Keep, languages: Sequence[str]) -> SiteSettings:
    """All of the table; a wrong value costs itself alone."""
    return SiteSettings(
        logo=each(_picture("logo"), ""),
        logo_dark=each(_picture("logo_dark"), ""),
        favicon=each(_picture("favicon"), ""),
        accent=each(_accent, ""),
        contact=each(_contact, ""),
        announcement=each(lambda *at: _announcement(at[0], languages, at[1]), {}),
        picks=each(_picks, ()),
        footer=each(lambda *at: _footer(at[0], languages, at[1]), ()),
        feedback=each(_feedback, ""),
        analytics=each(_analytics, ""),
        public_authors=each(_authors, otherwise=False),
    )


def _authors(table: Table, path: Path) -> bool:
    return read_flag(table, "site.public_authors", path)


def _text(table: Table, name: str, path: Path) -> str:
    return read_text({f"site.{name}": table.get(name, "")}, f"site.{name}", "", path).strip()


def _picture(name: str) -> Callable[[Table, Path], str]:
    """Reads the name of a file below kb/; whether it is fit for a site, who uses it must ask."""

    def read(table: Table, path: Path) -> str:
        value = _text(table, name, path)
        if value and (reason := _why_no_picture(value)):
            hint = f'Example: {name} = "kb/assets/{name}.svg".'
            raise wrong(path, f"site.{name}", reason, hint)
        return value

    return read


def _why_no_picture(value: str) -> str:
    pieces = value.split("/")
    if not is_name(value) or len(value) > _LONGEST_PATH or "\\" in value:
        return "must be the name of a file"
    if not value.startswith(_OWN) or any(piece in ("", ".", "..") for piece in pieces):
        return f"must be a file below {_OWN}"
    if PurePosixPath(value).suffix.lower() not in PICTURES:
        return f"must end in {', '.join(PICTURES)}"
    return ""


def _accent(table: Table, path: Path) -> str:
    value = _text(table, "accent", path)
    if value and not _COLOUR.fullmatch(value):
        raise wrong(path, "site.accent", "must be a colour", 'Write accent = "#0b5fa5".')
    return _six_digits(value).lower()


def _six_digits(colour: str) -> str:
    short = "#abc"
    if len(colour) != len(short):
        return colour
    return "#" + "".join(digit * 2 for digit in colour[1:])


def is_web(address: str) -> bool:
    """Whether it is an https: address, or one of this machine, and holds nothing secret."""
    found = web(address)
    return (
        found is not None
        and len(address) <= _LONGEST_ADDRESS
        and not _UNSAFE.search(address)
        and "@" not in address.partition("://")[2].partition("/")[0]
        and without_credentials(address) == address
        and (found.scheme == "https" or found.is_loopback)
    )


def _contact(table: Table, path: Path) -> str:
    value = _text(table, "contact", path)
    if value and not _is_contact(value):
        hint = 'Write contact = "https://..." or contact = "mailto:support@example.com".'
        raise wrong(path, "site.contact", "must be an https: or mailto: address", hint)
    return value


def _is_contact(value: str) -> bool:
    return is_web(value) or bool(_MAIL.fullmatch(value))


def _announcement(table: Table, languages: Sequence[str], path: Path) -> ByLanguage:
    hint = 'Write announcement = "...", or a table by language: {en = "...", ja = "..."}.'
    return _by_language(table.get("announcement", ""), "site.announcement", languages, hint, path)


def _by_language(
    value: object, key: str, languages: Sequence[str], hint: str, path: Path
) -> dict[str, str]:
    """A line of text, or one for each of some languages."""
    texts: dict[str, Any] = value if isinstance(value, dict) else {"": value}
    for language, text in texts.items():
        at = f"{key}.{language}" if language else key
        if language and language not in languages:
            known = f"Languages: {', '.join(languages)}."
            raise wrong(path, at, "is not a language of this knowledge base", known)
        if not isinstance(text, str):
            raise wrong(path, at, "must be text", hint)
        if len(text) > _LONGEST_TEXT or not (is_name(text.strip()) or not text.strip()):
            message = f"must be one line of up to {_LONGEST_TEXT} characters"
            raise wrong(path, at, message, hint)
    return {language: text.strip() for language, text in texts.items() if stripped(text)}


def _picks(table: Table, path: Path) -> tuple[str, ...]:
    hint = 'Write picks = ["articles/billing/refund"].'
    ids = read_texts(table, "site.picks", hint, path)
    if len(ids) > _MOST_PICKS or not all(is_name(item) for item in ids):
        raise wrong(path, "site.picks", f"must be up to {_MOST_PICKS} ids of articles", hint)
    return tuple(dict.fromkeys(item.strip().strip("/") for item in ids))


def _footer(table: Table, languages: Sequence[str], path: Path) -> tuple[FooterLink, ...]:
    hint = 'Write footer = [{title = "Status", address = "https://status.example.com"}].'
    links = table.get("footer", [])
    is_list = isinstance(links, list) and all(
        isinstance(item, dict) and item.keys() == {"title", "address"} for item in links
    )
    if not is_list or len(links) > _MOST_LINKS:
        message = f"must be a list of up to {_MOST_LINKS} links, each with title and address"
        raise wrong(path, "site.footer", message, hint)
    return tuple(_link(item, languages, hint, path) for item in links)


def _link(item: Table, languages: Sequence[str], hint: str, path: Path) -> FooterLink:
    titles = _by_language(item["title"], "site.footer", languages, hint, path)
    address = item["address"]
    if not titles:
        raise wrong(path, "site.footer", "has a link without a title", hint)
    if not isinstance(address, str) or not _is_contact(address):
        message = f"has an address that is neither https: nor mailto:: {address!s:.60}"
        raise wrong(path, "site.footer", message, hint)
    return FooterLink(titles, address)


def _feedback(table: Table, path: Path) -> str:
    value = _text(table, "feedback", path)
    if value and value != ISSUE and not (is_web(value) or _HERE.fullmatch(value)):
        hint = f'Write feedback = "/feedback", "https://..." or "{ISSUE}".'
        message = f"must be a path such as /feedback, an https: address or {ISSUE!r}"
        raise wrong(path, "site.feedback", message, hint)
    return value


def _analytics(table: Table, path: Path) -> str:
    value = _text(table, "analytics", path)
    if value and not (is_web(value) or _HERE.fullmatch(value)):
        hint = 'Write analytics = "https://stats.example.com/script.js".'
        raise wrong(path, "site.analytics", "must be the https: address of a script", hint)
    return value
