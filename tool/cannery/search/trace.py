"""What happens to the scores of some documents while they are made, step by step.

The ranking tells a trace what it does and asks nothing of it: so what is explained are the very
sums that order the hits.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cannery.model.explanation import Reason, Relation


class Trace:
    """Takes no notes: nobody has asked."""

    def came(self, terms: Iterable[str], relation: Relation, typed: str) -> None:
        """Terms are looked for because of what was typed."""

    def added(self, term: str, field: str, scores: Sequence[float], base: int) -> None:
        """The scores of a segment, of the documents from `base` on, with a term in a field."""

    def covered(self, terms: Sequence[str], scores: Sequence[float], base: int) -> None:
        """The same, with regard to how many of the terms a document has."""

    def raised(self, name: Reason, document: int, amount: float) -> None:
        """A document's score was raised by so much, for the reason of this name."""


NO_TRACE = Trace()
