"""What stands around a page: header, menus, the sheet of a phone, contents, footer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.site.served import build, serve

LONG = {
    "en": "Pneumonoultramicroscopicsilicovolcanoconiosis",
    "ja": "コンピューターネットワークセキュリティアドミニストレーター",
    "de": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "fi": "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas",
    "th": "กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยามหาดิลกภพนพรัตน์",
    "fr": "Anticonstitutionnellement",
    "ar": "أفاستسقيناكموهاوالاستخداماتالتكنولوجيةالمتطورة",
}
ARTICLE = """---
title: {word} {word}
summary: {word}
audience: public
tags: [{word}]
---
{word} `{word}{word}` <https://example.com/{path}>

## {word} one

| {word} | {word} | {word} | {word} |
| --- | --- | --- | --- |
| {word} | `{path}` | {word} | {word} |

## {word} two

```
{path} {path} {path}
```

### {word} three

> [!NOTE]
> {word}{word}

{filler}

## {word} four

{word}
"""


def _article(language: str) -> str:
    word = LONG[language]
    filler = "\n\n".join([f"{word} {word}"] * 30)
    return ARTICLE.format(word=word, path="a-long-path/" * 12, filler=filler)


def _suffix(language: str) -> str:
    return "" if language == "en" else f".{language}"


FILES = {
    "kb.toml": f"""name = "{LONG["de"]} Support"
