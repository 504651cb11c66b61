from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Base, Run

from cannery.check.rule import Rule
from cannery.check.runner import RULES
from cannery.content.suppressions import suppressions_in
from cannery.manual import ARTICLES
from cannery.operations.check import check

ROOT = Path(__file__).parents[2]


def _problems(base: Base) -> list[tuple[str, int, str]]:
    return [
        (item.path.removeprefix("kb/"), item.line, item.code)
        for item in check(base.workspace).problems
    ]


def _write(base: Base, files: dict[str, str]) -> None:
    for path, text in files.items():
        base.write(path, text)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.page or rule.whole], ids=lambda rule: rule.code
)
def test_a_rule_finds_its_wrong_example_and_not_its_right_one(base: Base, rule: Rule) -> None:
    _write(base, dict(rule.right))
    assert _problems(base) == []
    for path in rule.right:
        (base.root / "kb" / path).unlink()
    if rule.code == "outdated":
        _commit_before(base, rule)
    _write(base, dict(rule.wrong))
    assert {code for _, _, code in _problems(base)} == {rule.code}


def _commit_before(base: Base, rule: Rule) -> None:
    """Commit the wrong example as it was before its original was changed."""
    _write(base, dict(rule.wrong))
    base.write("articles/har.md", "---\ntitle: HAR files\n---\nAs it was.\n")
    base.git("init", "-q", "-b", "main")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "Both")
    base.write("articles/har.md", rule.wrong["articles/har.md"])
    base.git("commit", "-q", "-a", "-m", "The original alone")


