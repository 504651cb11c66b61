"""A plugin of pytest: what the tests say to desks, and hear from them, as lines of JSON.

`pytest -p tests.desks.contracts.recording` writes them below the folder of `DESK_RECORD`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from tests.desks.contracts.check import Exchange

_request, _getresponse = HTTPConnection.request, HTTPConnection.getresponse


def pytest_configure() -> None:
    HTTPConnection.request = _noted  # type: ignore[method-assign, assignment]
    HTTPConnection.getresponse = _heard  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    HTTPConnection.request = _request  # type: ignore[method-assign]
    HTTPConnection.getresponse = _getresponse  # type: ignore[method-assign]


def _noted(
    self: HTTPConnection,
    method: str,
    url: str,
    body: object = None,
    headers: Mapping[str, str] | None = None,
    **more: bool,
) -> None:
    self.noted = (method, url, body, dict(headers or {}))  # type: ignore[attr-defined]
    _request(self, method, url, body, headers or {}, **more)  # type: ignore[arg-type]


def _heard(self: HTTPConnection) -> HTTPResponse:
    response = _getresponse(self)
    desk = response.headers.get("X-Desk", "")
    if not desk:
        return response
    read, noted, pieces = response.read, getattr(self, "noted", None), [b""]

    def kept(amount: int | None = None) -> bytes:
        nonlocal noted
        pieces.append(read(amount))
        if noted and (not pieces[-1] or response.isclosed()):
            _write(desk, noted, response.status, b"".join(pieces))
            noted = None
        return pieces[-1]

    response.read = kept  # type: ignore[method-assign, assignment]
    return response


def _write(desk: str, noted: Any, code: int, answer: bytes) -> None:  # noqa: ANN401
    method, url, body, headers = noted
    path, _, query = url.partition("?")
    kinds = {name.lower(): value for name, value in headers.items()}
    told = body.decode(errors="replace") if isinstance(body, bytes) else str(body or "")
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
    line = Exchange(desk, test, method, path, query, kinds.get("content-type", ""), told, code, answer.decode(errors="replace"), is_ours=not test.startswith("tests/desks/"))  # fmt: skip
    folder = Path(os.environ["DESK_RECORD"])
    with (folder / f"{os.getpid()}.jsonl").open("a") as file:
        file.write(json.dumps(line._asdict()) + "\n")


@pytest.hookimpl
def pytest_report_header() -> str:
    return f"what desks are told goes to {os.environ['DESK_RECORD']}"
