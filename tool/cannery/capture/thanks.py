"""Comments that say nothing but thanks, agreement or "me too": no part of an answer."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 200  # letters: nobody thanks at more length without a reason
_MENTION = re.compile(r"@[\w.-]+|^>.*$|<!--.{0,200}-->", re.MULTILINE)
_SHORTCODE = re.compile(r":(?:\+1|-1|[a-z_]{1,40}):")
_VOTE = re.compile(r"[+-]\s?1\b")
_WORD = re.compile(r"\w+")
# One of these says it, ...
_SAYING = frozenset(
    """agreed awesome brilliant bump cheers danke excellent gracias great lgtm merci nice obrigado
    ok okay perfect same subscribing thank thanks thankyou thx tks tnx ty tysm up""".split()
)
# ... with any of these around it.
_AROUND = frozenset(
    """a again all also and an and appreciated but everybody everyone folks for from guys helpful here
    it job lot lots many me much of problem question really so team the this to too very work you
    your help issue""".split()
)
_ME_TOO = ({"me", "too"}, {"same", "here"}, {"much", "appreciated"})
_JAPANESE = re.compile(
    r"(?:どうも|本当に|大変|誠に|とても|早速の?|ご?(?:回答|返信|対応|教示|連絡)(?:を|いただき)?"
    r"|有難う(?:ございます|ございました)?|有り難う(?:ございます|ございました)?"
    r"|ありがとう?(?:ございます|ございました)?|(?:大変)?助かり(?:ます|ました)|感謝(?:です|します|いたします|しています)?"
    r"|了解(?:です|しました|いたしました)?|承知(?:しました|いたしました|です)|同じく|なるほど|いいね|お疲れ様です)+"
)


def is_thanks(text: str) -> bool:
    """Whether a comment says no more than thanks, `+1`, 👍 or the like."""
    if len(text) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", _MENTION.sub(" ", text))
    plain = _VOTE.sub(" ", _SHORTCODE.sub(" ", plain))
    words = [word.casefold() for word in _WORD.findall(plain)]
    joined = "".join(words)
    if not words or _JAPANESE.fullmatch(joined):
        return bool(text.strip())
    if not {*words} <= _SAYING | _AROUND:
        return False
    return not _SAYING.isdisjoint(words) or any(said <= {*words} for said in _ME_TOO)
