"""What the documentation names is there: commands, options, settings, variables, files, words."""

from __future__ import annotations

import re
import shlex
from functools import cache

import click
from tests.manual.commands import DOCUMENTS, ROOT, spans
from tests.own_files import own_files

from cannery.cli.app import COMMANDS, application

_FOREIGN_OPTIONS = {
    "--stat": "Git's, in a pasted command",
    "--global": "Git's",
    "--force": "pipx's",
    "--upgrade": "of .ci/constraints.py",
}
_FILE = r"(?:\.?[\w*-]+/)+(?:[\w.*-]+)?$|[\w.-]+\.(?:py|js|json|sql|svg|css)$"
_OF_OURS = {"CONTRIBUTING.md"}
_FOREIGN_FILES = {"dist/*.min.js": "of a package from npm"}
_OURS = ("tool/", "tests/", ".ci/", ".github/workflows/")
_NAME = r"\b(?:[a-z]+(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b"
_CODE = ("tool", ".ci", ".github", "pyproject.toml", "kb/kb.toml")
_SOURCES = (".py", ".js", ".json", ".sql", ".toml", ".yml", ".txt")
_NAMING = (".py", ".js", ".json", ".toml", ".yml", ".md", ".html")
_FOREIGN_NAMES = {
    **dict.fromkeys(("http_proxy", "https_proxy", "no_proxy"), "read by urllib's getproxies"),
    "CANNERY_DESK_NAME_USER": "made of a desk's name by rest/signer.py",
    **dict.fromkeys(("body_ja", "refund_ja"), "columns and names of a reader's own replies"),
    "HTTP_AUTHORIZATION": "Apache's",
    **dict.fromkeys(("extra_css", "extra_javascript"), "MkDocs'"),
    "SPARK_CONF_DIR": "Spark's",
    "XDG_DATA_HOME": "read by platformdirs",
    **dict.fromkeys(("bash_profile", "vendor_completions"), "shells'"),
    "ERR_SSL_PROTOCOL_ERROR": "what somebody searches for",
    "cf_plan": "a field of somebody's desk",
    "ticket_field_360001": "a field of somebody's Zendesk",
}


@cache
def _options() -> dict[tuple[str, ...], frozenset[str]]:
    """The options of each command, by its words: `("desk", "push")`."""
    found = {}

    def walk(words: tuple[str, ...], command: click.Command) -> None:
        each = (option for one in command.params for option in (*one.opts, *one.secondary_opts))
        found[words] = frozenset((*each, "--help"))
        for name, inner in getattr(command, "commands", {}).items():
            walk((*words, name), inner)

    for name in COMMANDS:
        walk((name,), application((name,)).commands[name])
    return found


def _split(text: str) -> tuple[tuple[str, ...], list[str]]:
    """A command's words as far as they name one, and the rest."""
    _, *rest = shlex.split(text)
    words: tuple[str, ...] = ()
    while rest and (*words, rest[0]) in _options():
        words = (*words, rest.pop(0))
    return words, rest


def _said(pattern: str) -> dict[str, str]:
    """What stands in code within lines and fits, and a page that says it."""
    fits = re.compile(pattern)
    return {text: page.name for page in DOCUMENTS for text in spans(page) if fits.match(text)}


def test_a_command_within_a_line_exists_with_its_options() -> None:
    """Such as `kb find --json WORDS`, which stands for many."""
    said = _said(r"kb (?!allow |fnid\b)[a-z]")  # a comment in a file, a slip that is told
    assert len(said) > 100
    for text, page in said.items():
        words, rest = _split(text)
        assert words, (page, text)
        options = {word.partition("=")[0] for word in rest if re.match("--?[a-zA-Z]", word)}
        assert options - {*_FOREIGN_OPTIONS} <= _options()[words], (page, text)


def test_an_option_within_a_line_is_one_of_a_command() -> None:
    known = {name for names in _options().values() for name in names}
    said = _said("--[a-z]")
    assert len(said) > 50
    for text, page in said.items():
        for option in re.findall(r"--[a-z][a-z-]+", text):
            assert (option in known) != (option in _FOREIGN_OPTIONS), (page, option)


def test_a_file_of_ours_within_a_line_exists() -> None:
    """By its whole path, or by its end: `check/runner.py`, or `limits.py` beside its folder.

    NAME and GROUP stand for any. What a reader's own knowledge base has is not of ours.
    """
    files = "\n".join(f"/{path.relative_to(ROOT).as_posix()}" for path in own_files())
    for text, page in _said(_FILE).items():
        if (page in _OF_OURS or text.startswith(_OURS)) and text not in _FOREIGN_FILES:
            pattern = re.sub("NAME|GROUP|[*]", "[^/\n]*", re.escape(text).replace(r"\*", "*"))
            end = "" if text.endswith("/") else "(?:/|$)"
            assert re.search(f"(?m)/{pattern}{end}", files), (page, text)


def test_a_name_of_code_within_a_line_is_in_the_code() -> None:
    """Keys, variables of the environment, tables: `redirect_from`, `KB_ROOT`, `FIELD_TYPES`."""
    texts = (path.read_text("utf-8") for path in own_files(*_CODE) if path.name.endswith(_SOURCES))
    known = {word for text in texts for word in re.findall(r"\w+", text, re.ASCII)}
    unknown = {
        (page, name)
        for text, page in _said("").items()
        if not re.search(_FILE, text)
        for name in re.findall(_NAME, text, re.ASCII)
        if not {name, re.sub(r"\d+[dh](_km)?$", "", name)} & known  # measures are named by settings
        if name not in _FOREIGN_NAMES
    }
    assert not unknown


def test_a_command_that_the_program_names_exists_with_its_options() -> None:
    """In what it says, its help, its JSON and what `kb init` writes; values stand in braces."""
    named: dict[str, str] = {}
    for path in sorted((ROOT / "tool/cannery").rglob("*")):
        if path.suffix in _NAMING and "vendor" not in path.parts:
            text = path.read_text("utf-8")
            found = re.findall(r"(?<!`)`(kb (?!allow\b)[a-z][^`\n]*)`(?!`)", text)
            found += re.findall(r"(?m)^ *Example: (kb .*)$", text)
            named |= dict.fromkeys((re.sub(r" ?\{[^}]*\}", "", one) for one in found), path.name)
    assert len(named) > 150
    for text, name in named.items():
        words, rest = _split(text)
        assert words, (name, text)
        options = {word.partition("=")[0] for word in rest if re.match("--?[a-zA-Z]", word)}
        assert options <= _options()[words] | {*_FOREIGN_OPTIONS}, (name, text)


def test_a_name_that_is_none_would_be_told() -> None:
    assert _split("kb desk push zendesk --dry-run") == (("desk", "push"), ["zendesk", "--dry-run"])
    assert _split("kb move a b") == ((), ["move", "a", "b"])
    assert "--send" not in _options()["find",]
