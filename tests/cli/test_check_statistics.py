"""The findings of a check in numbers, on a screen."""

from __future__ import annotations

import json
import tomllib

import pytest
from tests.conftest import Base, Run

from cannery.check.runner import RULES
from cannery.check.statistics import MANY
from cannery.cli.check_statistics import show
from cannery.content.headers import keep_hint
from cannery.model.location import Problem, Severity
from cannery.operations.check import Findings
from cannery.util.columns import columns


def _many(files: int = 30, keys: int = 0, name: str = "kb/articles/返金/手順") -> Findings:
    """All rules in each file, and so many keys, with paths that are wide and long."""
    paths = [f"{name}/{'長い名前' * 5}-{number}.md" for number in range(files)]
    problems = [
        Problem(path, 3, rule.code, "言葉 " * 30, "hint " * 30) for path in paths for rule in RULES
    ]
    problems += [
        Problem(
            path, 1, "header", f"unknown key キー{key}", keep_hint(f"キー{key}"), Severity.WARNING
        )
        for path in paths
        for key in range(keys)
    ]
    allowed = {f"reason {number}": number for number in range(100)}
    return Findings(files, tuple(problems), allowed)


@pytest.mark.parametrize("is_instead", [True, False])
@pytest.mark.parametrize("keys", [0, 1, 300])
def test_whatever_was_found_fits_a_screen(
    capsys: pytest.CaptureFixture[str], keys: int, *, is_instead: bool
) -> None:
    show(_many(keys=keys), is_instead=is_instead)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 22
    assert max(map(columns, lines)) <= 80
    assert lines[-1].startswith("Next: ")


def test_a_larger_screen_shows_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LINES", "70")
    show(_many(keys=20))
    lines = capsys.readouterr().out.splitlines()
    assert 80 < max(map(columns, lines)) <= 120
    assert {rule.code for rule in RULES} <= {line.split()[0].rstrip("*") for line in lines}


def test_the_keys_are_told_as_they_are_to_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    show(_many(keys=300))
    told = capsys.readouterr().out
    start = told.index("\nown = [")
    own = tomllib.loads(told[start : told.index("]", start) + 1])["own"]
    assert {*own} < {f"キー{key}" for key in range(300)}
    assert f"add the {len(own)} of 300 keys below [front_matter]" in told


def _faulty(base: Base) -> None:
    """Ten pages with a key of another program and a link that leads nowhere; one with two links."""
    for number in range(MANY):
        head = f"---\ntitle: Title {number}\npermalink: x\n---\n"
        base.write(f"articles/n{number:03}.md", f"{head}[a](#gone)\n")
    base.write("articles/worst.md", "---\ntitle: W\n---\n[a](#gone) [b](#lost)\n")


def test_statistics_are_a_line_a_rule(base: Base, kb: Run) -> None:
    _faulty(base)
    done = kb("check", "--statistics")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Checked 11 entries: 0 errors and 22 warnings in 11 files.",
        "Rule (*: --fix)  Errors Warnings  Files  Most in",
        "anchor                0       12     11  …les/worst 2, …les/n000 1, …cles/n001 1",
        "header*               0       10     10  …les/n000 1, …cles/n001 1, …cles/n002 1",
        "1 finding stands word for word in 10 files or more, most often:",
        '     10  unknown key permalink [header]: To keep it, write own = ["permalink"] …',
        "If they are yours, add the 1 key below [front_matter] in kb/kb.toml:",
        'own = ["permalink"]',
        "Next: decide about these keys, then check again.",
    ]


def test_a_key_that_says_what_ours_does_is_read_as_it(base: Base, kb: Run) -> None:
    for number in range(MANY):
        base.write(
            f"articles/{number}.md", f"---\ntitle: T{number}\ndescription: x\n---\nA line.\n"
        )
    lines = kb("check", "--statistics").out.splitlines()
    assert lines[-3:-1] == [
        "If they are yours, add the 1 key below [front_matter] in kb/kb.toml:",
        'names.description = "summary"',
    ]
    settings = f"{(base.root / 'kb/kb.toml').read_text('utf-8')}[front_matter]\n{lines[-2]}\n"
    base.write("kb.toml", settings)
    assert kb("check").out == ""


def test_statistics_are_data_too(base: Base, kb: Run) -> None:
    _faulty(base)
    data = json.loads(kb("check", "--statistics", "--json").out)
    assert {key: data[key] for key in ("entries", "files", "errors", "warnings", "own_keys")} == {
        "entries": 11, "files": 11, "errors": 0, "warnings": 22, "own_keys": ["permalink"],
    }  # fmt: skip
    worst = data["rules"][0]["worst"][0]
    assert worst == {"path": "kb/articles/worst.md", "findings": 2}
    (shared,) = data["shared"]
    assert (shared["files"], shared["message"]) == (10, "unknown key permalink")
    assert shared["places"][0] == {"path": "kb/articles/n000.md", "line": 3}


def test_the_last_line_fits_for_any_rules(capsys: pytest.CaptureFixture[str]) -> None:
    for severity in Severity:
        for rules in (RULES, RULES[::-1], [rule for rule in RULES if rule.fix]):
            for count in range(1, len(rules)):
                found = [
                    Problem("kb/a.md", 1, rule.code, "m", "", severity) for rule in rules[:count]
                ]
                show(Findings(1, tuple(found), {}))
                assert len(capsys.readouterr().out.splitlines()[-1]) <= 80


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\ntitle: A\n---\n[x](gone.md) ![y](gone.png)\n", "the errors, with `kb check --select image,link`."),
        ("---\ntitle: A\n---\n## A\n\n#### B\n", "try `kb check --fix --dry-run --select heading`."),
        ("---\ntitle: A\n---\n<p>x</p>\n", "`kb check --select unsupported`, or `--explain unsupported`."),
        ("---\ntitle: A\n---\nA line.\n", "nothing is left to do."),
    ],
)  # fmt: skip
def test_the_last_line_tells_what_to_do_next(base: Base, kb: Run, text: str, told: str) -> None:
    base.write("articles/a.md", text)
    assert kb("check", "--statistics").out.splitlines()[-1] == f"Next: {told}"


def test_an_error_fails_the_check_all_the_same(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n[x](gone.md)\n")
    assert kb("check", "--statistics").code == 1
    assert kb("check", "--statistics", "--ignore", "link").code == 0


def test_statistics_are_no_report(base: Base, kb: Run) -> None:
    done = kb("check", "--statistics", "--format", "junit")
    assert (done.code, "--statistics has no report" in done.err) == (2, True)
