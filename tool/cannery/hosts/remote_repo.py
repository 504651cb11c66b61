"""A remote's address -> the repository's web address, whoever its host is."""

from __future__ import annotations

import re
from typing import NamedTuple

from cannery.util.address import web

_PATH = r"(?P<path>(?!//)[^:\s\\\"'<>\x00-\x1f\x7f][^\s\\\"'<>\x00-\x1f\x7f]*)"
_HOST = r"(?:[^@/\s]+@)?(?P<host>[A-Za-z0-9_][A-Za-z0-9_.-]+)"
_SSH = re.compile(rf"(?:git|(?:git\+)?ssh)://{_HOST}(?::\d{{1,5}})?/{_PATH}")
_SCP = re.compile(rf"{_HOST}:{_PATH}")


class RemoteRepo(NamedTuple):
    """A repository on a host: `kind` is one of `model.hosts.HOSTS`, empty for another.

    `host` is the host's name, with a port unless it is the usual one; `path` has no `/` around it.
    """

    kind: str
    scheme: str
    host: str
    path: str

    @property
    def web(self) -> str:
        return f"{self.scheme}://{self.host}/{self.path}"


def parsed(address: str) -> RemoteRepo | None:
    """The repository at an HTTP, SSH or scp-like address, of no kind; None for a folder.

    None too for what programs could read in different ways.
    """
    if named := web(address):
        scheme, host, path = named
    elif ssh := _SSH.fullmatch(address) or _SCP.fullmatch(address):
        scheme, host, path = "https", ssh["host"].lower().removesuffix("."), ssh["path"]
    else:
        return None
    path = path.strip("/").removesuffix(".git")
    return RemoteRepo("", scheme, host, path) if path else None
