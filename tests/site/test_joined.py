"""The scripts and style sheets as they are sent: without what only their authors read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.site import web


@pytest.mark.parametrize("name", ["page.js", "scheme.js"])
def test_comments_stay_at_home(name: str) -> None:
    sent = web.joined(web.SCRIPTS[name]).decode()
    assert not [line for line in sent.splitlines() if line.startswith(("//", "/*", "*", " "))]


def test_what_only_looks_like_a_comment_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """// Why.
/** @param {string} a */
const a = "https://x/"; // said here
/*
 * More, with ** and / in it.
 */
  const b = /\\/*x/; /* within a line */
"""
    (tmp_path / "one.js").write_text(text)
    monkeypatch.setattr(web, "FOLDER", tmp_path)
    sent = 'const a = "https://x/"; // said here\nconst b = /\\/*x/; /* within a line */\n'
    assert web.joined(["one.js"]).decode() == sent


def test_licences_of_others_are_sent_whole_with_every_site() -> None:
    """A public site too has words of UniDic's in its search, without a macro's scripts."""
    assert web.LICENCES in web.SCRIPTS
    for name in (*web.VENDOR, web.LICENCES):
        assert web.joined((name,)) == (web.FOLDER / name).read_bytes()
