from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.utils.meta import get_data
from tests.conftest import Base

from cannery.errors import ContentError
from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.stage import render_stage
from cannery.site.tree import refuse_foreign, update_folder


def _stage(base: Base, target: Path, audience: Audience) -> list[str]:
    """Stage, and tell the pages; those that only lead to others by their folder alone."""
    refuse_foreign(target)
    update_folder(target, audience, render_stage(view_for(base.workspace, audience)).files)
    return sorted(str(path.relative_to(target)) for path in target.rglob("*.md"))


@pytest.fixture
def mixed(base: Base) -> Base:
    base.write("articles/net/open.md", "---\ntitle: 'Open: \"x\"'\naudience: public\n---\nBody")
    base.write("articles/net/open.ja.md", "---\naudience: public\n---\n# 公開")
    base.write("articles/net/secret.md", "---\ntitle: Secret\n---\nhush")
    base.write("articles/net/draft.md", "---\naudience: public\nstatus: draft\n---\n")
    base.write("articles/net/broken.md", "---\naudience: public\ntitle: a: b\n---\n")
    base.write("macros/m.md", "---\naudience: public\n---\nx")
    base.write("index.md", "# Front")
    return base


def test_only_public_published_articles_reach_a_public_site(mixed: Base, tmp_path: Path) -> None:
    target = tmp_path / "site"
    lists = ("articles/index.md", "articles/net/index.md", "changes.md", "index.md")
    assert _stage(mixed, target, Audience.PUBLIC) == sorted(
        ["articles/net/open.md", *lists]
        + [f"ja/{name}" for name in ("articles/net/open.md", *lists)]
    )
    assert "hush" not in "".join(path.read_text() for path in target.rglob("*.md"))
    page = (target / "articles/net/open.md").read_text()
    assert page.startswith('---\ntitle: "Open: \\"x\\""\nkb: {"lang": "en", ')
    assert page.endswith("}\n---\n\nBody\n")


