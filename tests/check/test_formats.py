"""Reports for programs, held against the schemas that those who read them have published."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import Base, Run

from cannery.check.formats import github, junit, sarif
from cannery.check.runner import RULES
from cannery.model.location import Problem, Severity

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft202012Validator(
    json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit-4.xsd")
PROBLEMS = (
    Problem("kb/a,b: c.md", 3, "link", "50% gone\nreally", "Correct <it> & go."),
    Problem("kb/日本.md", 0, "header", "wrong", "", Severity.WARNING),
)


def test_github_reads_annotations() -> None:
    assert github(PROBLEMS).splitlines() == [
        "::error file=kb/a%2Cb%3A c.md,line=3,title=link::50%25 gone%0Areally%0ACorrect <it> & go.",
        "::warning file=kb/日本.md,line=1,title=header::wrong",
    ]


def test_sarif_names_rules_and_places() -> None:
    data = json.loads(sarif(PROBLEMS))
    (only,) = data["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert len(rules) == len({rule["id"] for rule in rules})
    for result, item in zip(only["results"], PROBLEMS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == item.code
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert " " not in place["artifactLocation"]["uri"]


def test_junit_is_xml_with_a_case_a_file() -> None:
    suite = ET.fromstring(junit(PROBLEMS)).find("testsuite")  # noqa: S314 - our own
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite] == ["kb/a,b: c.md", "kb/日本.md"]
    well = ET.fromstring(junit(())).find("testsuite")  # noqa: S314 - our own
    assert well is not None
    assert (well.get("tests"), well.get("failures")) == ("1", "0")


_TEXTS = st.text(st.characters(), max_size=40)
_ANY = st.builds(
    Problem, _TEXTS, st.integers(0, 9), st.sampled_from([rule.code for rule in RULES]), _TEXTS, _TEXTS,
    st.sampled_from(Severity),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(_ANY, max_size=5))
def test_whatever_is_found_fits_the_schemas(problems: list[Problem]) -> None:
    SARIF.validate(json.loads(sarif(problems)))
    JUNIT.validate(junit(problems))
    lines = re.split(r"\r\n|\r|\n", github(problems))  # as the runner does
    assert [line[:2] for line in lines] == ["::"] * len(problems) + [""]


def test_the_commands_own_reports_fit_the_schemas(base: Base, kb: Run) -> None:
    for number, rule in enumerate(RULES):
        for path, text in rule.wrong.items():
            folder, _, name = path.partition("/")
            base.write(f"{folder}/{number}/{name}" if name else path, text)
    SARIF.validate(json.loads(kb("check", "--format", "sarif").out))
    JUNIT.validate(kb("check", "--format", "junit").out)
    for file in [*(base.root / "kb").rglob("*.md")]:
        file.unlink()
    (base.root / "kb" / "synonyms.yml").unlink()
    SARIF.validate(json.loads(kb("check", "--format", "sarif").out))
    JUNIT.validate(kb("check", "--format", "junit").out)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_a_report_of_each_kind_ends_with_one_for_an_error(base: Base, kb: Run, form: str) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n[b](b.md)")
    done = kb("check", "--format", form)
    assert (done.code, "broken link" in done.out) == (1, True)
    assert kb("check", "--json").out == kb("check", "--format", "json").out
