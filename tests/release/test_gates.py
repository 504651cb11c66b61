"""CONTRIBUTING's tables of gates: each that there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def _rows(first: str) -> list[list[str]]:
    """The rows of the table whose first column is called so."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    _, _, rest = text.partition(f"| {first} |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_each_step_of_the_gates_is_told_in_its_words() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    steps = re.findall(r'^ *step "(.*)"$', script, re.MULTILINE)
    preparing = [step for step in steps if step.startswith("Debian packages:")]
    told = [row[0] for row in _rows("Step of `.ci/run`")]
    assert len(steps) > 10
    assert sorted(told + preparing) == sorted(steps)


def test_each_job_of_each_workflow_is_told() -> None:
    jobs = []
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        workflow = yaml.safe_load(path.read_text("utf-8"))
        jobs += [(workflow["name"], job) for job in workflow["jobs"]]
    told = [(row[0], row[1]) for row in _rows("Workflow")]
    assert sorted(told) == sorted(jobs)


def test_no_row_is_without_a_word_of_what_it_holds() -> None:
    rows = [*_rows("Step of `.ci/run`"), *_rows("Workflow")]
    assert [row for row in rows if not all(row)] == []
