"""Each start of the guide, from its first command to the site, one after the other."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.manual.commands import blocks, uncommented
from tests.manual.desk import set_up
from tests.repositories import WHO

from cannery.manual import ARTICLES

_STARTS = [*blocks(ARTICLES / "guides" / "from-where-you-are.md")]
_IN_PLACE = {0: "handbook", 2: "notes"}  # the others begin in an empty folder


@pytest.mark.parametrize("number", range(len(_STARTS)))
def test_a_start_leads_to_the_site(
    number: int, home: Path, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".gitconfig").write_text(WHO, "utf-8")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    desk = set_up(tmp_path)
    root = desk.folder / _IN_PLACE.get(number, "empty")
    monkeypatch.chdir(root)
    for command in uncommented(_STARTS[number]):
        words = shlex.split(command)[1:]
        agreed = ["--yes"] if words[0] in ("adopt", "import") and "--dry-run" not in words else []
        done = kb(*words, *agreed)
        assert done.code == 0, f"{command}: {done.err}"
        if words[0] == "find":
            assert done.out.startswith(" 1. "), command
    assert next(root.glob(".site/html/index.html"), None) or (root / "site/index.html").is_file()
