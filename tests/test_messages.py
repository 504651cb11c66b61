"""The texts that people read, held against the style sheet in CONTRIBUTING.md."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import cannery
from tests.conftest import Run

TOOL = Path(cannery.__file__).parent
# What no text says, and what it says instead.
BANNED = {
    r"\b(?:is|are) not there\b|\bis there already\b": "does not exist, already exists",
    r"\bmend(?:s|ed)?\b": "fix",
    r"(?<!-)\bholes?\b": "placeholder",
    r"\bhits?\b": "result",
    r"\bpictures?\b": "image",
    r"\bline ends?\b": "line break",
    r"\b(?:a|the|\d+) blanks?\b|\bblanks (?:in|at)\b": "space",
    r"\b(?:an? )?e-mail\b|\bmail address\b": "email",
    r"\b(?:take|takes|taken|put|puts) (?:it )?back\b": "undo, restore, delete",
    r"\b(?:nobody|somebody)\b": "no one, someone",
    r"\b(?:shall|in vain|anew|meanwhile|vouch\w*|speaks? of)\b": "plain present-day English",
    r"\bat most so many\b|\bthat has no\b|\bleads nowhere\b": "plain present-day English",
    r"\b(?:is|are|can be) (?:no|none)\b": "is not a",
    r"^As in\b": "Example:",
    r"^there is no\b": "no X",
    r"\b(?:color(?!-)|center|license|behavior|canceled|favorite)s?\b": "British spelling",
    r"\b(?:please )?note that\b|\bsimply\b|\boops\b": "leave it out",
    r"[!?]{2,}|\w!$": "no exclamation marks",
}
_WORDS = re.compile(r"[A-Za-z]{2,}[,:;.!?]? [A-Za-z'“`{]")
_JAPANESE = "[ぁ-ヿ一-鿿]"
# Patterns, markup, and lists of names or of what people type.
_NO_MESSAGE = re.compile(r"\(\?|\\[bswdn]|\[\^|\]\{|<[a-z/!]|^[a-z0-9 ]{60,}$")
_OTHERS = (
    "capture/",
    "reply/ticketpage.py",
    "manual/",
    "starter/",
)  # words of customers, and texts of their own


def _messages() -> Iterator[tuple[str, str]]:
    """Each text in the program that reads as words, and the help of the commands."""
    for path in sorted(TOOL.rglob("*.py")):
        name = path.relative_to(TOOL).as_posix()
        if not name.startswith(_OTHERS):
            tree = ast.parse(path.read_text("utf-8"))
            hidden = _docstrings(tree, is_command=name.startswith("cli/commands/"))
            yield from ((name, text) for text in _texts(tree) if text not in hidden)


def _docstrings(tree: ast.Module, *, is_command: bool) -> set[str]:
    """What only programmers read; of a command, its function's docstring is its help."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds[: 1 if is_command else 4])]
    return {ast.get_docstring(node, clean=False) or "" for node in nodes}


def _texts(tree: ast.AST) -> Iterator[str]:
    """The texts of a file; of one with values in it, its own words with `{}` between them."""
    if isinstance(tree, ast.JoinedStr):
        pieces = (
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in tree.values
        )
        yield "".join(pieces)
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree.value
    for child in ast.iter_child_nodes(tree):
        yield from _texts(child)


def _site_texts(language: str) -> dict[str, str]:
    texts: dict[str, dict[str, str]] = json.loads((TOOL / "site/web/texts.json").read_text("utf-8"))
    return texts[language]


def _starter(*endings: str) -> Iterator[tuple[str, str]]:
    for path in sorted((TOOL / "starter/files").rglob("*")):
        if path.is_file() and path.name.endswith(endings):
            yield path.name, path.read_text("utf-8")


@cache
def _english() -> list[tuple[str, str]]:
    hints = json.loads((TOOL / "content/words.json").read_text("utf-8"))["hints"]
    found = [
        item for item in _messages() if _WORDS.search(item[1]) and not _NO_MESSAGE.search(item[1])
    ]
    found += [("texts.json", text) for text in _site_texts("en").values()]
    found += [("words.json", text) for text in hints.values()]
    files = [item for item in _starter(".md", ".yml", ".toml") if ".ja." not in item[0]]
    return found + [(name, line) for name, text in files for line in text.splitlines()]


@pytest.mark.parametrize(("banned", "instead"), BANNED.items())
def test_no_text_says_what_the_style_sheet_bans(banned: str, instead: str) -> None:
    pattern = re.compile(banned, re.IGNORECASE)
    wrong = [f"{name}: {text}" for name, text in _english() if pattern.search(text)]
    assert not wrong, f"say: {instead}"


def test_it_looks_at_messages_help_and_starter_texts() -> None:
    texts = {text for _, text in _english()}
    assert {"no results for {}", "Maximum number of results.", "Enter yes or no."} <= texts
    assert any("Search articles and macros." in text for text in texts)
    assert "Copied" in texts
    assert "Thank you for getting in touch. How can we help?" in texts


def test_each_hint_has_words_of_the_site_in_both_languages() -> None:
    hints = json.loads((TOOL / "content/words.json").read_text("utf-8"))["hints"]
    assert {f"fault_{kind}" for kind in hints} <= _site_texts("en").keys()
    assert _site_texts("en").keys() == _site_texts("ja").keys()


def test_each_command_is_said_in_one_line_of_80_columns(
    kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert not [
        line for line in kb("--help").out.splitlines() if re.search(r"\w\.\.\.$|,\.\.\.$", line)
    ]


def _japanese() -> list[tuple[str, str]]:
    files = _starter(".ja.md", ".ja.toml", ".ja.yml")
    lines = [
        (name, re.sub(r"\[.*\]", "", line))  # the commas of YAML's lists
        for name, text in files
        for line in text.splitlines()
    ]
    return [*(("texts.json", text) for text in _site_texts("ja").values()), *lines]


@pytest.mark.parametrize(
    "banned",
    [
        rf"{_JAPANESE}[A-Za-z0-9]|[A-Za-z0-9]{_JAPANESE}",  # a space goes between them
        r"[Ａ-Ｚａ-ｚ０-９]",
        rf"{_JAPANESE}[,.!?;](?:$|\s|{_JAPANESE})",  # Japanese punctuation
        r"(?:お|ご)[^、。]{1,8}(?:になられ|なされ)|(?:お|ご)[^、。]{1,8}させていただきます",
        "ブラウザ(?!ー)|ユーザ(?!ー)|サーバ(?!ー)|フォルダ(?!ー)|マクロ|フィールド",
        r"(?:だ|である|しろ|せよ)。",
    ],
)
def test_no_japanese_text_breaks_the_style_sheet(banned: str) -> None:
    pattern = re.compile(banned)
    assert not [f"{name}: {text}" for name, text in _japanese() if pattern.search(text)]
