"""The anchors that a check knows are those of the built page, and no others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.conftest import Base

from cannery.check.facts import TAG_MARK, TITLE_MARK
from cannery.model.entry import Audience
from cannery.operations.build_site import build_site
from cannery.operations.check import check

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
PAGE = """---
title: Headings
audience: public
---
# Headings

## 設定の手順

## 設定の手順

## What's new? (v2.0)

## Step 1 & 2

## Café setup

## `kb find` and **bold *both*** and _some_ words

## A [link](other.md) and ![a picture](p.png)

## Fish &amp; chips &copy; &#x3042; &lt;tag&gt;

## A <b>tag</b> <!-- a note -->

## Escaped \\*stars\\* and a_b_c

## `a &amp; <b>`

## Named {#its-own}

## 名前 {#Mixed.Case}

## **Bold at the end** {#bold}

## Its own

## !!!

## ???

Setext `code`
-------------

##### Deep #####

> ## In a quote

- ## In a list

!!! note "A box"
    ## In a box

    1. a

        ## In a step of a box

=== "One"

    ## In a tab

<details>
<summary>More</summary>

## In details

</details>

> [!NOTE]
> ## In a note

## Press <kbd>Ctrl</kbd>+<kbd>C</kbd><br>and H<sub>2</sub>O

## A footnote[^1] beside it

[^1]: a

    ## In a footnote

## ﾊﾝｶｸ ＷＩＤＥ

## Step 1 2

## step-1--2
"""


def _of_check(base: Base, path: str) -> set[str]:
    anchors = check(base.workspace).whole.facts[path].anchors
    return {name for name in anchors if not name.startswith((TITLE_MARK, TAG_MARK))}


def test_the_check_knows_what_is_on_the_page(base: Base) -> None:
    base.write("articles/a.md", PAGE)
    base.write("articles/other.md", "---\ntitle: O\naudience: public\n---\n")
    base.write("articles/p.png", b"\x89PNG\r\n\x1a\n")
    shutil.copy(CONFIG, base.root / "mkdocs.yml")
    build_site(base.workspace, Audience.PUBLIC, base.root / "out")
    page = (base.root / "out/articles/a/index.html").read_text()
    ids = re.findall(r'<h[1-6] id="([^"]*)"', page)
    places = [*ids, *re.findall(r'<span id="([^"]*)"></span>', page)]
    assert len(places) == len({*places}) > 20
    assert _of_check(base, "kb/articles/a.md") == {*places}
    told = {unquote(name) for name in re.findall(r'<a href="#([^"]*)">', page)}
    assert {*ids} - {"__skip"} >= told - {"__skip"}
    assert "former-id" not in page


def test_a_link_may_use_the_name_of_today_and_the_former_one(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n## Café & bar\n")
    links = "[a](a.md#café--bar) [b](a.md#cafe-bar) [c](a.md#caf%C3%A9--bar) [d](a.md#Cafe-bar)"
    base.write("articles/b.md", f"---\ntitle: B\n---\n{links}\n")
    told = [item.message for item in check(base.workspace).problems if item.code == "anchor"]
    assert told == ["no heading #Cafe-bar in kb/articles/a.md"]


def _dead(base: Base) -> list[str]:
    return [item.message for item in check(base.workspace).problems if item.code == "anchor"]


def test_a_link_to_the_title_or_the_top_opens_the_top(base: Base) -> None:
    base.write("articles/a.md", "# A/B errors\n\n[x](#ab-errors) [y](#top)\n")
    base.write("articles/b.md", "---\ntitle: B page\n---\n[x](a.md#ab-errors) [y](#b-page)\n")
    assert _dead(base) == []


def test_a_dead_anchor_is_told_once_for_a_page(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n[x](#gone) [x](#gone)\n\n[y](#lost)\n")
    assert [message.split()[2] for message in _dead(base)] == ["#gone", "#lost"]


def test_tags_that_name_places_are_told_once(base: Base) -> None:
    tags = '<a id="one"></a>\n\n<a name=two></a>\n'
    base.write("articles/a.md", f"---\ntitle: A\n---\n[x](#one) [y](#two)\n\n{tags}")
    base.write("articles/b.md", "---\ntitle: B\n---\n[x](a.md#two)\n")
    assert _dead(base) == ["#one in kb/articles/a.md is an HTML tag, which the site leaves out"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("a.md", "::: package.module.Name"),
        ("a.md", "::: mkdocs-click\n    :module: x.cli"),
        ("a.md", "{!../../docs_src/x.md!}"),
        ("a.md", '--8<-- "x.md"'),
        ("_a.md", "Text."),
    ],
)  # fmt: skip
def test_what_is_put_together_elsewhere_may_have_any_heading(
    base: Base, path: str, body: str
) -> None:
    base.write(f"articles/{path}", f"---\ntitle: A\n---\n{body}\n")
    base.write("articles/b.md", f"---\ntitle: B\n---\n[x]({path}#any)\n")
    assert _dead(base) == []
