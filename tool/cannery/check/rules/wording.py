"""What the closing review of a ticket would say about the words of a reply.

The team's own words to avoid stand in kb.toml, with what to say instead, and hold for articles too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cannery.check.page import Page
from cannery.check.prose import Block, base_language, blocks, for_language, whole_word
from cannery.check.rule import Rule
from cannery.model.location import Problem, Severity

_MAX_WORDS = 40  # in a sentence; plain language asks for 25, and names and addresses take some
_MAX_LETTERS = 120  # in a Japanese one


class _Advice(NamedTuple):
    code: str
    language: str
    pattern: re.Pattern[str]
    hint: str


_WHEN = (
    r"(?:today|tonight|tomorrow|(?:this|next) (?:week|month|quarter|year)"
    r"|(?:by|on|before|within|until|no later than)\s+(?:the\s+)?(?:end of|next|this|\d|\{\{|mon|tues"
    r"|wednes|thurs|fri|satur|sun|janu|febr|march|april|may\b|june|july|augu|sept|octo|nove|dece))"
)
_DONE = (
    r"(?:fixed|solved|resolved|released|shipped|corrected|delivered|available|deployed|restored)"
)
_DO = r"(?:fix|solve|resolve|release|ship|correct|deliver|deploy|restore)"


def _advice() -> Iterator[_Advice]:
    fact = "Describe the situation, not the mistake: “the setting is off”."
    easy = "It wasn't obvious to the customer. Remove it."
    date = "Say what is known and when you will write again, not when it will be fixed."
    when = "Name a day, or say when you will write again."
    for code, language, hint, pattern in (
        ("blame", "en", fact, r"\byou (?:have )?(?:failed|forgot(?:ten)?|neglected) to\b"),
        ("blame", "en", fact, r"\byou (?:did not|didn['’]t) (?:read|follow|provide|include|attach|send|tell|check|configure)\b"),
        ("blame", "en", fact, r"\byou (?:should|ought to|could) have\b|\byou must have (?!an?\b|the\b|at\b)"),
        ("blame", "en", fact, r"\b(?:your (?:own )?(?:mistake|fault)|user error|you claim(?:ed)?)\b"),
        ("blame", "en", fact, r"\bas (?:I|we)(?: have|['’]ve)?(?: already| previously)? (?:said|told|mentioned|explained|stated|wrote|written)\b"),
        ("blame", "en", easy, r"\b(?:obviously|as you (?:should )?know|needless to say)\b|\b(?:simply|just) (?:click|open|go|run|add|set|change|follow|install|restart|select|type|use)\b"),
        ("blame", "ja", fact, r"お客様の(?:ミス|誤り|責任|せい|過失)|(?:ご確認|お読み|ご記入|ご提供)いただ(?:いて|けて)(?:い|お)(?:ない|りません|ません)|(?:先ほど|先日|以前|既に|すでに)も?(?:申し上げ|お伝えし|ご説明し|ご案内し)(?:た|まし)"),
        ("blame", "ja", easy, r"言うまでもなく|ご存じのとおり|当然ながら|(?:簡単|単純)に(?:でき|行え)"),
        ("promise", "en", date, rf"\b(?:will|shall|is going to) be {_DONE}\b[^.!?\n]{{0,60}}?\b{_WHEN}"),
        ("promise", "en", date, rf"\b(?:we|I)(?:['’]ll| will| shall) {_DO}\b[^.!?\n]{{0,60}}?\b{_WHEN}"),
        ("promise", "en", date, r"\b(?:we|I) (?:guarantee|promise)\b|\bwithout fail\b"),
        ("promise", "ja", date, r"(?:までに|以内に|[日週月]中に)(?!.{0,20}連絡)[^。\n]{0,20}(?:修正|解決|復旧|リリース|改修|解消)(?:を)?(?:いたし|し|させて|完了|でき)"),
        ("promise", "ja", date, r"必ず[^。\n]{0,15}(?:修正|解決|復旧|改修|解消)|お約束(?:いたし|し|でき|申し)ます|保証(?:いたし|し)ます"),
        ("vague", "en", when, r"\b(?:as soon as possible|asap|in due course|in the near future|at your earliest convenience|(?:very )?shortly|soon(?! as| after| enough))\b"),
        ("vague", "ja", when, r"(?:なるべく|できるだけ|できる限り|可能な限り)早[くい]|早急に|至急|近日中|近いうちに|しばらくお待ち|追って(?:ご連絡|ご案内|お知らせ)"),
    ):  # fmt: skip
        # A line of the file ends where it likes.
        broken = re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE)
        yield _Advice(code, language, broken, hint)


_ADVICE = tuple(_advice())
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|[。！？]|\x1e|\{%[^%]{0,500}%\}")
_PLACEHOLDER = re.compile(r"\{\{[^{}]{0,300}+\}\}")
_FILLER = "\x1f"
_ADDRESS = re.compile(r"https?://\S+")


def worded(page: Page) -> Iterator[Problem]:
    """Words of a reply that a colleague would advise against."""
    language = base_language(page.at.language)
    for block in blocks(page):
        lines = block.lines()
        for advice in _ADVICE:
            if advice.language == language:
                for match in advice.pattern.finditer(block.text):
                    phrase = " ".join(match[0].split())
                    message = f"{_REASON[advice.code]}: “{phrase:.60}”"
                    line, hint = lines.of(match.start()), advice.hint
                    yield Problem(page.path, line, advice.code, message, hint, Severity.WARNING)
        yield from _long(page, block)


_REASON = {"blame": "sounds like blame", "promise": "promises a date", "vague": "vague time"}


def _long(page: Page, block: Block) -> Iterator[Problem]:
    start, lines = 0, block.lines()
    text = _ADDRESS.sub(_as_one, _PLACEHOLDER.sub(_as_one, block.text))
    for end in (*(match.start() for match in _SENTENCE_END.finditer(text)), len(text)):
        sentence = text[start:end].replace(_FILLER, "")
        japanese = page.at.language.startswith("ja")
        size, most = (len(sentence), _MAX_LETTERS) if japanese else (
            len(sentence.split()), _MAX_WORDS,
        )  # fmt: skip
        if size > most:
            what = "characters" if japanese else "words"
            message = f"long sentence ({size} {what}): “{' '.join(sentence.split())[:40]}…”"
            line = lines.of(start + len(sentence) - len(sentence.lstrip()))
            hint = "Split it into two sentences."
            yield Problem(page.path, line, "long-sentence", message, hint, Severity.WARNING)
        start = end


def _as_one(match: re.Match[str]) -> str:
    """What stands for a value or an address: one letter, in as much room and as many lines."""
    return "x" + re.sub(r"[^\n]", _FILLER, match[0][1:])


def avoided(page: Page) -> Iterator[Problem]:
    """Words that the team has agreed not to use."""
    instead = for_language(page.settings.avoid, page.at.language)
    if not instead:
        return
    pattern = _any_of(tuple(instead))
    by_word = {word.lower(): say for word, say in instead.items()}
    for block in (*blocks(page, articles=True),):
        lines = block.lines()
        for match in pattern.finditer(block.text):
            word = " ".join(match[0].split())
            say = by_word.get(word.lower(), "")
            message = f"“{word}” is on the list of words to avoid"
            hint = f"Use: {say}" if say else "Remove it."
            line = lines.of(match.start())
            yield Problem(page.path, line, "avoid", message, hint, Severity.WARNING)


@lru_cache(maxsize=8)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(whole_word(word) for word in ordered), re.IGNORECASE)


def _macro(body: str) -> dict[str, str]:
    return {"macros/fix.md": f"---\ntitle: Fix\n---\n{body}\n"}


_AVOID = {"kb.toml": '[check.avoid.en]\n"kindly" = "please"\n'}

RULES = (
    Rule(
        code="avoid",
        page=avoided,
        why="A team with one voice agrees on the words it doesn't use.",
        wrong={**_AVOID, **_macro("Kindly send us the file.")},
        right={**_AVOID, **_macro("Please send us the file.")},
    ),
    Rule(
        code="blame",
        page=worded,
        why="Customers with a problem don't want to hear that it is their fault, or that it is easy.",
        wrong=_macro("You forgot to switch the setting on."),
        right=_macro("The setting is off."),
    ),
    Rule(
        code="promise",
        page=worded,
        why="A date for someone else's work is a promise that support can't keep.",
        wrong=_macro("This will be fixed by the end of next week."),
        right=_macro("You will hear from us by Friday, even if there is nothing new."),
    ),
    Rule(
        code="vague",
        page=worded,
        why="“Soon” means a day to one reader and a month to another; both will ask again.",
        wrong=_macro("We will look at it as soon as possible."),
        right=_macro("We will look at it on Monday."),
    ),
    Rule(
        code="long-sentence",
        page=worded,
        why="Many readers don't read in their first language: long sentences are read twice or skipped.",
        wrong=_macro(
            "We can see in the log that you sent us that the upload stopped when the proxy of "
            "your company closed the connection after exactly one minute, which is the time that "
            "it waits by default and which its administrator can extend for you."
        ),
        right=_macro(
            "Your proxy closed the connection after one minute. Its administrator can extend that."
        ),
    ),
)
