from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Unpack

import pytest
from tests.conftest import Base, Run

import cannery
from cannery.model.hit import Filters, Hit
from cannery.model.location import Changes
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search.index import open_index
from cannery.search.scan_child import Report
from cannery.search.snippet import excerpt, snippet
from cannery.search.strip_markup import strip_markup


def found(base: Base, words: str, **more: Unpack[Filters]) -> list[Hit]:
    with cannery.open(base.root) as opened:
        return opened.search(words, **more)


def ids(base: Base, words: str, **more: Unpack[Filters]) -> list[str]:
    return [hit.at.id for hit in found(base, words, **more)]


def test_a_japanese_word_inside_a_sentence_is_found(base: Base) -> None:
    base.write("articles/a.md", "お客様への返金は五営業日かかります。")
    base.write("articles/b.md", "パスワードを再設定してください。")
    for words in ("返金", "営業日", "金"):
        assert ids(base, words) == ["articles/a"]
    assert ids(base, "ﾊﾟｽﾜｰﾄﾞ 再設定") == ["articles/b"]


def test_a_file_edited_added_renamed_or_deleted_is_found_as_it_is_now(base: Base) -> None:
    path = base.write("articles/a.md", "apple")
    assert ids(base, "apple") == ["articles/a"]
    base.write("articles/a.md", "grape")
    base.write("articles/b.md", "apple")
    assert (ids(base, "apple"), ids(base, "grape")) == (["articles/b"], ["articles/a"])
    path.rename(path.with_name("c.md"))
    assert ids(base, "grape") == ["articles/c"]
    path.with_name("c.md").unlink()
    assert ids(base, "grape") == []


