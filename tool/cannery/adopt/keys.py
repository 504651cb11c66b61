"""Front-matter keys of other tools: which are read as ours, and which are the team's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from cannery.content.headers import read_header
from cannery.content.keys import names_of
from cannery.content.mapped_keys import as_ours, value_at
from cannery.model.adoption import KeyUse
from cannery.model.entry import Header, Macro
from cannery.model.front_matter import FrontMatter

# What most tools mean by these.
COMMON: Mapping[str, str] = {
    "permalink": "redirect_from",
    "last_update.date": "reviewed",
    "lastmod": "reviewed",
    "last_modified_at": "reviewed",
    "lastUpdated": "reviewed",
    "last_updated": "reviewed",
    "last_reviewed": "reviewed",
    "ms.date": "reviewed",
    "updated": "reviewed",
    "modified": "reviewed",
    "description": "summary",
    "excerpt": "summary",
}
_UNDERSTOOD = frozenset(("draft", "published"))  # of other tools, and read without being named
_MOST_KEYS, _MOST_LETTERS = 500, 100  # that kb.toml may name
_MANY, _FEW = 0.5, 0.02  # of the files with a key
_NEAR = 0.85  # of the letters: a slip


class KeyPlan(NamedTuple):
    """`own` and `names` as kb.toml has them."""

    own: tuple[str, ...]
    names: Mapping[str, str]


def misfits(data: Mapping[str, Any], names: Mapping[str, str]) -> set[str]:
    """The keys of a header whose values our keys can't have; `names` are those read as ours."""
    ours = {key: value for key, value in data.items() if key in names_of(Header)}
    _, faults = read_header(ours, macro=False)
    found = {fault.key.partition(".")[0].partition("[")[0] for fault in faults}
    return found | {
        name for name, key in names.items() if key == "reviewed" and _is_no_day(data, name)
    }


def _is_no_day(data: Mapping[str, Any], name: str) -> bool:
    """Whether the key of a name says no day that ours can have."""
    if value_at(data, name) is None:
        return False
    said = as_ours(data, FrontMatter((), {name: "reviewed"})).data.get("reviewed")
    return said is None or bool(read_header({"reviewed": said}, macro=False)[1])


def key_plan(uses: Sequence[KeyUse], names: Mapping[str, str]) -> KeyPlan:
    """What kb.toml is to say of the keys in use."""
    files = {use.key: use.files for use in uses}
    fitting = {use.key for use in uses if use.misfits <= _FEW * use.files}
    mapped: dict[str, str] = {}
    for name, key in names.items():
        if name in fitting and _is_free(key, files, mapped, files[name]):
            mapped[name] = key
    ours = names_of(Header)
    misused = [use for use in uses if use.key in ours and use.misfits > _MANY * use.files]
    inner = {use.key for use in uses if use.is_inner}
    tops = {name.partition(".")[0] if name in inner else name for name in mapped}
    most = max(files.values(), default=0)
    foreign = (
        use.key
        for use in uses
        if not use.is_inner
        and use.key not in ours | tops | _UNDERSTOOD
        and not _is_slip(use, ours, most)
    )
    own = dict.fromkeys([*foreign, *(use.key for use in misused)])
    fit = [key for key in own if key.isprintable() and 0 < len(key) <= _MOST_LETTERS]
    return KeyPlan(tuple(sorted(fit[:_MOST_KEYS])), mapped)


def _is_free(key: str, files: Mapping[str, int], mapped: Mapping[str, str], count: int) -> bool:
    """Whether another name may stand for a key: the files don't use it, nor a name before."""
    is_taken = key in mapped.values() and key != "redirect_from"
    return not is_taken and files.get(key, 0) < _MANY * count


def _is_slip(use: KeyUse, ours: Iterable[str], most: int) -> bool:
    """Whether a rare key is ours with a slip, as `Title`: the check is to tell of it."""
    if use.files > max(1, _FEW * most):
        return False
    folded = {key.casefold() for key in names_of(Header, Macro) | {*ours}}
    return bool(get_close_matches(use.key.casefold(), folded, n=1, cutoff=_NEAR))
