"""A canned reply of another program, in our terms but not yet a file of the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.model.entry import Field
from cannery.model.location import Status
from cannery.model.loss import Loss


class Origin(NamedTuple):
    """Where a reply comes from: a file as the user knows it, and its place there.

    `line` is 1-based, 0 where a file has one reply or no lines. `record` is what its program calls
    it for good, such as an id or a trigger; empty if nothing does.
    """

    path: str
    line: int = 0
    record: str = ""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One reply in one language. `body` is Markdown around Liquid, as in a macro.

    `title` is empty where its program has none. `language` is what the source says, as `ja` or
    `pt-BR`, else empty. `section` is a folder such as `billing/refunds`. `keywords` are what else
    it is found by, `groups` those of the help desk that have it, none for all. `attachments` are
    paths of files. `losses` are those of this reply alone.
    """

    title: str
    body: str
    origin: Origin
    language: str = ""
    shortcut: str = ""
    subject: str = ""
    section: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    actions: Mapping[str, object] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    losses: tuple[Loss, ...] = ()


class Imported(NamedTuple):
    """What the files of one program hold; `losses` are those that belong to no reply."""

    replies: tuple[CannedReply, ...] = ()
    losses: tuple[Loss, ...] = ()