def test_a_title_counts_for_more_than_a_body(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: Invoices\n---\nrefund refund refund")
    base.write("articles/b.md", "---\ntitle: Refund\n---\nmoney")
    assert ids(base, "refund") == ["articles/b", "articles/a"]


def test_filters_narrow(base: Base) -> None:
    base.write("articles/a.md", "---\ntags: [Net]\n---\nproxy")
    base.write("macros/b.md", "---\nstatus: draft\nshortcut: ;px\n---\nproxy")
    base.write("macros/c.ja.md", "proxy")
    base.write("articles/d.md", "---\nstatus: retired\n---\nproxy")
    assert set(ids(base, "proxy")) == {"articles/a", "macros/b", "macros/c"}
    assert ids(base, "proxy", kind="article") == ["articles/a"]
    assert ids(base, "proxy", language="ja") == ["macros/c"]
    assert ids(base, "proxy", tags=("net",)) == ["articles/a"]
    assert ids(base, "proxy", status="draft") == ["macros/b"]
    assert ids(base, "proxy", status="retired") == ["articles/d"]
    assert ids(base, "px") == ["macros/b"]
    assert len(ids(base, "proxy", limit=1)) == 1


def test_variants_of_an_entry_are_one_hit_in_the_preferred_language(base: Base) -> None:
    base.write("articles/a.md", "HAR HAR HAR")
    base.write("articles/a.ja.md", "HAR ファイル")
    assert [hit.at.language for hit in found(base, "HAR")] == ["en"]
    assert [hit.at.language for hit in found(base, "HARファイル")] == ["ja"]
    base.write("articles/a.ja.md", "HAR HAR HAR HAR")
    assert [hit.at.language for hit in found(base, "HAR")] == ["en"]
    assert [hit.at.language for hit in found(base, "HAR", prefer="ja")] == ["ja"]


def test_a_broken_file_is_still_found_and_parts_are_not(base: Base) -> None:
    base.write("articles/a.md", b"---\n[\n---\nproxy \xff")
    base.write("macros/_parts/p.md", "proxy")
    assert ids(base, "proxy") == ["articles/a"]


_SPOILS = ("empty", "garbage", "half", "holes", "gone", "bit")
_INDEX = (
    "*.trm", "*.pst", "*text.len", "*.pairs", "*.pairsends", "*.kept", "*.keptends", "manifest-*",
)  # fmt: skip
# Each file is spoilt in two ways here, each way meets two files or more, and at night every one.
_SPOILT = [
    pytest.param(name, spoil, marks=[] if (at - number) % 3 == 0 else [pytest.mark.long])
    for number, spoil in enumerate(_SPOILS)
    for at, name in enumerate(_INDEX)
]


# Whoosh leaves the file open that it stumbles over.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("name", "spoil"), _SPOILT)
def test_a_spoilt_index_is_made_anew(base: Base, name: str, spoil: str) -> None:
    for number in range(12):
        base.write(f"articles/{number}.md", f"---\ntitle: T{number}\n---\nproxy {number} " * 30)
    with cannery.open(base.root) as opened:
        before = opened.search("proxy", limit=50)
    assert len(before) == 12
    time.sleep(0.03)  # a file system's clock ticks in milliseconds
    assert list(base.workspace.cache.rglob(name))
    for path in base.workspace.cache.rglob(name):
        data = path.read_bytes()
        path.write_bytes(_SPOILED[spoil](data))
        if spoil == "gone":
            path.unlink()
    with cannery.open(base.root) as opened:
        assert opened.search("proxy", limit=50) == before
    gc.collect()  # here, and not in the middle of another test


_SPOILED: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "gone": lambda _: b"",
    "bit": lambda data: data[:40] + bytes([data[40] ^ 4]) + data[41:],
    "garbage": lambda data: bytes(7 * at % 256 for at in range(len(data))),
    "half": lambda data: data[: len(data) // 2],
    "holes": lambda data: b"".join(
        data[at : at + 90] + bytes(10) for at in range(0, len(data), 100)
    ),
}


def test_without_a_cache_there_is_an_index_for_once(base: Base) -> None:
    base.write("articles/a.md", "proxy")
    base.workspace.cache.parent.mkdir(parents=True)
    base.workspace.cache.write_text("a file where the folder should be")
    assert ids(base, "proxy") == ["articles/a"]
    with open_index(base.workspace.cache) as index:
        assert index.temporary


def test_an_index_that_was_not_finished_counts_for_nothing(base: Base) -> None:
    for number in range(5):
        base.write(f"articles/{number}.md", "proxy")
    with cannery.open(base.root) as opened:
        steps = opened.catch_up(opened.behind())
        next(steps)
        assert isinstance(steps, Generator)
        steps.close()  # what ^C does
        assert len(opened.behind().added) == 5
    assert len(ids(base, "proxy")) == 5


def test_two_at_once_both_find(base: Base) -> None:
    for number in range(60):
        base.write(f"articles/{number}.md", f"proxy {number}")
    command = [sys.executable, "-m", "cannery", "find", "proxy", "--limit", "100", "--json"]

    def run(_: int) -> str:
        done = subprocess.run(command, capture_output=True, check=True, env=dict(os.environ))
        return done.stdout.decode()

    with ThreadPoolExecutor(3) as pool:
        outputs = set(pool.map(run, range(3)))
    assert len(outputs) == 1
    assert outputs.pop().count('"id"') == 60


def test_an_index_that_another_process_has_filled_meanwhile_is_asked_again(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", "proxy")
    behind = KnowledgeBase.behind

    def late(self: KnowledgeBase, report: Report | None = None) -> Changes:
        command = [sys.executable, "-m", "cannery", "find", "proxy"]
        subprocess.run(command, check=True, capture_output=True)
        return behind(self, report)

    monkeypatch.setattr(KnowledgeBase, "behind", late)
    done = kb("find", "proxy")
    assert (done.code, done.out.count("articles/a")) == (0, 1)


def test_a_word_like_one_of_a_title_is_suggested(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: Kubernetes pods\n---\n")
    assert ids(base, "zkubrntas") == []
    with cannery.open(base.root) as opened:
        assert opened.suggest("kubrntas") == ("kubernetes",)


def test_a_slip_of_the_keyboard_and_half_a_word_are_understood(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: Kubernetes pods\n---\n")
    base.write("articles/b.md", "---\ntitle: Cooking\n---\n")
    for words in ("kuberntes", "kubern", "pods kub"):
        assert ids(base, words) == ["articles/a"]


def test_synonyms_hold_across_languages_and_need_no_rebuild(base: Base) -> None:
    base.write("articles/a.md", "返金の手順")
    base.write("articles/b.md", "Something else")
    assert ids(base, "refund") == []
    base.write("synonyms.yml", "- [refund, money back, 返金]\n")
    assert ids(base, "Refund") == ids(base, "money back please") == ["articles/a"]
    base.write("synonyms.yml", "[")
    assert ids(base, "refund") == []


def test_a_synonym_of_several_words_means_all_of_them(base: Base) -> None:
    base.write("synonyms.yml", "- [refund, money back, 払い戻し]\n")
    base.write("articles/a.md", "You get your money back.")
    base.write("articles/b.md", "Back to work, no money.")
    base.write("articles/c.md", "払い戻しの手順")
    base.write("articles/d.md", "お支払いの手順、巻き戻し")
    with cannery.open(base.root) as opened:
        for _ in range(2):
            assert {hit.at.id for hit in opened.search("refund")} == {"articles/a", "articles/c"}


def test_a_phrase_must_stand_as_it_was_typed(base: Base) -> None:
    base.write("articles/a.md", "The proxy server says no. 返金の手順です。")
    base.write("articles/b.md", "The server has a proxy. 手順の返金。")
    assert ids(base, '"proxy server"') == ids(base, "「返金の手順」") == ["articles/a"]
    assert set(ids(base, '"server proxy"')) == {"articles/a", "articles/b"}  # nobody says so
    assert set(ids(base, "proxy server")) == {"articles/a", "articles/b"}


def test_words_with_a_minus_are_excluded(base: Base) -> None:
    base.write("articles/a.md", "proxy server 返金")
    base.write("articles/b.md", "proxy client")
    assert ids(base, "proxy -server") == ids(base, "proxy -返金") == ["articles/b"]
    assert ids(base, 'proxy -"server"') == ["articles/b"]
    assert ids(base, "-server") == ["articles/a"]


SHELL = """nginx -t checks the file. Error -43 on save. curl -k https://x. tar -xzf logs.tgz.
docker run -it image. status:500 upstream timed out. kind:Pod in the manifest. tag:latest is old."""


@pytest.mark.parametrize(
    "words",
    [
        "nginx -t",
        "error -43",
        "tar -xzf",
        "docker run -it image",
        "status:500 upstream",
        "kind:Pod manifest",
        "image tag:latest",
        'timed out "no such thing"',
    ],
)
def test_a_pasted_command_finds_what_has_it(base: Base, words: str) -> None:
    base.write("articles/a.md", SHELL)
    base.write("articles/b.md", "nginx, curl, tar, a manifest, an image and upstream errors")
    assert ids(base, words)[0] == "articles/a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café in Zürich: François Müller uploads a résumé.", "cafe zurich francois muller resume"),
        ("A jalapeno for Beyonce.", "jalapeño beyoncé"),
        (
            "Your e-mail, the set-up of Wi-Fi, a time-out; O'Brien.",
            "email setup wifi timeout obrien",
        ),
        ("Your email, the setup of wifi, a timeout.", "e-mail set-up wi-fi time-out"),
        ("注文を取り消し、申し込みます。", "取消 申込"),
        ("注文の取消と申込", "取り消し 申し込み"),
        ("パスワードの再設定。サーバーの設定。", "ぱすわーど さーばー"),
        ("ヴァイオリンの渡邊様", "バイオリン 渡辺"),
        ("バイオリンの渡辺様", "ヴァイオリン 渡邉"),
    ],
)
def test_each_spelling_finds_the_others(base: Base, text: str, words: str) -> None:
    base.write("articles/a.md", text)
    for word in words.split():
        assert ids(base, word) == ["articles/a"], word


def test_hiragana_finds_katakana_while_it_is_typed(base: Base) -> None:
    base.write("articles/a.md", "パスワードの再設定")
    assert ids(base, "ぱすわ", typing=True) == ["articles/a"]


def test_a_filter_that_leaves_nothing_is_words(base: Base) -> None:
    base.write("articles/a.md", "---\ntags: [latest]\n---\nNews")
    base.write("articles/b.md", "docker pull image tag:latest")
    assert ids(base, "docker pull tag:latest")[0] == "articles/b"


def test_filters_stand_among_the_words(base: Base) -> None:
    base.write("articles/net/a.md", "---\ntags: [Tls]\nowner: Ana Lee\n---\nproxy")
    base.write("macros/b.md", "proxy")
    assert ids(base, "proxy kind:macro") == ["macros/b"]
    assert ids(base, "tag:tls proxy") == ids(base, "section:net") == ["articles/net/a"]
    assert ids(base, "tag:ＴＬＳ proxy") == ["articles/net/a"]
    assert ids(base, 'owner:"ana lee"') == ["articles/net/a"]
    assert ids(base, "proxy lang:ja") == []


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', '""', "-", "--", "tag:", ":", '-""', "()", "*", "?", "~", "\\", "「」", "AND", "a:b:c", "\x00", "。", "the"],
)  # fmt: skip
def test_no_query_is_an_error(base: Base, words: str) -> None:
    base.write("articles/a.md", "proxy")
    ids(base, words)


