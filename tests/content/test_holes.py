from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_own_content import ROOT

from cannery.content import holes
from cannery.content.holes import (
    _PATTERNS,
    ROWS,
    holes_in_template,
    holes_in_text,
    holes_in_tokens,
    without_tags,
)
from cannery.content.markdown import parse
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.text import small_letters

LEFT = (
    "[Name]", "[Customer Name]", "[[customer]]", "[your name here]", "[Agent's name]", "[NAME]",
    "{name}", "{ first name }", "{お客様名}", "%{ticket.name}", "#{ticket.customer.firstname}",
    "#{t(ticket.state.name)}", "${name}", "${1:name}", "%filltext:name=X%", "%fillarea:name=X%",
    "%clipboard%", "%|", "%FIRST_NAME%", "%%name%%", "$|$", "||name||", "<LINK>", "<YOUR NAME>",
    "<your name>", "<<name>>", "__NAME__", "__first_name__", "XXX", "xxxx", "____", "________",
    "＿＿＿", "ＸＸ", "〇〇様", "○○株式会社", "○月○日", "●年●月", "△△", "●●", "××様", "◯◯",
    "[お客様名]様", "［会社名］", "【お客様名】様", "詳しくは＜リンク＞を", "＜ここに理由＞",
    "XX月XX日", "BEFORE SENDING", "Before sending: check the name", "before sending this reply",
    "remove this line", "Delete these notes", "(insert link)", "insert the date here", "TODO",
    "送信前に名前を確認", "この行は削除", "この段落は必ず削除", "※本行を削除", "[guide](LINK)",
    "[guide](https://example.com/${id})", "{$firstname}", "{!Contact.FirstName}", "##ORDER##", "＃＃氏名＃＃",
    "％％商品名％％", "@@name@@", "*|FNAME|*", "«OrderNumber»", "$FIRST_NAME", "::greeting", "@username",
    "#ISSUE", "(name)", "(customer's name)", "（お客様名）", "（理由を記入）", "お客様名様", "YOUR NAME", "Dear NAME,",
    "INSERT LINK HERE", "__:__", "MM/DD/YYYY", "YYYY年MM月DD日", "20XX", "00000000", "XX.XX", "XXX-XXXX",
    "(XXX) XXX-XXXX", "x.x.x", "N days", "[X] hours", "?? kg", "??:??", "…様", "%B %e, %Y", "%@+3D%",
    "○営業日", "○個", "●/●", "￥○○,○○○", "●●株式会社", "株式会社■■", "担当：■■", "番号：＿＿＿＿＿＿＿＿＿＿",
    "★要確認★", "（不要な場合は削除）", "↓状況に応じて書き換え↓", "【会社名】の", "{%subject%}", "{%宛名%}",
    "%name%", "$customer", "#NAME#", "#氏名#様", "＠氏名", "<%= name %>", "[% name %]", "$$name$$", "!!name!!", "[###]",
    ">>NAME<<", "Hi [ ],", "Hi {},", "Hi <>,", "Hi (    ),", "LINK HERE", "NAME_HERE", "HH:MM", "000-0000-0000",
    "$00.00", "€XX,XX", "X月X日", "__ EUR", "（　　）様", "金額：　　　円", "。（金額）円", "【お名前】様", "〔氏名〕様",
    "(delete if not needed)", "(remove where not applicable)", "Do not send this line.", "TBA", "INTERNAL: ask", "送信前確認",
    "この文は送らない", "※社内用", "（該当するものを残す）", "（どちらか削除）", "★ここに入力★", "※お客様名を入れる", "○時間以内", "○回目",
    "◆◆様", "{0}",
)  # fmt: skip
WHOLE = (
    "[guide](https://example.com/a)", "[guide][g] and [g]\n\n[g]: https://example.com", "- [ ] open",
    "- [x] done", "`[Name]` and `{name}`", "```\nHello [Name] ${x} XXX\n```", "    [Name]",
    "note[^1]\n", "see [1]", "> [!NOTE]\n> text", "[…]", "2 × 3", "4xx and 5XX", "二〇〇〇年一〇月",
    "三〇分", "○をつける", "a ____b", "snake_case_name", "***\n___\n____", "[OK] [ERROR]",
    "【重要】お知らせ", "【お問い合わせ番号】", "＜ご利用方法＞", "#heading {#id}", "a || b",
    "5 % {", "100% | 50%", "送信前にご確認ください。", "Before sending us the file, zip it.",
    "remove this file", "__IMPORTANT__", "**NAME**", "<https://example.com/NAME>", "XL, XXL",
    "| a | b |\n|---|---|\n| c | d |", "m[i] = list[str]", "%APPDATA% and %TEMP%", "a < b > c", "●1つめ", "□ 未確認",
    "●日時：12月1日（火）", "●日付：12月1日", "○月額料金", "■年会費", "●年末年始の営業", "□日本語", "○名前を記入してください", "●個人情報",
    "○人気商品", "○件名：", "○×の表", "○/×で回答", "★★★★☆", "■■ お知らせ ■■", "●●●重要●●●", "■□■□■□", "＊＊＊＊＊＊＊＊＊＊",
    "＿＿＿＿＿＿＿＿＿＿", "【お名前】", "【会社名】株式会社テスト", "状況に応じて変更いたします", "この部分を押す", "不要なファイルは削除",
    "in the format YYYY-MM-DD.", "日付はYYYY-MM-DD形式で", "Why?? I see", "Hi there,", "Dear ANA,", "0120-000-000",
    "1000000", "(optional)", "$HOME", "$5", "me@name.com", "#1234", "std::move", "::1", "v1.x", "«Ready»",
    "The NAME field", "Order #{{ id }} is", "N days' notice", "様々な・・・様子", "お客様名義", "（お名前をご記入ください）",
    "{% else %}", "{% raw %}a{% endraw %}", "50%-60%", "｛｝", "five::", "|---|",
    "○時間：10時〜", "delete if no longer needed", "Wow!!really!!", "USER-AGENT: x", "in HH:MM format", "お名前（　　　　）", "商品名（型番）を",
    "※パスワードを入力する", "at 00:00", "[ ]", "()", "a{3}", "$names", "5%name", "C# and F#", "$$$", "※社内規程", "ここに入力してください",
)  # fmt: skip


