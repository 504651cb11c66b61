"""Web addresses: what of them is safe to show, and which host they truly lead to."""

from __future__ import annotations

import re
from typing import NamedTuple

# None of these is compiled before there is an address to look at.

# Who signs in, in front of a host, up to the last @: a password may hold one, or a slash by
# mistake. What follows a port is a path.
_USER = r"(?<=://)(?:[^\s/?#'\"<>]*@|[^\s/?#'\"<>:@]*:(?!\d{1,5}(?:[/?#\s]|$))[^\s'\"<>]{0,500}@)"
_GIVEN = (
    r"(?i)(?<=[?&;])([a-z_.-]*(?:token|passw(?:or)?d|secret|api_?key|authorization)=)[^\s&;#'\"<>]+"
)
# Whatever a browser, curl and Git read in different ways (a backslash, letters that only look like
# ASCII, percent signs) is no host.
_WEB = (
    r"(?ai)(?P<scheme>https?)://(?:[^\s/?#\\]*@)?"
    r"(?P<host>[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>\d{1,5}))?(?:/(?P<path>[^\s?#\\\"'<>\x00-\x1f\x7f]*))?(?:[?#]\S*)?"
)
_USUAL = {"http": "80", "https": "443"}


def without_credentials(text: str) -> str:
    """The text, with user names, passwords and tokens removed from its addresses."""
    if "://" not in text:
        return text
    return re.sub(_GIVEN, r"\1...", re.sub(_USER, "", text))


class Web(NamedTuple):
    """A web address without credentials; `host` is lower case, with its port unless the usual."""

    scheme: str
    host: str
    path: str

    @property
    def origin(self) -> tuple[str, str]:
        return self.scheme, self.host

    @property
    def name(self) -> str:
        """The host without its port, and without the brackets of a number."""
        if self.host.startswith("["):
            return self.host[1:].partition("]")[0]
        return self.host.partition(":")[0]

    @property
    def port(self) -> int:
        port = self.host.rpartition("]")[2].rpartition(":")[2] if ":" in self.host else ""
        return int(port if port.isdecimal() else _USUAL[self.scheme])

    @property
    def address(self) -> str:
        """Rebuild an address without its query and without what programs parse differently."""
        return f"{self.scheme}://{self.host}/{self.path}"

    @property
    def is_loopback(self) -> bool:
        """Whether it leads to this machine, whatever a name server says."""
        import ipaddress

        try:
            return ipaddress.ip_address(self.name).is_loopback
        except ValueError:
            return self.name == "localhost"


def web(address: str) -> Web | None:
    """An address's parts; None for one that is none, or that programs could read differently."""
    match = re.fullmatch(_WEB, address)
    if match is None:
        return None
    scheme, port = match["scheme"].lower(), match["port"]
    host = match["host"].lower().removesuffix(".")
    if port and port != _USUAL[scheme]:
        host = f"{host}:{port}"
    return Web(scheme, host, match["path"] or "")
