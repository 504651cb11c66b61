"""Which replies are one in several languages, as their names tell.

People without a field for it write the language into a name: `refund_ja`, `Refund (JP)`,
`[EN] Refund`, `;refund-ja`, a folder `japanese/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cannery.model.canned_reply import CannedReply
from cannery.model.loss import Loss
from cannery.util.text import fold_name

# Beside a language's own code.
_WORDS = {
    "de": ("ger", "german", "deutsch", "独"),
    "en": ("eng", "english", "英語", "英文", "英"),
    "es": ("spa", "spanish", "español"),
    "fr": ("fre", "french", "français"),
    "it": ("ita", "italian", "italiano"),
    "ja": ("jp", "jpn", "japanese", "日本語", "和文", "日文", "日"),
    "ko": ("kr", "kor", "korean", "韓国語", "한국어"),
    "nl": ("dut", "dutch", "nederlands"),
    "pt": ("br", "por", "portuguese", "português"),
    "zh": ("cn", "chi", "chinese", "中文", "中国語"),
}
LANGUAGES = tuple(_WORDS)
_BRACKETS = {")": "(", "）": "（", "]": "[", "］": "［", "】": "【"}
_JOINTS = "_-."
_LONGEST = 12  # letters of a word for a language


class Named(NamedTuple):
    """A name without the language that it tells, which is empty for none."""

    base: str
    language: str = ""


@dataclass(slots=True)
class Family:
    """One reply in its languages; each language is there once. A family has at least one."""

    by_language: dict[str, CannedReply] = field(default_factory=dict)
    shortcut: str = ""

    def first(self, language: str) -> CannedReply:
        """The reply in a language, else in any."""
        return self.by_language.get(language) or next(iter(self.by_language.values()))


def language_words(languages: Iterable[str]) -> dict[str, str]:
    """The languages by the words that names tell them with, folded."""
    words: dict[str, str] = {}
    for language in languages:
        short = language.partition("-")[0].lower()
        for word in (language, short, *_WORDS.get(short, ())):
            words.setdefault(fold_name(word), language)
    return words


def known_language(written: str, words: dict[str, str]) -> str:
    """`ja` for `ja-JP`, `ja_JP`, `Japanese`; empty for what is no language of these."""
    folded = fold_name(written).strip()
    short = folded.replace("_", "-").partition("-")[0]
    return words.get(folded) or words.get(short, "")


def split_name(name: str, words: dict[str, str]) -> Named:
    """A name, and the language that stands before it or behind it."""
    name = name.strip()
    for one in (_behind(name), _before(name), _joined(name)):
        if one and one.base and (language := words.get(fold_name(one.language))):
            return Named(one.base, language)
    return Named(name)


def _behind(name: str) -> Named | None:
    """`Refund (JP)`."""
    at = name.rfind(_BRACKETS[name[-1]]) if name and name[-1] in _BRACKETS else -1
    return Named(name[:at].rstrip(" \u3000_-"), name[at + 1 : -1].strip()) if at > 0 else None


def _before(name: str) -> Named | None:
    """`[JP] Refund`, `JP: Refund`, `ja_refund`."""
    closing = {opening: end for end, opening in _BRACKETS.items()}
    if name[:1] in closing:
        word, _, base = name[1:].partition(closing[name[0]])
        return Named(base.strip(" \u3000_-"), word.strip())
    heads = [(name.find(sign), sign) for sign in ":：_-" if 0 < name.find(sign) <= _LONGEST]
    if not heads:
        return None
    at, _ = min(heads)
    return Named(name[at + 1 :].strip(), name[:at].strip())


def _joined(name: str) -> Named | None:
    """`refund_ja`, `refund.ja`."""
    at = max(name.rfind(sign) for sign in _JOINTS)
    return Named(name[:at].rstrip(" \u3000_-."), name[at + 1 :]) if at > 0 else None


class _Labelled(NamedTuple):
    reply: CannedReply
    language: str
    shortcut: str


def families(
    replies: Sequence[CannedReply],
    words: dict[str, str],
    default: str,
    detect: Callable[[str], str],
) -> list[Family]:
    """The replies by families, in their order, with names and sections free of languages.

    `words` tell the languages that there are. `detect` names the language of a text, for want of
    a name that tells it; what is in none of these is taken for the `default` one.
    """
    labelled = [_labelled(reply, words, default, detect) for reply in replies]
    shortcuts = {fold_name(one.shortcut) for one in labelled if one.shortcut}
    found: list[Family] = []
    by_key: dict[tuple[str, ...], list[Family]] = defaultdict(list)
    for one in labelled:
        base = _base_shortcut(one.shortcut, shortcuts, words)
        keys = [*_keys(one.reply, base)]
        known = [family for key in keys for family in by_key[key]]
        family = next((it for it in known if one.language not in it.by_language), None)
        if family is None:
            family = Family(shortcut=base)
            found.append(family)
        family.by_language[one.language] = one.reply
        family.shortcut = family.shortcut or base
        for key in keys:
            if family not in by_key[key]:
                by_key[key].append(family)
    return found


def _labelled(
    reply: CannedReply, words: dict[str, str], default: str, detect: Callable[[str], str]
) -> _Labelled:
    folders = reply.section.split("/") if reply.section else []
    told = [known for folder in folders if (known := words.get(fold_name(folder), ""))]
    section = "/".join(one for one in folders if fold_name(one) not in words)
    title, shortcut = split_name(reply.title, words), split_name(reply.shortcut, words)
    ways: Iterator[str] = iter((
        known_language(reply.language, words), title.language, shortcut.language, *told,
    ))  # fmt: skip
    language = next(filter(None, ways), "") or known_language(detect(reply.body), words) or default
    losses = reply.losses
    if reply.language and not known_language(reply.language, words):
        why = f"no language of this knowledge base: it is filed as {language}"
        losses = (*losses, Loss(reply.origin.path, reply.origin.line, reply.language, why))
    named = replace(reply, title=title.base, section=section, language=language, losses=losses)
    return _Labelled(named, language, shortcut.base)


def _base_shortcut(shortcut: str, others: set[str], words: dict[str, str]) -> str:
    """`:refund` of `:refundja`, where there is a `:refund`."""
    folded = fold_name(shortcut)
    for word in words:
        base = folded.removesuffix(word)
        if base != folded and base in others:
            return shortcut[: len(base)]
    return shortcut


def _keys(reply: CannedReply, shortcut: str) -> Iterator[tuple[str, ...]]:
    if shortcut:
        yield ("shortcut", fold_name(shortcut))
    if reply.title:
        yield ("title", fold_name(reply.section), fold_name(reply.title))