def test_a_pasted_mail_finds_what_it_is_about(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: Certificate errors\n---\nx509: unknown authority")
    for number in range(20):
        base.write(f"articles/n{number}.md", f"Note {number} on please and thank you, hello")
    mail = "Hello, please help, thank you. " * 200 + "We see x509: unknown authority since today."
    assert ids(base, mail)[0] == "articles/a"


def test_a_code_like_word_is_found_whole_and_in_parts(base: Base) -> None:
    base.write("articles/a.md", "ERR_SSL_PROTOCOL_ERROR and NullPointerException in /etc/hosts")
    base.write("articles/b.md", "Nothing of it")
    for words in ("ERR_SSL_PROTOCOL_ERROR", "protocol", "pointer", "nullpointerexception", "hosts"):
        assert ids(base, words) == ["articles/a"]


def test_a_snippet_shows_the_passage_with_most_of_the_words() -> None:
    text = "proxy " + "x " * 300 + "the proxy and its certificate. " + "y " * 300
    shown = snippet(text, frozenset({"proxi", "certif"}))
    marked = [shown.text[start:end] for start, end in shown.spans]
    assert marked == ["proxy", "certificate"]
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("authentication " * 30 + "proxy " + "certificate " * 30, "authentication ", "certificate"),
        (
            "認証サーバーの設定を" * 30 + "proxy" + "証明書エラーが発生" * 30,
            "認証|サーバー|設定|の|を",
            "証明書|エラー|発生|が",
        ),
    ],
)
def test_a_snippet_cuts_no_word(text: str, start: str, end: str) -> None:
    shown = snippet(text, frozenset({"proxi"})).text.strip("…")
    assert re.match(f"(?:{start})", shown)
    assert re.search(f"(?:{end})$", shown)
    assert "proxy" in shown


