"""The check, replies and sites have one answer to who may see what, on real files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.conftest import Base
from tests.content.visibility_table import ROWS, front_matter

from cannery.errors import CanneryError, ContentError
from cannery.model.entry import Audience
from cannery.operations.build_site import build_site
from cannery.operations.check import check
from cannery.operations.reply import ReplyQuery, reply
from cannery.operations.stage import stage_of, view_for
from cannery.site.macropages import macro_pages

LANGUAGES = {"en", "ja"}
_CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
_HEAD = "---\ntitle: {}\naudience: {}\n---\n"


@pytest.fixture
def every_row(base: Base) -> Base:
    """For row 7 the article `t7`, and who refers to it: `public7`, `internal7` and two macros.

    `m7` names it itself; `r7` renders a part that renders the part that names it, `inner7`.
    """
    site = "https://help.example.com"
    base.write("kb.toml", f'languages = ["en", "ja"]\nsite_url = "{site}"\n')
    for number, row in enumerate(ROWS):
        base.write(f"articles/t{number}.md", front_matter(row.english))
        if row.japanese != "-":
            base.write(f"articles/t{number}.ja.md", front_matter(row.japanese))
        for audience in Audience:
            name = f"{audience}{number}"
            link = f"[T](t{number}.md)\n"
            base.write(f"articles/{name}.ja.md", _HEAD.format(name, audience) + link)
        address = f"{{{{ 'articles/t{number}' | article_url }}}}"
        base.write(f"macros/_parts/inner{number}.md", address)
        base.write(f"macros/_parts/outer{number}.md", f"{{% render 'inner{number}' %}}")
        for name, body in (("m", address), ("r", f"{{% render 'outer{number}' %}}")):
            head = _HEAD.format(f"{name}{number}", "internal")
            base.write(f"macros/{name}{number}.ja.md", f"{head}{body}\n")
    return base


def _checked(base: Base) -> set[str]:
    """The files that a check finds a wrong reference in."""
    found = check(base.workspace).problems
    return {item.path for item in found if item.code in ("link", "leak")}


def _refused(base: Base, audience: Audience) -> set[str]:
    """The files that a site is not built for."""
    with pytest.raises(ContentError) as caught:
        stage_of(base.workspace, view_for(base.workspace, audience))
    return set(
        re.findall(r"^(kb/\S+?):\d+: .*\[(?:link|leak)\]$", caught.value.message, re.MULTILINE)
    )


@pytest.mark.parametrize("audience", [*Audience])
def test_what_a_check_lets_pass_can_be_built_and_nothing_else(
    every_row: Base, audience: Audience
) -> None:
    wanted = {
        f"kb/articles/{audience}{number}.ja.md"
        for number, row in enumerate(ROWS)
        if getattr(row, audience) not in LANGUAGES
    }
    names = f"kb/articles/{audience}"
    assert {path for path in _checked(every_row) if path.startswith(names)} == wanted
    assert {path for path in _refused(every_row, audience) if path.startswith(names)} == wanted
    assert len(wanted) > 20


@pytest.mark.parametrize(("macro", "named_in"), [("m", "m{}.ja.md"), ("r", "_parts/inner{}.md")])
def test_a_check_a_reply_and_a_form_agree_on_addresses(
    every_row: Base, macro: str, named_in: str
) -> None:
    wanted = {
        f"{macro}{number}": "" if row.address not in LANGUAGES else
        f"https://help.example.com/{'ja/' * (row.address == 'ja')}articles/t{number}/"
        for number, row in enumerate(ROWS)
    }  # fmt: skip
    assert {name: _reply(every_row, name) for name in wanted} == wanted
    refused = {f"kb/macros/{named_in.format(name[1:])}" for name in wanted if not wanted[name]}
    everywhere = {f"kb/macros/{named_in.format(number)}" for number in range(len(ROWS))}
    assert _checked(every_row) & everywhere == refused
    forms = _forms(every_row)
    assert {name: forms[f"kb/macros/{name}.ja.md"] for name in wanted} == wanted


def _reply(base: Base, name: str) -> str:
    """What a macro's reply says: an address; nothing where there is no reply."""
    try:
        return reply(base.workspace, ReplyQuery((name,), {}, {})).reply.text.strip()
    except CanneryError as error:
        assert "article_url" in error.message
        return ""


