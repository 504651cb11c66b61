"""Each kind of personal part, as the languages and countries write it, and what looks like it."""

from __future__ import annotations

import pytest

from cannery.capture.language import in_language
from cannery.capture.macro import as_macro
from cannery.capture.personal import KINDS, personal

_FOUND = [
    # Hosts and networks
    ("Restart build-07.corp.example.net now.", "build-07.corp.example.net", "host"),
    ("ランナー ci-03.example.co.jp との接続", "ci-03.example.co.jp", "host"),
    ("The clock on build-agent-03 is off.", "build-agent-03", "host"),
    ("Allow *.acme.example in it.", "*.acme.example", "host"),
    ("from 10.42.7.0/24 only", "10.42.7.0/24", "ip_address"),
    ("to 2001:db8:85a3::8a2e:370:7334.", "2001:db8:85a3::8a2e:370:7334", "ip_address"),
    ("fe80::1ff:fe23:4567:890aから", "fe80::1ff:fe23:4567:890a", "ip_address"),
    ("IPは１９２．１６８．１０．５です", "１９２．１６８．１０．５", "ip_address"),
    ("device 00:1B:44:11:3A:B7", "00:1B:44:11:3A:B7", "mac_address"),
    ("in the group physics-staff.", "physics-staff", "resource"),
    ("バケット「hokuto-archive」への", "hokuto-archive", "resource"),
    # Numbers of things
    ("the request 5f0c2b9e-7a41-4c1d-9d32-1c6f0b8e4a77", "5f0c2b9e-7a41-4c1d-9d32-1c6f0b8e4a77", "id"),
    ("ジョブ番号 5521908 を", "5521908", "reference"),
    ("incident INC-3381: since", "INC-3381", "reference"),
    ("契約番号 第12345号", "12345", "reference"),
    ("under the number #71902", "#71902", "reference"),
    ("PayPal calls it 8XK41205TJ993214R.", "8XK41205TJ993214R", "reference"),
    ("order 114-3941689-8772232", "114-3941689-8772232", "order_number"),
    ("請求書No.2026-0042を", "2026-0042", "invoice_number"),
    ("お荷物（4400-2211-7765）は", "4400-2211-7765", "tracking_number"),
    ("VAT number SE556677889901", "SE556677889901", "tax_number"),
    ("登録番号 T1234567890123 を", "T1234567890123", "tax_number"),
    ("ABN 51 824 753 556", "51 824 753 556", "tax_number"),
    ("to DE89 3704 0044 0532 0130 00.", "DE89 3704 0044 0532 0130 00", "bank_account"),
    ("the card ending in 4242.", "4242", "card"),
    ("末尾 4242 のカード", "4242", "card"),
    ("merge request !4410 of", "!4410", "merge_request"),
    ("commit 9f31c7be changed", "9f31c7be", "commit"),
    ("内線 4102 まで", "4102", "extension"),
    # Telephones
    ("+44 20 7946 0018 today", "+44 20 7946 0018", "phone"),
    *(
        (f"reach you at {number} today", number, "phone")
        for number in (
            "+493012345678", "+49-30-1234567", "+49 89 123456", "+81312345678", "+49 30 1234567",
            "+44 20 79460958", "+81 3 12345678", "+49 301234567", "+49 (0)30 1234567",
        )
    ),
    ("+1 (415) 555-0132 please", "+1 (415) 555-0132", "phone"),
    ("on (303) 555-0188.", "(303) 555-0188", "phone"),
    ("on 0113 496 0102.", "0113 496 0102", "phone"),
    ("on 0171 1234567 or", "0171 1234567", "phone"),
    ("+91 98765 43210 is", "+91 98765 43210", "phone"),
    ("電話は03-5555-0147です", "03-5555-0147", "phone"),
    ("電話：090（1234）5678", "090（1234）5678", "phone"),
    ("０３－１２３４－５６７８", "０３－１２３４－５６７８", "phone"),
    ("（0120-000-444）へ", "0120-000-444", "phone"),
    # Money
    ("over €1,250.00 in", "€1,250.00", "amount"),
    ("EUR 1.480,00 are", "EUR 1.480,00", "amount"),
    ("1.250,00 € are", "1.250,00 €", "amount"),
    ("CHF 20.- are", "CHF 20.-", "amount"),
    ("25 000 Ft are", "25 000 Ft", "amount"),
    ("US$1,499.99 are", "US$1,499.99", "amount"),
    ("金額は￥88,000（税込）", "￥88,000", "amount"),
    ("請求書（132,000円）を", "132,000円", "amount"),
    ("1万5千円です", "1万5千円", "amount"),
    ("２，５００円です", "２，５００円", "amount"),
    # Days and times
    ("on 12/01/2025.", "12/01/2025", "date"),
    ("due on 15.12.2026.", "15.12.2026", "date"),
    ("on Wednesday, December 2, between", "Wednesday, December 2", "date"),
    ("the 3rd of November", "3rd of November", "date"),
    ("paid yesterday afternoon.", "yesterday afternoon", "date"),
    ("next Tuesday, then", "next Tuesday", "date"),
    ("again in two days.", "in two days", "date"),
    ("we met 3 days ago.", "3 days ago", "date"),
    ("by the end of next week.", "the end of next week", "date"),
    ("令和8年12月1日付で", "令和8年12月1日", "date"),
    ("R8.12.1付の", "R8.12.1", "date"),
    ("11/18（火）15:20", "11/18（火）", "date"),
    ("期限は来週の水曜です", "来週の水曜", "date"),
    ("明日以降に", "明日", "date"),
    ("来月10日までに", "来月10日", "date"),
    ("2時間後に再度", "2時間後", "date"),
    ("期限は12月末です", "12月末", "period"),
    ("for November 2026 only", "November 2026", "period"),
    ("from 12 to 16 January 2027", "12", "date"),
    ("1月12日から16日まで", "16日", "date_2"),
    ("done till wednesday", "wednesday", "date"),
    ("from 3 to 4 pm", "3", "time"),
    ("Line drops every evening around 8 pm. Visit at 10:00.", "10:00", "time_2"),
    ("since 14:05 CET all", "14:05 CET", "time"),
    ("at 10:15am.", "10:15am", "time"),
    ("at 17:05:33 (UTC+9) it", "17:05:33 (UTC+9)", "time"),
    ("16時半から", "16時半", "time"),
    ("failed for 3 hours and 12 minutes", "3 hours and 12 minutes", "duration"),
    # Places
    ("to 14 Mill Lane, Leeds LS2 7EW on", "14 Mill Lane, Leeds LS2 7EW", "address"),
    ("at 1480 Larkspur Avenue, Apt 3, Boulder, CO 80301.", "1480 Larkspur Avenue, Apt 3, Boulder, CO 80301", "address"),
    ("Hauptstraße 5, 10115 Berlin", "Hauptstraße 5, 10115 Berlin", "address"),
    ("お届け先は神奈川県横浜市西区みなとみらい2-3-1です", "神奈川県横浜市西区みなとみらい2-3-1", "address"),
    ("〒530-0001 大阪府大阪市北区梅田1-2-3 サンプルビル5階へ", "〒530-0001 大阪府大阪市北区梅田1-2-3 サンプルビル5階", "address"),
    # Names that people gave
    ("at ‘Budget_2026_final.xlsx’, send", "Budget_2026_final.xlsx", "file_name"),
    ('File "Invoice March 2026.pdf" was', "Invoice March 2026.pdf", "file_name"),
    ("同期が 予算表_2026年度.xlsx で", "予算表_2026年度.xlsx", "file_name"),
    ("thanks, @ravi.s sees it", "@ravi.s", "user_name"),
    ("on macbook-qa-07: same", "macbook-qa-07", "resource"),
    ("Points: 4,310. Vouchers", "4,310", "balance"),
    ("your Business plan covers", "Business", "plan"),
    ("Her user: engel_m.", "engel_m", "resource"),
    ("Room 412 has a view", "412", "place"),
    ("412号室です", "412号室", "place"),
    ("order 12 seats for us", "12 seats", "quantity"),
    ("12席追加したい", "12席", "quantity"),
    # People and companies
    ("I'll ask Maria to call.", "Maria", "person"),
    ("ping me or Lena directly", "Lena", "person"),
    ("your manager, Helen Moss, is", "Helen Moss", "person"),
    ("In the meantime Oscar can help you.", "Oscar", "person"),
    ("Jörg checks the switch.", "Jörg", "person"),
    ("島崎がスイッチを確認中", "島崎", "person"),
    ("大阪オフィスの真鍋が", "真鍋", "person"),
    ("弊社営業の桑原まで", "桑原", "person"),
    ("担当：佐藤まで", "佐藤", "person"),
    ("Hi team at Brightwater,\nit works", "team at Brightwater", "company"),
    ("registered to Clearwater Dental Ltd. and", "Clearwater Dental Ltd.", "company"),
    ("for Schreiber & Söhne GmbH, so", "Schreiber & Söhne GmbH", "company"),
    ("(株)東雲デザイン\nご担当者様", "(株)東雲デザイン", "company"),
    ("car to Hartwell Motors before", "Hartwell Motors", "company"),
    ("of Mthembu Holdings (Pty) Ltd.", "Mthembu Holdings (Pty) Ltd.", "company"),
    ("Anneke, quick one: it is back", "Anneke", "customer"),
    ("りなさん、確認しました", "りなさん", "customer"),
    ("リバーストーン銀行様には", "リバーストーン銀行", "company"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "name"), _FOUND)
