"""The macros of a knowledge base, sent to the Zendesk on loopback and read into an empty one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from cannery.content import frontmatter
from cannery.content.files import scan
from cannery.content.library import load, load_parts, parts_for, read
from cannery.content.links import article_url
from cannery.exchange.desks.desk import Around, Opening
from cannery.exchange.desks.zendesk.desk import open_desk
from cannery.model.desk import Family, Incoming
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Entry, Macro
from cannery.model.location import Kind
from cannery.starter import starter_files, write_file
from cannery.workspace import Workspace, open_workspace
from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk

_ROOT = Path(__file__).parents[4]


def _opening(workspace: Workspace, fake: FakeZendesk, client: Asking) -> Opening:
    settings, scanned = workspace.settings, scan(workspace)
    parts = load_parts(workspace, scanned)

    def around(language: str) -> Around:
        values = {"kb": {"name": settings.name, "site_url": settings.site_url}, "team": dict(settings.facts(language))}  # fmt: skip
        address = article_url(workspace, scanned, language)
        return Around(parts_for(parts, language, settings), values, address, settings.keeps_lines)

    return Opening(
        DeskSettings("zendesk", "zendesk", fake.address),
        client.client,
        tuple(settings.languages),
        settings.default_language,
        {},
        lambda _, __: "",
        lambda _: "",
        around=around,
    )


def _families(workspace: Workspace) -> dict[str, Family]:
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for path in scan(workspace).searched:
        item = load(workspace, path).item
        if isinstance(item, Macro):
            found[item.at.id][item.at.language] = item
    return {id_: Family(id_, Kind.MACRO, by_language) for id_, by_language in found.items()}


def _as_files(family: Family, incoming: Incoming, workspace: Workspace) -> Family:
    """The record as the files of a knowledge base that had none of it."""
    entries: dict[str, Entry] = {}
    for language, version in incoming.by_language.items():
        said = {key: value for key, value in version.keys.items() if value is not None}
        text = frontmatter.rewrite("", said) + f"\n{version.body}"
        loaded = read(family.by_language[language].at.path, text.encode(), workspace.settings)
        assert isinstance(loaded.item, Macro)
        assert (loaded.problems, loaded.item.faults) == ((), ())
        entries[language] = loaded.item
    return Family(family.id, Kind.MACRO, entries)


@pytest.mark.parametrize("is_ours", [True, False])
def test_macros_come_back_but_for_what_is_told(
    fake_zendesk: FakeZendesk, person: Asking, tmp_path: Path, *, is_ours: bool
) -> None:
    if not is_ours:  # those that a new knowledge base begins with
        for file in starter_files(tmp_path):
            write_file(tmp_path, file)
    workspace = open_workspace(_ROOT if is_ours else tmp_path)
    desk = open_desk(_opening(workspace, fake_zendesk, person))
    families = _families(workspace)
    assert len(families) > (50 if is_ours else 0)
    for family in families.values():
        sent = desk.outgoing(family)
        record = desk.create(Kind.MACRO, sent.parts)
        kept = {name: record.parts[name] for name in sent.parts}
        assert kept == dict(sent.parts)  # whatever Zendesk has rewritten
        back = _as_files(family, desk.incoming(record), workspace)
        assert {*back.by_language} == {*family.by_language}
        for language, ours in family.by_language.items():
            theirs = back.by_language[language]
            assert isinstance(ours, Macro)
            assert isinstance(theirs, Macro)
            told = [loss for loss in sent.losses if loss.path == ours.at.path]
            assert told or theirs.body.strip() == ours.body.strip()
        again = desk.outgoing(back)
        assert {**again.parts} == {**sent.parts}  # and nothing is lost a second time


def test_macros_are_listed_with_as_few_requests_as_pages_need(
    fake_zendesk: FakeZendesk, person: Asking
) -> None:
    workspace = open_workspace(_ROOT)
    desk = open_desk(_opening(workspace, fake_zendesk, person))
    for family in _families(workspace).values():
        desk.create(Kind.MACRO, desk.outgoing(family).parts)
    start = len(fake_zendesk.lines)
    fresh = open_desk(_opening(workspace, fake_zendesk, person))
    records = [*fresh.records(Kind.MACRO)]
    assert len(records) == len(_families(workspace))
    assert sorted(fake_zendesk.lines[start:]) == [
        "GET /api/v2/dynamic_content/items",
        "GET /api/v2/locales",
        "GET /api/v2/macros",
    ]
