"""What the site makes of the Markdown of articles, beyond what Markdown itself says."""

from __future__ import annotations

import pytest
from tests.site.article_tab import rendered

SIZES = {"p.png": [40, 20], "a%20b.png": [4, 2]}


def test_a_picture_has_its_size_and_all_but_the_first_wait() -> None:
    made = rendered("![a](p.png) ![b](<a b.png>) ![c](c.png)", sizes=SIZES)
    assert '<img alt="a" decoding="async" height="20" src="p.png" width="40">' in made
    assert '<img alt="b" decoding="async" height="2" loading="lazy" src="a%20b.png" wi' in made
    assert '<img alt="c" decoding="async" loading="lazy" src="c.png">' in made


def test_a_lone_picture_with_a_title_has_a_caption() -> None:
    made = rendered('![a](p.png "What <b> is &amp; was")')
    assert made.startswith('<figure class="kb-figure"><img alt="a" decoding="async" src="p.png">')
    assert "<figcaption>What &lt;b&gt; is &amp; was</figcaption>" in made


@pytest.mark.parametrize(
    "text", ['![a](p.png "t") and', '![a](p.png "t")![b](p.png)', "![a](p.png)"]
)
def test_other_pictures_have_none(text: str) -> None:
    assert "<figure" not in rendered(text)


@pytest.mark.parametrize(
    ("text", "is_steps"),
    [
        ("1. a\n\n    b\n2. c", True),
        ("1. a\n\n    ```\n    b\n    ```\n2. c", True),
        ("1. a\n\n    ![p](p.png)\n2. c", True),
        ("1. a\n\n2. b", False),
        ("1. a\n    - b\n2. c", False),
        ("2. a\n\n    b\n3. c", False),
        ("1. a\n\n    b", False),
        ("- a\n\n    b\n- c", False),
        ("- x\n    1. a\n\n        b\n    2. c", False),
    ],
)
def test_a_numbered_list_whose_items_hold_more_is_steps(text: str, is_steps: bool) -> None:
    assert ('<ol class="kb-steps">' in rendered(text)) is is_steps


def test_a_video_of_our_own_is_a_player_that_loads_nothing() -> None:
    made = rendered("[The tour](../a%20b.MP4)")
    player = '<video aria-label="The tour" controls="controls" preload="none" src="../a%20b.MP4">'
    assert f'<figure class="kb-figure kb-video">\n{player}</video>' in made
    assert '<figcaption><a href="../a%20b.MP4">The tour</a></figcaption>' in made


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("[The tour](https://www.youtube.com/watch?v=a-b_c)", "YouTube"),
        ("[The tour](https://youtu.be/abc)", "YouTube"),
        ("[The tour](https://vimeo.com/123)", "Vimeo"),
    ],
)
def test_anothers_video_is_a_card_that_leads_there(text: str, host: str) -> None:
    made = rendered(text)
    assert '<p class="kb-video"><a href="https://' in made
    assert f"<strong>The tour</strong><small>{host}</small></a></p>" in made
    assert "<video" not in made
    assert "<iframe" not in made


def test_a_bare_address_of_a_video_is_called_one() -> None:
    made = rendered("https://youtu.be/abc", language="ja")
    assert "<strong>動画</strong><small>YouTube</small>" in made


@pytest.mark.parametrize(
    "text",
    [
        "See [it](https://youtu.be/abc).",
        "[it](https://youtube.com.example.com/watch?v=a)",
        "[it](https://e.com/a.mp4)",
        "[it](//e.com/a.mp4)",
        "[it](a.mp4) [it](b.mp4)",
    ],
)
def test_other_links_stay_links(text: str) -> None:
    assert "kb-video" not in rendered(text)


def test_the_columns_of_much_text_are_not_squeezed() -> None:
    made = rendered(f"| a | b | c |\n| --- | --- | --- |\n| x | {'文' * 20} | {'word ' * 20} |")
    assert made.startswith('<div class="kb-table">\n<table>')
    assert '<th>a</th>\n<th class="kb-table-text">b</th>\n<th class="kb-table-long">c</th>' in made


def test_each_kind_of_box_has_its_sign() -> None:
    made = [rendered(f"> [!{kind}]\n> a") for kind in ("NOTE", "TIP", "WARNING", "CAUTION")]
    shapes = {html.partition('<path d="')[2].partition('"')[0] for html in made}
    assert len(shapes) == 4
    assert all('<svg aria-hidden="true" class="kb-icon" viewBox="0 0 24 24">' in it for it in made)