def test_a_kind_is_found_whole(text: str, part: str, name: str) -> None:
    assert (part, name) in [(span.text, span.placeholder.name) for span in personal(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Error 0x80070057, ERR_42, HTTP 502, SHA-256, ISO 27001, RFC 2822.",
        "Error E-4012 in the log is harmless.", "ログに出る E-4012 は無害です。",
        "We work 24/7, Monday-Friday 9am-5pm.", "平日9:00〜18:00、土日祝は休業です。",
        "The link expires in two hours.", "7日後に自動削除されます。", "It happens again in 90 days.", "皆さん、たくさんの", "毎週月曜日の10時から",
        "Run setup.py, edit config.toml and read runner.log.", "pull from github.com",
        "https://docs.python.org/3/library/re.html", "npm install @angular/core",
        "the project is read-only", "the server self-hosted", "There are two machines.",
        "localhost is 127.0.0.1", "in about one request in five", "約2割のリクエストが503となり",
        "The build takes 500 MB.", "組織のオーナー様に", "弊社サービスに障害が", "弊社のログで",
        "サポートの役に立つ", "課金はされません", "Everything is back.", "I've checked it.", "Well, that is it.", "以上です。",
    ],
)  # fmt: skip
def test_what_looks_like_one_stays(text: str) -> None:
    assert [(span.text, span.placeholder.name) for span in personal(text)] == []