@pytest.mark.parametrize(
    ("path", "text", "line", "code"),
    [
        ("articles/a.md", "---\ntitle: [\n---\n", 3, "front-matter"),
        ("articles/a.md", b"---\ntitle: A\n---\n\xff", 4, "unreadable"),
        ("articles/a.md", "---\ntitle: A\nstatus: done\n---\n", 3, "header"),
        ("articles/a.md", "---\ntitle: A\nms.date: x\n---\n", 3, "header"),
        ("articles/a.md", "A", 1, "title"),
        ("articles/a.md", "---\ntitle: A\nrelated: [x]\n---\n", 3, "related"),
        ("articles/a.md", "---\ntitle: A\n---\nx\n\n[b](b.md)", 6, "link"),
        ("articles/a.md", "---\ntitle: A\n---\nx\ny [b](b.mdx)", 5, "link"),
        ("articles/a.md", "---\ntitle: A\n---\n![x](../../../etc/x.png)", 4, "image"),
        ("articles/a.md", "---\ntitle: A\n---\n[x](#nowhere)", 4, "anchor"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- name: x\n---\ny", 4, "unused-field"),
        ("macros/a.md", "---\ntitle: A\n---\n\n{% frob %}", 5, "template"),
        ("macros/a.md", "---\ntitle: A\n---\n{% render 'gone' %}", 4, "template"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- {name: x, pattern: '('}\n---\n{{ x }}", 4, "default"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- {name: x, pattern: '(a+)+b', default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac}\n---\n{{ x }}", 4, "default"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- {name: x, type: choice, choices: [a], default: b}\n---\n{{ x }}", 4, "default"),
        ("synonyms.yml", "- [a, b]\n- [c\n", 3, "synonyms"),
        ("synonyms.yml", "a: b\n", 1, "synonyms"),
        ("synonyms.yml", b"- [\xff]", 1, "synonyms"),
        ("macros/a.md", "---\ntitle: A\nsubject: '{{'\n---\nx", 3, "template"),
        ("macros/a.md", "---\ntitle: A\n---\nx\n{{ (1..999999999) }}", 5, "template"),
        ("macros/a.md", "---\ntitle: A\n---\nx\n{% for i in (1..900) %}{% for j in (1..900) %}x{% endfor %}{% endfor %}", 5, "template"),
        ("macros/a.md", "---\ntitle: A\nfields: [{name: y, type: yesno}]\n---\n{% unless y %}{{ (1..9999) | size }}{% endunless %}", 5, "template"),
        ("macros/a.md", "---\ntitle: A\nsubject: '{{ (1..9999) }}'\n---\nx", 3, "template"),
        ("macros/a.md", "---\ntitle: A\n---\nx\n{{ 'now' | date: '%10000000d' }}", 5, "template"),
        ("macros/a.md", "---\ntitle: A\n---\nx\n{{ ticket.created_at | date: '%99999999Y' }}", 5, "template"),
        ("macros/a.md", "---\ntitle: A\n---\n{% assign f = '%' | append: '9Y' %}{{ today | date: f }}", 4, "template"),
        ("macros/a.md", "---\ntitle: A\n---\n{% assign f = '%Y' %}{% for i in (1..9) %}{% assign f = f | append: f %}{% endfor %}{{ today | date: f }}", 4, "template"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- {name: y, pattern: 'x{999999999}'}\n---\n{{ y }}", 4, "header"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- {name: y, pattern: '(?=x)x'}\n---\n{{ y }}", 2, "portable"),
        ("macros/a.md", "---\ntitle: A\n---\nx\n{{ kb.nmae }}", 5, "undefined"),
        ("macros/a.md", "---\ntitle: A\n---\nx\n{{ team.call_minutes }}", 5, "undefined"),
        ("macros/a.md", "---\ntitle: A\n---\n{{ ticket.requester.frist_name }}", 4, "undefined"),
        ("macros/a.md", "---\ntitle: A\nfields: [order_number]\n---\n{{ order_number }}\n{{ order_nubmer }}", 6, "undefined"),
        ("macros/a.md", "---\ntitle: A\n---\nSee\n[this](../articles/a.md).", 5, "link"),
        ("macros/a.md", "---\ntitle: A\n---\n\n{{ 'articles/gone' | article_url }}", 5, "link"),
        ("index.md", "# Hello\n\n[x](articles/gone.md)", 3, "link"),
        ("index.ja.md", "# Hello\n\n![x](gone.png)", 3, "image"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line(
    base: Base, path: str, text: str | bytes, line: int, code: str
) -> None:
    base.write(path, text)
    assert (path, line, code) in _problems(base)


HEADINGS = "## Two words\n\n## Two_words\n\n## Two words\n\n## Mine {#own}\n\n## 日本語の見出し\n\n## `<Prism />`\n\n## अपना डेव\n\n"


@pytest.mark.parametrize(
    "link",
    ["#prism-", "#अपना-डेव", "#tab/x", "#two-words", "#two_words", "#own", "#日本語の見出し", "#two-words-1", "#two-words_1", "a.md#two-words", "hugo.md#any", "https://e.com/a.md#x", "/a.md#x"],
)  # fmt: skip
def test_a_heading_may_be_named_as_the_site_names_it(base: Base, link: str) -> None:
    base.write("articles/hugo.md", "---\ntitle: B\n---\n{{% include x %}}")
    base.write("articles/a.md", f"---\ntitle: A\n---\n{HEADINGS}[x]({link})")
    assert [item for item in _problems(base) if item[2] != "unsupported"] == []


@pytest.mark.parametrize("link", ["#Two-Words", "#_1", "#two-words-2", "#id", "#mine"])
def test_other_names_of_headings_lead_nowhere(base: Base, link: str) -> None:
    text = f'{HEADINGS}## Raw <a id="id"></a>\n\n[x]({link})'
    base.write("articles/a.md", f"---\ntitle: A\n---\n{text}")
    assert [code for _, _, code in _problems(base)] == ["anchor"]


@pytest.mark.parametrize(
    "body",
    ["{{ anything }}", "{{ kb.site_url }} {{ today }} {{ ticket.custom.plan }} {{ agent.pronoun }}",
     "[y](https://e.com) [z]({{link}}) [m](mailto:a@example.com)", "{{ 'articles/open' | article_url }} {{ 'open' | article_url }}"],
)  # fmt: skip
def test_what_a_macro_may_ask_for_and_link_to_is_fine(base: Base, body: str) -> None:
    base.write("articles/open.md", "---\ntitle: Open\naudience: public\n---\nx")
    base.write("macros/a.md", f"---\ntitle: A\n---\n{body}")
    assert _problems(base) == []


def test_the_address_of_an_internal_article_is_no_customer_s(base: Base) -> None:
    base.write("articles/own.md", "---\ntitle: Own\n---\nx")
    base.write("macros/a.md", "---\ntitle: A\n---\n{{ 'own' | article_url }}")
    assert _problems(base) == [("macros/a.md", 4, "leak")]


def test_a_variant_without_a_shared_part_is_told(base: Base) -> None:
    base.write("macros/_parts/end.md", "Bye")
    base.write("macros/a.md", "---\ntitle: A\n---\nHello\n\n{% render 'end' %}")
    base.write("macros/a.ja.md", "---\ntitle: A\n---\nHello")
    assert _problems(base) == [("macros/a.ja.md", 4, "variant")]


def test_a_large_picture_is_told(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n![x](big.png)")
    base.write("articles/big.png", bytes(2_500_000))
    assert _problems(base) == [("articles/a.md", 4, "image")]
    base.write("articles/big.png", bytes(1000))
    assert _problems(base) == []


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("articles/a.md", "{}\n## A\n\n<!-- kb allow: heading because of a table -->\n#### B\n", 0),
        ("articles/a.md", "{}\n## A\n\n#### B <!-- kb allow: heading, link because of a table -->\n", 0),
        ("articles/a.md", "{}\n<!-- kb allow: heading because of a table -->\n## A\n\n#### B\n", 1),
        ("articles/a.md", "{}\n<!-- kb allow file: heading because of a table -->\n## A\n\n#### B\n", 0),
        ("articles/a.md", "{}\n<!-- kb allow file: link because of a table -->\n## A\n\n#### B\n", 1),
        ("articles/a.md", "{}\n<!-- kb allow file: heading -->\n## A\n\n#### B\n", 1),
        ("macros/a.md", "{}\n## A\n\n{{% comment %}}kb allow: heading because of a table{{% endcomment %}}\n#### B\n", 0),
        ("articles/a.md", "{# kb allow file: heading because of a table}\n## A\n\n#### B\n", 0),
    ],
)  # fmt: skip
def test_a_problem_can_be_allowed_with_a_reason(
    base: Base, kb: Run, path: str, text: str, left: int
) -> None:
    head = "---\ntitle: A\n---"
    text = text.replace("{{%", "{%").replace("%}}", "%}").replace("{}", head)
    text = text.replace(
        "{# kb allow file: heading because of a table}",
        "---\ntitle: A\n# kb allow file: heading because of a table\n---",
    )
    base.write(path, text)
    done = kb("check")
    assert done.out.count("[heading]") == left
    assert ("1 allowed because of a table" in done.err) is not bool(left)


def test_what_is_counted_is_what_was_asked_for(base: Base, kb: Run) -> None:
    base.write("kb.toml", '[check.allow]\nheading = "imported pages are so"')
    for name in ("a", "a.ja", "b", "c/d"):
        base.write(f"articles/{name}.md", "---\ntitle: A\n---\n## A\n\n#### B\n")
    base.write("macros/_parts/p.md", "x")
    for paths, entries, allowed in (
        ((), "4 entries", 4),
        (("kb/articles/a.md",), "1 entry", 1),
        (("kb/articles/c",), "1 entry", 1),
        (("kb/articles/a.md", "kb/articles/a.ja.md"), "2 entries", 2),
        (("kb/macros",), "0 entries", 0),
    ):
        told = kb("check", *paths).err.splitlines()
        if told[0].startswith("Translations are not compared"):  # there is no Git repository
            del told[0]
        assert told[0].strip().startswith(f"Checked {entries}: 0 errors"), paths
        reasons = [f"{allowed} allowed because imported pages are so"] * bool(allowed)
        assert [line.strip() for line in told[1:]] == reasons


def test_a_rule_can_be_allowed_everywhere(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n## A\n\n#### B\n")
    base.write("kb.toml", '[check.allow]\nheading = "imported pages are so"')
    assert "[heading]" not in kb("check").out
    assert "1 allowed because imported pages are so" in kb("check").err
    base.write("kb.toml", '[check.allow]\nheading = ""')
    assert "must be a table of texts" in kb("check").out


def test_an_allowance_ends_where_its_comment_ends() -> None:
    assert [item.reason for item in suppressions_in("<!-- kb allow: a because x y --> z")] == [
        "x y"
    ]


def test_only_the_files_that_were_named_are_told_of(base: Base, kb: Run) -> None:
    for name in ("a", "b", "sub/c"):
        base.write(f"articles/{name}.md", "---\ntitle: A page\n---\n[b](nowhere.md)")
    assert kb("check", "kb/articles/a.md").out.count("[link]") == 1
    assert kb("check", "kb/articles/sub", "kb/articles/b.md").out.count("[link]") == 2
    assert kb("check", ".").out.count("[link]") == 3
    assert kb("check", "kb/articles/nothing.md").code == 2
    assert kb("check", "/").code == 2


def test_only_what_has_changed_is_told_of(base: Base, kb: Run) -> None:
    assert "not in a Git repository" in kb("check", "--since", "main").err
    base.git("init", "-b", "main")
    fault = "---\ntitle: {}\n---\n[b](nowhere.md)"
    for name in ("old", "edited", "日本語"):
        base.write(f"articles/{name}.md", fault.format(name))
    base.git("add", ".")
    base.git("commit", "-m", "a")
    base.write("articles/edited.md", fault.format("Edited"))
    base.write("articles/new.md", fault.format("New"))
    base.write("articles/日本語.md", fault.format("日本"))
    told = {
        line.split(":")[0]
        for line in kb("check", "--since", "main").out.splitlines()
        if "[link]" in line
    }
    assert told == {"kb/articles/edited.md", "kb/articles/new.md", "kb/articles/日本語.md"}
    assert kb("check", "--since", "main", "kb/articles/new.md").out.count("[link]") == 1
    assert kb("check", "--since", "--upload-pack=x").code == 1
    assert "no history in common with nothing" in kb("check", "--since", "nothing").err


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_is_explained(kb: Run, rule: Rule) -> None:
    done = kb("check", "--explain", rule.code)
    assert done.code == 0
    assert rule.why in done.out
    assert "Wrong: kb/" in done.out


def test_a_rule_that_is_not_there_is_told(kb: Run) -> None:
    assert "Did you mean heading?" in kb("check", "--explain", "headings").err


def test_a_shortcut_belongs_to_one_macro_and_its_variants(base: Base) -> None:
    for path in ("a.md", "a.ja.md", "b.md"):
        base.write(f"macros/{path}", f"---\ntitle: {path}\nshortcut: ;a\n---\n")
    assert {path for path, _, code in _problems(base) if code == "shortcut"} == {
        "macros/a.md",
        "macros/a.ja.md",
        "macros/b.md",
    }


def test_the_guide_leads_to_each_rule() -> None:
    for language in _rule_pages().languages():
        guide = language.guide.read_text("utf-8")
        assert guide == language.listed(guide)
        assert all(f"[{rule.code}](../rules/{rule.code}.md)" in guide for rule in RULES)


def test_each_rule_has_its_page_in_both_languages() -> None:
    folder = ARTICLES / "rules"
    pages_there = (path for path in folder.glob("*.md") if not path.name.startswith("index."))
    written = {path.name: path.read_text("utf-8") for path in pages_there}
    assert written == dict(_rule_pages().pages())
    assert {*written} == {f"{rule.code}{end}" for rule in RULES for end in (".md", ".ja.md")}


def _rule_pages() -> Any:  # noqa: ANN401 - a script
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / ".ci" / "rule_pages.py")
    assert spec
    assert spec.loader
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    return pages


@pytest.mark.parametrize("other", [";REFUND", "；refund", ";ｒｅｆｕｎｄ"])
def test_shortcuts_that_are_typed_alike_are_one(base: Base, other: str) -> None:
    base.write("macros/a.md", "---\ntitle: A\nshortcut: ;refund\n---\nx")
    base.write("macros/b.md", f"---\ntitle: B\nshortcut: {other}\n---\ny")
    lines = [(path, line) for path, line, code in _problems(base) if code == "shortcut"]
    assert lines == [("macros/a.md", 3), ("macros/b.md", 3)]


def test_a_tag_beside_the_list_is_told_with_the_one_that_is_near(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\ntags: [Billing, networks, zebra]\n---\nx\n")
    assert "[tag]" not in kb("check").out
    base.write("kb.toml", '[check]\ntags = ["billing", "network"]\n')
    out = kb("check").out
    assert out.count("[tag]") == 2
    assert "kb/articles/a.md:3: warning: the tag networks is not on the team's list [tag]" in out
    assert "Did you mean network?" in out
    assert "Add it to check.tags of kb.toml." in out
