"""Names of files and folders that not every computer can hold, or that are one there."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.model.location import Problem
from cannery.util.file_names import fault_of
from cannery.util.text import composed

_HINT = "Rename it. Letters, digits, `-` and `_` are safe."


def names(whole: Whole) -> Iterator[Problem]:
    """Each file and folder whose name is at fault, or is that of another in other letters."""
    spellings: dict[str, str] = {}
    reported: set[str] = set()
    for path in whole.files:
        pieces = path.split("/")
        for end in range(1, len(pieces) + 1):
            here = "/".join(pieces[:end])
            folded = composed(here).lower()
            if folded not in spellings:
                spellings[folded] = here
                if reason := fault_of(pieces[end - 1]):
                    message = f"{pieces[end - 1]:.100} can't be checked out: {reason}"
                    yield Problem(path, 0, "file-name", message, _HINT)
            elif (other := spellings[folded]) != here:
                if here not in reported:
                    message = f"the same name on Windows and macOS as {other:.200}"
                    yield Problem(path, 0, "file-name", message, "Rename one of them.")
                reported.add(here)
                break  # what is below differs in the same letters


RULES = (
    Rule(
        code="file-name",
        whole=names,
        why="A name that Windows or macOS can't store keeps colleagues from cloning it all.",
        wrong={
            "articles/Proxy.md": "---\ntitle: Proxies\n---\nA.\n",
            "articles/proxy.md": "---\ntitle: Other\n---\nB.\n",
        },
        right={"articles/proxy.md": "---\ntitle: Proxies\n---\nA.\n"},
    ),
)