@pytest.mark.parametrize(
    ("text", "template"),
    [
        (r"reads C:\Users\gholm\Desktop\a.log now", r"C:\Users\{{ user_name }}\Desktop\a.log"),
        ("in /home/tkato/.ssh/config now", "/home/{{ user_name }}/.ssh/config"),
        ("this ticket (#90417)", "#{{ ticket_id }}"),
        ("buy 12 more seats", "{{ quantity }} more seats"),
        ("Dear Ms. Lindqvist,", "{{ form_of_address }} {{ customer }}"),
        ("田中様\n", "{{ customer | honorific }}"),
        ("田村先生\n", "{{ customer }}先生"),
        ("ご確認ください。\n\n請求窓口　大西\n", "請求窓口　{{ agent.name }}"),
    ],
)
def test_what_stands_around_a_value_stays(text: str, template: str) -> None:
    assert template in [span.template for span in personal(text)]


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        ("Hi Jonas,\n", "Jonas", "ticket.requester.first_name"),
        ("hey Marcus :wave: it is back", "Marcus", "ticket.requester.first_name"),
        ("Dear Ms. Lindqvist,\n", "Ms. Lindqvist", "ticket.requester.last_name"),
        ("Dear Mr. van der Berg,\n", "Mr. van der Berg", "ticket.requester.last_name"),
        ("Dear Ana López,\n", "Ana López", "ticket.requester.name"),
        ("Hi Sarah & Tom,\n", "Sarah", ""),
        ("Called Mr. Okafor back.", "Mr. Okafor", ""),
        ("田中様\n\n", "田中様", "ticket.requester.last_name"),
        ("経理部　長谷川様\n", "長谷川様", "ticket.requester.last_name"),
        ("高橋　健太様\n", "高橋　健太様", "ticket.requester.name"),
        ("ミラー様\n", "ミラー様", ""),
        ("上田様からご紹介いただきました。\n", "上田様", ""),
        ("伊藤さん お疲れさまです！\n", "伊藤さん", "ticket.requester.last_name"),
        ("上田様\n\n詳しくは岩崎様に伺いました。", "岩崎様", ""),
        ("this ticket (#90417)", "#90417", "ticket.id"),
        ("本チケット（#61288）に", "#61288", "ticket.id"),
        ("お問い合わせ番号 10234 の件", "10234", "ticket.id"),
        ("your previous ticket 4711", "4711", ""),
        ("job 8841207 failed", "8841207", ""),
        ("お荷物のお問い合わせ番号 440211877", "440211877", ""),
        ("株式会社青葉\n田中様\n", "株式会社青葉", "ticket.organization.name"),
        ("田中様\n\n株式会社青葉のサーバーは", "株式会社青葉", ""),
        ("Hi Jo Ann,\nwrite to jo@example.com.", "jo@example.com", ""),
        ("Hi Sam,\nyour address sam.o@example.com", "sam.o@example.com", "ticket.requester.email"),
        ("Hi Sam,\nyour account billing@example.com", "billing@example.com", ""),
    ],
)  # fmt: skip
def test_a_fact_of_the_ticket_is_named_where_the_text_proves_it(
    text: str, part: str, source: str
) -> None:
    assert (part, source) in [(span.text, span.placeholder.source) for span in personal(text)]