site_url = "https://help.example.com"
languages = {[*LONG]}
[site]
contact = "mailto:support@example.com"
footer = [{{title = {{en = "Status", ja = "稼働状況"}}, address = "https://status.example.com"}}]
announcement = "{LONG["de"]}"
""",
    **{f"articles/long/words{_suffix(item)}.md": _article(item) for item in LONG},
    "articles/long/index.md": f"---\ntitle: {LONG['de']}\naudience: public\n---\n",
    "articles/long/deep/inside.md": "---\ntitle: Inside\naudience: public\n---\n## One\n\n## Two\n",
    "articles/other/only-english.md": "---\ntitle: Only English\naudience: public\n---\nText\n",
    "articles/hostile/index.md": (
        '---\ntitle: "%}{{ 7 * 7 }}{# </script><img src=x onerror=window.hacked=1>"\n'
        "audience: public\n---\n"
    ),
    "articles/hostile/page.md": "---\ntitle: Page\naudience: public\n---\nText\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(build(tmp_path_factory.mktemp("shell"), FILES)) as address:
        yield address


def _tab(browser: Browser, width: int, **more: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 700}, **more)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    yield from _tab(browser, 320)


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[Page]:
    yield from _tab(browser, 1440)


def _focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


MENU = "[data-kb-open-menu]"
INSTANTLY = "node => node.scrollIntoView({ behavior: 'instant' })"


@pytest.mark.parametrize("language", LONG)
def test_nothing_is_wider_than_a_small_phone(phone: Page, site: str, language: str) -> None:
    root = "" if language == "en" else f"{language}/"
    for path in ("", "articles/", "articles/long/", "articles/long/words/", "tags/"):
        phone.goto(f"{site}/{root}{path}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, path
    phone.goto(f"{site}/{root}articles/long/words/")
    phone.locator(MENU).click()
    body = phone.locator(".kb-sheet__body")
    assert body.evaluate("node => node.scrollWidth - node.clientWidth") <= 0


def test_letters_of_twice_the_size_still_fit(phone: Page, site: str) -> None:
    phone.goto(f"{site}/articles/long/words/")
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_sheet_has_the_sections_the_contents_and_the_languages(phone: Page, site: str) -> None:
    phone.goto(f"{site}/articles/long/words/")
    phone.get_by_role("button", name="Menu").click()
    sheet = phone.get_by_role("dialog", name="Menu")
    expect(sheet.get_by_role("link", name="Articles")).to_be_visible()
    expect(sheet.locator(".kb-tree [aria-current=page]")).to_be_visible()
    contents = sheet.get_by_role("navigation", name="On this page")
    expect(contents.get_by_role("link")).to_have_count(4)
    expect(sheet.locator(".kb-languages a")).to_have_count(7)
    expect(sheet.get_by_role("link", name="Contact us")).to_be_visible()


@pytest.mark.parametrize("way", ["Escape", "button", "outside"])
def test_the_sheet_closes_and_the_focus_comes_back(phone: Page, site: str, way: str) -> None:
    phone.goto(f"{site}/articles/long/words/")
    phone.locator(MENU).click()
    assert _focused(phone, ".kb-sheet *")
    phone.evaluate("window.before = document.documentElement.clientWidth")
    if way == "Escape":
        phone.keyboard.press("Escape")
    elif way == "button":
        phone.get_by_role("button", name="Close", exact=True).click()
    else:
        phone.mouse.click(290, 400)
    expect(phone.locator(".kb-sheet")).to_be_hidden()
    assert _focused(phone, MENU)
    expect(phone.locator(".kb-main .kb-tree")).to_have_count(1)  # it is where it was
    expect(phone.locator(".kb-header .kb-languages")).to_have_count(1)
    assert phone.evaluate("document.documentElement.clientWidth === window.before")


def test_the_page_below_the_sheet_does_not_scroll(phone: Page, site: str) -> None:
    phone.goto(f"{site}/articles/long/words/")
    phone.locator(MENU).click()
    phone.mouse.move(290, 400)
    phone.mouse.wheel(0, 500)
    phone.wait_for_timeout(50)
    assert phone.evaluate("scrollY") == 0


def test_a_heading_in_the_sheet_is_gone_to(phone: Page, site: str) -> None:
    phone.goto(f"{site}/articles/long/words/")
    phone.locator(MENU).click()
    phone.locator('.kb-sheet [data-kb-in-sheet="contents"] a').last.click()
    expect(phone.locator(".kb-sheet")).to_be_hidden()
    expect(phone.get_by_role("heading", name="four")).to_be_in_viewport()


def test_without_scripts_the_sections_are_a_link_away(browser: Browser, site: str) -> None:
    for page in _tab(browser, 390, java_script_enabled=False):
        page.goto(f"{site}/articles/long/words/")
        expect(page.locator(MENU)).to_be_hidden()
        expect(page.locator(".kb-searchbar")).to_be_hidden()
        page.locator(".kb-menu--languages summary").click()
        expect(page.get_by_role("link", name="日本語")).to_be_visible()
        page.get_by_role("link", name="Menu").click()
        page.wait_for_url("**/articles/")


def test_the_menu_of_languages_tells_what_is_not_translated(wide: Page, site: str) -> None:
    wide.goto(f"{site}/articles/other/only-english/")
    wide.get_by_text("Language: English").click()
    expect(wide.get_by_role("link", name="日本語")).to_contain_text("この言語版はありません")
    wide.get_by_role("link", name="Deutsch").click()
    wide.wait_for_url("**/de/")


@pytest.mark.parametrize("name", ["languages", "scheme"])
def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(wide: Page, site: str, name: str) -> None:
    wide.goto(f"{site}/articles/long/words/")
    menu = wide.locator(f".kb-menu--{name}")
    menu.locator("summary").click()
    wide.keyboard.press("Tab")
    wide.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert _focused(wide, f".kb-menu--{name} summary")
    menu.locator("summary").click()
    wide.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_another_language_opens_at_the_same_heading(wide: Page, site: str) -> None:
    wide.goto(f"{site}/articles/long/words/")
    wide.get_by_role("heading", name="three").evaluate(INSTANTLY)
    wide.locator(".kb-menu--languages summary").click()
    wide.get_by_role("link", name="Suomi").click()
    wide.wait_for_url("**/fi/articles/long/words/")
    expect(wide.get_by_role("heading", name="three")).to_be_in_viewport()


def test_the_colours_follow_the_system_until_the_reader_chooses(wide: Page, site: str) -> None:
    wide.goto(site)
    shown = "getComputedStyle(document.body).color"
    light = wide.evaluate(shown)
    wide.emulate_media(color_scheme="dark")
    dark = wide.evaluate(shown)
    assert dark != light
    for choice, colour in (("Light", light), ("Dark", dark), ("Like the system", dark)):
        wide.locator(".kb-menu--scheme summary").click()
        wide.get_by_role("button", name=choice).click()
        wide.reload()
        assert wide.evaluate(shown) == colour, choice
        chosen = wide.locator("[data-kb-scheme-choice][aria-pressed=true]")
        assert chosen.text_content() == choice
    wide.emulate_media(color_scheme="light")


def test_the_first_key_skips_to_the_content(wide: Page, site: str) -> None:
    wide.goto(f"{site}/articles/long/words/")
    wide.keyboard.press("Tab")
    expect(wide.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    wide.keyboard.press("Enter")
    assert _focused(wide, "main")


def test_the_heading_that_is_read_is_marked(wide: Page, site: str) -> None:
    wide.goto(f"{site}/articles/long/words/")
    marked = wide.locator(".kb-contents [aria-current]")
    expect(marked).to_contain_text("one")
    wide.get_by_role("heading", name="two").evaluate(INSTANTLY)
    expect(marked).to_contain_text("two")
    wide.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(marked).to_contain_text("four")


def test_the_tree_is_open_where_the_page_is(wide: Page, site: str) -> None:
    wide.goto(f"{site}/articles/long/deep/inside/")
    tree = wide.get_by_role("navigation", name="Browse by topic")
    expect(tree.locator(".kb-tree__open")).to_have_text([LONG["de"], "Deep"])
    expect(tree.locator("[aria-current]")).to_have_text("Inside")
    assert tree.get_by_role("link", name="Only English").count() == 0


def test_a_title_is_no_template_and_no_markup(wide: Page, site: str) -> None:
    wide.goto(f"{site}/articles/hostile/page/")
    expect(wide.locator(".kb-tree__open").first).to_contain_text("%}{{ 7 * 7 }}{# </script><img")
    assert wide.evaluate("window.hacked") is None


def test_the_footer_has_the_teams_own_links(wide: Page, site: str) -> None:
    wide.goto(f"{site}/ja/articles/long/words/")
    footer = wide.get_by_role("contentinfo")
    status = footer.get_by_role("link", name="稼働状況")
    expect(status).to_have_attribute("href", "https://status.example.com")
    expect(footer.get_by_role("link", name="更新履歴")).to_be_visible()


def test_arabic_runs_from_right_to_left(wide: Page, site: str) -> None:
    wide.goto(f"{site}/ar/articles/long/words/")
    sections = wide.locator(".kb-side").bounding_box()
    contents = wide.locator(".kb-contents").bounding_box()
    assert sections
    assert contents
    assert sections["x"] > contents["x"]


def test_paper_has_the_article_alone_with_its_address(wide: Page, site: str) -> None:
    wide.emulate_media(media="print")
    wide.goto(f"{site}/articles/other/only-english/")
    shown = wide.locator("body").inner_text().split("\n")
    wide.emulate_media(media="screen")
    address = "https://help.example.com/articles/other/only-english/"
    assert [line for line in shown if line.strip()] == ["Only English", "Text", address]
