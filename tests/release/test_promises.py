"""What programs of others can build on: the keys of outputs and files, and the options.

`promises.json` has them. What is new gets its line there; a line that is taken out breaks what the
guide what-stays.md promises, so that it is deprecated first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from typer.core import TyperGroup

from cannery.cli.app import COMMANDS, application
from cannery.content.schema import front_matter_schema
from cannery.manual import ARTICLES

ROOT = Path(__file__).parents[2]
PROMISED: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "promises.json").read_text("utf-8")
)
ARTICLE = "---\ntitle: Proxy errors\nsummary: What a proxy says.\ntags: [network]\n---\nAsk for the proxy.\n"
MACRO = "---\ntitle: Ask for the proxy\nfields: [{name: product}]\n---\nDear {{ customer }}, is there a proxy, %s?\n"


def _keys(value: object, path: str = "") -> Iterator[str]:
    """Where a JSON text has something: `[].snippet.text`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _keys(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from _keys(inner, f"{path}[]")
    else:
        yield path


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("articles/proxy.md", ARTICLE)
    base.write("macros/ask.md", MACRO % "x")
    base.write("macros/ask-again.md", MACRO % "y")
    base.write("macros/broken.md", "---\ntitle: A\n---\n[B](b.md)\n")
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "Begin")
    return base


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("command", PROMISED["json"])
def test_the_keys_of_an_output_stay(kb: Run, command: str) -> None:
    done = kb(*command.split(), "--json")
    assert sorted({*_keys(json.loads(done.out))}) == PROMISED["json"][command]


@pytest.mark.parametrize("kind", PROMISED["front matter"])
def test_the_keys_of_the_front_matter_stay(kind: str) -> None:
    schema = front_matter_schema(macro=kind == "macro")
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert sorted(properties) == PROMISED["front matter"][kind]


def _options() -> dict[str, list[str]]:
    """What each command takes, by its whole name."""
    found = {}
    todo = [("kb", application(tuple(COMMANDS)))]
    for name, command in todo:
        if isinstance(command, TyperGroup):
            todo += [(f"{name} {inner}", item) for inner, item in command.commands.items()]
        options = [opt for item in command.params for opt in (*item.opts, *item.secondary_opts)]
        found[name] = sorted(opt for opt in options if opt.startswith("-"))
    return found


def test_the_commands_and_their_options_stay() -> None:
    assert _options() == PROMISED["options"]


@pytest.mark.parametrize(
    ("file", "none"),
    [
        ("what-stays.md", "Nothing is deprecated today."),
        ("what-stays.ja.md", "現在、非推奨のものはありません。"),
    ],
)
def test_the_guide_says_whether_something_is_deprecated(file: str, none: str) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    is_any = re.search("^### Deprecated$", changelog, re.MULTILINE) is not None
    assert (none in (ARTICLES / "guides" / file).read_text("utf-8")) is not is_any
