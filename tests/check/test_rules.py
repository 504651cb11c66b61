from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.check.rules import Checked, run
from cannery.content.library import load_each, shelve
from cannery.content.links import article_url


def _problems(base: Base) -> list[tuple[str, int, str]]:
    found = base.scan()
    shelf = shelve(load_each(base.workspace, found.stamps), found.problems)
    lookup = article_url(base.workspace, found, "en")
    return [
        (item.path.removeprefix("kb/"), item.line, item.code)
        for item in run(Checked(base.workspace, found, shelf, lookup))
    ]


def test_good_content_has_no_problems(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\nrelated: [macros/m]\n---\n[b](../articles/b.md#x)")
    base.write("articles/b.md", "---\ntitle: B\n---\n[web](https://e.com/x.md)")
    base.write("macros/m.md", '---\ntitle: M\nsubject: "{{ n }}"\nfields:\n- name: n\n---\n{{ o }}')
    assert _problems(base) == []


@pytest.mark.parametrize(
    ("path", "text", "line", "code"),
    [
        ("articles/a.md", "---\ntitle: [\n---\n", 3, "front-matter"),
        ("articles/a.md", b"---\ntitle: A\n---\n\xff", 4, "encoding"),
        ("articles/a.md", "---\ntitle: A\nstatus: done\n---\n", 3, "header"),
        ("articles/a.md", "# A", 1, "title"),
        ("articles/a.md", "---\ntitle: A\nrelated: [x]\n---\n", 3, "related"),
        ("articles/a.md", "---\ntitle: A\n---\nx\n\n[b](b.md)", 6, "link"),
        ("macros/a.md", "---\ntitle: A\nfields:\n- name: x\n---\ny", 3, "unused-field"),
        ("macros/a.md", "---\ntitle: A\n---\n\n{% frob %}", 5, "template"),
        ("synonyms.yml", "- [a, b]\n- [c\n", 3, "synonyms"),
        ("synonyms.yml", "- a\n", 1, "synonyms"),
        ("synonyms.yml", "a: b\n", 1, "synonyms"),
        ("synonyms.yml", b"- [\xff]", 1, "synonyms"),
        ("macros/a.md", "---\ntitle: A\nsubject: '{{'\n---\nx", 3, "template"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    base: Base, path: str, text: str | bytes, line: int, code: str
) -> None:
    base.write(path, text)
    assert (path, line, code) in _problems(base)


def test_two_files_for_one_entry_are_told(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n")
    base.write("articles/a.mdx", "---\ntitle: A\n---\n")
    assert _problems(base) == [("articles/a.mdx", 0, "twin")]


def test_a_shortcut_belongs_to_one_macro_and_its_variants(base: Base) -> None:
    for path in ("a.md", "a.ja.md", "b.md"):
        base.write(f"macros/{path}", "---\ntitle: A\nshortcut: ;a\n---\n")
    assert {path for path, _, code in _problems(base) if code == "shortcut"} == {
        "macros/a.md",
        "macros/a.ja.md",
        "macros/b.md",
    }