def test_links_lead_to_the_page_in_the_readers_language(base: Base, tmp_path: Path) -> None:
    public = "---\ntitle: T\naudience: public\n---\n"
    base.write("articles/a.md", f"{public}[b](net/b.md#x) and [there][1]\n\n[1]: net/b.md\n")
    base.write("articles/a.ja.md", f"{public}[b](net/b.md#x)\n")
    base.write("articles/net/b.md", f"{public}## x\n![m](../../img/m.png)")
    base.write("articles/net/b.ja.md", f"{public}## x\n")
    base.write("articles/c.ja.md", f"{public}[only English](net/d.md)\n")
    base.write("articles/net/d.md", public)
    base.write("img/m.png", b"\x89PNG")
    base.write("img/unused.png", b"\x89PNG")
    target = tmp_path / "site"
    _stage(base, target, Audience.PUBLIC)
    read = {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*.*")}
    assert b"[b](net/b.md#x) and [there][1]\n\n[1]: net/b.md" in read["articles/a.md"]
    assert b"[b](net/b.md#x)" in read["ja/articles/a.md"]
    assert b"[only English](../../articles/net/d.md)" in read["ja/articles/c.md"]
    assert b"![m](../../img/m.png)" in read["articles/net/b.md"]
    assert "img/m.png" in read
    assert "img/unused.png" not in read


def test_comments_are_for_authors_and_code_is_for_readers(base: Base, tmp_path: Path) -> None:
    body = (
        "a <!-- hush\nhush --> b\n\n`<!-- shown -->`\n\n```\n<!-- shown too -->\n```\n\n<!-- hush"
    )
    base.write("articles/a.md", f"---\ntitle: T\naudience: public\n---\n{body}")
    _stage(base, tmp_path / "site", Audience.PUBLIC)
    page = (tmp_path / "site/articles/a.md").read_text()
    assert "hush" not in page
    assert page.partition("\n---\n")[2].count("shown") == 2


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        (
            "articles/open.md",
            "x\n\n[s](secret.md)",
            "open.md:8: a public article links to an internal article: articles/secret.md",
        ),
        ("articles/open.md", "[s](draft.md)", "the link draft.md leads to a draft article [link]"),
        (
            "articles/open.md",
            "[s](../macros/m.md)",
            "a public article links to a macro: macros/m.md [leak]",
        ),
        ("articles/open.md", "[s](gone.md)", "broken link: gone.md [link]"),
        ("articles/open.md", "![s](../../outside.png)", "outside.png is outside kb/ [image]"),
        ("articles/open.md", "![s](../.hidden.png)", ".hidden.png has a name with a dot before it"),
        ("articles/open.md", "[s](../page.html)", "page.html: .html files are not published"),
        ("articles/open.md", "![s](../evil.svg)", "an SVG file with a script"),
        ("articles/open.md", "![s](../link.png)", "a symbolic link"),
        ("articles/open.md", "![s](../none.png)", "image not found: none.png"),
    ],
)
def test_what_must_not_be_on_a_site_is_an_error_that_names_both(
    base: Base, tmp_path: Path, path: str, body: str, said: str
) -> None:
    base.write(path, f"---\ntitle: Open\naudience: public\n---\n\n{body}\n")
    base.write("articles/secret.md", "---\ntitle: Secret\n---\n")
    base.write("articles/draft.md", "---\naudience: public\nstatus: draft\n---\n")
    base.write("macros/m.md", "---\ntitle: M\n---\nx")
    base.write("page.html", "<script>")
    base.write("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    (base.root / "outside.png").write_bytes(b"x")
    base.write(".hidden.png", b"x")
    (base.root / "kb/link.png").symlink_to("/etc/hostname")
    with pytest.raises(ContentError) as error:
        _stage(base, tmp_path / "site", Audience.PUBLIC)
    assert said in error.value.message
    assert "kb/articles/open.md:" in error.value.message
    assert not (tmp_path / "site").exists()


def test_an_internal_site_has_internal_articles_and_macros(mixed: Base, tmp_path: Path) -> None:
    pages = _stage(mixed, tmp_path / "site", Audience.INTERNAL)
    assert "articles/net/secret.md" in pages
    assert "macros/m.md" in pages
    assert not [page for page in pages if "draft" in page]


def test_a_page_that_became_internal_leaves_the_site(mixed: Base, tmp_path: Path) -> None:
    target = tmp_path / "site"
    _stage(mixed, target, Audience.INTERNAL)
    assert "articles/net/secret.md" not in _stage(mixed, target, Audience.PUBLIC)


def test_a_stage_is_written_through_no_link(mixed: Base, tmp_path: Path) -> None:
    _stage(mixed, tmp_path / "site", Audience.PUBLIC)
    outside = tmp_path / "outside.md"
    outside.write_text("mine\n")
    page = tmp_path / "site/articles/net/open.md"
    page.unlink()
    page.symlink_to(outside)
    _stage(mixed, tmp_path / "site", Audience.PUBLIC)
    assert outside.read_text() == "mine\n"
    assert "Body" in page.read_text()
    assert not page.is_symlink()


def test_a_folder_with_other_files_is_left_alone(mixed: Base, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ContentError):
        _stage(mixed, tmp_path, Audience.PUBLIC)
    assert (tmp_path / "mine.txt").exists()


SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


@pytest.mark.parametrize(
    "drawing",
    [
        SVG.format("<script>1</script>"),
        SVG.format("<script>1</script>").encode("utf-16"),
        '<?xml version="1.0" encoding="utf-7"?>' + SVG.format("+ADw-script+AD4-1"),
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>1</s:script></s:svg>',
        SVG.format('<g onload="alert(1)"/>'),
        SVG.format('<g\nonload="alert(1)"/>'),
        SVG.format('<a href="java&#115;cript:alert(1)">x</a>'),
        SVG.format('<a href="java&#10;script:alert(1)">x</a>'),
        SVG.format('<use href="data:text/html,x"/>'),
        SVG.format('<animateTransform attributeName="href"/>'),
        '<?xml-stylesheet href="evil.xsl"?>' + SVG.format(""),
        '<!DOCTYPE svg [<!ENTITY x "y">]>' + SVG.format("&x;"),
        SVG.format("<foreignObject/>"),
    ],
)
def test_a_drawing_that_runs_something_is_refused(
    base: Base, tmp_path: Path, drawing: str | bytes
) -> None:
    base.write("articles/a.md", "---\ntitle: T\naudience: public\n---\n![x](../a.svg)\n")
    base.write("a.svg", drawing)
    with pytest.raises(ContentError, match="an SVG file"):
        _stage(base, tmp_path / "site", Audience.PUBLIC)


def test_a_drawing_that_only_draws_is_served(base: Base, tmp_path: Path) -> None:
    base.write("articles/a.md", "---\ntitle: T\naudience: public\n---\n![x](../a.svg)\n")
    base.write("a.svg", '<?xml version="1.0" encoding="UTF-8"?>' + SVG.format('<path d="M0 0"/>'))
    _stage(base, tmp_path / "site", Audience.PUBLIC)
    assert (tmp_path / "site/a.svg").exists()


def test_tags_of_any_kind_have_a_page(base: Base, tmp_path: Path) -> None:
    tags = ["index", "README", "../../x", "日本 語", "a/b", "x" * 300, "...", "<b>"]
    base.write("articles/a.md", f"---\ntitle: T\naudience: public\ntags: {tags}\n---\nx\n")
    pages = _stage(base, tmp_path / "site", Audience.PUBLIC)
    found = [page.removeprefix("tags/") for page in pages if page.startswith("tags/")]
    assert sorted(found) == sorted([
        "index.md", "index-.md", "readme-.md", "x.md", "日本-語.md", "a-b.md", f"{'x' * 60}.md", "tag.md", "b.md",
    ])  # fmt: skip


def test_letters_that_yaml_has_no_place_for_do_no_harm(base: Base, tmp_path: Path) -> None:
    title = "a\\u2028b\\x85c\\ufeffd\\U0001f600"
    base.write("articles/a.md", f'---\ntitle: "{title}"\naudience: public\n---\nx\n')
    _stage(base, tmp_path / "site", Audience.PUBLIC)
    _, data = get_data((tmp_path / "site/articles/a.md").read_text("utf-8"))
    assert data["title"] == "a\u2028bc\ufeffd\U0001f600", "but for one that steers"


def test_two_articles_at_one_address_are_an_error(base: Base, tmp_path: Path) -> None:
    base.write("articles/net/index.md", "---\ntitle: A\naudience: public\n---\nx\n")
    base.write("articles/net/README.md", "---\ntitle: B\naudience: public\n---\nx\n")
    with pytest.raises(ContentError) as error:
        _stage(base, tmp_path / "site", Audience.PUBLIC)
    assert (
        "kb/articles/net/index.md: its page has the same address as that of kb/"
        in error.value.message
    )


def test_an_article_beside_a_folder_of_its_name_is_the_page_of_the_section(
    base: Base, tmp_path: Path
) -> None:
    head = "---\ntitle: {}\naudience: public\n---\n{}\n"
    base.write("articles/net.md", head.format("The network", "About [a](net/a.md)"))
    base.write("articles/net/a.md", head.format("A", "[up](../net.md)"))
    base.write("macros/m.md", "---\ntitle: M\n---\nx")
    base.write("macros/m/n.md", "---\ntitle: N\n---\nx")
    target = tmp_path / "site"
    pages = _stage(base, target, Audience.INTERNAL)
    assert [page for page in pages if page.startswith(("articles/net", "macros/m"))] == [
        "articles/net/a.md", "articles/net/index.md", "macros/m.md", "macros/m/n.md",
    ]  # fmt: skip
    page = (target / "articles/net/index.md").read_text()
    assert 'title: "The network"' in page
    assert '"groups": [["", [["A", "articles/net/a/"' in page
    assert page.endswith("About [a](a.md)\n")
    assert "[up](index.md)" in (target / "articles/net/a.md").read_text()


@pytest.mark.parametrize("how", ["<!-- kb allow: link because it comes -->", "severity"])
def test_what_the_team_lets_pass_is_a_hole_and_leads_nowhere(
    base: Base, tmp_path: Path, how: str
) -> None:
    if how == "severity":
        base.write("kb.toml", '[check.severity]\nlink = "warning"\nleak = "warning"\n')
    base.write("articles/secret.md", "---\ntitle: Secret\n---\n")
    body = f"[x](gone.html#a) {how.replace('link', 'link, leak')}\n[y][s] ![z](a.png)\n\n[s]: secret.md\n"
    base.write("articles/open.md", f"---\ntitle: Open\naudience: public\n---\n{body}")
    base.write("articles/a.png", b"x")
    _stage(base, tmp_path / "site", Audience.PUBLIC)
    page = (tmp_path / "site/articles/open.md").read_text()
    body = page.partition("\n---\n")[2].replace("severity", "")
    assert body.split() == ["[x](#kb-hole#a)", "[y][s]", "![z](a.png)", "[s]:", "#kb-hole"]
    assert "secret" not in page


def test_a_section_has_the_title_and_text_of_its_own_page(base: Base, tmp_path: Path) -> None:
    base.write(
        "articles/net/index.md", "---\ntitle: The network\naudience: public\n---\nAbout [a](a.md)\n"
    )
    base.write(
        "articles/net/index.ja.md", "---\ntitle: ネットワーク\naudience: public\n---\n説明\n"
    )
    base.write("articles/net/a.md", "---\ntitle: A\naudience: public\n---\n[up](index.md)\n")
    _stage(base, tmp_path / "site", Audience.PUBLIC)
    page = (tmp_path / "site/articles/net/index.md").read_text()
    assert 'title: "The network"' in page
    assert page.endswith("About [a](a.md)\n")
    assert "[up](index.md)" in (tmp_path / "site/articles/net/a.md").read_text()
    japanese = (tmp_path / "site/ja/articles/net/index.md").read_text()
    assert 'title: "ネットワーク"' in japanese
    assert '["A", "articles/net/a/", "", "English", ' in japanese, "what is not there yet says so"


def test_what_stands_around_an_article(base: Base, tmp_path: Path) -> None:
    named = 'site_url = "https://h"\nrepository = "https://github.com/acme/kb"\n'
    base.write("kb.toml", named)
    head = "title: A\naudience: {}\nowner: net-team\nreviewed: 2026-01-02\nrelated: [articles/b, articles/c]\n"
    base.write("articles/a.md", f"---\n{head.format('public')}---\nx\n")
    base.write("articles/b.md", "---\ntitle: Open\naudience: public\n---\nx\n")
    base.write("articles/c.md", "---\ntitle: Hidden\n---\nx\n")
    base.git("init", "-q", "-b", "main")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "x", "--date", "2026-03-04T12:00:00Z")
    for audience in Audience:
        target = tmp_path / audience.value
        _stage(base, target, audience)
        _, data = get_data((target / "articles/a.md").read_text("utf-8"))
        kb = data["kb"]
        names = ["A"] if audience is Audience.INTERNAL else None
        assert kb.get("people") == names
        assert kb.get("owner") == (names and "net-team")
        assert kb["vouched"] == ["2026-01-02", "2 January 2026"]
        assert ("due" in kb) == (audience is Audience.INTERNAL)
        assert [title for title, _ in kb["related"]] == (
            ["Open"] if audience is Audience.PUBLIC else ["Open", "Hidden"]
        )
        assert kb["edit"] == "https://github.com/acme/kb/edit/main/kb/articles/a.md"
        assert kb["history"] == "https://github.com/acme/kb/commits/main/kb/articles/a.md"
        assert kb["variants"] == [["en", "English", "articles/a/"]]
    base.write("kb.toml", f"{named}[site]\npublic_authors = true\n")
    _stage(base, tmp_path / "public", Audience.PUBLIC)
    _, data = get_data((tmp_path / "public/articles/a.md").read_text("utf-8"))
    assert (data["kb"]["people"], data["kb"]["owner"]) == (["A"], "net-team")
