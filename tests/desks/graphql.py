"""Saved replies on loopback: GitLab's, which can be written, and GitHub's, which can't."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.desks.rows import Row, Rows
from tests.desks.server import Answer, DeskServer, Refused, Request, Route

_MUTATION = re.compile(r"\{ (\w*?)(?:S|s)avedReply(Create|Update|Destroy)\(input: \{([^}]*)\}\)")
_ARGUMENT = re.compile(r"(\w+): \$(\w+)")
_LONGEST_NAME, _LONGEST = 255, 4096


class FakeGitLab(DeskServer):
    """Replies of a scope: `Users`, `Groups` or `Projects`; lists have pages of `size`."""

    def __init__(self, sort: str = "Users", size: int = 100) -> None:
        self.sort, self.size = sort, size
        self.replies = Rows(
            ("name", "content"),
            _fitting,
            lambda number: f"gid://gitlab/{sort}::SavedReply/{number}",
        )
        super().__init__([Route("POST", "/api/graphql", self._answered)], _nothing)

    def _answered(self, request: Request) -> Answer:
        query, variables = request.content["query"], request.content["variables"]
        if found := _MUTATION.search(query):
            given = {name: variables[value] for name, value in _ARGUMENT.findall(found[3])}
            name = query[found.start() + 2 :].partition("(")[0]
            return Answer(200, {"data": {name: self._mutated(found[2], given)}})
        owner = {"Users": "currentUser", "Groups": "group", "Projects": "project"}[self.sort]
        if f"{{ {owner}" not in query:
            return Answer(200, {"data": {"nothing": None}})
        if "savedReply(id: $id)" in query:
            reply = self.replies.by_id.get(variables["id"])
            return Answer(200, {"data": {owner: {"savedReply": reply}}})
        held = {"id": f"gid://gitlab/{self.sort}/7", **_page(self.replies, variables, self.size)}
        return Answer(200, {"data": {owner: held}})

    def _mutated(self, act: str, given: Mapping[str, Any]) -> Row:
        owner = {"Groups": "groupId", "Projects": "projectId"}.get(self.sort)
        if act == "Create" and owner and given.get(owner) != f"gid://gitlab/{self.sort}/7":
            return {"savedReply": None, "errors": [f"{owner} is missing"]}
        said = {name: value for name, value in given.items() if name in ("name", "content")}
        try:
            if act == "Destroy":
                self.replies.find(given["id"])
                return {"savedReply": self.replies.by_id.pop(given["id"]), "errors": []}
            if act == "Create":
                return {"savedReply": self.replies.make(said), "errors": []}
            return {"savedReply": self.replies.change(given["id"], said), "errors": []}
        except Refused as refused:
            return {"savedReply": None, "errors": [str(refused.answer.content)]}


class FakeGitHub(DeskServer):
    def __init__(self, size: int = 100) -> None:
        self.size = size
        self.replies = Rows()
        super().__init__([Route("POST", "/api/graphql", self._answered)], _nothing)

    def _answered(self, request: Request) -> Answer:
        page = _page(self.replies, request.content["variables"], self.size)
        for node in page["savedReplies"]["nodes"]:
            node["databaseId"] = node["id"]
        return Answer(200, {"data": {"viewer": page}})


def _page(replies: Rows, variables: Mapping[str, Any], size: int) -> Row:
    begin = int(variables.get("after") or 0)
    end = begin + size
    info = {"hasNextPage": end < len(replies.all), "endCursor": str(end)}
    return {
        "savedReplies": {"nodes": [dict(row) for row in replies.all[begin:end]], "pageInfo": info}
    }


def _fitting(row: Row) -> Row:
    if len(row["name"]) > _LONGEST_NAME or len(row["content"]) > _LONGEST:
        raise Refused(422, "too long")
    return row


def _nothing(_: Request) -> None:
    """Whoever asks may."""
