"""What was found is kept by content: never stale, never in the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.check import workers
from cannery.check.facts import Facts
from cannery.check.workers import File
from cannery.model.entry import Part
from cannery.operations.check import check
from cannery.workspace import Settings

FAULT = "---\ntitle: {}\n---\n## A\n\n#### B\n"


def codes(base: Base) -> list[tuple[str, str]]:
    return [(item.path, item.code) for item in check(base.workspace).problems]


def examined(base: Base, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a check looks into for more than their digest."""
    seen: list[str] = []
    facts_of = workers.facts_of

    def facts(file: File, settings: Settings, parts: tuple[Part, ...]) -> Facts:
        seen.append(file.path)
        return facts_of(file, settings, parts)

    monkeypatch.setattr(workers, "facts_of", facts)
    check(base.workspace)
    monkeypatch.undo()
    return seen


def test_only_what_has_changed_is_examined_again(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        base.write(f"articles/{name}.md", FAULT.format(name))
    before = codes(base)
    assert examined(base, monkeypatch) == []
    assert codes(base) == before
    base.write("articles/b.md", FAULT.format("b").replace("####", "###"))
    assert examined(base, monkeypatch) == ["kb/articles/b.md"]
    assert codes(base) == [item for item in before if item[0] != "kb/articles/b.md"]


def test_the_same_bytes_at_another_time_are_not_examined_again(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = base.write("articles/a.md", FAULT.format("a"))
    codes(base)
    base.write("articles/a.md", path.read_bytes())
    os.utime(path, (1, 1))
    assert examined(base, monkeypatch) == []


def test_a_change_of_the_settings_changes_what_is_found(base: Base) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\nPlease log in.\n")
    assert codes(base) == []
    base.write("kb.toml", '[check.avoid.en]\n"log in" = "sign in"\n')
    assert codes(base) == [("kb/macros/a.md", "avoid")]


def test_a_part_that_changes_changes_what_is_found_in_macros(base: Base) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\n{% render 'end' %}\n")
    base.write("macros/_parts/end.md", "Bye\n")
    assert codes(base) == []
    base.write("macros/_parts/end.md", "{% frob %}\n")
    assert ("kb/macros/_parts/end.md", "template") in codes(base)


def test_a_file_that_is_gone_is_forgotten(base: Base) -> None:
    base.write("articles/a.md", FAULT.format("a"))
    path = base.write("articles/b.md", FAULT.format("b"))
    codes(base)
    path.unlink()
    assert codes(base) == [("kb/articles/a.md", "heading")]
    assert [*json.loads((base.workspace.cache / "check.json").read_bytes())[1]] == [
        "kb/articles/a.md"
    ]


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b'{"kb/articles/a.md": [1]}', b"\xff", b"7"])
def test_a_spoilt_cache_is_made_anew(base: Base, spoilt: bytes) -> None:
    base.write("articles/a.md", FAULT.format("a"))
    before = codes(base)
    (base.workspace.cache / "check.json").write_bytes(spoilt)
    assert codes(base) == before


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("body_line", -1), ("body_line", "1"), ("body_line", 2**31), ("body_line", True), ("lines", {"a": "b"}),
        ("lines", {"a": -1}), ("names", [1]), ("targets", [[1, "a", "b", "c"]]), ("problems", ["abcdef"]),
        ("targets", [[1, "a", "b", "c", 0]]), ("addresses", [["a", 1], ["a", None]]), ("allowed", "abc"),
    ],
)  # fmt: skip
def test_a_cache_with_one_value_of_another_kind_is_made_anew(
    base: Base, at: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", FAULT.format("a"))
    base.write("articles/b.md", FAULT.format("b"))
    before = codes(base)
    path = base.workspace.cache / "check.json"
    data = json.loads(path.read_bytes())
    data[1]["kb/articles/b.md"][Facts._fields.index(at)] = value
    path.write_text(json.dumps(data))
    assert examined(base, monkeypatch) == ["kb/articles/a.md", "kb/articles/b.md"]
    assert codes(base) == before


def test_without_a_place_for_a_cache_the_check_is_the_same(base: Base, home: Path) -> None:
    base.write("articles/a.md", FAULT.format("a"))
    (home / "cache").write_text("a file where the folder should be")
    assert codes(base) == [("kb/articles/a.md", "heading")]


def test_many_files_are_shared_among_processes(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    count = workers.ALONE + 50
    for number in range(count):
        base.write(f"articles/{number}.md", FAULT.format(number))
    assert len(codes(base)) == count


def test_many_processes_find_what_one_finds(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    base.write("kb.toml", 'languages = ["en", "ja", "de"]\n')
    for number in range(60):
        for suffix in ("", ".ja", ".de"):
            text = FAULT.format(number) + f"[x](nowhere{number}.md)\n\n{{{{ a\n"
            base.write(f"articles/{number}{suffix}.md", text)
            base.write(f"macros/{number}{suffix}.md", text)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = []
    for alone in (1, 10_000):
        monkeypatch.setattr(workers, "ALONE", alone)
        (base.workspace.cache / "check.json").unlink(missing_ok=True)
        found.append(check(base.workspace))
    assert found[0].problems == found[1].problems
    assert found[0].whole.facts == found[1].whole.facts
    assert len(found[0].problems) > 600


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
def test_an_interrupt_ends_it_at_once_and_leaves_nothing_half_done(base: Base) -> None:
    for number in range(1500):
        base.write(f"articles/{number}.md", FAULT.format(number) + "words and [a](b.md)\n\n" * 1500)
    running = subprocess.Popen(
        [sys.executable, "-m", "cannery", "check"],
        cwd=base.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1.5)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=120)
    assert (running.returncode, out) == (130, "")
    assert "kb: interrupted" in err
    assert "Traceback" not in err
    assert not (base.workspace.cache / "check.json").exists()
