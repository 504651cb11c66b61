"""What goes wrong between us and a service."""

from __future__ import annotations

from cannery.errors import CanneryError


class RestError(CanneryError):
    """The service refused, or can't be reached. `code` is HTTP's; 0 where there was no answer.

    `is_fate_unknown` says that it may have done what it was asked, or not: that is never asked
    twice without a look at what is there. `leads` is the address at another host that the service
    points to, which is not followed.
    """

    leads: str = ""

    def __init__(
        self, message: str, hint: str, code: int = 0, *, is_fate_unknown: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.code = code
        self.is_fate_unknown = is_fate_unknown