@pytest.mark.parametrize(
    "body",
    [
        "filler words " * 30 + "a proxy " + "of some kind " * 28 + "[a page](https://example.com/x) " * 9,
        "[a page](https://example.com/a/b/c) " * 30 + "a proxy " + "of some kind " * 28,
        "filler words " * 30 + '<a href="https://example.com/x">' + "a proxy of <b>some</b> kind " * 20,
        "{{ invoice | default: 'x' }} is " * 30 + "a proxy {{ amount }} " + "of {{ other }} kind " * 28,
        "{% if a %}some {% endif %}words " * 30 + "a proxy {{ amount }} " + "{% if b %}kind{% endif %} " * 28,
    ],
)  # fmt: skip
def test_a_snippet_cuts_no_mark(body: str) -> None:
    shown = excerpt(body, frozenset({"proxi"}))
    assert "proxy" in shown.text
    assert not re.search(r"[\[\]<>%]|https|href", shown.text)
    assert shown.text.count("{") == shown.text.count("}")


def test_a_snippet_shows_text_where_only_an_address_has_the_word() -> None:
    shown = excerpt("[one](https://proxy.example.com) two", frozenset({"proxi"}))
    assert (shown.text, shown.spans) == ("one two", ())


def test_a_snippet_knows_other_forms_of_a_letter() -> None:
    shown = excerpt("ﾛｸﾞｲﾝできません。" * 3, frozenset({"ログ", "グイ", "イン"}))
    assert [shown.text[start:end] for start, end in shown.spans][:1] == ["ﾛｸﾞｲﾝ"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# A\n\n- [b](c.md) **d** `e`", "A b d e"),
        ("{% if x %}Hi {{ name | upcase }}{% endif %}", "Hi {name}"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("```sh\nls\n```\n<b>x</b> &amp; y", "ls x & y"),
        ('!!! note "A"\n    b[^1]\n\n??? tip\n    c\n\n[^1]: d', '"A" b c d'),
        ('=== "A"\n    - [x] b\n\n> [!NOTE]\n> c\n\n## D {#d}', '"A" b c D'),
        ("!!! Stop it\n??? Why\na[0] = {x}", "!!! Stop it ??? Why a[0] = {x}"),
    ],
)
def test_marks_are_no_words(body: str, expected: str) -> None:
    assert strip_markup(body).split() == expected.split()
