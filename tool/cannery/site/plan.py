"""What of the content can't be on a site, collected as `kb check` tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cannery.content.external_images import external_fault
from cannery.content.files import ENDINGS, all_files, read_bytes
from cannery.content.idle_values import idle_values
from cannery.content.link_faults import (
    SPOILING,
    LinkFault,
    address_fault,
    file_fault,
    leads_to_front_page,
    page_fault,
)
from cannery.content.mapped_keys import line_of_key
from cannery.content.own_addresses import own_addresses
from cannery.content.redirect_faults import RedirectFault
from cannery.content.relative_links import RelativeLink, is_page
from cannery.content.suppressions import Suppression, suppressions_in, weigh
from cannery.errors import ContentError
from cannery.model.entry import Article, Audience
from cannery.model.location import Problem, Severity
from cannery.site.visibility import PublishedView
from cannery.util.encoding import decoded
from cannery.util.file_names import faults_of
from cannery.util.plain import one_line
from cannery.workspace import Settings

LEAK = "leak"  # the rule that no build is lenient about
_CONFLICT = "conflict"


class FaultyContentError(ContentError):
    """Content that a site can't be built from; all of its `problems` are told in the message."""

    def __init__(self, problems: Sequence[Problem], hint: str) -> None:
        super().__init__("\n".join(map(_in_lines, problems)), hint)
        self.problems = tuple(problems)


class Faults:
    """The problems of a site's content, and what is known of the files that pages lead to."""

    def __init__(self, site: PublishedView) -> None:
        self.site = site
        self._problems: list[Problem] = []
        self._spoilt = {item.path for item in site.problems if item.code in SPOILING}
        self._conflicts = {item.path: item for item in site.problems if item.code == _CONFLICT}
        self._files: dict[tuple[str, str, bool], LinkFault | None] = {}

    def add(self, problem: Problem) -> None:
        self._problems.append(problem)

    def add_redirects(self, faults: Iterable[RedirectFault]) -> None:
        for item in faults:
            line = self._line(item.path, "redirect_from")
            self.add(Problem(item.path, line, "redirect", *item[2:]))

    def add_loaded(self) -> None:
        """What was wrong with the files themselves. A conflict is meant to be on no page.

        What can't be read is as good as not there, and no name keeps a page from the site.
        """
        site, warning = self.site, Severity.WARNING
        for item in site.problems:
            self.add(item if item.code == _CONFLICT else item._replace(severity=warning))
        for name in faults_of(all_files(site.workspace)):
            self.add(Problem(name.path, 0, "file-name", name.message, name.hint, warning))
        for entry in (*site.fronts, *site.entries):
            for key, message, hint in idle_values(entry):
                line = self._line(entry.at.path, key)
                self.add(Problem(entry.at.path, line, "no-effect", message, hint, warning))

    def _line(self, path: str, key: str) -> int:
        return line_of_key(self._text(path), key, self.site.settings.front_matter)

    def is_undecided(self, path: str) -> bool:
        """Whether a file has a conflict that nothing allows."""
        found = self._conflicts.get(path)
        if found is None:
            return False
        allowed = {path: self._suppressions(path)}
        return bool(weigh([found], allowed, self.site.settings).problems)

    def of_link(self, article: Article, link: RelativeLink) -> LinkFault | None:
        """Why a link of an article can't be on the site; None if it can."""
        site, at = self.site, article.at
        if is_page(link):
            if link.path == at.path or leads_to_front_page(link, site.settings):
                return None
            lead = site.lead_of(link.path, at.language)
            return page_fault(link, lead, site.audience, self._spoilt, site.settings.layout)
        key = (link.path, link.written, link.is_image)
        if key not in self._files:
            self._files[key] = file_fault(site.workspace, link)
        return self._files[key]

    def of_addresses(self, text: str) -> Iterator[tuple[RelativeLink, LinkFault]]:
        """The links of a public text to the own site that must not be there, each with why."""
        site = self.site
        if site.audience is not Audience.PUBLIC:
            return
        for written, line in own_addresses(text, site.settings):
            fault = address_fault(written, site.address_lead, site.settings, self._spoilt)
            if fault:
                yield RelativeLink(line, written, ""), fault

    def weighed(self) -> tuple[Problem, ...]:
        """All problems as the team's settings have them, without those that a text allows."""
        settings = self.site.settings
        paths = {item.path for item in self._problems}
        allowed = {path: self._suppressions(path) for path in paths if path.endswith(ENDINGS)}
        left = weigh(self._problems, allowed, settings).problems
        return tuple(sorted({*left}, key=lambda item: (item.path, item.line, item.code)))

    def _suppressions(self, path: str) -> Sequence[Suppression]:
        try:
            return suppressions_in(self._text(path))
        except ContentError:  # told as a problem of its own
            return ()

    def _text(self, path: str) -> str:
        return decoded(read_bytes(self.site.workspace, path), "replace")


def accepted(problems: Sequence[Problem], *, lenient: bool) -> tuple[Problem, ...]:
    """The problems that a site is built with, as warnings.

    Raises FaultyContentError where it must not be.
    """
    errors = [item for item in problems if item.severity is Severity.ERROR]
    leaks = [item for item in errors if item.code == LEAK]
    if lenient and leaks:
        raise FaultyContentError(leaks, "Remove these links, or make their targets public.")
    if errors and not lenient:
        hint = "Fix each one, or make its target public."
        if not leaks:
            hint = "Fix each one, or build with `kb site build --lenient`, which leaves them out."
        raise FaultyContentError(errors, hint)
    return tuple(item._replace(severity=Severity.WARNING) for item in problems)


def link_problems(
    faults: Faults, article: Article, links: Iterable[RelativeLink]
) -> Iterator[tuple[RelativeLink, Problem]]:
    """The links of an article that can't be on the site, each with its problem."""
    for link in links:
        if fault := faults.of_link(article, link):
            yield link, Problem(article.at.path, article.body_line + link.line - 1, *fault)


def address_problems(
    faults: Faults, article: Article, text: str
) -> Iterator[tuple[RelativeLink, Problem]]:
    """The links of an article's text to what is internal, by the address of the site."""
    for link, fault in faults.of_addresses(text):
        yield link, Problem(article.at.path, article.body_line + link.line - 1, *fault)


def active_problems(article: Article, runs: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """What of a text would run in a browser, each with its line in the body."""
    for line, what in runs:
        message = f"{what} would run in a reader's browser"
        hint = "Remove it, or show it as code in backticks."
        yield Problem(article.at.path, article.body_line + line - 1, "active", message, hint)


def external_problems(
    article: Article, images: Iterable[tuple[int, str]], settings: Settings
) -> Iterator[Problem]:
    """The images of a text that other hosts have: readers see them as they are, so it is told."""
    for line, written in images:
        if fault := external_fault(written, settings):
            at = article.body_line + line - 1
            yield Problem(article.at.path, at, *fault, Severity.WARNING)


def place_problem(path: str, other: str) -> Problem:
    """Two files whose pages have the same address."""
    hint = "Merge the two, or rename one of them."
    return Problem(path, 0, "place", f"its page has the same address as that of {other:.200}", hint)


def _in_lines(problem: Problem) -> str:
    path = one_line(problem.path)
    place = f"{path}:{problem.line}" if problem.line else path
    hint = f"\n    {problem.hint}" if problem.hint else ""
    return f"{place}: {one_line(problem.message)} [{problem.code}]{hint}"
