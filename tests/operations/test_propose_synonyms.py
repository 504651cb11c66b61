from __future__ import annotations

from tests.conftest import Base

from cannery.operations.propose_synonyms import proposed_synonyms
from cannery.workspace import open_workspace

_WEATHER = (
    ("rain", "雨天"),
    ("snow", "雪道"),
    ("storm", "暴風"),
    ("cloud", "曇天"),
    ("frost", "霜柱"),
)


def _proposed(base: Base) -> list[tuple[str, str]]:
    return [(item.word, item.other) for item in proposed_synonyms(open_workspace(base.root))]


def _write(base: Base, english: str, japanese: str, **header: str) -> None:
    more = "".join(f"{key}: {value}\n" for key, value in header.items())
    base.write("kb.toml", 'languages = ["en", "ja"]\n')
    for one, other in _WEATHER:
        base.write(f"articles/{one}.md", f"---\ntitle: {one}\n{more}---\n{english}\n")
        base.write(f"articles/{one}.ja.md", f"---\ntitle: {other}\n{more}---\n{japanese}\n")
    for name in ("sun", "wind"):
        base.write(f"articles/{name}.md", f"---\ntitle: {name}\n---\nElse\n")
        base.write(f"articles/{name}.ja.md", f"---\ntitle: {name}\n---\n別件\n")


def test_the_words_of_both_languages_are_proposed(base: Base) -> None:
    _write(base, "The workaround", "この回避策は")
    assert _proposed(base) == [("workaround", "回避策")]


def test_what_synonyms_say_already_is_not(base: Base) -> None:
    _write(base, "The workaround", "この回避策は")
    base.write("synonyms.yml", "- [Workaround, 代替, 回避策]\n")
    assert _proposed(base) == []


def test_loan_words_are_not(base: Base) -> None:
    _write(base, "The server", "このサーバーは")
    assert _proposed(base) == []


def test_retired_entries_say_nothing(base: Base) -> None:
    _write(base, "The workaround", "この回避策は", status="retired")
    assert _proposed(base) == []
