"""The HTTP server of `kb serve`, on waitress: slow and broken clients are its affair."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from cannery.errors import SiteError, UsageError
from cannery.operations.feedback import keep
from cannery.serve.feedback import MAX_BODY, FeedbackApp, Pace
from cannery.workspace import Workspace

_THREADS = 4
_SECONDS = 20  # that a client may take between two pieces
_MAX_HEADERS = 16_384  # bytes
# A web server on this machine passes on what readers send; without their addresses it would be one
# sender, whose share of a minute all of them had.
_WEB_SERVER, _READER = "127.0.0.1", "x-forwarded-for"


class Place(NamedTuple):
    """Where a server listens: an IP address or a name of this machine, and a port; 0 for any."""

    host: str
    port: int


def run_server(workspace: Workspace, place: Place, started: Callable[[str], None]) -> None:
    """Take feedback until ^C. `started` is told the server's address.

    Raises UsageError where nothing may be kept, and SiteError where the port is taken or waitress
    is not installed.
    """
    if not workspace.memory_days:
        hint = "Set it to the number of days that feedback may be kept."
        raise UsageError("days under [memory] is 0: nothing that readers send may be kept", hint)
    try:
        from waitress.server import create_server
    except ImportError as error:
        from cannery.installation import how_to_add

        hint = f"Run `{how_to_add('serve')}`."
        raise SiteError(f"waitress is not installed: {error}", hint) from error
    app = FeedbackApp(partial(keep, workspace), workspace.settings.site_url, Pace())
    try:
        server = create_server(
            app,
            host=place.host,
            port=place.port,
            threads=_THREADS,
            channel_timeout=_SECONDS,
            max_request_body_size=MAX_BODY + 1,
            max_request_header_size=_MAX_HEADERS,
            ident="",
            trusted_proxy=_WEB_SERVER,
            trusted_proxy_headers={_READER},
            clear_untrusted_proxy_headers=True,
        )
    except (OSError, ValueError) as error:
        raise SiteError(f"{place.host}:{place.port}: {error}", "Choose another port.") from error
    started(f"http://{place.host}:{server.effective_port}")
    server.run()
