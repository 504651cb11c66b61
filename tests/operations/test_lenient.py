"""A build that leaves out what can't be on the site: it tells of it, and still publishes nothing internal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.conftest import Base, Run

from cannery.errors import CanneryError, ContentError
from cannery.model.entry import Audience
from cannery.operations.build_site import BuiltSite, Mode, build_site
from cannery.operations.check import check

CONFIG = Path(__file__).parents[2] / "tool/cannery/starter/files/mkdocs.yml"
HEAD = "---\ntitle: {}\naudience: public\n---\n"


def _build(base: Base, *, lenient: bool) -> BuiltSite:
    return build_site(base.workspace, Audience.PUBLIC, None, mode=Mode(lenient=lenient))


@pytest.fixture
def damaged(base: Base) -> Base:
    """A knowledge base with one of each kind of fault, and a page without any."""
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("articles/sound.md", HEAD.format("Sound") + "Nothing is [wrong](more.md) here.\n")
    base.write(
        "articles/more.md",
        HEAD.format("More").replace("---\nt", "---\nredirect_from: [articles/sound]\nt")
        + "[gone](gone.md) [host](apps.example.com) ![shot](shot.png)\n"
        + "[page](more.html#a) [all](../articles/)\n\n<script>alert(1)</script>\n",
    )
    base.write("articles/net/index.md", HEAD.format("One"))
    base.write("articles/net/README.md", HEAD.format("Two"))
    base.write("articles/draft.md", "---\ntitle: Bluewhale\nstatus: draft\n---\n")
    base.write(
        "articles/to-draft.md", HEAD.format("To") + "[next](draft.md)\n".replace("draft", "d2")
    )
    base.write("articles/d2.md", HEAD.format("Later").replace("---\nt", "---\nstatus: draft\nt"))
    return base


def test_a_strict_build_tells_all_at_once_just_what_a_check_tells(damaged: Base) -> None:
    wanted = {
        f"{item.path}:{item.line}" if item.line else item.path
        for item in check(damaged.workspace).problems
        if item.severity == "error"
    }
    with pytest.raises(ContentError) as caught:
        _build(damaged, lenient=False)
    told = [line for line in caught.value.message.split("\n") if line.startswith("kb/")]
    assert {line.partition(": ")[0] for line in told} == wanted
    assert len(told) == 9
    assert "kb site build --lenient" in caught.value.hint


def test_a_lenient_build_marks_its_holes_and_lists_them(damaged: Base) -> None:
    built = _build(damaged, lenient=True)
    codes = sorted(item.code for item in built.problems)
    assert codes == ["active", "image", *["link"] * 5, "place", "redirect"]
    assert {item.severity for item in built.problems} == {"warning"}
    assert built.warnings == ()
    page = BeautifulSoup((built.folder / "articles/more/index.html").read_text(), "html.parser")
    (article,) = page.select("article")
    holes = [hole.text for hole in page.select("article span.kb-hole[title]")]
    assert holes == ["gone", "host", "shot", "page", "all"]
    assert "<script>alert(1)</script>" in article.text
    assert not [tag for tag in page.select("script:not([type])") if "alert" in tag.text]
    assert page.select("article a[href*='gone'], article img") == []
    sound = (built.folder / "articles/sound/index.html").read_text()
    assert "kb-hole" not in sound
    assert 'href="../more/"' in sound


@pytest.mark.parametrize("spoilt", ["title: a: b", "<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b"])
def test_one_spoilt_page_keeps_only_itself_from_the_site(base: Base, spoilt: str) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("articles/spoilt.md", HEAD.format("Spoilt").replace("---\nt", f"---\n{spoilt}\nt"))
    base.write("articles/a.md", HEAD.format("A") + "[x](spoilt.md)\n")
    errors = [item for item in check(base.workspace).problems if item.severity == "error"]
    assert [item.code for item in errors if item.path == "kb/articles/a.md"] == ["link"]
    with pytest.raises(ContentError, match=r"a\.md:5: the front matter of articles/spoilt\.md"):
        _build(base, lenient=False)
    built = _build(base, lenient=True)
    page = (built.folder / "articles/a/index.html").read_text()
    assert '<span class="kb-hole"' in page
    assert "spoilt" not in page
    assert not (built.folder / "articles/spoilt").exists()


NEW_RULES = {
    "conflict": {"articles/x.md": HEAD.format("X") + "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n"},
    "file-name": {"articles/aux.md": HEAD.format("X")},
    "file-name, twins": {"articles/Q.md": HEAD.format("X"), "articles/q.md": HEAD.format("Y")},
    "file-name, path": {f"articles/{'a' * 120}/{'b' * 120}.md": HEAD.format("X")},
    "redirect": {
        "articles/x.md": HEAD.format("X").replace("---\nt", "---\nredirect_from: [articles/y]\nt"),
        "articles/y.md": HEAD.format("Y"),
    },
    "no-effect": {"articles/x.md": HEAD.format("X").replace("---\nt", "---\nreview_every: 9d\nt")},
}


@pytest.mark.parametrize("rule", NEW_RULES)
def test_what_a_check_finds_by_a_new_rule_the_build_tells_too(base: Base, rule: str) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    for path, text in NEW_RULES[rule].items():
        base.write(path, text)
    found = [
        item for item in check(base.workspace).problems if item.code not in {"same-title", "mkdocs"}
    ]
    assert {item.code for item in found} == {rule.partition(",")[0]}
    told = _build(base, lenient=True).problems
    assert [item[:5] for item in told] == [item[:5] for item in found]
    if rule in ("conflict", "redirect"):
        with pytest.raises(ContentError):
            _build(base, lenient=False)
    else:
        assert _build(base, lenient=False).problems == told


def test_what_is_left_out_is_told_again_by_the_next_build(damaged: Base) -> None:
    first = _build(damaged, lenient=True)
    again = _build(damaged, lenient=True)
    assert again.rebuilt == 0
    assert again.problems == first.problems
    with pytest.raises(ContentError):
        _build(damaged, lenient=False)


def test_a_builder_s_warning_is_listed_and_stops_only_a_strict_build(base: Base) -> None:
    (base.root / "mkdocs.yml").write_text(
        CONFIG.read_text() + "validation: {links: {absolute_links: warn}}\n"
    )
    base.write("articles/a.md", HEAD.format("A") + "[x](/elsewhere/)\n")
    for _ in range(2):  # what was warned of is not taken for built
        (warning,) = _build(base, lenient=True).warnings
        assert "/elsewhere/" in warning
        with pytest.raises(CanneryError, match="/elsewhere/"):
            _build(base, lenient=False)


INSIDE = "---\ntitle: Bluewhale migration\n---\nThe Bluewhale pricing is confidential-zanzibar.\n"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("articles/a.md", HEAD.format("A") + "[x](bluewhale.md)\n", "[leak]"),
        ("articles/a.md", HEAD.format("A") + "![x](bluewhale.md)\n", "[leak]"),
        ("articles/a.md", HEAD.format("A") + "[x](bluewhale/)\n", "[leak]"),
        ("articles/a.md", HEAD.format("A") + "[x]\n\n[x]: <./bluewhale.md#pricing>\n", "[leak]"),
        ("articles/a.md", HEAD.format("A") + "[x](../macros/bluewhale.md)\n", "[leak]"),
        ("articles/a.md", HEAD.format("A") + "[x](../macros/_parts/bluewhale.md)\n", "[leak]"),
        ("index.md", "# Front\n\n[x](articles/bluewhale.md)\n", "[leak]"),
    ],
)
def test_nothing_internal_is_published_however_lenient(
    base: Base, path: str, text: str, said: str
) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    for name in ("articles/bluewhale.md", "macros/bluewhale.md", "macros/_parts/bluewhale.md"):
        base.write(name, INSIDE)
    base.write("articles/open.md", HEAD.format("An open page") + "All may read this.\n")
    base.write(path, text)
    for lenient in (False, True):
        with pytest.raises(CanneryError) as caught:
            _build(base, lenient=lenient)
        assert said in caught.value.message


@pytest.mark.parametrize("how", ["asset", "redirect", "comment", "allowed"])
def test_what_only_names_something_internal_leaves_no_trace_of_it(base: Base, how: str) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("articles/bluewhale.md", INSIDE)
    base.write("articles/open.md", HEAD.format("An open page") + "All may read this.\n")
    bodies = {
        "asset": "![x](bluewhale.png)",
        "redirect": "x",
        "comment": "<!-- [x](bluewhale.md) -->",
        "allowed": "[x](bluewhale.md) <!-- kb allow: leak because it is told by hand -->",
    }
    head = HEAD.format("A")
    if how == "redirect":
        head = head.replace("---\nt", "---\nredirect_from: [articles/bluewhale]\nt")
    base.write("articles/a.md", f"{head}{bodies[how]}\n")
    built = _build(base, lenient=True)
    assert [item.code for item in built.problems] == {
        "asset": ["image"], "redirect": ["redirect"]
    }.get(how, [])  # fmt: skip
    for file in built.folder.rglob("*"):
        assert "bluewhale" not in file.name
        if file.is_file():
            assert b"bluewhale" not in file.read_bytes().lower(), file


def test_a_synonym_whose_parts_alone_are_public_neither_stops_a_build_nor_is_told(
    base: Base,
) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("kb.toml", 'languages = ["en", "ja"]\ndefault_language = "ja"\n')
    base.write("articles/a.md", HEAD.format("印刷") + "請求。求書。書発。発行。請求書。\n")
    base.write("articles/b.md", "---\ntitle: 社内\n---\n請求書発行\n")
    base.write("synonyms.yml", "- [印刷, 請求書発行, bluewhale]\n- [印刷, 請求書]\n")
    built = _build(base, lenient=False)
    index = (built.folder / "assets/search/root.json").read_text()
    told = json.loads(index)["synonyms"]
    assert "請求書" in str(told)
    assert "請求書発行" not in str(told)


def test_the_command_lists_what_is_missing_and_ends_with_nought(damaged: Base, kb: Run) -> None:
    done = kb("site", "build", "--lenient")
    assert done.code == 0
    assert "kb/articles/more.md:6: warning: broken link: gone.md [link]" in done.out
    assert "9 warnings, listed above." in done.err
    listed = kb("site", "build", "--lenient", "--json")
    assert listed.code == 0
    assert listed.out.count('"code": ') == 9
    assert kb("site", "build").code == 1
    staged = kb("stage", ".staged", "--lenient")
    assert staged.code == 0
    assert "broken link: gone.md" in staged.out


UNDECIDED = "Before.\n\n<<<<<<< a\nOurside [x](o.pdf)\n=======\nTheirside\n>>>>>>> b\n\nAfter.\n"


def _texts(folder: Path) -> str:
    return "\n".join(
        path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".html", ".json")
    )


def test_neither_side_of_a_conflict_is_on_a_lenient_site(base: Base) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("articles/x.md", HEAD.format("X") + UNDECIDED)
    base.write("articles/o.pdf", "%PDF-1.4\n")
    built = _build(base, lenient=True)
    page = BeautifulSoup((built.folder / "articles/x/index.html").read_text(), "html.parser")
    told = [item.text for item in page.select("article p")]
    assert told[:3] == ["Before.", "This part is being edited.", "After."]
    said = _texts(built.folder)
    assert "Ourside" not in said
    assert "Theirside" not in said
    assert not (built.folder / "articles/o.pdf").exists()


def test_a_page_has_no_title_from_a_conflict(base: Base) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    body = UNDECIDED.replace("Ourside [x](o.pdf)", "# Ourside") + "\n# Decided\n"
    base.write("articles/x.md", "---\naudience: public\n---\n" + body)
    said = _texts(_build(base, lenient=True).folder)
    assert "<h1>Decided</h1>" in said
    assert "Ourside" not in said


def test_a_conflict_that_is_allowed_is_shown(base: Base) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    allow = "<!-- kb allow file: conflict because it is an example -->\n\n"
    base.write("articles/x.md", HEAD.format("X") + allow + UNDECIDED.replace("[x](o.pdf)", ""))
    page = (_build(base, lenient=False).folder / "articles/x/index.html").read_text()
    assert "Ourside" in page
    assert "Theirside" in page
