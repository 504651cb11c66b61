"""Small forges on this machine: each keeps pull requests and answers as its API's description has it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema
from tests.hosts.server import Response, Server

HEAD = "a" * 40
_GITHUB = json.loads((Path(__file__).parent / "github-api.json").read_text("utf-8"))["paths"]
_POSTED = {
    "reviews": _GITHUB["/repos/{owner}/{repo}/pulls/{pull_number}/reviews"],
    "comments": _GITHUB["/repos/{owner}/{repo}/issues/{issue_number}/comments"],
}
TOKEN = "s3cret"  # noqa: S105 - nobody else's


class Forge(Server):
    """A forge of a kind with open requests; `reviews` and `comments` are what it was sent.

    `head` is the newest commit of a request. The token that it knows is `TOKEN`: whoever has none may read.
    """

    def __init__(self, kind: str, requests: int = 1) -> None:
        self.kind, self.head = kind, HEAD
        self.requests = [_REQUESTS[kind](number) for number in range(requests, 0, -1)]
        self.reviews: list[Mapping[str, Any]] = []
        self.comments: list[Mapping[str, Any]] = []
        self.paths: list[str] = []
        self.tokens: list[str] = []
        self.refusal: tuple[int, object] | None = None
        super().__init__(self._respond)
        self.address += "/team/kb"

    def _respond(self, request: BaseHTTPRequestHandler, body: bytes) -> Response:
        self.paths.append(request.path)
        self.tokens.append((request.headers["Authorization"] or "").removeprefix("Bearer "))
        code, answer = self.answer(request.command, request.path, json.loads(body or b"{}"))
        return code, {}, json.dumps(answer).encode()

    def answer(self, method: str, target: str, data: Mapping[str, Any]) -> tuple[int, object]:
        if self.refusal:
            return self.refusal
        if self.tokens[-1] != TOKEN and (self.tokens[-1] or method == "POST"):
            return 401, {"message": "Unauthorized"}
        parts = urlsplit(target)
        match = _PATHS[self.kind].fullmatch(parts.path)
        return self._routed(match, method, parts.query, data) if match else (404, {})

    def _routed(
        self, match: re.Match[str], method: str, query: str, data: Mapping[str, Any]
    ) -> tuple[int, object]:
        if not match["number"]:
            return self._all(match["list"], method, parse_qs(query), data)
        if match["list"] == "issues" and method == "GET":
            return 200, self._issue(match["what"], parse_qs(query))
        numbers = [str(item.get("iid", item["number"])) for item in self.requests]
        if match["number"] not in numbers:
            return 404, {"message": "Not Found"}
        item = self.requests[numbers.index(match["number"])]
        return self._act(item, method, match["what"] or "", data)

    def _all(
        self, what: str, method: str, query: dict[str, list[str]], data: Mapping[str, Any]
    ) -> tuple[int, object]:
        if method == "POST":
            self.comments.append(data)
            page = {"github": f"{self.address}/issues/8"}.get(self.kind, "")
            return 201, {"number": 8, "iid": 8, "id": 4711, "html_url": page}
        if what == "labels":
            return 200, [{"id": 4, "name": "bug"}, {"id": 5, "name": "question"}]
        return 200, self._list(query)

    def _issue(self, what: str | None, query: Mapping[str, list[str]]) -> object:
        """A question, or what was said to it: GitLab notes what was done among that."""
        words = "description" if self.kind == "gitlab" else "body"
        if not what:
            return {"title": "Question: How long?", words: "The logs, I mean."}
        said = [{"body": f"{number} days.", "system": False} for number in range(130)]
        notes = [*said, {"body": "closed", "system": True}] if self.kind == "gitlab" else said
        size = int(query.get("per_page", ["1000"])[0])
        page = int(query.get("page", ["1"])[0])
        return notes[(page - 1) * size : page * size]

    def _list(self, query: Mapping[str, list[str]]) -> list[Any]:
        state = query.get("state", ["open"])[0]
        items = [item for item in self.requests if state in ("all", item["state"])]
        for name, branch in (("head", _github_head), ("source_branch", _gitlab_head)):
            if name in query:
                items = [item for item in items if branch(item) == unquote(query[name][0])]
        size = int(query.get("per_page" if self.kind != "gitea" else "limit", ["30"])[0])
        page = int(query.get("page", ["1"])[0])
        return items[(page - 1) * size : page * size]

    def _act(
        self, item: Mapping[str, Any], method: str, what: str, data: Mapping[str, Any]
    ) -> tuple[int, object]:
        if method == "GET":
            return (200, item) if not what else (404, {})
        if self.kind == "github":
            jsonschema.validate(data, _POSTED[what]["post"]["body"])
        if what in ("reviews", "approve"):
            if data.get("sha", data.get("commit_id")) != self.head:
                return 409, {"message": "SHA does not match HEAD of source branch"}
            self.reviews.append(data)
        else:
            self.comments.append(data)
        return 201, {}


def _github_head(item: Mapping[str, Any]) -> str:
    return f"team:{item['head']['ref']}"


def _gitlab_head(item: Mapping[str, Any]) -> str:
    return str(item["source_branch"])


def _github(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "title": f"Change {number}",
        "user": {"login": "kim"},
        "html_url": f"https://elsewhere.example/pull/{number}",
        "state": "open",
        "merged_at": None,
        "draft": number == 2,
        "head": {"ref": f"kb/har-{number}", "label": f"kb/har-{number}", "sha": HEAD},
        "base": {"ref": "main"},
        "updated_at": "2026-11-25T09:00:00Z",
        "body": None,
        "requested_reviewers": [{"login": "lee"}],
        "requested_teams": [{"slug": "network"}],
        "requested_reviewers_teams": [{"name": "network"}],
    }


def _gitlab(number: int) -> dict[str, Any]:
    return {
        "iid": number,
        "number": 9000 + number,
        "title": f"Change {number}",
        "author": {"username": "kim"},
        "web_url": "javascript:alert(1)",
        "state": "opened",
        "draft": number == 2,
        "source_branch": f"kb/har-{number}",
        "sha": HEAD,
        "target_branch": "main",
        "updated_at": "2026-11-25T09:00:00.000Z",
        "description": None,
        "reviewers": [{"username": "lee"}],
    }


_REQUESTS = {"github": _github, "gitea": _github, "gitlab": _gitlab}
_NUMBER = r"(?:/(?P<number>\d+)(?:/(?P<what>\w+))?)?"
_PATHS = {
    "github": re.compile(rf"/api/v3/repos/team/kb/(?P<list>pulls|issues){_NUMBER}"),
    "gitea": re.compile(rf"/api/v1/repos/team/kb/(?P<list>pulls|issues|labels){_NUMBER}"),
    "gitlab": re.compile(rf"/api/v4/projects/team%2Fkb/(?P<list>merge_requests|issues){_NUMBER}"),
}
