from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Base

from cannery.content import files, layout, save
from cannery.errors import ContentError
from cannery.model.location import Kind
from cannery.workspace import Settings


def test_only_markdown_below_articles_and_macros_is_found(base: Base) -> None:
    for path in ("articles/a.md", "articles/b/c.mdx", "macros/d.markdown", "index.md"):
        base.write(path, "x")
    base.write("articles/.hidden.md", "x")
    base.write("articles/note.txt", "x")
    assert list(base.scan().stamps) == [
        "kb/articles/a.md",
        "kb/articles/b/c.mdx",
        "kb/macros/d.markdown",
    ]


@pytest.mark.parametrize(
    ("path", "id_", "kind", "language"),
    [
        ("kb/macros/billing/refund.ja.md", "macros/billing/refund", Kind.MACRO, "ja"),
        ("kb/macros/billing/refund.md", "macros/billing/refund", Kind.MACRO, "en"),
        ("kb/macros/_parts/bye.ja.md", "macros/_parts/bye", Kind.PART, "ja"),
        ("kb/articles/v1.2.md", "articles/v1.2", Kind.ARTICLE, "en"),
    ],
)
def test_a_path_says_id_kind_and_language(path: str, id_: str, kind: Kind, language: str) -> None:
    at = layout.locate(path, Settings())
    assert (at.id, at.kind, at.language) == (id_, kind, language)


def test_links_and_loops_of_links_are_problems_and_not_followed(base: Base, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    folder = base.write("articles/a.md", "x").parent
    (folder / "link.md").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    found = base.scan()
    assert list(found.stamps) == ["kb/articles/a.md"]
    assert {problem.code for problem in found.problems} == {"unreadable"}
    with pytest.raises(ContentError, match="symbolic link"):
        files.read_bytes(base.workspace, "kb/articles/link.md")


def test_a_pipe_is_never_waited_for(base: Base) -> None:
    base.write("articles/a.md", "x")
    os.mkfifo(base.root / "kb/articles/pipe.md")
    assert list(base.scan().stamps) == ["kb/articles/a.md"]
    with pytest.raises(ContentError, match="not a regular file"):
        files.read_bytes(base.workspace, "kb/articles/pipe.md")


def test_a_giant_is_refused_by_its_size(base: Base) -> None:
    with base.write("articles/big.md", "").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ContentError, match="50 MB exceeds"):
        files.read_bytes(base.workspace, "kb/articles/big.md")


def test_a_name_with_stray_bytes_is_a_problem(base: Base) -> None:
    folder = os.fsencode(base.write("articles/a.md", "x").parent)
    with open(folder + b"/\xff.md", "wb"):  # noqa: PTH123 - a name that pathlib can't print
        pass
    base.write("articles/new\nline.md", "x")
    assert [problem.code for problem in base.scan().problems] == ["unreadable", "unreadable"]
    assert all(problem.path.isprintable() for problem in base.scan().problems)


def test_a_wide_space_in_a_name_is_none(base: Base) -> None:
    base.write("articles/設定　手順.md", "x")
    assert (base.scan().problems, [*base.scan().stamps]) == ((), ["kb/articles/設定　手順.md"])


def test_what_is_wrong_with_a_name_is_told(base: Base) -> None:
    base.write("articles/new\nline.md", "x")
    assert [problem.message for problem in base.scan().problems] == [
        "a file name that has characters that can't be printed"
    ]


def test_a_changed_key_is_saved_and_the_mode_stays(base: Base) -> None:
    path = base.write("articles/a.md", "---\r\ntitle: A # note\r\n---\r\nBody")
    path.chmod(0o640)
    assert save.update(base.workspace, "kb/articles/a.md", {"title": "B"})
    assert path.read_bytes() == b"---\r\ntitle: B # note\r\n---\r\nBody"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert not save.update(base.workspace, "kb/articles/a.md", {"title": "B"})
    assert os.listdir(path.parent) == ["a.md"]  # noqa: PTH208 - names are all it takes


@pytest.mark.parametrize("path", ["kb/../out.md", "out.md", "/etc/x.md", "kb/articles/../../x.md"])
def test_nothing_outside_of_kb_is_written(base: Base, path: str) -> None:
    base.write("articles/a.md", "x")
    with pytest.raises(ContentError):
        save.replace(base.workspace, path, b"x")


def test_a_link_is_not_written_through(base: Base, tmp_path: Path) -> None:
    victim = tmp_path / "victim.md"
    victim.write_text("---\ntitle: A\n---\n")
    base.write("articles/a.md", "x").with_name("link.md").symlink_to(victim)
    with pytest.raises(ContentError):
        save.update(base.workspace, "kb/articles/link.md", {"title": "B"})
    with pytest.raises(ContentError):
        save.replace(base.workspace, "kb/articles/link.md", b"x")
    assert "title: A" in victim.read_text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_any_file_name_is_a_file_or_a_problem(base: Base, name: str) -> None:
    target = base.root / "kb/articles" / f"{name[:60]}.md"
    target.parent.mkdir(exist_ok=True)
    try:
        target.write_text("x")
    except OSError:
        return  # the file system itself refuses the name
    found = base.scan()
    for path in found.stamps:
        assert layout.locate(path, base.workspace.settings).id
    target.unlink()
