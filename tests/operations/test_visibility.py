"""The check, replies and sites have one answer to who may see what, on real files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.conftest import Base
from tests.content.visibility_table import ROWS, front_matter

from cannery.errors import CanneryError, ContentError
from cannery.model.entry import Audience
from cannery.operations.check import check
from cannery.operations.reply import ReplyQuery, reply
from cannery.operations.stage import stage_of, view_for
from cannery.site.macropages import macro_pages

LANGUAGES = {"en", "ja"}
_HEAD = "---\ntitle: {}\naudience: {}\n---\n"


@pytest.fixture
def every_row(base: Base) -> Base:
    """For row 7 the article `t7`, and who refers to it: `public7`, `internal7` and a macro `m7`."""
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
        macro = f"{{{{ 'articles/t{number}' | article_url }}}}\n"
        base.write(f"macros/m{number}.ja.md", _HEAD.format(f"m{number}", "internal") + macro)
    return base


def _checked(base: Base) -> set[str]:
    """The files that a check finds a wrong reference in."""
    found = check(base.workspace).problems
    return {item.path for item in found if item.code in ("link", "leak")}


def _refused(base: Base, audience: Audience) -> set[str]:
    """The files that a site is not built for."""
    with pytest.raises(ContentError) as caught:
        stage_of(base.workspace, view_for(base.workspace, audience))
    return set(re.findall(r"^(kb/\S+?):\d+: a link to", caught.value.message, re.MULTILINE))


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


def test_a_check_a_reply_and_a_form_agree_on_addresses(every_row: Base) -> None:
    replies = dict(_replies(every_row))
    wanted = {
        f"kb/macros/m{number}.ja.md": "" if row.address not in LANGUAGES else
        f"https://help.example.com/{'ja/' * (row.address == 'ja')}articles/t{number}/"
        for number, row in enumerate(ROWS)
    }  # fmt: skip
    assert replies == wanted
    assert {path for path in _checked(every_row) if path.startswith("kb/macros/")} == {
        path for path, address in wanted.items() if not address
    }
    assert _forms(every_row) == wanted


def _replies(base: Base) -> Iterator[tuple[str, str]]:
    """What each macro's reply says: an address; nothing where there is no reply."""
    for number in range(len(ROWS)):
        try:
            text = reply(base.workspace, ReplyQuery((f"m{number}",), {}, {})).reply.text.strip()
        except CanneryError as error:
            assert "article_url" in error.message
            text = ""
        yield f"kb/macros/m{number}.ja.md", text


def _forms(base: Base) -> dict[str, str]:
    """The address in the form of each macro on the internal site."""
    view = view_for(base.workspace, Audience.INTERNAL)
    pages = dict(macro_pages(view))
    found = {}
    for path, macro in view.macros.items():
        text = pages[view.place(macro.at)].decode()
        address = re.search(r'"url": ?"([^"]*)"', text)
        assert address or '"error"' in text
        found[path] = address[1] if address else ""
    return found


def test_a_link_to_a_page_in_the_reader_s_language_leads_there(base: Base) -> None:
    base.write("articles/t.md", front_matter("public"))
    base.write("articles/t.ja.md", front_matter("public"))
    base.write("articles/a.ja.md", front_matter("public") + "[T](t.md)\n")
    stage = stage_of(base.workspace, view_for(base.workspace, Audience.PUBLIC))
    assert b"[T](t.md)" in stage.files["ja/articles/a.md"]
    base.write("articles/t.ja.md", front_matter("draft-public"))
    stage = stage_of(base.workspace, view_for(base.workspace, Audience.PUBLIC))
    assert b"[T](../../articles/t.md)" in stage.files["ja/articles/a.md"]
