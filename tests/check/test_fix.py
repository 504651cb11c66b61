"""`--fix`: what a machine can mend, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Base, Run

from cannery.check.fix import apply_fixes
from cannery.check.page import page
from cannery.check.rule import Rule
from cannery.check.runner import RULES, examine
from cannery.check.whole import Whole
from cannery.workspace import Settings

FIXED = [rule for rule in RULES if rule.fix]
HAR = "articles/har.md"


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.code)
def test_the_wrong_example_becomes_the_right_one(base: Base, kb: Run, rule: Rule) -> None:
    for path, text in rule.wrong.items():
        base.write(path, text)
    done = kb("check", "--fix")
    assert done.code == 0
    assert f"[{rule.code}]" not in done.out
    for path, text in rule.right.items():
        assert (base.root / "kb" / path).read_text("utf-8") == text
    assert "Mended" not in kb("check", "--fix").err


def test_of_many_files_the_first_are_named(base: Base, kb: Run) -> None:
    for number in range(23):
        base.write(f"articles/n{number:02}.md", f"---\ntitle: T{number}\n---\n## A\n\n#### B\n")
    told = kb("check", "--fix").err.splitlines()
    assert told[:20] == [f"Fixed kb/articles/n{number:02}.md" for number in range(20)]
    assert told[20] == "Fixed 3 more files."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: A\ntag: [x] # why\n---\nx", "---\ntitle: A\ntags: [x] # why\n---\nx"),
        ("---\ntitle: A\nsumary: >\n  long\n  text\n---\n", "---\ntitle: A\nsummary: >\n  long\n  text\n---\n"),
        ("---\nTitle: A\n---\nx", "---\ntitle: A\n---\nx"),
        ("---\r\ntitle: 'A'\r\nstatus: Draft # yet\r\n---\r\nx\r\n", "---\r\ntitle: 'A'\r\nstatus: draft # yet\r\n---\r\nx\r\n"),
        ("\ufeff---\ntitle: A\ntags: a, b\n---\n", "\ufeff---\ntitle: A\ntags:\n- a\n- b\n---\n"),
        ("---\ntitle: A\n---\n# A\n\n### B\n\n### C\n\n##### D\n\n## E\n", "---\ntitle: A\n---\n# A\n\n## B\n\n## C\n\n### D\n\n## E\n"),
        ("---\ntitle: A\n---\n## A\n\n> #### B ####\n\n```\n#### no heading\n```\n", "---\ntitle: A\n---\n## A\n\n> ### B ####\n\n```\n#### no heading\n```\n"),
        ("---\ntitle: A\nrelated: [kb/articles/b.md, articles/old] # two\n---\n", "---\ntitle: A\nrelated: [articles/b] # two\n---\n"),
        ("---\ntitle: A\n---\n[x](old.md#top) and [y](./B.md)", "---\ntitle: A\n---\n[x](b.md#top) and [y](b.md)"),
    ],
)  # fmt: skip
def test_only_the_fault_is_changed(base: Base, kb: Run, before: str, after: str) -> None:
    base.write("articles/b.md", "---\ntitle: B\nredirect_from: [articles/old]\n---\n## Top\n")
    path = base.write(HAR, before)
    shown = kb("check", "--fix", "--dry-run")
    assert path.read_bytes() == before.encode()
    assert (shown.code, "1 file would be fixed" in shown.err) == (0, True)
    kb("check", "--fix")
    assert path.read_bytes().decode() == after
    kb("check", "--fix")
    assert path.read_bytes().decode() == after


def test_the_heading_of_a_macro_becomes_its_title(base: Base, kb: Run) -> None:
    path = base.write("macros/har.md", "# A page\n\nx  \ny\n")
    kb("check", "--fix", "--select", "title")
    assert path.read_text("utf-8") == "---\ntitle: A page\n---\n\n# A page\n\nx  \ny\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\naudience: Public\n---\n",  # a machine makes nothing public
        "---\ntitle: A\naudiences: public\n---\n",
        "---\ntitle: A\ntag: [x]\ntags: [y]\n---\n",  # which of them?
        "---\ntitle: A\nweight: 3\n---\n",
        "---\ntitle: A\nstatus: finished\n---\n",
        "no heading",
        "---\ntitle: A\nrelated: [nowhere]\n---\n",
        "---\ntitle: A\n---\n[x](nowhere.md)",
        "---\ntitle: A\n---\n## A\n\n<!-- kb allow: heading because of a table -->\n#### B\n\n###### C\n",
        b"---\ntitle: A\n---\n## A\n\n#### B \xff",
    ],
)
def test_what_only_a_person_knows_stays(base: Base, kb: Run, text: str | bytes) -> None:
    path = base.write(HAR, text)
    raw = path.read_bytes()
    kb("check", "--fix")
    assert path.read_bytes() == raw


def test_only_the_files_that_were_named_are_mended(base: Base, kb: Run) -> None:
    for name in "ab":
        base.write(f"articles/{name}.md", f"---\ntitle: {name}\n---\n## A\n\n#### B\n")
    kb("check", "--fix", "kb/articles/a.md")
    assert "####" not in (base.root / "kb/articles/a.md").read_text()
    assert "####" in (base.root / "kb/articles/b.md").read_text()


def test_what_is_allowed_everywhere_is_not_mended(base: Base, kb: Run) -> None:
    path = base.write(HAR, "---\ntitle: A\n---\n## A\n\n#### B\n")
    base.write("kb.toml", '[check.allow]\nheading = "imported"\n')
    kb("check", "--fix")
    assert "####" in path.read_text()


def test_showing_what_would_be_done_needs_the_other_flag(kb: Run) -> None:
    assert kb("check", "--dry-run").code == 2


_LINES = st.sampled_from(
    ["---", "title: A", "tag: [x]", "status: Draft", "tags: a, b", "# A", "#### B", "###### C", "",
     "```", "> ### D", "- ##### E", "text", "\tx", "Sumary: |", "  z: 1", "related: a", "...", "====="]
)  # fmt: skip


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(_LINES, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_mending_twice_is_mending_once_and_makes_nothing_worse(
    base: Base, lines: list[str], end: str
) -> None:
    before = page("kb/articles/a.md", end.join(["---", *lines]).encode(), Settings())
    found = {item.code for item in examine(before).problems}
    whole = Whole(base.workspace, {})
    text = apply_fixes(before, whole, found)
    after = page("kb/articles/a.md", text.encode(), Settings())
    assert apply_fixes(after, whole, found) == text
    assert len(examine(after).problems) <= len(examine(before).problems)
