"""What documents list as supported is there, and what is there is listed."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.manual.commands import DOCUMENTS, ROOT, spans

import cannery
from cannery.adopt.table import KINDS
from cannery.check.rules.settings import KEYS
from cannery.cli.completion.setup import Shell
from cannery.exchange.desks.desk import Capabilities
from cannery.exchange.desks.table import DESKS
from cannery.exchange.exports import okf
from cannery.exchange.exports.table import EXPORTS
from cannery.exchange.table import FORMATS
from cannery.insight.sources import table as insight
from cannery.manual import ARTICLES
from cannery.model.hosts import HOSTS
from cannery.weblinks.request import Route

CHANGELOG = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())
SECURITY = " ".join((ROOT / ".github/SECURITY.md").read_text("utf-8").split())
# How a name of the program is written in prose, where not as it is with a capital.
_PROSE = {
    "rt": "Request Tracker",
    "django_helpdesk": "django-helpdesk",
    "osticket": "osTicket",
    "help_scout": "Help Scout",
    "vscode": "VS Code",
    "textexpander": "TextExpander",
    "espanso": "espanso",
    "eml": "mails (`.eml`)",
    "spreadsheet": "spreadsheets (CSV, TSV, XLSX)",
    "text": "text files",
    "cannery": "",  # what kb export wrote
    "csv": "CSV",
    "json": "JSON",
    "okf": "Open Knowledge Format",
    "github": "GitHub",
    "gitlab": "GitLab",
    "mkdocs": "MkDocs",
    "vitepress": "VitePress",
    "gitbook": "GitBook",
    "obsidian": "an Obsidian vault",
    "plain": "plain Markdown",
    "mediawiki": "MediaWiki",
    "dokuwiki": "DokuWiki",
    "zendesk-guide": "Zendesk Guide",
}


def _prose(names: Iterable[str]) -> list[str]:
    return [_PROSE.get(name, name.capitalize()) for name in names]


def _said(start: str, end: str) -> str:
    """What the changelog says from the one to the other."""
    found = re.search(f"{re.escape(start)}(.*?){re.escape(end)}", CHANGELOG)
    assert found, (start, end)
    return found[1]


def _desks(has: str, value: str = "write") -> set[str]:
    assert has in Capabilities._fields
    return {name for name, kind in DESKS.items() if getattr(kind.capabilities, has) == value}


def _named(text: str) -> set[str]:
    return {name for name in DESKS if _PROSE.get(name, name.capitalize()) in text}


def test_the_desks_that_macros_go_to_are_listed() -> None:
    others = "Zammad" + _said("Macros go to Zammad", ", a record a language")
    assert _named(others) | {"zendesk", "rt"} == _desks("macros")
    assert _named(_said("Macros of Intercom", "can be pulled") + "Intercom") == _desks(
        "macros", "read"
    )


def test_the_desks_that_articles_go_to_are_listed() -> None:
    assert _named("Chatwoot" + _said("Articles go to Chatwoot", "solutions.")) | {
        "zendesk",
        "rt",
    } == _desks("articles")
    assert "Articles go to Zendesk Guide and come back" in CHANGELOG
    assert "Macros and articles are articles of Request Tracker 5" in CHANGELOG


def test_the_desks_that_replies_are_put_into_are_listed() -> None:
    text = _said(
        "What the desk can't do is told first; `--dry-run` shows it all, also as `--json`.",
        "`--send draft`",
    )
    assert _named(text) == _desks("tickets")
    drafting = {name for name, kind in DESKS.items() if "draft" in kind.capabilities.answers}
    assert _named(text.rpartition("; ")[2]) == drafting


def test_the_kinds_of_folders_that_are_adopted_are_listed() -> None:
    in_place = _said("what another tool has laid out:", ". It tells what it found")
    imported = _said("imports such a folder, and", "exports:")
    names = ["zendesk-guide" if name == "zendesk" else name for name in KINDS]
    assert [name for name in _prose(names) if name not in in_place + imported] == []


def test_the_formats_of_canned_replies_are_listed() -> None:
    text = _said("makes macros of the canned replies that you have in", "Front's message templates")
    text += _said("It reads Zendesk's macros", "folders are sections") + "Zendesk Front"
    assert [name for name in _prose([each.name for each in FORMATS]) if name not in text] == []


def test_the_formats_of_exports_are_listed() -> None:
    text = _said("`kb export` writes macros for other programs:", "Where an answer")
    names = [each.name for each in EXPORTS]
    prose = {"VS Code": "Visual Studio Code", "CSV": "a table for spreadsheets"}
    assert [name for name in _prose(names) if prose.get(name, name) not in text] == []


def test_the_sources_of_tickets_are_listed() -> None:
    files = [source.name for source in insight.FILES if source.name != "csv"]
    text = _said("`kb insight import` reads Zendesk's incremental exports", "of activities, too")
    text += _said("`kb insight import` reads issues of", "with their events")
    assert [name for name in _prose([*files, *insight.DESKS]) if name not in text + "Zendesk"] == []


def test_the_hosts_are_listed() -> None:
    text = _said("To propose again updates the same request.", "and others")
    assert [name for name in _prose([*HOSTS]) if name not in text] == []
    assert "Forgejo" in text  # which is Gitea's


def test_the_desks_whose_placeholders_are_known_are_listed() -> None:
    file = Path(cannery.__file__).parent / "content/desk_names.json"
    desks = {row["desk"] for row in json.loads(file.read_text("utf-8"))}
    text = "Placeholders of" + _said("- Placeholders of", "are known by name")
    named = {*re.split(r", | and ", text.removeprefix("Placeholders of").strip())}
    assert named == {*desks - {"Help Scout (or FreeScout)"}, "Help Scout", "FreeScout"}


_OPEN = {
    "agent": "the user's", "hosts": "the user's", "desks": "the team's", "team": "the team's",
    "insight.sla": "the team's", "insight.calendars": "the team's", "content.languages": "by folder",
    "insight.columns": "by name", "insight.fields": "by name", "insight.statuses": "by name",
    "insight.thresholds": "by measure", "check.severity": "by rule", "check.allow": "by rule",
    "check.avoid": "by language", "check.keep": "by language",
}  # fmt: skip
_NO_TABLE = {"[x]", "[bot]"}  # a task of a list, a user of GitHub


def test_a_table_of_settings_that_is_named_exists() -> None:
    named = {
        text: page.name
        for page in DOCUMENTS
        for text in spans(page)
        if re.fullmatch(r'\[[a-z][\w."*/-]*\]', text) and text not in _NO_TABLE
    }
    assert len(named) > 20
    for text, page in named.items():
        table = text.strip("[]")
        known = table in KEYS or any(
            table == each or table.startswith(f"{each}.") for each in _OPEN
        )
        assert known, (page, text)
        above, _, last = table.partition(".")
        assert above in {*KEYS[""], "agent", "hosts"}, (page, text)
        if above in KEYS and last:
            assert last.partition(".")[0] in KEYS[above], (page, text)


def test_a_strangers_host_has_as_long_as_is_promised() -> None:
    seconds = inspect.signature(Route).parameters["seconds"].default
    assert Route(seconds=seconds).whole == 30
    assert "for longer than half a minute" in SECURITY


@pytest.mark.parametrize("ending", ["md", "ja.md"])
def test_the_shells_that_are_completed_are_named(ending: str) -> None:
    guide = (ARTICLES / f"guides/getting-started.{ending}").read_text("utf-8")
    (step,) = re.findall(r"(?m)^\d\. (.*)\n\n +```sh\n +kb --install-completion$", guide)
    assert {*re.findall(r"[a-z]+", step)} >= {*Shell} - {Shell.AUTO, Shell.POWERSHELL}


@pytest.mark.parametrize("ending", ["md", "ja.md"])
def test_versions_that_guides_name_are_those_that_are_tried(ending: str) -> None:
    guides = ROOT / "tool/cannery/manual/kb/articles/guides"
    pins = (ROOT / ".ci/constraints.txt").read_text("utf-8")
    site, exporting = (
        (guides / f"{name}.{ending}").read_text("utf-8") for name in ("site", "exporting")
    )
    for name in ("properdocs", "zensical"):
        (version,) = re.findall(rf"(?m)^{name}==(\S+)", pins)
        assert version in site
    assert f'okf_version: "{_after("Open Knowledge Format ", exporting)}"' in inspect.getsource(okf)


def _after(words: str, text: str) -> str:
    found = re.search(rf"{words}([\d.]*\d)", text)
    assert found
    return found[1]
