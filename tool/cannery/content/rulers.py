"""markdown-it's rules, of which those alone are asked that begin with the letter at hand.

markdown-it gives each line to a dozen rules in turn, and each letter that may be a mark to as many.
Nearly all look at one letter and decline: asking them is half of the time that parsing takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

# The letters that a rule can begin with, blanks apart. What is not here is asked always.
_OF_BLOCKS: Mapping[str, str] = {
    "blockquote": ">",
    "box": "!?=",
    "details": "<",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "reference": "[",
}
_OF_SPANS: Mapping[str, str] = {
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "kb_html": "<",
    "link": "[",
    "linkify": ":",
    "newline": "\n",
    "strikethrough": "~",
}

_RuleT = TypeVar("_RuleT", bound=Callable[..., bool])
_ByLetter = tuple[Mapping[str, Sequence[_RuleT]], Sequence[_RuleT]]


class BlockRuler(Ruler[RuleFuncBlockType]):
    """The rules of another ruler, asked by the first letter of a line that is no blank."""

    def __init__(self, known: Ruler[RuleFuncBlockType]) -> None:
        super().__init__()
        self.__rules__ = known.__rules__

    def __compile__(self) -> None:
        chains = {"", *(name for rule in self.__rules__ if rule.enabled for name in rule.alt)}
        self.__cache__ = {chain: [_block_rule(self._rules_of(chain))] for chain in chains}

    def _rules_of(self, chain: str) -> dict[str, RuleFuncBlockType]:
        return {
            rule.name: rule.fn
            for rule in self.__rules__
            if rule.enabled and (not chain or chain in rule.alt)
        }


class InlineRuler(Ruler[RuleFuncInlineType]):
    """The rules of another ruler, asked by the letter that comes next.

    The rule for text is not asked where a letter stands that ends a run of text.
    """

    def __init__(self, known: Ruler[RuleFuncInlineType], ends: re.Pattern[str]) -> None:
        super().__init__()
        self.__rules__ = known.__rules__
        self._marks = "".join(filter(ends.match, map(chr, range(128))))

    def __compile__(self) -> None:
        rules = {rule.name: rule.fn for rule in self.__rules__ if rule.enabled}
        self.__cache__ = {"": [_inline_rule(rules, self._marks)]}


def _block_rule(rules: Mapping[str, RuleFuncBlockType]) -> RuleFuncBlockType:
    by_letter, others = _by_letter(rules, _OF_BLOCKS)

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
        start = state.bMarks[line] + state.tShift[line]
        for rule in by_letter.get(state.src[start : start + 1], others):
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _inline_rule(rules: Mapping[str, RuleFuncInlineType], marks: str) -> RuleFuncInlineType:
    by_mark, others = _by_letter(
        {name: rule for name, rule in rules.items() if name != "text"}, _OF_SPANS, marks
    )
    of_text = [rules["text"], *others]

    def ask(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
        for rule in by_mark.get(state.src[state.pos], of_text):  # noqa: SIM110 - a generator is slower
            if rule(state, silent):
                return True
        return False

    return ask


def _by_letter(
    rules: Mapping[str, _RuleT], letters_of: Mapping[str, str], letters: str = ""
) -> _ByLetter[_RuleT]:
    """The rules for each letter that some begin with, or that is in `letters`; those for others."""
    table = {
        letter: [rule for name, rule in rules.items() if letter in letters_of.get(name, letter)]
        for letter in {*letters, *"".join(letters_of.values())}
    }
    return table, [rule for name, rule in rules.items() if name not in letters_of]
