"""Names of files and folders that not every computer can hold, or that are one there."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.model.location import Problem
from cannery.util.file_names import faults_of


def names(whole: Whole) -> Iterator[Problem]:
    """Each file and folder whose name is at fault, or is that of another in other letters."""
    for fault in faults_of(whole.files):
        yield Problem(fault.path, 0, "file-name", fault.message, fault.hint)


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
