"""Web addresses as they are asked: without fragments and credentials, and in ASCII."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from cannery.util.address import web, without_credentials

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000  # characters of an address: longer ones are no link that a person follows
_PATH = "/%:@!$&'()*+,;=~-._[]"
_QUERY = f"{_PATH}?"
_FIRST_FREE_PORT = 1024  # below it are services that are not the web's
# Names that are for examples, or for a network of one's own (RFC 2606, RFC 6761, RFC 6762).
_EXAMPLES = frozenset(("example.com", "example.net", "example.org", "example.edu"))
_OWN_ENDINGS = frozenset(
    ("example", "test", "invalid", "localhost", "local", "internal", "lan", "home", "corp",
     "intranet", "private", "onion", "arpa")
)  # fmt: skip
# What texts call the hosts that readers put their own for.
_MADE_UP = frozenset(
    ("acme", "contoso", "fabrikam", "foo", "foobar", "myapp", "mycompany", "mycorp", "mydomain",
     "myorg", "myserver", "mysite", "hostname", "sitename", "somedomain", "somesite", "subdomain",
     "tenant")
)  # fmt: skip
_MADE_UP_STARTS = ("your", "example-", "my-")
_SIGNED = frozenset(
    ("sig", "signature", "x-amz-signature", "x-amz-security-token", "x-amz-credential",
     "x-goog-signature", "x-goog-credential", "awsaccesskeyid", "code", "jwt", "session", "sid")
)  # fmt: skip


_INDEXES = ("index.html", "index.htm", "index.php")
_SIGN_IN = frozenset(
    ("login", "signin", "logon", "sso", "auth", "oauth", "oauth2", "accounts", "authorize", "saml")
)
_EXAMPLE = "to examples"


class Address(NamedTuple):
    """A host's name in lower case or its number, a port, and a path with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """The host as it stands in an address and in a request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def text(self) -> str:
        return f"{self.scheme}://{self.origin}{self.target}"

    @property
    def is_number(self) -> bool:
        """Whether the host is an IP address."""
        return ":" in self.host or self.host.replace(".", "").isdigit()


def read_address(written: str) -> Address | None:
    """An address as programs agree on it; None for one that is not of the web, or is doubtful."""
    if len(written) > _LONGEST or "\\" in written:  # which browsers take for a slash
        return None
    try:
        parts = urlsplit(written.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else host.encode("idna").decode()
        path = quote(parts.path or "/", safe=_PATH)
        query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    except (ValueError, UnicodeError):
        return None
    named = f"[{host}]" if ":" in host else host
    if parts.scheme not in _PORTS or web(f"{parts.scheme}://{named}/") is None:
        return None
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], path + query)


def redirected(at: Address, location: str) -> Address | None:
    """Where an answer of `at` leads."""
    try:
        return read_address(urljoin(at.text, location[:_LONGEST].strip()))
    except ValueError:
        return None


def why_not_asked(written: str, address: Address) -> str:
    """Which addresses in texts are none to be asked, if this is one of them; else empty."""
    if any(sign in unquote(written) for sign in "{}<>"):
        return "with a placeholder"
    if has_credentials(written) or has_credentials(address.text):
        return "with a password or a token"
    return why_barred(address) or (
        _EXAMPLE if any(map(_is_made_up, address.host.split("."))) else ""
    )


def has_credentials(written: str) -> bool:
    """Whether an address says who signs in, or lets anybody in."""
    if without_credentials(written) != written or "@" in urlsplit(written).netloc:
        return True
    query = parse_qsl(urlsplit(written).query, max_num_fields=None)
    return any(key.lower() in _SIGNED for key, _ in query)


def why_barred(address: Address) -> str:
    """Which names and ports are never asked, whoever names them; empty if this may be."""
    if address.port < _FIRST_FREE_PORT and address.port not in _PORTS.values():
        return "to ports that are not the web's"
    labels = address.host.split(".")
    if address.is_number:
        return ""  # the number itself tells, once it is asked
    if len(labels) == 1 or labels[-1] in _OWN_ENDINGS:
        return "to hosts outside the public internet"
    return _EXAMPLE if ".".join(labels[-2:]) in _EXAMPLES else ""


def _is_made_up(label: str) -> bool:
    """Whether part of a host's name stands for one that readers put in."""
    return label in _MADE_UP or label.startswith(_MADE_UP_STARTS)


def is_same_page(one: Address, other: Address) -> bool:
    """Whether nobody would write the other address in place of the one."""
    return _bare(one) == _bare(other) and (one.scheme, one.port) == (other.scheme, other.port)


def _bare(address: Address) -> tuple[str, str]:
    path, mark, query = address.target.partition("?")
    for ending in _INDEXES:
        path = path.removesuffix(ending)
    return address.host.removeprefix("www."), f"{path.rstrip('/')}{mark}{query}"


def is_sign_in(address: Address) -> bool:
    """Whether it is where a host asks who is there."""
    path = address.target.partition("?")[0].lower()
    names = (*address.host.split(".")[:1], *path.split("/"))
    return any(
        name.partition(".")[0].replace("-", "").replace("_", "") in _SIGN_IN for name in names
    )
