"""A draft is written once, in its place, and never over a file that is there."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from tests.conftest import Base

from cannery.errors import ContentError
from cannery.model.location import Kind
from cannery.operations.draft import Draft, draft_path, write_draft
from cannery.workspace import Settings


@pytest.mark.parametrize(
    ("draft", "path"),
    [
        (Draft(Kind.ARTICLE, "How logs are kept"), "kb/articles/how-logs-are-kept.md"),
        (Draft(Kind.MACRO, "Ask!", "/a/b/"), "kb/macros/a/b/ask.md"),
        (Draft(Kind.ARTICLE, "返金の手順"), "kb/articles/返金の手順.md"),
        (Draft(Kind.ARTICLE, "../../x"), "kb/articles/x.md"),
        (Draft(Kind.ARTICLE, "Aux"), "kb/articles/aux-1.md"),
        (Draft(Kind.ARTICLE, normalize("NFD", "パス")), "kb/articles/パス.md"),
        (Draft(Kind.ARTICLE, "?!"), "kb/articles/untitled.md"),
    ],
)
def test_its_place_comes_from_kind_section_and_title(draft: Draft, path: str) -> None:
    assert draft_path(draft, Settings()) == path


def test_it_is_written_with_its_front_matter(base: Base) -> None:
    header = {"fields": [{"name": "who"}]}
    draft = Draft(Kind.MACRO, "Thanks", body="Dear {{ who }}", header=header)
    path = write_draft(base.workspace, draft)
    macro = base.macro("thanks.md")
    assert path == macro.at.path
    assert (macro.header.title, macro.header.status, macro.body) == (
        "Thanks",
        "draft",
        "\nDear {{ who }}\n",
    )
    assert [field.name for field in macro.fields] == ["who"]


def test_a_body_that_looks_like_front_matter_is_a_body(base: Base) -> None:
    body = "---\ntitle: x\n---\nHello"
    write_draft(base.workspace, Draft(Kind.MACRO, "Thanks", body=body))
    assert base.macro("thanks.md").body == f"\n{body}\n"


def test_a_file_that_is_there_stays(base: Base) -> None:
    draft = Draft(Kind.ARTICLE, "Logs")
    file = base.root / write_draft(base.workspace, draft)
    before = file.read_bytes()
    with pytest.raises(ContentError, match="already exists"):
        write_draft(base.workspace, draft._replace(body="Other"))
    assert file.read_bytes() == before
