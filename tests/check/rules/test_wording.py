"""What a colleague would say of a reply's words, and what is fine."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Base, Run

CODES = ("avoid", "blame", "promise", "vague", "long-sentence")


def found(base: Base, kb: Run, text: str, language: str = "en") -> list[str]:
    name = "a.md" if language == "en" else f"a.{language}.md"
    base.write(f"macros/{name}", f"---\ntitle: A\n---\n{text}\n")
    out = kb("check").out
    return [code for code in CODES if f"[{code}]" in out]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You forgot to attach the log.", "blame"),
        ("It looks as if you didn't read the manual.", "blame"),
        ("You should have updated before.", "blame"),
        ("As I already mentioned, it is off.", "blame"),
        ("This was your mistake.", "blame"),
        ("Obviously, the port is closed.", "blame"),
        ("Simply click the button.", "blame"),
        ("You did not\nprovide the version.", "blame"),
        ("It will be fixed next week.", "promise"),
        ("The correction will be released on March 3.", "promise"),
        ("We will deploy it by {{ day }}.", "promise"),
        ("We'll solve this before the end of the month.", "promise"),
        ("We guarantee that it works.", "promise"),
        ("We look into it as soon as possible.", "vague"),
        ("You will hear from us shortly.", "vague"),
        ("You will hear from us soon.", "vague"),
        ("Please answer at your earliest convenience.", "vague"),
    ],
)
def test_a_reply_that_reads_badly_is_told(base: Base, kb: Run, text: str, code: str) -> None:
    assert found(base, kb, text) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("お客様のミスが原因です。", "blame"),
        ("既にお伝えしましたとおり、設定はオフです。", "blame"),
        ("マニュアルをご確認いただいていないようです。", "blame"),
        ("簡単にできます。", "blame"),
        ("来週までに修正いたします。", "promise"),
        ("3月中にリリースいたします。", "promise"),
        ("必ず解決いたします。", "promise"),
        ("できるだけ早くご連絡いたします。", "vague"),
        ("近日中にお知らせします。", "vague"),
        ("追ってご連絡いたします。", "vague"),
        ("この機能は、管理画面の設定から有効にすることができ、有効にした後は、すべての利用者に対して自動的に適用されますが、適用されるまでには最大で一時間程度かかる場合があり、その間は古い設定が表示されることがありますので、しばらくたってから画面を再度読み込んでいただく必要があることにご注意ください。", "long-sentence"),
    ],
)  # fmt: skip
def test_a_japanese_reply_that_reads_badly_is_told(
    base: Base, kb: Run, text: str, code: str
) -> None:
    assert found(base, kb, text, "ja") == [code]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You will hear from us by {{ day }}, even if there is nothing new.", "en"),
        ("Sign-in works again as soon as the clocks agree.", "en"),
        ("The log just stops, without an error.", "en"),
        ("If you have not attached the log yet, please do.", "en"),
        ("The problem is solved in version {{ version }}.", "en"),
        ("It was fixed on Monday, and is available now.", "en"),
        ("The correction is planned for version {{ planned }}.", "en"),
        ("Please write again, or sooner if it comes back.", "en"),
        ("You must have the role owner.", "en"),
        ("`simply click` is what the button says.", "en"),
        ("{% if a %}One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen{% else %}one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty one two three{% endif %}", "en"),
        ("- {{ one | default: 'a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o' }}", "en"),
        ("進展の有無にかかわらず、{{ date }}までに改めてご連絡いたします。", "ja"),
        ("修正時期は未定です。", "ja"),
        ("設定を確認いただけますでしょうか。", "ja"),
        ("機密情報を必ず削除してください。", "ja"),
    ],
)  # fmt: skip
def test_a_reply_that_reads_well_is_left_alone(
    base: Base, kb: Run, text: str, language: str
) -> None:
    assert found(base, kb, text, language) == []


def test_the_line_of_a_word_is_told(base: Base, kb: Run) -> None:
    base.write("macros/a.md", "---\ntitle: A\n---\nHello,\n\nwe know it.\nYou will hear soon.\n")
    assert "kb/macros/a.md:7: warning: vague time: “soon”" in kb("check").out


def test_the_team_s_own_words_are_told_with_what_to_say_instead(base: Base, kb: Run) -> None:
    base.write(
        "kb.toml",
        '[check.avoid.en]\n"kindly" = "please"\n"log in" = "sign in"\n[check.avoid.ja]\n"了解しました" = "承知いたしました"\n',
    )
    base.write("macros/a.md", "---\ntitle: A\n---\nKindly log\nin. Unkindly. `kindly`\n")
    base.write("macros/a.ja.md", "---\ntitle: A\n---\nはい、了解しました。 kindly\n")
    base.write("articles/b.md", "---\ntitle: B\n---\nKindly wait.\n")
    out = kb("check").out
    assert out.count("[avoid]") == 4
    assert "“log in” is on the list of words to avoid" in out
    assert "Use: 承知いたしました" in out
    assert "Use: please" in out


def test_a_region_has_the_words_of_its_language_and_its_own(base: Base, kb: Run) -> None:
    base.write(
        "kb.toml",
        'languages = ["en", "en-GB", "en_NZ"]\n[check.avoid.en]\nkindly = "please"\nfall = "autumn"\n'
        '[check.avoid.en-GB]\nkindly = "do"\n[check.avoid.en-AU]\nlog = "record"\n',
    )
    for language in ("en", "en-GB", "en_NZ"):
        name = "a.md" if language == "en" else f"a.{language}.md"
        base.write(f"macros/{name}", "---\ntitle: A\n---\nKindly log it in fall.\n")
    out = kb("check").out
    assert out.count("“fall” is on the list of words to avoid") == 3
    assert (out.count("Use: please"), out.count("Use: do"), out.count("Use: record")) == (2, 1, 0)


@pytest.mark.parametrize(
    "setting",
    ["avoid = 3", "keep = 3", "keep.en = 3", "avoid.en = 3", 'avoid.en."a" = 3', 'avoid.en."" = "x"', 'severity.link = "bad"', "severity = 1"],
)  # fmt: skip
def test_a_wrong_setting_is_told(base: Base, kb: Run, setting: str) -> None:
    base.write("kb.toml", f"[check]\n{setting}\n")
    done = kb("check")
    assert done.code == 1
    assert re.search(r"kb\.toml:[12]: error: check\.", done.out)


def test_a_rule_can_weigh_more_or_less(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n## A\n\n#### B\n\n[x](y.md)\n")
    assert kb("check").code == 1
    base.write("kb.toml", '[check.severity]\nheading = "error"\nlink = "warning"\n')
    done = kb("check")
    assert (done.code, "error: heading level" in done.out, "warning: broken link" in done.out) == (
        1,
        True,
        True,
    )
    base.write("kb.toml", '[check.severity]\nlink = "warning"\n')
    assert kb("check").code == 0
