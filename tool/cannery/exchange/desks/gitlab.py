"""GitLab: comment templates of a user, a group or a project, which its API calls saved replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.texts.graphql import answered, nodes
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, text
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import NO_PLACEHOLDERS, in_markdown
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.records import Records
from cannery.model.location import Kind
from cannery.rest.client import Client, RestError

_PATH = "/api/graphql"
_LONGEST = 4096
_FIELDS = "nodes { id name content } pageInfo { hasNextPage endCursor }"
_REPLIES = f"savedReplies(first: 100, after: $after) {{ {_FIELDS} }}"


class Scope(NamedTuple):
    """Whose replies they are: `owner` is the query's field, `sort` what their ids name."""

    owner: str
    sort: str
    mutation: str
    id_type: str
    owner_id: str = ""
    owner_type: str = ""
    path: str = ""


def scope_of(options: Mapping[str, str]) -> Scope:
    """The scope that `group` or `project` of the desk's options names; else the user's own."""
    if path := options.get("project"):
        ids = ("ProjectsSavedReplyID!", "projectId", "ProjectID!")
        return Scope("project", "Projects", "projectSavedReply", *ids, path)
    if path := options.get("group"):
        ids = ("GroupsSavedReplyID!", "groupId", "GroupID!")
        return Scope("group", "Groups", "groupSavedReply", *ids, path)
    return Scope("currentUser", "Users", "savedReply", "UsersSavedReplyID!")


class Replies:
    """`exchange.desks.texts.item.Store` for saved replies."""

    parts = frozenset({"body"})
    numbers: Mapping[str, Mapping[str, str]] = {}

    def __init__(self, client: Client, names: Names, scope: Scope) -> None:
        self._client, self._names, self._scope = client, names, scope
        self._owner = ""

    def items(self) -> Iterator[Item]:
        scope = self._scope
        head, argument = ("$path: ID!, ", "(fullPath: $path)") if scope.path else ("", "")
        query = f"query({head}$after: String) {{ {scope.owner}{argument} {{ id {_REPLIES} }} }}"
        rows = nodes(self._client, _PATH, query, self._path_of(), scope.owner, "savedReplies")
        return map(self._item, rows)

    def several(self, ids: Iterable[str]) -> Mapping[str, Item]:
        scope = self._scope
        head, argument = ("$path: ID!, ", "(fullPath: $path)") if scope.path else ("", "")
        reply = "savedReply(id: $id) { id name content }"
        query = f"query({head}$id: {scope.id_type}) {{ {scope.owner}{argument} {{ {reply} }} }}"
        found: dict[str, Item] = {}
        for one in ids:
            variables = {"id": self._gid(one), **self._path_of()}
            owner = answered(self._client, _PATH, query, variables, scope.owner)
            if isinstance(row := owner.get("savedReply"), dict):
                found[one] = self._item(row)
        return found

    def as_kept(self, label: Label, parts: Parts) -> Item:
        return Item("", self._names.read(self._names.written(label)), parts)

    def put(self, item_id: str, label: Label, parts: Parts) -> Item:
        said = {"name": self._names.written(label), "content": parts.get("body")}
        scope = self._scope
        if item_id:
            return self._changed("Update", scope.id_type, {**said, "id": self._gid(item_id)})
        if scope.path:
            return self._changed("Create", "", {**said, "owner": self._owner_id()})
        return self._changed("Create", "", said)

    def delete(self, item_id: str) -> None:
        name = f"{self._scope.mutation}Destroy"
        query = (
            f"mutation($id: {self._scope.id_type}) {{ {name}(input: {{id: $id}}) {{ errors }} }}"
        )
        if self.several([item_id]):
            answered(self._client, _PATH, query, {"id": self._gid(item_id)}, name)

    def _changed(self, act: str, id_type: str, said: Mapping[str, Any]) -> Item:
        scope, name = self._scope, f"{self._scope.mutation}{act}"
        types = {
            "name": ("name", "String!"),
            "content": ("content", "String!"),
            "id": ("id", id_type),
            "owner": (scope.owner_id, scope.owner_type),
        }
        head = ", ".join(f"${one}: {types[one][1]}" for one in said)
        given = ", ".join(f"{types[one][0]}: ${one}" for one in said)
        asked = "savedReply { id name content } errors"
        query = f"mutation({head}) {{ {name}(input: {{{given}}}) {{ {asked} }} }}"
        made = answered(self._client, _PATH, query, said, name).get("savedReply")
        if not isinstance(made, dict):
            raise RestError(f"GitLab answered {name} with no reply", "Run it again.")
        return self._item(made)

    def _item(self, row: Row) -> Item:
        number = text(row, "id").rpartition("/")[2]
        body = text(row, "content").replace("\r\n", "\n").strip("\n")
        return Item(number, self._names.read(text(row, "name")), {"body": body})

    def _path_of(self) -> Mapping[str, str]:
        return {"path": self._scope.path} if self._scope.path else {}

    def _gid(self, number: str) -> str:
        return f"gid://gitlab/{self._scope.sort}::SavedReply/{number}"

    def _owner_id(self) -> str:
        if not self._owner:
            owner = self._scope.owner
            query = f"query($path: ID!) {{ {owner}(fullPath: $path) {{ id }} }}"
            found = answered(self._client, _PATH, query, {"path": self._scope.path}, owner)
            self._owner = text(found, "id")
        return self._owner


def open_desk(opening: Opening) -> KeptDesk:
    scope = scope_of(opening.settings.options)
    records = Records(opening.default_language, Replies(opening.client, Names(opening), scope))
    manner = in_markdown(opening, NO_PLACEHOLDERS)._replace(longest=_LONGEST)
    keeper = Macros(opening.default_language, records, manner)
    return KeptDesk({Kind.MACRO: keeper}, lambda: records.numbers)
