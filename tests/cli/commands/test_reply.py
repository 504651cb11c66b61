from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base, Run

HOLES = "---\ntitle: Hello\n---\n{% if a == 'y' %}\nDear [Customer Name],{% endif %}\n\nhello {{ a }}.\n"


def test_a_hole_stops_a_reply_and_tells_its_line(base: Base, kb: Run) -> None:
    base.write("macros/hello.md", HOLES)
    done = kb("reply", "hello", "--set", "a=y", "--print")
    assert (done.code, done.out) == (1, "")
    assert "kb/macros/hello.md:5: [Customer Name]" in done.err
    assert kb("reply", "hello", "--set", "a=n", "--print").code == 0


def test_a_hole_stops_json_too(base: Base, kb: Run) -> None:
    base.write("macros/hello.md", HOLES)
    assert kb("reply", "hello", "--set", "a=y", "--json").out == ""


def test_a_hole_that_its_file_allows_stops_nothing(base: Base, kb: Run) -> None:
    note = "{% comment %} kb allow: placeholder because the button is called so {% endcomment %}"
    base.write("macros/hello.md", f"---\ntitle: Hello\n---\nHello,\n{note}\nopen [Settings].\n")
    assert kb("check").code == 0
    assert "[Settings]" in kb("reply", "hello", "--print").out


def test_a_hole_can_be_sent_on_purpose(base: Base, kb: Run) -> None:
    base.write("macros/hello.md", HOLES)
    done = kb("reply", "hello", "--set", "a=y", "--print", "--allow-hole")
    assert "Dear [Customer Name]," in done.out


@pytest.mark.parametrize(
    "value", ["[Name]", "{name} XXX ____", "〇〇様", "BEFORE SENDING remove this line", "%{a}"]
)
def test_what_a_value_holds_stops_no_reply(base: Base, kb: Run, value: str) -> None:
    base.write("macros/hello.md", HOLES)
    assert kb("reply", "hello", "--set", f"a={value}", "--print").code == 0


def test_a_hole_in_a_part_in_a_subject_or_in_a_default_stops_it(base: Base, kb: Run) -> None:
    base.write("macros/_parts/end.md", "---\ntitle: End\n---\nYours, [Agent]\n")
    base.write("macros/part.md", "---\ntitle: Part\n---\nHello {% render 'end' %}\n")
    base.write("macros/subject.md", "---\ntitle: Subject\nsubject: About ${case}\n---\nHello.\n")
    base.write(
        "macros/default.md",
        "---\ntitle: Default\nfields:\n- name: a\n  default: '[Name]'\n---\nHello {{ a }}.\n",
    )
    assert "kb/macros/_parts/end.md:4: [Agent]" in kb("reply", "part", "--print").err
    assert "kb/macros/subject.md:2: ${case}" in kb("reply", "subject", "--print").err
    assert "kb/macros/default.md:1: [Name]" in kb("reply", "default", "-y", "--print").err


def test_a_hole_in_a_default_that_is_not_shown_stops_nothing(base: Base, kb: Run) -> None:
    base.write(
        "macros/a.md",
        "---\ntitle: A\nfields:\n- name: a\n  default: '[Name]'\n- name: b\n  type: yesno\n  default: no\n"
        "---\nHello{% if b %} {{ a }}{% endif %}.\n",
    )
    assert kb("reply", "a", "-y", "--print").out == "Hello.\n"
    assert "[Name]" in kb("reply", "a", "-y", "--print", "--set", "b=yes").err


def _editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\nsed -i "{expression}" "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))


def test_a_hole_that_was_filled_in_the_editor_is_none(
    base: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/hello.md", HOLES)
    _editor(tmp_path, monkeypatch, r"s/\[Customer Name\]/Kim/")
    done = kb("reply", "hello", "--set", "a=y", "--edit", "--print")
    assert "Dear Kim," in done.out


def test_a_hole_that_was_left_in_the_editor_stops_it(
    base: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello {{ a }}.\n")
    _editor(tmp_path, monkeypatch, "1s/$/ {{ name }}/")
    done = kb("reply", "hello", "--set", "a=[Kim] {{ x }}", "--edit", "--print")
    assert (done.code, done.out) == (1, "")
    assert "line 1 of the reply: {{ name }}" in done.err
    assert "[Kim]" not in done.err
