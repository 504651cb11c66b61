"""What the tests of the fake ask it with: our own client, and an error's code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from cannery.rest.client import Body, Manner, PlainClient, RestError
from tests.desks.zendesk.fake import FakeZendesk

MACROS = "/api/v2/macros"
COMMENT = {"field": "comment_value_html", "value": "<p>Hello</p>"}


class Asking:
    """Someone who is signed in. Each method gives the JSON of the answer."""

    def __init__(self, fake: FakeZendesk, scope: str = "read write") -> None:
        self._token = token = fake.oauth.token(scope)
        signed = {"Authorization": f"Bearer {token}"}
        self.client = PlainClient(fake.address, lambda: signed, Manner(patience=0))

    def status(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """The status of an answer, and the seconds to wait that it tells; nothing waits."""
        parts = urlsplit(self.client.address)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        with closing(HTTPConnection(parts.hostname or "", parts.port)) as connection:
            connection.request(method, path, json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Retry-After", "")

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON
        named = {name.replace("__", "[") + ("]" if "__" in name else ""): value for name, value in query.items()}  # fmt: skip
        return self.client.ask("GET", path, query=named).content

    def post(self, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        return self.client.ask("POST", path, body).content

    def put(self, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        return self.client.ask("PUT", path, body).content

    def delete(self, path: str) -> None:
        self.client.ask("DELETE", path)

    def macro(self, **keys: object) -> dict[str, Any]:
        """A new macro, as Zendesk tells it."""
        sent = {"title": "Greeting", "actions": [COMMENT], **keys}
        made: dict[str, Any] = self.post(MACROS, {"macro": sent})["macro"]
        return made

    def change(self, number: int, **keys: object) -> dict[str, Any]:
        changed: dict[str, Any] = self.put(f"{MACROS}/{number}", {"macro": keys})["macro"]
        return changed

    def item(self, name: str, *variants: tuple[int, str]) -> dict[str, Any]:
        """A new item of dynamic content; the first variant is the default one."""
        told = [{"locale_id": locale, "content": text, "default": at == 0, "active": True} for at, (locale, text) in enumerate(variants)]  # fmt: skip
        sent = {"name": name, "default_locale_id": variants[0][0], "variants": told}
        made: dict[str, Any] = self.post("/api/v2/dynamic_content/items", {"item": sent})["item"]
        return made

    def upload(self, path: str, name: str = "form.txt", data: bytes = b"form") -> dict[str, Any]:
        made: dict[str, Any] = self.post(path, multipart(name, data))
        return made


def multipart(name: str, data: bytes, field: str = "attachment") -> Body:
    edge = "edge-of-the-form"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'  # fmt: skip
    return Body(
        head.encode() + data + f"\r\n--{edge}--\r\n".encode(),
        f"multipart/form-data; boundary={edge}",
    )


@contextmanager
def refused(code: int) -> Iterator[None]:
    """The block ends with an error of HTTP of this code."""
    with pytest.raises(RestError) as error:
        yield
    assert error.value.code == code
