"""Why a hit is where it is, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from wcwidth import wcswidth

from cannery.cli import output
from cannery.model.explanation import Explanation, Reason, Relation, ScorePart
from cannery.model.hit import Hit
from cannery.util.plain import one_line

_FIELDS = {"title": "title", "heading": "headings", "text": "text"}
_COLUMN = 10
_MOST_TERMS = 12
_MOST_LACKING = 5
_WIDEST = 28  # columns of a term; a longer one pushes its row to the right
_WHAT: dict[Reason, str] = {
    "adjacent": "side by side",
    "title": "title is the query",
    "shortcut": "shortcut is the query",
    "coverage": "coverage",
    "filter": "filters",
    "usage": "used often",
    "overdue": "review overdue",
    "meaning": "meaning",
}
_WHY: dict[Relation, str] = {
    "form": "from {}",
    "beginning": "begins with {}",
    "spelling": "spelt like {}",
    "katakana": "from {}",
    "letter": "begins with {}",
    "unfinished": "begins with {}",
    "synonym": "synonym of {}",
    "spelt": "{} spelt otherwise",
    "phrase": "just so",
    "reading": "read as {}",
}


def as_data(explanation: Explanation) -> dict[str, object]:
    """Without what a part has nothing of: only terms have fields, only coverage lacks any."""
    parts = []
    for part in explanation.parts:
        members = {key: value for key, value in part._asdict().items() if value not in ("", ())}
        parts.append(members | ({"fields": dict(part.fields)} if part.fields else {}))
    return {"path": explanation.path, "parts": parts}


def show(hit: Hit, explanation: Explanation) -> None:
    """The score, and below it what it is the sum of."""
    parts = _shortened(explanation.parts)
    width = min(max((wcswidth(_what(part)) for part in parts), default=0), _WIDEST)
    titles = "".join(f"{title:>{_COLUMN}}" for title in _FIELDS.values())
    has_fields = any(part.fields for part in parts)
    output.say(
        output.style(f"{hit.score:>12.4f}", bold=True),
        output.style(f"  {'':{width}}{titles}" if has_fields else "", dim=True),
    )
    if explanation.path != hit.at.path:
        output.say(output.style(f"{'':14}as {explanation.path} has it", dim=True))
    for part in parts:
        what = _what(part)
        gap = " " * max(width - wcswidth(what), 0)
        shares = _shares(part) if has_fields else ""
        why = f"  {_why(part)}"
        output.say(
            output.style(f"{part.amount:>+12.4f}", fg="green" if part.amount > 0 else "red"),
            "  ",
            output.style(what, fg="yellow") if part.term else what,
            f"{gap}{shares}" if why.strip() else f"{gap}{shares}".rstrip(),
            output.style(why.rstrip(), dim=True),
        )


def _shortened(parts: Sequence[ScorePart]) -> list[ScorePart]:
    """The parts, of a long text's many terms the first; the others' sum in one row."""
    terms = [part for part in parts if part.term]
    rest = terms[_MOST_TERMS:]
    if len(rest) <= 1:
        return [*parts]
    more = ScorePart("term", sum(part.amount for part in rest), f"... {len(rest)} more")
    return [*terms[:_MOST_TERMS], more, *(part for part in parts if not part.term)]


def _what(part: ScorePart) -> str:
    return one_line(part.term) if part.term else _WHAT.get(part.name, part.name)


def _shares(part: ScorePart) -> str:
    """How much of it is from each field, in columns."""
    shares = dict(part.fields)
    return "".join(
        f"{shares[name]:>{_COLUMN}.4f}" if name in shares else " " * _COLUMN for name in _FIELDS
    )


def _why(part: ScorePart) -> str:
    if part.relation:
        return _WHY[part.relation].format(one_line(part.typed))
    if not part.lacks:
        return ""
    more = ", ..." if len(part.lacks) > _MOST_LACKING else ""
    return f"lacks {one_line(', '.join(part.lacks[:_MOST_LACKING]))}{more}"
