"""The index of a site's search after an edit of a few pages, without a look at the others."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import NamedTuple

from cannery.model.hit import SearchRecord
from cannery.search.browser_index import BrowserIndex, loan_words
from cannery.search.browser_pages import PageNumbers, Pages, numbers_of
from cannery.search.browser_postings import NO_POSTINGS, Postings, replaced
from cannery.search.browser_term_files import Edit, TermFiles
from cannery.search.browser_terms import PageTerms


class EditedPage(NamedTuple):
    """A page by its number, as it was and as it is."""

    number: int
    before: PageTerms
    after: PageTerms


def updated(
    index: BrowserIndex, records: Sequence[SearchRecord], edited: Iterable[EditedPage]
) -> BrowserIndex:
    """The same index as `browser_index` makes of these pages."""
    shortcuts = Pages(records, {}).shortcuts()
    names = {*index.shortcuts, *shortcuts}
    terms = _with_terms(index.terms, {name: shortcuts.get(name, NO_POSTINGS) for name in names})
    numbers, dashed = _columns(index.numbers), [*index.dashed]
    for page in edited:
        terms = _with_page(terms, page)
        dashed[page.number] = page.after.dashed
        for column, value in zip(numbers, numbers_of(page.after), strict=True):
            column[page.number] = value
    return BrowserIndex(PageNumbers(*numbers), dashed, shortcuts, terms)


def _columns(numbers: PageNumbers) -> list[array[int]]:
    return [array("L", getattr(numbers, column.name)) for column in fields(numbers)]


def _with_terms(terms: TermFiles, names: Mapping[str, Postings]) -> TermFiles:
    """With these postings of some terms, which are in no text."""
    return terms.edited({name: partial(_set, postings) for name, postings in names.items()})


def _set(postings: Postings, _: Postings) -> Postings:
    return postings


def _with_page(terms: TermFiles, page: EditedPage) -> TermFiles:
    before, after = page.before.postings, page.after.postings
    changed = [term for term in {**before, **after} if before.get(term) != after.get(term)]
    edits: dict[str, Edit] = {
        term: partial(_replaced, term, page.number, after.get(term, b"")) for term in changed
    }
    edited = terms.edited(edits)
    other = [term for term in changed if (term in terms) != (term in edited)]
    return _with_terms(edited, loan_words(edited, other)) if other else edited


def _replaced(term: str, number: int, posting: bytes, postings: Postings) -> Postings:
    return replaced(term, postings, number, posting)
