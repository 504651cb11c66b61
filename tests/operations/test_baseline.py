"""A baseline is begun, shrinks by itself, and hides nothing that goes out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.check.baseline import PATH, Baseline, counted
from cannery.model.location import Problem
from cannery.operations.check import check

LINKS = "---\ntitle: {0}\n---\n[x](gone-{0}.md)\n\n[y](lost-{0}.md)\n"
PAGE = "articles/{}.md"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a person works: the tests themselves may run in CI."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def known(base: Base, kb: Run) -> Base:
    """Two files with two broken links each, all of them known."""
    for name in "ab":
        base.write(PAGE.format(name), LINKS.format(name))
    assert kb("check", "--baseline").code == 0
    return base


def _baseline(base: Base) -> str:
    return (base.root / PATH).read_text("utf-8")


def test_what_is_found_is_known_from_then_on(known: Base, kb: Run) -> None:
    done = kb("check")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        "Checked 2 entries: 0 errors, 0 warnings.",
        "4 known findings are left out: see `kb check --no-baseline`.",
    ]
    assert check(known.workspace).problems == ()


def test_a_new_finding_fails_wherever_the_known_ones_move(known: Base, kb: Run) -> None:
    text = LINKS.format("a").replace("[x]", "A line before.\n\n[new](other.md)\n\n[x]")
    known.write(PAGE.format("a"), text)
    for arguments in ((), ("--baseline",), ("kb/articles/a.md",)):
        done = kb("check", *arguments)
        assert (done.code, done.out.count("[link]"), "other" in done.out) == (1, 1, True)
        assert ("nothing is added" in done.err) == ("--baseline" in arguments)
    (only,) = json.loads(kb("check", "--json").out)
    assert only["line"] == 6


def test_what_is_mended_leaves_the_baseline(known: Base, kb: Run) -> None:
    known.write(PAGE.format("a"), "---\ntitle: a\n---\n[x](gone-a.md)\n")
    assert "1 known finding is gone: 3 left in kb/baseline.txt." in kb("check").err
    assert "gone" not in kb("check").err
    known.write(PAGE.format("a"), LINKS.format("a"))
    assert kb("check").out.count("[link]") == 1


@pytest.mark.parametrize(
    ("command", "is_told"),
    [
        ("check --json", True),
        ("check --format github", True),
        ("CI=true check", True),
        ("CI=1 check --baseline", True),
        ("check kb/articles/a.md", False),
        ("check --no-baseline", False),
        ("check --fix --dry-run", False),
    ],
)
def test_a_program_that_checks_writes_nothing(
    known: Base, kb: Run, monkeypatch: pytest.MonkeyPatch, command: str, *, is_told: bool
) -> None:
    before = _baseline(known)
    known.write(PAGE.format("a"), "---\ntitle: a\n---\nMended.\n")
    service, _, arguments = command.partition("check")
    monkeypatch.setenv("CI", service.strip().removeprefix("CI="))
    assert ("2 known findings are gone" in kb("check", *arguments.split()).err) == is_told
    assert _baseline(known) == before


def test_a_service_is_told_that_there_is_no_baseline(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    done = kb("check", "--baseline")
    assert (done.code, "no kb/baseline.txt" in done.err, (base.root / PATH).exists()) == (
        1,
        True,
        False,
    )


def test_what_would_be_known_is_told_before(base: Base, kb: Run) -> None:
    base.write(PAGE.format("a"), LINKS.format("a"))
    assert "2 findings would be known" in kb("check", "--baseline", "--dry-run").err
    assert not (base.root / PATH).exists()
    kb("check", "--baseline")
    assert "already exists" in kb("check", "--baseline", "--dry-run").err
    assert kb("check", "--dry-run").code == 2


def test_only_what_was_asked_for_becomes_known(base: Base, kb: Run) -> None:
    for name in "ab":
        base.write(PAGE.format(name), LINKS.format(name) + "\n## A\n\n#### B\n")
    assert kb("check", "--baseline", "--select", "link", "kb/articles/a.md").code == 0
    assert re.findall(r"(?m)^  (\w+)", _baseline(base)) == ["link"]
    assert kb("check").out.count("[link]") == 2
    assert kb("check").out.count("[heading]") == 2


def test_a_baseline_is_undone(known: Base, kb: Run) -> None:
    assert kb("undo").code == 0
    assert not (known.root / PATH).exists()
    assert kb("check").code == 1


def test_what_is_known_is_told_and_fixed_where_asked_for(base: Base, kb: Run) -> None:
    path = base.write(PAGE.format("a"), "---\ntitle: a\n---\n## A\n\n#### B\n")
    kb("check", "--baseline")
    assert kb("check", "--no-baseline").out.count("[heading]") == 1
    assert "1 known finding is gone: 0 left" in kb("check", "--fix").err
    assert "### B" in path.read_text("utf-8")


def test_a_password_is_told_whatever_is_known(base: Base, kb: Run) -> None:
    key = "AKIA" + "Z7QX" * 4
    base.write(PAGE.format("a"), f"---\ntitle: a\n---\n{key}\n")
    assert kb("check", "--baseline").code == 1
    assert "[secret]" in kb("check").out


def test_a_baseline_that_no_one_has_merged_is_told_and_left_alone(known: Base, kb: Run) -> None:
    text = "<<<<<<< HEAD\n" + _baseline(known)
    (known.root / PATH).write_text(text, "utf-8")
    known.write(PAGE.format("a"), "---\ntitle: a\n---\nMended.\n")
    done = kb("check")
    assert (done.code, done.out.startswith(f"{PATH}:1: error: not a line of a baseline")) == (
        1,
        True,
    )
    assert _baseline(known) == text


def test_a_rename_takes_what_is_known_along(known: Base, kb: Run) -> None:
    assert kb("rename", "articles/a", "articles/net/c").code == 0
    assert "kb/articles/net/c.md:" in _baseline(known)
    done = kb("check")
    assert (done.code, done.out, "gone" in done.err) == (0, "", False)
    kb("undo")
    assert "kb/articles/a.md:" in _baseline(known)


def test_a_file_that_was_renamed_without_kb_keeps_what_is_known(known: Base, kb: Run) -> None:
    (known.root / "kb/articles/a.md").rename(known.root / "kb/articles/c.md")
    done = kb("check")
    assert (done.code, done.out) == (0, "")
    assert "kb/articles/c.md:" in _baseline(known)


def test_a_dead_link_stays_known_though_few_checks_ask_other_hosts(base: Base) -> None:
    path = base.write(PAGE.format("a"), "---\ntitle: a\n---\nA line.\n")
    dead = Problem(path.relative_to(base.root).as_posix(), 4, "dead-url", "dead link: x")
    baseline = Baseline(counted([dead]))
    plain = check(base.workspace)
    asked = plain._replace(problems=(dead,)).by(baseline)
    assert (asked.problems, asked.known) == ((), (dead,))
    assert (plain.by(baseline).gone, plain.by(baseline).left) == (0, baseline.known)


def test_statistics_tell_what_is_known(known: Base, kb: Run) -> None:
    known.write(PAGE.format("a"), LINKS.format("a") + "[new](other.md)\n")
    lines = kb("check", "--statistics").out.splitlines()
    assert lines[0] == "Checked 2 entries: 1 error and 0 warnings, 4 known in 2 files."
    assert [lines[1].split()[-5:-2], lines[2].split()[:5]] == [
        ["Warnings", "Known", "Files"], ["link*", "1", "0", "4", "2"],
    ]  # fmt: skip
    data = json.loads(kb("check", "--statistics", "--json").out)
    assert (data["known"], data["rules"][0]["known"]) == (4, 4)


def test_where_all_is_known_the_next_step_shows_it(base: Base, kb: Run) -> None:
    base.write(PAGE.format("a"), "---\ntitle: a\n---\n<p>x</p>\n")
    kb("check", "--baseline")
    last = kb("check", "--statistics").out.splitlines()[-1]
    assert last == "Next: `kb check --no-baseline --select unsupported`."
    assert kb(*last.split("`")[1].split()[1:]).out.count("[unsupported]") == 1


def test_a_knowledge_base_below_another_folder_has_its_own(
    known: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert kb("check", f"base/kb/{PAGE.format('a')}").code == 0
