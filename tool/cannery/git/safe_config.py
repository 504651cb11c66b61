"""A repository's settings -> those that are safe to read it with, as a file for git."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cannery.git.pins import FORMAT, STILL

Setting = tuple[str, str]

# How files and objects are kept: what reading needs to be right. Of extensions, all but those that
# change nothing for it: Git refuses a repository with one that it doesn't know.
_KEPT = re.compile(
    r"core\.(?:repositoryformatversion|filemode|ignorecase|symlinks|autocrlf|eol|precomposeunicode"
    r"|protecthfs|protectntfs|sharedrepository|checkstat|trustctime|longpaths|sparsecheckout"
    r"|sparsecheckoutcone)"
    r"|extensions\.(?!(?:partialclone|worktreeconfig|preciousobjects|noop|relativeworktrees)$).+",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def safe_config(settings: Iterable[Setting]) -> str:
    """Settings as git reads them: those of the repository that are kept, then ours."""
    kept = [
        (key, value) for key, value in settings if _KEPT.fullmatch(key) and _is_plain(key, value)
    ]
    pins = {"core.bare": "false", **FORMAT, **STILL}
    return "".join(_entry(key, value) for key, value in (*kept, *pins.items()))


def _is_plain(key: str, value: str) -> bool:
    return not _CONTROL.search(key + value)


def _entry(key: str, value: str) -> str:
    section, _, rest = key.partition(".")
    inner, _, name = rest.rpartition(".")
    head = f'{section} "{_escaped(inner)}"' if inner else section
    return f'[{head}]\n\t{name} = "{_escaped(value)}"\n'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
