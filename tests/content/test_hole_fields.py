from __future__ import annotations

import pytest

from cannery.content.hole_fields import field_entries, fill
from cannery.content.holes import holes_in_source

MEANT = (
    ("〇〇様", "{{ customer_name }}様", ""),
    ("株式会社●●御中", "株式会社{{ company_name }}御中", ""),
    ("●●株式会社の●●様", "{{ company_name }}株式会社の{{ customer_name }}様", ""),
    ("サポート窓口の△△です", "サポート窓口の{{ agent_name }}です", ""),
    ("○月○日（○）まで", "{{ date }}まで", "date"),
    ("令和○年○月○日に", "{{ date }}に", "date"),
    ("XX月XX日に", "{{ date }}に", "date"),
    ("until MM/DD/YYYY.", "until {{ date }}.", "date"),
    ("on %B %e, %Y.", "on {{ date }}.", "date"),
    ("ships on [ship date].", "ships on {{ ship_date }}.", "date"),
    ("○○円です", "{{ amount }}円です", "number"),
    ("costs $XX.XX today", "costs ${{ amount }} today", "number"),
    ("○営業日以内", "{{ days }}営業日以内", "number"),
    ("within N days.", "within {{ days }} days.", "number"),
    ("save XX% now", "save {{ percent }}% now", "number"),
    ("○個の", "{{ quantity }}個の", "number"),
    ("at XX:XX.", "at {{ time }}.", ""),
    ("Hi ____,", "Hi {{ customer_name }},", ""),
    ("Dear Mr. XXX,", "Dear Mr. {{ customer_name }},", ""),
    ("order #XXXX", "order #{{ order_number }}", ""),
    ("Order number: ____", "Order number: {{ order_number }}", ""),
    ("ご注文番号：＿＿＿", "ご注文番号：{{ order_number }}", ""),
    ("Color: XXX", "Color: {{ color }}", ""),
    ("in version x.x.x now", "in version {{ version }} now", ""),
    ("see [it](LINK)", "see [it]({{ link }})", ""),
    ("（理由を記入）のため", "{{ reason }}のため", ""),
    ("[お名前]様", "{{ name }}様", ""),
    ("INSERT LINK HERE", "{{ link }}", ""),
    ("%fillpart:name=sorry%Sorry.%fillpartend%", "{% if sorry %}Sorry.{% endif %}", "yesno"),
    ("%fillarea:name=details%", "{{ details }}", "multiline"),
    ("say XXX to it", "say {{ value_1 }} to it", ""),
)


def filled(text: str) -> tuple[str, list[dict[str, object]]]:
    new = fill(text, holes_in_source(text, is_template=True))
    for one in reversed(new):
        text = text[: one.placed.start] + one.new.template + text[one.placed.end :]
    return text, [*field_entries(new)]


@pytest.mark.parametrize(("written", "template", "kind"), MEANT)
def test_what_stands_around_a_hole_names_its_field(written: str, template: str, kind: str) -> None:
    text, fields = filled(written)
    assert text == template
    assert str(fields[-1].get("type", "")) == kind


@pytest.mark.parametrize(
    "word",
    [
        "名義", "名前", "名称", "時間帯", "時間外", "本人", "本社", "点検", "回線", "回答", "台帳", "件名", "個人", "枚数",
        "部品", "部分", "部屋", "課題", "課金", "様式", "様々", "さまざま", "円滑", "ドルフィン",
    ],
)  # fmt: skip
def test_a_word_that_begins_like_a_counter_tells_nothing(word: str) -> None:
    assert filled(f"XXX{word}の件")[0] == f"{{{{ value_1 }}}}{word}の件"


@pytest.mark.parametrize(
    ("counted", "name"),
    [
        ("名様", "quantity"), ("名前後", "quantity"), ("台以上", "quantity"), ("回目", "quantity"), ("個分", "quantity"),
        ("本です", "quantity"), ("件", "quantity"), ("点、", "quantity"), ("名", "quantity"), ("回限り", "quantity"),
        ("時間以内", "hours"), ("部長", "department"), ("課の", "department"), ("円以上", "amount"), ("様宛て", "customer_name"),
    ],
)  # fmt: skip
def test_a_counter_tells_what_it_counts(counted: str, name: str) -> None:
    assert filled(f"XXX{counted}")[0] == f"{{{{ {name} }}}}{counted}"


def test_a_hole_of_which_nothing_tells_has_its_surroundings_as_label() -> None:
    _, fields = filled("Please say XXX to them.\n\n早めに〇〇の件をご確認ください。\n")
    assert [field["label"] for field in fields] == [
        "Please say XXX to them.",
        "早めに〇〇の件をご確認ください",
    ]


def test_the_same_people_are_one_field_and_two_dates_are_two() -> None:
    text, fields = filled("〇〇様、△△様\n\n〇〇様は○月○日から○月○日まで")
    assert text == (
        "{{ customer_name }}様、{{ customer_name_2 }}様\n\n"
        "{{ customer_name }}様は{{ date }}から{{ date_2 }}まで"
    )
    assert len(fields) == 4


def test_a_name_that_the_template_uses_is_taken() -> None:
    assert filled("{{ date }} {% if days %}{% endif %} ○月○日 ○営業日")[0] == (
        "{{ date }} {% if days %}{% endif %} {{ date_2 }} {{ days_2 }}営業日"
    )


@pytest.mark.parametrize(
    "note",
    ["BEFORE SENDING: ask", "Remove this line", "※送信前に削除", "★要確認★", "TODO: ask", "[Remove if paid]", "%key:tab%"],
)  # fmt: skip
def test_a_note_to_the_author_is_no_field(note: str) -> None:
    assert filled(note) == (note, [])


def test_a_choice_has_its_choices() -> None:
    assert filled("%fillpopup:name=offer:default=a refund:credit%")[1] == [
        {"name": "offer", "label": "offer", "type": "choice", "choices": ["a refund", "credit"]}
    ]