def _forms(base: Base) -> dict[str, str]:
    """The address in the form of each macro on the internal site."""
    view = view_for(base.workspace, Audience.INTERNAL)
    pages = dict(macro_pages(view))
    found = {}
    for path, macro in view.macros.items():
        text = pages[view.page_path(macro.at)].decode()
        address = re.search(r'"url": ?"([^"]*)"', text)
        assert address or '"error"' in text
        found[path] = address[1] if address else ""
    return found


def test_without_a_site_url_nothing_has_an_address(base: Base) -> None:
    base.write("kb.toml", 'name = "Help"\n')
    base.write("articles/t.md", front_matter("public"))
    base.write("macros/m.md", _HEAD.format("m", "internal") + "{{ 't' | article_url }}\n")
    (problem,) = [item for item in check(base.workspace).problems if item.code == "link"]
    assert (problem.path, problem.line) == ("kb/macros/m.md", 5)
    assert problem.message == "article_url: site_url is not set in kb.toml"
    assert _reply(base, "m") == ""
    assert _forms(base) == {"kb/macros/m.md": ""}


@pytest.mark.parametrize(
    ("head", "to", "others", "is_refused"),
    [
        ("", "internal", "public", True),
        ("title: Front", "draft-public", "public", True),
        ("title: Front", "public", "public", False),
        ("audience: public", "internal", "internal", True),
        ("audience: internal", "internal", "public", False),
        # A team that publishes nothing has no public site.
        ("", "internal", "internal", False),
    ],
)
def test_a_front_page_that_leaves_its_audience_open_is_public(
    base: Base, head: str, to: str, others: str, *, is_refused: bool
) -> None:
    base.write("index.md", (f"---\n{head}\n---\n" if head else "") + "[T](articles/t.md)\n")
    base.write("articles/t.md", front_matter(to))
    base.write("articles/other.md", front_matter(others) + "[Home](../index.md)\n")
    assert ("kb/index.md" in _checked(base)) == is_refused
    assert _checked(base) <= {"kb/index.md"}
    view = view_for(base.workspace, Audience.PUBLIC)
    if is_refused:
        with pytest.raises(ContentError, match=r"kb/index\.md"):
            stage_of(base.workspace, view)
    else:
        files = stage_of(base.workspace, view).files
        assert ("articles/other.md" in files) == (others == "public")
        assert b"[T]" not in files["index.md"] or others == "public"


def test_every_link_that_a_check_lets_pass_leads_to_a_page_that_is_built(
    every_row: Base, tmp_path: Path
) -> None:
    (every_row.root / "mkdocs.yml").write_text(_CONFIG.read_text())
    for path in _checked(every_row):
        (every_row.root / path).unlink()
    build_site(every_row.workspace, Audience.PUBLIC, tmp_path / "site")
    links = 0
    for page in (tmp_path / "site").rglob("articles/public*/index.html"):
        for link in BeautifulSoup(page.read_text(), "html.parser").select("article a[href]"):
            links += 1
            assert (page.parent / str(link["href"]) / "index.html").is_file(), (page, link)
    assert links >= sum(row.public in LANGUAGES for row in ROWS)


def test_a_link_to_a_page_in_the_reader_s_language_leads_there(base: Base) -> None:
    base.write("articles/t.md", front_matter("public"))
    base.write("articles/t.ja.md", front_matter("public"))
    base.write("articles/a.ja.md", front_matter("public") + "[T](t.md)\n")
    stage = stage_of(base.workspace, view_for(base.workspace, Audience.PUBLIC))
    assert b"[T](t.md)" in stage.files["ja/articles/a.md"]
    base.write("articles/t.ja.md", front_matter("draft-public"))
    stage = stage_of(base.workspace, view_for(base.workspace, Audience.PUBLIC))
    assert b"[T](../../articles/t.md)" in stage.files["ja/articles/a.md"]
