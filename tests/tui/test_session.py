"""What the picker looks up and compiles for each thing that it is asked, counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from liquid.template import BoundTemplate

from cannery.content import files
from cannery.model.location import Kind, Location
from cannery.reply.form import build_form
from cannery.tui.items import Filters, Item, Look, Stack
from cannery.tui.session import Session
from cannery.workspace import Workspace
from liquid import Environment
from tests.conftest import Base
from tests.search.pasted import ARTICLES, AWKWARD, CASES


@pytest.fixture
def session(library: Base) -> Iterator[Session]:
    session = Session(library.workspace, {})
    yield session
    session.close()


@pytest.fixture
def scans(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[Workspace]:
    """Grows by one with each scan, whichever module asks for it."""
    done: list[Workspace] = []
    scan = files.scan

    def counted(workspace: Workspace) -> files.Scan:
        done.append(workspace)
        return scan(workspace)

    for name, module in sys.modules.copy().items():
        if name.startswith("cannery.") and getattr(module, "scan", None) is scan:
            monkeypatch.setattr(module, "scan", counted)
    return done


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were compiled."""
    texts: list[str] = []
    from_string = Environment.from_string

    def counted(self: Environment, source: str) -> BoundTemplate:
        texts.append(source)
        return from_string(self, source)

    monkeypatch.setattr(Environment, "from_string", counted)
    return texts


def _hit(session: Session, words: str) -> Item:
    return session.find(words, Filters()).items[0]


def test_a_hit_is_located_and_read_without_another_scan(
    session: Session, scans: list[Workspace]
) -> None:
    hit = _hit(session, "refund policy")
    scans.clear()
    path = "kb/articles/refunds.md"
    assert session.locate(hit) == Location(path, "articles/refunds", Kind.ARTICLE, "en")
    assert session.read(hit).header.title == "Refund policy"
    assert scans == []


def test_an_entry_of_the_first_frame_is_looked_for(
    session: Session, scans: list[Workspace]
) -> None:
    recent = Item("macros/billing/refund", "Refund", "ja", "macro")
    assert session.locate(recent).path == "kb/macros/billing/refund.ja.md"
    assert len(scans) == 1


def test_a_preview_scans_once_and_compiles_each_text_once(
    library: Base, session: Session, scans: list[Workspace], compiled: list[str]
) -> None:
    fields = "fields:\n  - {name: a}\n  - {name: b, default: 'b {{ a }}'}\n"
    library.write("macros/zebra.md", f"---\ntitle: Zebra\n{fields}---\n{{{{ a }}}}, {{{{ b }}}}\n")
    hit = _hit(session, "zebra")
    scans.clear()
    session.preview(Look(hit, 40))
    assert len(scans) == 1
    assert sorted(compiled) == ["b {{ a }}", "{{ a }}, {{ b }}\n"]
    session.preview(Look(hit, 60))
    assert len(compiled) == 2


def test_a_key_in_a_form_neither_scans_nor_compiles(
    session: Session, scans: list[Workspace], compiled: list[str]
) -> None:
    request = session.request(Stack(("macros/billing/refund",), "Refund", "en"))
    assert len(scans) == 1
    build_form(request, {})
    scans.clear()
    compiled.clear()
    state = build_form(request, {"customer": "Kim"})
    assert state.reply is not None
    assert "Hello Kim" in state.reply.text
    assert scans == []
    assert compiled == []


@pytest.fixture
def pasted(base: Base) -> Iterator[Session]:
    for path, text in ARTICLES.items():
        base.write(path, text)
    session = Session(base.workspace)
    yield session
    session.close()


def test_what_is_pasted_into_the_picker_hides_nothing(pasted: Session) -> None:
    found = {words: [item.id for item in pasted.find(words, Filters()).items] for words, _ in CASES}
    assert [words for words, article in CASES if f"articles/{article}" not in found[words]] == []
    for words in AWKWARD:
        pasted.find(words, Filters())
