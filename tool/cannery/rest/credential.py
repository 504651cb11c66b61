"""What signs a user in to a service at one address."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from cannery.util.address import web
from cannery.util.hidden import hide
from cannery.util.state import text


@dataclass(frozen=True, slots=True)
class Credential:
    """A token for one service. `sign_in` is the name of a row of SIGN_INS.

    `user` is who the token is of, where the service wants to know that with each request.
    `refresh` gets the next pair, `expires` is when the token ends (Unix time; 0 for unknown), and
    `client_id` is what the service calls our program: these are of OAuth.
    """

    sign_in: str
    token: str = field(repr=False)
    user: str = ""
    refresh: str = field(default="", repr=False)
    expires: float = 0.0
    client_id: str = ""

    def __post_init__(self) -> None:
        hide(self.token, self.refresh)


def as_data(credential: Credential) -> dict[str, Any]:
    return asdict(credential)


def from_data(data: Any) -> Credential:  # noqa: ANN401 - JSON
    """Raises ValueError, TypeError or LookupError for what is no credential."""
    return Credential(
        text(data["sign_in"]),
        text(data["token"]),
        text(data.get("user", "")),
        text(data.get("refresh", "")),
        float(data.get("expires", 0)),
        text(data.get("client_id", "")),
    )


def origin_of(address: str) -> str:
    """The origin of a web address, as credentials are kept by; empty for what is none."""
    found = web(address)
    return f"{found.scheme}://{found.host}" if found else ""
