from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.cli.options import documented_languages, page_names
from cannery.manual import ARTICLES


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a knowledge base: help is needed there most."""
    monkeypatch.chdir(tmp_path)


def _ids(out: str) -> list[str]:
    return [page["id"] for page in json.loads(out)]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("take back a proposal", "articles/guides/contributing"),
        ("Rofi", "articles/guides/launchers"),
        ("tmux clipboard OSC 52", "articles/guides/clipboard"),
        ("long sentence", "articles/rules/long-sentence"),
    ],
)
def test_words_find_the_page_that_answers(kb: Run, words: str, page: str) -> None:
    assert _ids(kb("help", *words.split(), "--json").out)[0] == page


def test_the_best_page_is_shown_and_others_are_named(kb: Run) -> None:
    done = kb("help", "search", "exclusions")
    assert done.code == 0
    assert done.out.startswith("How search works\n")
    assert "kb help getting-started" in done.err


def test_a_pages_name_is_that_page_alone(kb: Run) -> None:
    assert _ids(kb("help", "picker", "--json").out) == ["articles/guides/picker"]
    assert _ids(kb("help", "articles/rules/link", "--json").out) == ["articles/rules/link"]


def test_a_commands_own_help_is_named(kb: Run) -> None:
    assert "kb undo --help" in kb("help", "undo").err


def test_alone_it_lists_each_page(kb: Run) -> None:
    done = kb("help")
    names = {path.stem for path in ARTICLES.rglob("*.md") if path.name.count(".") == 1}
    listed = {line.split()[0] for line in done.out.splitlines() if line.startswith("  ")}
    assert listed == names - {"index"}
    assert {*_ids(kb("help", "--json").out)} > {
        f"articles/guides/{name}" for name in ("picker", "site")
    }


def test_it_is_shown_in_the_language_that_is_asked_for(kb: Run) -> None:
    assert kb("help").out.startswith("Using kb\n")
    assert kb("help", "--lang", "ja").out.startswith("kb の使い方\n")


def test_the_users_language_is_the_default(kb: Run, home: Path) -> None:
    settings = home / "config" / "cannery" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "ja"\n')
    assert kb("help").out.startswith("kb の使い方\n")


def test_a_language_that_it_lacks_is_refused(kb: Run) -> None:
    done = kb("help", "picker", "--lang", "fr")
    assert (done.code, done.out) == (2, "")
    assert "fr is not a language" in done.err


def test_nothing_found_says_where_to_look(kb: Run) -> None:
    done = kb("help", "xyzzyqq")
    assert (done.code, done.out) == (1, "")
    assert "`kb help` to list all pages" in done.err
    assert kb("help", "xyzzyqq", "--json").out == "[]\n"


def test_a_knowledge_base_of_ones_own_stays_out_of_it(kb: Run, base: Base) -> None:
    base.write("articles/picker.md", "---\ntitle: Durian picker\n---\nPick durians.\n")
    assert kb("help", "durians").code == 1
    assert kb("find", "kb propose").code == 1


def test_names_and_languages_are_completed() -> None:
    assert page_names("pi") == ["picker"]
    assert "articles/rules/link" in page_names("articles/rules/l")
    assert documented_languages("j") == ["ja"]