@pytest.mark.parametrize("text", LEFT)
def test_a_hole_is_found(text: str) -> None:
    assert holes_in_template(f"Hello,\n\nsee {text} there.\n") or holes_in_template(text)


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_whole_is_none(text: str) -> None:
    assert holes_in_template(text) == ()


def test_a_hole_tells_its_line_and_its_name() -> None:
    text = "Hello,\n{% if a %}\nx {{ a }}\n\n- one\n  [Name]\n{% endif %}\n| [Due date] |\n"
    assert [(hole.line, hole.name) for hole in holes_in_template(text)] == [
        (6, "Name"),
        (8, "Due date"),
    ]


def test_marks_around_a_hole_hide_nothing() -> None:
    (hole,) = holes_in_template("**[Customer** *Name]*")
    assert hole.written == "[Customer Name]"


@pytest.mark.parametrize(
    "text", ["[{{ a }}]", "${{{ a }}}", "{{{ a }}}", "X{{ a }}X", "〇{{ a }}様"]
)
def test_what_stands_around_a_value_is_none(text: str) -> None:
    assert holes_in_template(text) == ()


def test_a_comment_is_seen_by_nobody_and_raw_text_by_all() -> None:
    text = "{% comment %}\n[Name]{% endcomment %}{% raw %}{{ name }}{% endraw %}"
    assert [(hole.line, hole.written) for hole in holes_in_template(text)] == [(2, "{{ name }}")]


def test_tags_that_nothing_closes_are_text() -> None:
    assert without_tags("a {{ b") == "a {{ b"
    assert without_tags("a {% raw %} [b]") == "a  [b]"


def test_what_markers_stand_for_is_no_hole() -> None:
    assert holes_in_tokens(parse("Hello [\ue0000\ue001] \ue00012\ue001")) == ()


ROW_AND_PATTERN = [*zip(ROWS, _PATTERNS, strict=True)]


@pytest.mark.parametrize(
    ("row", "pattern"), ROW_AND_PATTERN, ids=[row["kind"] for row, _ in ROW_AND_PATTERN]
)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_one_of_its_needs(
    row: holes.Row, pattern: LazyPattern, data: st.DataObject
) -> None:
    match = pattern.search(data.draw(st.from_regex(pattern.compiled)))
    assert match
    assert any(need in small_letters(match[0]) for need in row["needs"])


@pytest.mark.parametrize(
    "text",
    [*LEFT, *WHOLE, "ınſert the date here", "İNSERT the date here", "<LıNK>", "ﬁll in thıs line"],
)
def test_the_needs_of_a_row_change_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = holes_in_text(text)
    monkeypatch.setattr(holes, "_rows_for", lambda _: range(len(ROWS)))
    assert found == holes_in_text(text)


def test_our_own_macros_have_none() -> None:
    for path in sorted((ROOT / "kb/macros").rglob("*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[-1]
        assert holes_in_template(body) == (), path
