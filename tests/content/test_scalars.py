"""What stands in a file is what is read, and what is written is read back: every kind of scalar."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content import save
from cannery.model.location import Kind
from cannery.operations.draft import Draft, write_draft

# What YAML 1.1 or 1.2 would take for a time, a number, a date, a flag or an operator.
_BARE = [
    "10:30", "22:05:10", "1.10", "1.0", "0123", "0o17", "0x1F", "0b11", "1_000", "1e3", "+815012345678",
    "-5", "+1", ".5", ".inf", "-.INF", ".NaN", "2026-02-30", "2026-01-02", "2026-01-02 10:00:00",
    "on", "off", "yes", "No", "y", "n", "True", "false", "=", "1,000", "49.00", "0.10", "007",
    "１２", "a:b", "a#b", "-a", "12345678901234567890", "1/2", "12/24", "50%", "$5", "~x",
]  # fmt: skip
# What can't stand without quotes.
_QUOTED = [
    "~", "null", "Null", "a: b", "a #b", "- a", "? a", "#a", "@a", "`a`", "%a", "!a", "&a", "*a",
    "|", ">", "[a", "{a}", "{{ ticket.id }}", "'a'", '"a"', "a, b", "---", "...", "a\nb",
    "a\n\n b\n", "返金：『重要』", "C:\\temp", "\u3000a", "\U0001f600",
]  # fmt: skip
_ALL = pytest.mark.parametrize("text", [*_BARE, *_QUOTED])


@pytest.mark.parametrize("text", _BARE)
def test_a_bare_scalar_is_read_as_it_stands(base: Base, text: str) -> None:
    lists = "".join(
        f"{key}:\n- {text}\n" for key in ("tags", "keywords", "related", "redirect_from")
    )
    texts = "".join(
        f"{key}: {text}\n" for key in ("title", "summary", "owner", "shortcut", "subject")
    )
    options = "".join(f"  {key}: {text}\n" for key in ("label", "help", "default", "from"))
    base.write(
        "macros/a.md",
        f"---\n{texts}{lists}fields:\n- name: one\n  type: choice\n{options}  choices:\n  - {text}\n"
        f"- name: two\n  type: choice\n  choices:\n    {text}: {text}\n"
        f"actions:\n  tags: ['{text}']\n---\nx",
    )
    macro = base.macro("a.md")
    header = macro.header
    assert (header.title, header.summary, header.owner) == (text, text, text)
    assert (macro.shortcut, macro.subject) == (text, text)
    assert header.tags == (text,)
    assert (header.keywords, header.related, header.redirect_from) == ((text,), (text,), (text,))
    one, two = macro.fields
    assert (one.label, one.help, one.default, one.source) == (text, text, text, text)
    assert [(item.value, item.label) for item in (*one.choices, *two.choices)] == [(text, text)] * 2
    assert macro.actions == {"tags": [text]}
    assert macro.faults == ()


@_ALL
def test_a_new_macro_says_what_was_meant(base: Base, text: str) -> None:
    field = {"name": "one", "type": "choice", "default": text, "choices": [text]}
    header = {"summary": text, "tags": [text], "fields": [field], "actions": {"tags": [text]}}
    write_draft(base.workspace, Draft(Kind.MACRO, "New", header=header))
    macro = base.macro("new.md")
    assert macro.header.summary == text
    assert macro.header.tags == (text.strip(),)
    assert macro.fields[0].default == text
    assert macro.fields[0].choices[0].value == text.strip()
    assert macro.actions == {"tags": [text]}


@_ALL
@pytest.mark.parametrize("before", ["old", "'old'", '"old"', "|\n  old", ">-\n  old\n  text"])
def test_a_changed_value_says_what_was_meant(base: Base, text: str, before: str) -> None:
    base.write("macros/a.md", f"---\nsummary: {before}\ntags: [old]  # note\n---\nx")
    save.update(base.workspace, "kb/macros/a.md", {"summary": text, "tags": ["x", text]})
    macro = base.macro("a.md")
    assert macro.header.summary == text
    assert macro.header.tags == ("x", text.strip())
    assert "# note" in (base.workspace.content / "macros/a.md").read_text("utf-8")
