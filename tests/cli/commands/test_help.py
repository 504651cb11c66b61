from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.cli.completers import documented_languages, page_names
from cannery.content.markdown import parse
from cannery.manual import ARTICLES
from cannery.operations.manual import all_pages, linked_page, open_manual, pages_about
from cannery.settings_file import MAX_DAYS


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


@pytest.mark.parametrize("settings", ["language = 3\n", "memory_days = 9\n[agent\n", "\x00"])
def test_settings_that_cannot_be_read_do_without(kb: Run, home: Path, settings: str) -> None:
    file = home / "config" / "cannery" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(settings)
    done = kb("help", "picker")
    assert done.code == 0
    assert "your settings are left out" in done.err
    assert str(file) in done.err
    assert open_manual().user.memory_days == MAX_DAYS  # nothing that was kept is too old now


def test_a_link_is_the_command_for_its_page(kb: Run) -> None:
    shown = kb("help", "avoid").out
    assert "How content is checked (kb help checking) lists more ways." in shown
    rules = kb("help", "checking").out
    assert "(kb help unreadable)" in rules
    assert "(../" not in rules.replace("(../macros/har.md)", "")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_link_of_a_page_names_one_page(language: str) -> None:
    manual, names = open_manual(), set()
    for page in all_pages(manual, language):
        linked = linked_page(manual, page)
        for token in parse(page.entry.body, bare_links=False, language=language):
            for child in token.children or ():
                address = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
                if address.partition("#")[0] and ":" not in address:
                    names.add(linked(address))
                elif address.startswith("#"):
                    assert not linked(address)
    assert {"checking", "unreadable", "articles/rules/front-matter"} <= names
    for name in names:
        assert len(pages_about(manual, name, language).pages) == 1


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
    assert [name for name, _ in page_names("pi")] == ["picker"]
    assert "articles/rules/link" in dict(page_names("articles/rules/l"))
    assert documented_languages() == ["en", "ja"]
