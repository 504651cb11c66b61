"""Macros as other programs have them: what is asked for is told, what is not is filled in."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
from tests.conftest import Base

from cannery.content.yamltext import read_large
from cannery.errors import CanneryError, UsageError
from cannery.exchange.source import SourceFile
from cannery.exchange.table import read_all
from cannery.operations.export import Exported, ExportQuery, existing, export, refuse_place, save
from cannery.workspace import open_workspace

FIELDS = """fields:
  - name: customer
    label: Customer
    from: ticket.requester.name
  - name: due
    label: Due on
    type: date
"""


@pytest.fixture
def both(base: Base) -> Base:
    base.write("kb.toml", 'name = "Help"\nlanguages = ["en", "ja"]\nformat = 2\n')
    return base


def _macro(base: Base, body: str, more: str = "", name: str = "macros/billing/refund.md") -> None:
    base.write(name, f"---\ntitle: Refund\nshortcut: ;refund\n{more}---\n{body}\n")


def _export(base: Base, format_: str, *names: str, **query: str) -> Exported:
    return export(base.workspace, ExportQuery(format_, names, **query))


def _text(exported: Exported) -> str:
    return exported.files[exported.file]


def _bodies(exported: Exported) -> list[str]:
    """The bodies as our own importer reads them."""
    file = SourceFile(exported.file, exported.file, _text(exported).encode())
    return [reply.body.strip() for reply in read_all((file,)).replies]


def _whys(exported: Exported) -> list[str]:
    return [loss.why for loss in exported.losses]


@pytest.mark.parametrize("format_", ["espanso", "vscode", "textexpander", "csv"])
def test_an_exported_macro_comes_back_with_its_fields(both: Base, format_: str) -> None:
    _macro(both, "Dear {{ customer }},\n\nit costs 5% at a:b\\c $1.", FIELDS)
    (body,) = _bodies(_export(both, format_))
    assert body.replace("\\\\", "\\") == "Dear {{ customer }},\n\nit costs 5% at a:b\\c $1."


@pytest.mark.parametrize("format_", ["espanso", "vscode", "textexpander"])
def test_choices_are_offered_there(both: Base, format_: str) -> None:
    more = "fields:\n  - name: plan\n    type: choice\n    choices: [free, pro]\n    default: pro\n"
    _macro(both, "Your plan is {{ plan }}.", more)
    file = _export(both, format_)
    (reply,) = read_all((SourceFile(file.file, file.file, _text(file).encode()),)).replies
    (field,) = reply.fields
    assert sorted(one.value for one in field.choices) == ["free", "pro"]


def test_an_answer_that_decides_makes_a_snippet_each(both: Base) -> None:
    more = "fields:\n  - name: sent\n    label: Is it sent?\n    type: yesno\n"
    _macro(both, "Thank you.{% if sent %}\n\nIt is on its way.{% endif %}", more)
    snippets = json.loads(_text(_export(both, "vscode")))
    assert {name: one["body"] for name, one in snippets.items()} == {
        "Refund: Is it sent: yes": ["Thank you.", "", "It is on its way."],
        "Refund: Is it sent: no": ["Thank you."],
    }


def test_too_many_answers_are_told_and_no_snippet_is_a_wrong_one(both: Base) -> None:
    choices = ", ".join(f"c{number}" for number in range(13))
    more = f"fields:\n  - name: plan\n    type: choice\n    choices: [{choices}]\n"
    _macro(both, "{% if plan == 'c1' %}One{% else %}More{% endif %} {{ plan }}", more)
    exported = _export(both, "vscode")
    assert json.loads(_text(exported)) == {}
    assert _whys(exported) == ["plan decide between 13 texts, of which 12 fit"]


def test_an_optional_text_is_there_and_told_with_its_line(both: Base) -> None:
    more = "fields:\n  - name: note\n    required: false\n"
    _macro(both, "Thank you.{% if note != '' %} Note: {{ note }}{% endif %}", more)
    exported = _export(both, "csv")
    assert _bodies(exported) == ["Thank you. Note: {{ note }}"]
    assert [(one.line, one.what) for one in exported.losses] == [(8, "{% if note != '' %}")]


def test_a_text_that_only_an_unknown_value_brings_is_told(both: Base) -> None:
    _macro(both, "Thank you.{% if plan == 'gold' %} A gift{% endif %}")
    exported = _export(both, "csv")
    assert [one.what for one in exported.losses] == ["{% if plan == 'gold' %}"]


def test_what_could_not_be_filled_in_is_not_counted(both: Base) -> None:
    _macro(both, "Hello $CLIPBOARD")
    assert _export(both, "csv").entries == 0


def test_a_day_that_is_reckoned_is_asked_for_and_told(both: Base) -> None:
    _macro(both, "Until {{ today | plus: '3d' }}, or {{ due | date: '%Y' }}.", FIELDS)
    exported = _export(both, "csv")
    assert _bodies(exported) == ["Until {{ date }}, or {{ due }}."]
    assert len(exported.losses) == 2


def test_parts_and_facts_are_filled_in(both: Base) -> None:
    both.write("macros/_parts/bye.md", "Regards, {{ kb.name }}")
    _macro(both, "Hello\n\n{% render 'bye' %}")
    assert _bodies(_export(both, "csv")) == ["Hello\n\nRegards, Help"]


def test_the_agent_is_asked_for_in_what_all_share(both: Base) -> None:
    _macro(both, "Yours, {{ agent.name }}")
    table = io.StringIO(_text(_export(both, "csv")))
    row = next(csv.DictReader(table))
    assert row["body"] == "Yours, {{ agent.name }}"


def test_a_value_in_capitals_costs_its_macro_alone(both: Base) -> None:
    _macro(both, "Dear {{ customer | upcase }}", FIELDS)
    _macro(both, "Hello", name="macros/hello.md")
    exported = _export(both, "vscode")
    assert len(json.loads(_text(exported))) == 1
    assert _whys(exported) == ["a filter changes a value that would be asked for there"]


def test_what_a_program_has_no_place_for_is_told(both: Base) -> None:
    _macro(both, "Hello", "subject: Your refund\nactions:\n  status: solved\n")
    whats = {one: [loss.what for loss in _export(both, one).losses] for one in ("vscode", "csv")}
    assert whats == {"vscode": ["subject", "actions"], "csv": ["actions"]}


def test_the_caret_has_its_place(both: Base) -> None:
    _macro(both, "Dear {{ cursor }}, hello")
    assert "Dear $|$, hello" in _text(_export(both, "espanso"))
    assert "Dear $0, hello" in _text(_export(both, "vscode"))
    assert "Dear %|, hello" in _text(_export(both, "textexpander"))


def test_what_espanso_would_fill_in_is_no_snippet_of_it(both: Base) -> None:
    _macro(both, "Write {{ '{{ x }}' }}")
    exported = _export(both, "espanso")
    assert _text(exported) == "matches: []\n"
    assert len(exported.losses) == 1


def test_languages_share_a_trigger_and_differ_in_their_labels(both: Base) -> None:
    _macro(both, "Hello")
    _macro(both, "こんにちは", name="macros/billing/refund.ja.md")
    text = _text(_export(both, "espanso"))
    assert text.count('trigger: ";refund"') == 2
    assert 'label: "Refund (ja)"' in text


def test_a_formula_is_a_text_in_the_table(both: Base) -> None:
    _macro(both, "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in _text(_export(both, "csv"))


def test_a_saved_table_tells_excel_that_it_is_utf_8(both: Base, tmp_path: Path) -> None:
    _macro(both, "こんにちは")
    save(tmp_path / "out.csv", _export(both, "csv"))
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbftitle,")


def test_json_has_the_templates_themselves(both: Base) -> None:
    _macro(both, "{% if due %}Until {{ due }}{% endif %}", FIELDS)
    exported = _export(both, "json")
    (macro,) = json.loads(_text(exported))
    assert macro["body"] == "{% if due %}Until {{ due }}{% endif %}\n"
    assert [item["name"] for item in macro["fields"]] == ["customer", "due"]
    assert exported.losses == ()


def test_open_knowledge_has_articles_with_types_and_no_reserved_name(both: Base) -> None:
    head = "---\ntitle: 'Networks: all'\nreviewed: 2026-01-01\nreview_every: 30d\nowner: ops\n---\n"
    both.write("articles/net/index.md", f"{head}# Networks\n")
    files = _export(both, "okf").files
    assert sorted(files) == ["articles/net/index-page.md", "index.md"]
    page = files["articles/net/index-page.md"].splitlines()
    assert page[1:3] == ["type: article", 'title: "Networks: all"']
    assert 'verified: [{by: "team:ops", at: 2026-01-01T00:00:00Z}]' in page
    assert "stale_after: 2026-01-31" in page
    assert "[Networks: all](<articles/net/index-page.md>)" in files["index.md"]


def test_only_what_is_named_and_published_is_exported(both: Base) -> None:
    _macro(both, "Hello")
    _macro(both, "Bye", "status: draft\n", "macros/billing/bye.md")
    _macro(both, "Other", name="macros/other.md")
    assert _bodies(_export(both, "csv", "billing/refund")) == ["Hello"]
    assert _bodies(_export(both, "csv", "macros/billing")) == ["Hello"]
    with pytest.raises(CanneryError, match="nothing to export"):
        _export(both, "csv", language="ja")
    with pytest.raises(UsageError, match="no such format: word"):
        _export(both, "word")


def test_saved_files_are_whole_and_those_there_are_known(both: Base, tmp_path: Path) -> None:
    _macro(both, "Hello")
    exported = _export(both, "okf")
    out = tmp_path / "okf"
    assert existing(out, exported) == []
    save(out, exported)
    assert (out / "macros/billing/refund.md").read_text("utf-8").endswith("\nHello\n")
    assert len(existing(out, exported)) == len(exported.files)


@pytest.mark.parametrize(
    ("format_", "out"),
    [
        ("csv", "kb/kb.toml"),
        ("csv", "kb/macros/billing/refund.md"),
        ("okf", "kb/articles/copy"),
        ("okf", "elsewhere/../kb"),
    ],
)
def test_nothing_is_written_over_the_knowledge_base(both: Base, format_: str, out: str) -> None:
    _macro(both, "Hello")
    (both.root / "elsewhere").mkdir()
    with pytest.raises(UsageError, match="part of the knowledge base"):
        refuse_place(both.workspace, both.root / out, _export(both, format_))


def test_a_device_or_a_folder_is_not_replaced(both: Base, tmp_path: Path) -> None:
    _macro(both, "Hello")
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path):
        with pytest.raises(UsageError, match="is not a file"):
            refuse_place(both.workspace, place, _export(both, "csv"))


def test_a_title_of_two_lines_is_one_in_the_index(both: Base) -> None:
    both.write("macros/a.md", '---\ntitle: "A\\n---\\nB"\n---\nHello\n')
    assert "- [A --- B](<macros/a.md>)" in _export(both, "okf").files["index.md"]


_TEXT = {"type": "string"}
_FORM_FIELD = {
    "anyOf": [
        {
            "type": "object",
            "properties": {"multiline": {"const": "true"}, "default": _TEXT},  # read as text
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "type": {"enum": ["choice", "list"]},
                "values": {"type": "array", "items": _TEXT},
                "default": _TEXT,
            },
            "required": ["type", "values"],
            "additionalProperties": False,
        },
    ]
}
_FORM = {
    "type": "object",
    "properties": {
        "name": _TEXT,
        "type": {"const": "form"},
        "params": {
            "type": "object",
            "properties": {
                "layout": _TEXT,
                "fields": {"type": "object", "additionalProperties": _FORM_FIELD},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
# What of espanso's schema of match files an export has, by its `schemas/match.schema.json`.
_MATCHES = {
    "type": "object",
    "properties": {
        "matches": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "trigger": _TEXT,
                    "label": _TEXT,
                    "search_terms": {"type": "array", "items": _TEXT},
                    "replace": _TEXT,
                    "markdown": _TEXT,
                    "vars": {"type": "array", "items": _FORM},
                },
                "oneOf": [{"required": ["replace"]}, {"required": ["markdown"]}],
                "required": ["trigger"],
                "additionalProperties": False,
            },
        }
    },
    "additionalProperties": False,
}


def test_our_own_macros_are_matches_of_espanso(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its schema; and each form asks for what its text has, and for nothing else."""
    monkeypatch.chdir(Path(__file__).parents[2])
    exported = export(open_workspace(Path.cwd()), ExportQuery("espanso"))
    data = read_large(_text(exported), 5_000_000).value
    jsonschema.validate(data, _MATCHES)
    for match in data["matches"]:
        text = match.get("replace") or match["markdown"]
        layout = match["vars"][0]["params"]["layout"] if "vars" in match else ""
        wanted = set(re.findall(r"\{\{form1\.(\w+)\}\}", text))
        assert set(re.findall(r"\[\[(\w+)\]\]", layout)) == wanted, match["label"]
