"""Exports of wikis and help centers: pages that are no Markdown yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannery.adopt.kind import Converted
from cannery.adopt.survey import survey
from cannery.adopt.table import KINDS
from cannery.adopt.tree import read_tree
from cannery.errors import ContentError

_PAGE = "<page><title>{}</title><ns>{}</ns>{}<revision><text>old</text></revision><revision><text>{}</text></revision></page>"
_EXPORT = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo>'
    "<base>https://wiki.example.com/wiki/Main_Page</base>"
    '<namespaces><namespace key="14">Rubrik</namespace></namespaces></siteinfo>{}</mediawiki>'
)


def _page(title: str, text: str, namespace: int = 0, redirect: str = "") -> str:
    return _PAGE.format(
        title, namespace, f'<redirect title="{redirect}" />' if redirect else "", text
    )


def _converted(root: Path, files: dict[str, str]) -> dict[str, Converted]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    tree = read_tree(root)
    kind = KINDS[survey(tree).kind]
    return {page.path: kind.convert(page) for page in kind.pages(tree, kind.layout(tree))}


def test_a_mediawiki_export_has_one_page_an_article(tmp_path: Path) -> None:
    pages = (
        _page("Install", "Get [[Old name|it]] and [[Install/ja]].\n[[Rubrik:How to]]"),
        _page("Install/ja", "[[Install|英語]]"),
        _page("The tool", "a"),
        _page("Old name", "#REDIRECT [[The tool]]", redirect="The tool"),
        _page("Talk:Install", "chat", namespace=1),
    )
    made = _converted(tmp_path, {"export.xml": _EXPORT.format("".join(pages))})
    assert {path: page.text for path, page in made.items()} == {
        "Install.md": "---\ntitle: Install\ntags:\n- How to\nredirect_from:\n- /wiki/Install\n---\n\n"
        "Get [it](The-tool.md) and [Install/ja](Install.ja.md).\n",
        "Install.ja.md": "---\ntitle: Install\nredirect_from:\n- /wiki/Install/ja\n---\n\n[英語](Install.md)\n",
        "The-tool.md": "---\ntitle: The tool\nredirect_from:\n- /wiki/The_tool\n- /wiki/Old_name\n---\n\na\n",
    }


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "/etc/passwd", "..", "a\\b:c", "CON", "x" * 500]
)
def test_a_title_leads_out_of_nowhere(title: str, tmp_path: Path) -> None:
    [path] = _converted(tmp_path, {"export.xml": _EXPORT.format(_page(title, "a"))})
    pieces = path.split("/")
    assert all(piece not in {"", ".", ".."} and len(piece) < 100 for piece in pieces)
    assert not path.lower().startswith("con.")


def test_an_export_with_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><mediawiki><page><title>&b;</title></page></mediawiki>'
    with pytest.raises(ContentError, match="document type"):
        _converted(tmp_path, {"export.xml": bomb})


def test_an_export_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="not XML"):
        _converted(tmp_path, {"export.xml": _EXPORT.format(_page("A", "b"))[:-20]})


def test_a_dokuwiki_has_its_namespaces_as_folders(tmp_path: Path) -> None:
    made = _converted(
        tmp_path,
        {
            "data/pages/start.txt": "====== Start ======\n[[ns:page]]",
            "data/pages/ns/page.txt": "====== Page ======\n[[:start]]",
            "data/pages/ja/start.txt": "====== 始め ======\n",
            "data/pages/wiki/syntax.txt": "====== Formatting Syntax ======\n",
        },
    )
    assert {path: page.text for path, page in made.items()} == {
        "data/pages/ja/start.txt": "# 始め\n",
        "data/pages/ns/page.txt": "# Page\n\n[start](../start.txt)\n",
        "data/pages/start.txt": "# Start\n\n[page](ns/page.txt)\n",
    }
    assert survey(read_tree(tmp_path)).languages == {"en": 2, "ja": 1}


_HTML = '<!DOCTYPE html><html><head><title>{}</title></head><body><h1>{}</h1><div class="article-body">{}</div></body></html>'


def test_a_help_center_of_files_leads_from_article_to_article(tmp_path: Path) -> None:
    body = '<p>See <a href="/hc/en-us/articles/200002-Two#h">two</a>.</p><p><img src="/hc/article_attachments/77/a.png" alt="A"></p>'
    made = _converted(
        tmp_path,
        {
            "en-us/net/200001-One.html": _HTML.format("One", "One", body),
            "en-us/net/200002-Two.html": _HTML.format(
                "Two &amp; more", "Two &amp; more", "<p>b</p>"
            ),
            "attachments/a.png": "",
        },
    )
    assert {path: page.text for path, page in made.items()} == {
        "en/net/200001-One.html": "---\ntitle: One\nredirect_from:\n- /hc/en-us/articles/200001\n---\n\n"
        "See [two](200002-Two.html#h).\n\n![A](../../attachments/a.png)\n",
        "en/net/200002-Two.html": "---\ntitle: Two & more\nredirect_from:\n- /hc/en-us/articles/200002\n---\n\nb\n",
    }


def test_a_help_center_of_lists_has_labels_drafts_and_translations(tmp_path: Path) -> None:
    article = {
        "id": 5, "title": "Five", "body": "<h2>A</h2><ul><li>b</li></ul>", "locale": "en-us", "draft": True,
        "label_names": ["net"], "section_id": 9, "edited_at": "2025-06-12T04:31:00Z",
        "html_url": "https://acme.zendesk.com/hc/en-us/articles/5-Five",
        "translations": [{"locale": "ja", "title": "五", "body": "<p>い</p>", "draft": False}],
    }  # fmt: skip
    made = _converted(
        tmp_path,
        {
            "articles.json": json.dumps({"articles": [article]}),
            "sections.json": json.dumps({"sections": [{"id": 9, "name": "Networks & more"}]}),
        },
    )
    assert set(made) == {"en/networks-more/5-Five.html", "ja/networks-more/5-五.html"}
    assert made["en/networks-more/5-Five.html"].text == (
        "---\ntitle: Five\ntags:\n- net\nstatus: draft\nreviewed: 2025-06-12\nredirect_from:\n"
        "- /hc/en-us/articles/5-Five\n---\n\n## A\n\n- b\n"
    )


def test_regions_stay_where_a_language_has_two(tmp_path: Path) -> None:
    files = {
        f"{tag}/{number}-A.html": _HTML.format("A", "A", "a")
        for tag, number in (("en-us", 200001), ("en-gb", 200001), ("pt-br", 200002))
    }
    assert set(_converted(tmp_path, files)) == {
        "en-us/200001-A.html",
        "en-gb/200001-A.html",
        "pt/200002-A.html",
    }


def test_what_runs_in_an_article_is_gone(tmp_path: Path) -> None:
    body = '<p onclick="x()">a <a href="javascript:x()">b</a></p><script>c</script><img src="javascript:x()"><iframe src="//v.test/1"></iframe>'
    [page] = _converted(
        tmp_path, {"en-us/200001-One.html": _HTML.format("One", "One", body)}
    ).values()
    assert page.text.endswith("---\n\na b\n\n<https://v.test/1>\n")
    assert len(page.losses) == 2
