"""Terms of the glossary on the site: where they are found, how they are shown, and to whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.conftest import Base
from tests.site.article_tab import article_tab, rendered
from tests.site.served import MKDOCS

from cannery.errors import SiteError
from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.operations.stage import view_for
from cannery.site.glossary import TermIndex, glossary_data
from cannery.site.stage import render_stage

TERMS = TermIndex(
    [
        ("SSO", "one account"),
        ("single sign-on", "one account"),
        ("IT", "computers"),
        ("service account", "no person"),
        ("account", "a person"),
        ("ログ", "記録"),
        ("認証局", "機関"),
        ("証明書", "書類"),
    ]
)


def _found(*texts: str) -> list[str]:
    told: set[str] = set()
    return [text[it.start : it.end] for text in texts for it in TERMS.found(text, told)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("With SSO, single sign-on.", ["SSO"]),
        ("Single sign-on, SSO", ["Single sign-on"]),
        ("it is IT, not ITS or AIT", ["IT"]),
        ("A service account is no Account.", ["service account", "Account"]),
        ("accounts myaccount account_a", []),
        ("ログインしてログを見る", ["ログ"]),
        ("認証局が証明書を出す", ["認証局", "証明書"]),
        ("SSOの設定", ["SSO"]),
        ("", []),
    ],
)
def test_the_longest_whole_term_is_found_once(text: str, names: list[str]) -> None:
    assert _found(text) == names


def test_a_term_that_was_told_is_not_told_again() -> None:
    assert _found("SSO", "and SSO and IT") == ["SSO", "IT"]


def test_many_terms_are_looked_up_in_one_pass() -> None:
    index = TermIndex((f"a{'b' * (number % 60)}{number}", f"{number}") for number in range(1000))
    assert not [*index.found("ab" * 50_000, set())]


def test_terms_are_explained_in_text_and_not_in_links_code_and_titles() -> None:
    text = '# SSO\n\n[SSO](a.md) `SSO`\n\n!!! note "SSO"\n    A\n\n=== "SSO"\n\n    **SSO** & IT\n'
    made = rendered(text, terms=TERMS)
    hint = '<strong><abbr class="kb-term" title="one account">SSO</abbr></strong> &amp; <abbr'
    assert hint in made
    assert made.count("<abbr") == 2


def test_a_meaning_is_text(browser: Browser) -> None:
    terms = TermIndex([("term", '<img src=x onerror=window.hacked=1>"\' &amp; " onclick=x()')])
    with article_tab(browser, rendered("A term.", terms=terms)) as page:
        page.get_by_role("button", name="term").focus()
        expect(page.get_by_role("tooltip")).to_have_text(
            '<img src=x onerror=window.hacked=1>"\' &amp; " onclick=x()'
        )
        assert page.evaluate("window.hacked") is None


def test_a_hint_comes_by_key_and_pointer_stays_for_it_and_goes_by_escape(browser: Browser) -> None:
    with article_tab(browser, rendered("With SSO.\n\nAnd IT.", terms=TERMS), 390) as page:
        term, hint = page.get_by_role("button", name="SSO"), page.get_by_role("tooltip")
        page.keyboard.press("Tab")
        expect(term).to_be_focused()
        expect(hint).to_have_text("one account")
        expect(term).to_have_accessible_description("one account")
        page.keyboard.press("Escape")
        expect(hint).to_be_hidden()
        page.get_by_role("button", name="IT").hover()
        expect(hint).to_have_text("computers")
        hint.hover()
        page.wait_for_timeout(300)
        expect(hint).to_be_visible()
        page.mouse.move(1, 500)
        expect(hint).to_be_hidden()
        term.click()
        expect(hint).to_have_text("one account")


GLOSSARY = """- audience: public
  en: {term: SSO, also: [single sign-on], means: One account for all.}
- en: {term: purge, means: Whatchamacallit is internal.}
"""
ARTICLE = "---\ntitle: T\naudience: public\n---\nUse SSO and purge.\n"


def test_a_public_site_has_the_public_terms_alone(base: Base) -> None:
    base.write("articles/a.md", ARTICLE)
    base.write("glossary.yml", GLOSSARY)
    public = view_for(base.workspace, Audience.PUBLIC)
    internal = view_for(base.workspace, Audience.INTERNAL)
    assert glossary_data(public) == {
        "en": [["SSO", "One account for all."], ["single sign-on", "One account for all."]]
    }
    assert len(glossary_data(internal)["en"]) == 3
    stage = render_stage(public)
    assert b"One account for all." in stage.files["glossary.md"]
    assert not [name for name, data in stage.files.items() if b"Whatchamacallit" in data]
    assert "ja/glossary.md" not in stage.files


def test_a_built_page_explains_its_terms_and_a_leak_of_a_hidden_one_is_told(base: Base) -> None:
    base.write("articles/a.md", ARTICLE)
    base.write("glossary.yml", GLOSSARY)
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    out = Path(base.root, "out")
    build_site(base.workspace, Audience.PUBLIC, out, mode=Mode(alone=True))
    page = (out / "articles/a/index.html").read_text()
    assert '<abbr class="kb-term" title="One account for all.">SSO</abbr> and purge.' in page
    config = base.root / "mkdocs.yml"
    config.write_text(f"{MKDOCS}extra_css: [whatchamacallit.css]\n")
    with pytest.raises(SiteError, match="whatchamacallit"):
        build_site(base.workspace, Audience.PUBLIC, out, mode=Mode(alone=True))
