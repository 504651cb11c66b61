"""Problems -> what other programs read: GitHub's annotations, SARIF, JUnit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from xml.sax.saxutils import escape, quoteattr

from cannery.check.runner import RULES
from cannery.model.location import Problem, Severity
from cannery.util.plain import clean

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NO_XML = dict.fromkeys([0xFFFE, 0xFFFF])


def github(problems: Iterable[Problem]) -> str:
    """GitHub workflow commands, which annotate the lines of a pull request."""
    return "".join(
        f"::{item.severity.value} file={_property(item.path)},line={max(item.line, 1)},"
        f"title={_property(item.code)}::{_data(_whole(item))}\n"
        for item in problems
    )


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _whole(item: Problem) -> str:
    return clean(f"{item.message}\n{item.hint}" if item.hint else item.message)


def sarif(problems: Iterable[Problem]) -> str:
    """SARIF 2.1.0, for code scanning."""
    why = {rule.code: rule.why for rule in RULES}
    listed = list(problems)
    codes = sorted({*why, *(item.code for item in listed)})
    run = {
        "tool": {
            "driver": {
                "name": "kb check",
                "version": version("cannery"),
                "rules": [
                    {"id": code, "shortDescription": {"text": why.get(code, code)}}
                    for code in codes
                ],
            }
        },
        "results": [
            {
                "ruleId": item.code,
                "ruleIndex": codes.index(item.code),
                "level": item.severity.value,
                "message": {"text": _whole(item)},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": _uri(item.path)},
                            "region": {"startLine": max(item.line, 1)},
                        }
                    }
                ],
            }
            for item in listed
        ],
        "columnKind": "unicodeCodePoints",
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path, errors="replace")


def junit(problems: Iterable[Problem]) -> str:
    """JUnit XML: one test case per file with problems, or a single passing one."""
    by_path: Mapping[str, list[Problem]] = defaultdict(list)
    for item in problems:
        by_path[item.path].append(item)
    failures = sum(_is_failure(items) for items in by_path.values())
    head = f'tests="{max(len(by_path), 1)}" failures="{failures}" errors="0"'
    cases = "".join(_case(path, items) for path, items in sorted(by_path.items()))
    cases = cases or '    <testcase classname="kb" name="kb check"/>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        f'  <testsuite name="kb check" {head}>\n{cases}  </testsuite>\n</testsuites>\n'
    )


def _is_failure(items: Sequence[Problem]) -> bool:
    return any(item.severity is Severity.ERROR for item in items)


def _xml(text: str) -> str:
    """Remove characters that XML 1.0 doesn't allow."""
    return clean(text).translate(_NO_XML)


def _case(path: str, items: Sequence[Problem]) -> str:
    lines = "\n".join(
        f"{item.line}: {item.severity.value}: {_whole(item)} [{item.code}]" for item in items
    )
    text = escape(_xml(lines))
    name = quoteattr(_xml(path))
    if _is_failure(items):
        first = next(item for item in items if item.severity is Severity.ERROR)
        message = quoteattr(_xml(first.message))
        inner = f"      <failure message={message} type={quoteattr(first.code)}>{text}</failure>\n"
    else:
        inner = f"      <system-out>{text}</system-out>\n"
    return f'    <testcase classname="kb" name={name}>\n{inner}    </testcase>\n'


REPORTS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "github": github,
    "junit": junit,
    "sarif": sarif,
}