def test_what_stands_under_the_writers_name_is_the_writers() -> None:
    text = "Hi Jo,\nit works.\n\nRegards,\nDana Whitfield\nCannery Ltd\n{}\n+49 30 5557 0100\n"
    own = [(span.text, span.template) for span in personal(text.format("dana@cannery.example"))]
    assert own[1:] == [
        ("Dana Whitfield", "{{ agent.name }}"),
        ("dana@cannery.example", "{{ agent.email }}"),
        ("+49 30 5557 0100", "{{ agent.phone }}"),
    ]
    desk = [span.text for span in personal(text.format("support@cannery.example"))]
    assert "support@cannery.example" not in desk


@pytest.mark.parametrize("dashes", ["-- ", "--", "\\--\\", "—"])
def test_who_stands_under_dashes_is_the_writer(dashes: str) -> None:
    text = f"Hi Kim,\n\nDone.\n\n{dashes}\nAlex Smith\nExample Support\nalex.smith@example.com\n"
    assert [(span.text, span.template) for span in personal(text)][1:] == [
        ("Alex Smith", "{{ agent.name }}"),
        ("alex.smith@example.com", "{{ agent.email }}"),
    ]


def test_a_team_under_dashes_is_nobody() -> None:
    text = "Hi Kim,\n\nDone.\n\n-- \nThe Example Team\n"
    assert [span.text for span in personal(text)] == ["Kim"]


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Hi José,\nthe Joséphin plan is new.", "Hi {},\nthe Joséphin plan is new."),
        ("Hi Zoë,\nthanks, Zoë!", "Hi {},\nthanks, {}!"),
        ("Hi Kim,\nsee Kim-Lee and Lee-Kim.", "Hi {},\nsee Kim-Lee and Lee-Kim."),
        ("Hi Kim,\nas Kim-san and Kim's team say.", "Hi {},\nas {}-san and {}'s team say."),
        ("Hi José,\n当社はJoséの件を", "Hi {},\n当社は{}の件を"),
        ("田中様\nなお田中の件で", "{{{{ customer | honorific }}}}\nなお{}の件で"),
    ],
)
def test_a_name_is_found_again_but_not_in_a_longer_one(text: str, template: str) -> None:
    assert as_macro(text, personal(text)).body == template.format(*["{{ customer }}"] * 9)


def test_the_writers_address_is_known_by_the_name_in_it() -> None:
    text = "Hi Jo,\nwrite to hanna@cannery.example then.\n\nBest,\nHanna Lindgren\n"
    assert "{{ agent.email }}" in [span.template for span in personal(text)]


def test_two_people_with_a_title_have_a_form_of_address_each() -> None:
    text = "Dear Ms. Lindqvist,\nMr. Okafor and Mrs. Diaz agree.\n"
    assert [span.template for span in personal(text)] == [
        "{{ form_of_address }} {{ customer }}",
        "{{ their_form_of_address }} {{ person }}",
        "{{ their_form_of_address_2 }} {{ person_2 }}",
    ]


def test_fields_are_called_in_the_language_of_the_text() -> None:
    labels = [span.placeholder.label for span in personal("5月3日と5月4日にご注文いただいた件")]
    assert labels == ["日付", "日付 2"]


def test_each_kind_has_a_label_in_japanese() -> None:
    labels = [in_language(kind.placeholder, "ja").label for kind in KINDS]
    assert [label for label in labels if label.isascii()] == ["ID"]
