"""Files that have not changed are read once in a process."""

from __future__ import annotations

from collections.abc import Sequence

from tests.conftest import Base

from cannery.content.files import scan
from cannery.content.kept_files import KeptFiles
from cannery.content.library import Loaded
from cannery.workspace import open_workspace


def _read(base: Base, files: KeptFiles) -> Sequence[Loaded]:
    workspace = open_workspace(base.root)
    return [*files.load_each(workspace, scan(workspace).stamps)]


def test_what_has_changed_is_read_again_and_nothing_else(base: Base) -> None:
    files = KeptFiles()
    base.write("articles/a.md", "One")
    base.write("articles/b.md", "Two")
    one, two = _read(base, files)
    base.write("articles/b.md", "Three")
    same, other = _read(base, files)
    assert same is one
    assert other != two


def test_a_file_that_was_away_is_read_again(base: Base) -> None:
    files = KeptFiles()
    path = base.write("articles/a.md", "One")
    _read(base, files)
    path.unlink()
    assert _read(base, files) == []
    base.write("articles/a.md", "Two")
    (loaded,) = _read(base, files)
    assert getattr(loaded.item, "body", "") == "Two"


def test_other_settings_have_all_read_again(base: Base) -> None:
    files = KeptFiles()
    base.write("articles/a.de.md", "Eins")
    base.write("kb.toml", 'languages = ["en"]\n')
    (before,) = _read(base, files)
    base.write("kb.toml", 'languages = ["en", "de"]\n')
    (after,) = _read(base, files)
    assert before.item is not None
    assert after.item is not None
    assert before.item.at.id != after.item.at.id
