from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.conftest import Base

import cannery


def ids(base: Base, words: str, **more: object) -> list[str]:
    with cannery.open(base.root) as opened:
        return [hit.at.id for hit in opened.search(words, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["title: Proxy", "keywords: [proxy]", "tags: [proxy]"])
def test_what_an_entry_is_called_counts_for_more_than_what_it_says(base: Base, key: str) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\nproxy proxy")
    base.write("articles/b.md", f"---\n{key}\n---\nsome other words")
    assert ids(base, "proxy") == ["articles/b", "articles/a"]


@pytest.mark.parametrize(
    "text", ["---\ntitle: B\nsummary: proxy\n---\nwords", "---\ntitle: B\n---\n## proxy\n\nwords"]
)
def test_headings_and_summaries_count_for_more_than_a_body(base: Base, text: str) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\nproxy words")
    base.write("articles/b.md", text)
    assert ids(base, "proxy") == ["articles/b", "articles/a"]


def test_words_side_by_side_count_for_more_than_far_apart(base: Base) -> None:
    base.write("articles/a.md", "It was a bad day at the gateway.")
    base.write("articles/b.md", "It was a day at the bad gateway.")
    base.write("articles/c.md", "Nothing.")
    assert ids(base, "bad gateway")[0] == "articles/b"


def test_in_a_long_question_the_length_of_an_entry_matters(base: Base) -> None:
    asked = (
        "printer queue driver spooler paper tray cartridge toner duplex network scanner firmware"
    )
    many = asked.split()
    base.write("articles/long.md", " ".join([*many, *many] + ["page"] * 120))
    base.write("articles/short.md", " ".join([*many, "page", "page"]))
    for number in range(30):
        base.write(f"articles/{number}.md", f"{many[number % 12]} page page page page")
    assert ids(base, "printer")[0] != ids(base, asked)[0]
    assert ids(base, asked)[0] == "articles/short"


def test_a_title_that_is_the_query_comes_first(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: The metrics\n---\n" + "long words " * 200)
    base.write("articles/b.md", "---\ntitle: Metrics that Metrics exports\n---\nmetrics metrics")
    base.write("articles/c.md", "---\ntitle: C\nkeywords: [metrics]\n---\nmetrics metrics metrics")
    base.write("articles/ja.md", "---\ntitle: 指標\n---\n" + "長い文章。" * 200)
    base.write("articles/ja2.md", "---\ntitle: 指標が送る指標\n---\n指標 指標")
    assert ids(base, "metrics")[0] == "articles/a"
    assert ids(base, "Metric?")[0] == "articles/a"
    assert ids(base, "指標")[0] == "articles/ja"


def test_words_said_around_a_subject_count_less_in_any_language(base: Base) -> None:
    for number in range(60):
        subject = "Rechnung" if number % 2 else "Konto"
        base.write(
            f"articles/{number}.md",
            f"---\ntitle: {subject}\n---\n{subject} {subject}{' leider' * (number % 20 < 9)} words",
        )
    base.write("articles/topic.md", "Drucker Rechnung words words")
    base.write("articles/talk.md", "Drucker leider words words")
    assert ids(base, "leider Rechnung Drucker")[0] == "articles/topic"


def test_an_entry_that_nobody_vouched_for_in_time_ranks_lower(base: Base) -> None:
    old = date.today() - timedelta(days=400)  # noqa: DTZ011 - the user's own day
    base.write("articles/a.md", f"---\nreviewed: {old}\n---\nproxy")
    base.write("articles/b.md", f"---\nreviewed: {old}\nreview_every: 5y\n---\nproxy words words")
    assert ids(base, "proxy") == ["articles/b", "articles/a"]


def test_use_lifts_an_entry_among_its_like_only(base: Base) -> None:
    base.write("articles/a.md", "proxy")
    base.write("articles/b.md", "proxy")
    base.write("articles/c.md", "---\ntitle: Proxy\n---\nproxy proxy")
    assert ids(base, "proxy") == ["articles/c", "articles/a", "articles/b"]
    assert ids(base, "proxy", usage={"articles/b": 1.0}) == [
        "articles/c",
        "articles/b",
        "articles/a",
    ]
    assert ids(base, "proxy", usage={"articles/b": 9e9})[0] == "articles/c"


def test_the_last_word_may_be_unfinished_while_it_is_typed(base: Base) -> None:
    base.write("articles/a.md", "configuration of proxies")
    base.write("articles/b.md", "config")
    for typed in ("proxy con", "proxy confi", "proxy configu", "proxy configuri", "proxi"):
        assert ids(base, typed, typing=True)[0] == "articles/a"
    assert set(ids(base, "config", typing=True)) == {"articles/a", "articles/b"}
    assert ids(base, "config") == ["articles/b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("curl sends the x-request-id header", "request-id"),
        ("curl sends the x-request-id header", "X-Request-Id"),
        ("git push --force-with-lease", "--force-with-lease"),
        ("git push --force-with-lease", "git force"),
        ("since v2.14.3 it works", "v2.14.3"),
        ("since v2.14.3 it works", "2.14"),
        ("edit /etc/hosts first", "/etc/hosts"),
        ("ORA-01017: invalid username", "ORA-01017"),
        ("ORA-01017: invalid username", "01017"),
        ("status 403 again", "403"),
        ("write to kim@example.com", "kim@example.com"),
        ("write to kim@example.com", "example"),
        ("see https://example.org/a/b?c=d", "https://example.org/a/b?c=d"),
        ("a NullPointerException", "null pointer"),
        ("서버가 응답하지 않습니다", "서버"),
        ("服务器错误", "错误"),
        ("サーバーが応答しません", "サーバ"),
        ("ﾛｸﾞｲﾝできません", "ログイン"),
        ("ＡＰＩキー", "apiキー"),
    ],
)
def test_words_of_all_kinds_are_found_whole_and_in_parts(base: Base, text: str, words: str) -> None:
    base.write("articles/a.md", text)
    for number in range(5):
        base.write(f"articles/n{number}.md", f"Something else, number {number}.")
    assert ids(base, words)[:1] == ["articles/a"]


def test_what_has_a_japanese_word_as_it_stands_comes_first(base: Base) -> None:
    base.write("articles/a.md", "計算量を見積もります。")
    base.write("articles/b.md", "計算の量。計算し、重量を算量します。")
    base.write("articles/c.md", "表の**計算**量です。")
    assert set(ids(base, "計算量")[:2]) == {"articles/a", "articles/c"}
    assert ids(base, "計算量")[2:] == ["articles/b"]
    (base.root / "kb/articles/a.md").unlink()
    (base.root / "kb/articles/c.md").unlink()
    assert ids(base, "計算量") == ["articles/b"]


@pytest.mark.parametrize("words", ["容量不足", "設定「容量不足」", 'disk "容量不足"'])
def test_a_word_hides_nothing_that_has_its_parts(base: Base, words: str) -> None:
    base.write("articles/a.md", "---\ntitle: ディスク容量の不足\n---\ndisk の設定")
    base.write("articles/b.md", "容量不足のご案内。disk の設定")
    assert set(ids(base, words)) == {"articles/a", "articles/b"}


def test_a_phrase_may_have_marks_and_stop_words_in_it(base: Base) -> None:
    base.write("articles/a.md", "The page was **not** [found](https://example.com/x) again.")
    base.write("articles/b.md", "It was found, not lost.")
    assert ids(base, '"not found again"') == ids(base, '"not found"') == ["articles/a"]
