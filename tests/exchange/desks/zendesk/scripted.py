"""A client whose answers are a test's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from cannery.rest.client import Reply


class Asked(NamedTuple):
    method: str
    path: str
    query: Mapping[str, str | int]
    body: object = None


class ScriptedClient:
    """Answers what a path is told to have, page after page where it is a list of pages."""

    def __init__(self, answers: Mapping[str, object], otherwise: object = None) -> None:
        self.asked: list[Asked] = []
        self._otherwise = otherwise
        self._answers = {
            path: [*pages] if isinstance(pages, list) else [pages]
            for path, pages in answers.items()
        }

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> Reply:
        self.asked.append(Asked(method, path, dict(query or {}), body))
        if self._otherwise is not None and path not in self._answers:
            return Reply(200, self._otherwise, {})
        pages: list[Any] = self._answers[path]
        return Reply(200, pages.pop(0) if len(pages) > 1 else pages[0], {})
