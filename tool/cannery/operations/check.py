"""Check the whole knowledge base, and fix what a machine can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import NamedTuple

from cannery.check.baseline import ASKED_RULES, Baseline, Known, compared, read_baseline
from cannery.check.facts import Facts
from cannery.check.fix import apply_fixes
from cannery.check.gather import gather
from cannery.check.originals import follow_originals
from cannery.check.page import page
from cannery.check.runner import run
from cannery.check.scope import Scope
from cannery.check.whole import Whole
from cannery.content.files import all_files, read_bytes, scan
from cannery.content.layout import is_front
from cannery.content.library import load_parts
from cannery.content.suppressions import Suppressed, Suppression, weigh
from cannery.git.incomplete import SHALLOW
from cannery.git.locate import locate, no_repository
from cannery.git.outdated import outdated
from cannery.git.repository import GitError
from cannery.insight.words import measure_keys
from cannery.model.event import Listener, Remark, counting, ignore
from cannery.model.location import Problem, Severity
from cannery.util.encoding import UTF_8, encoding_of
from cannery.util.text import counted
from cannery.workspace import Settings, Workspace

_FIX = "check --fix"  # what `kb undo` calls it
_NAMED = 20  # files that were fixed


class Unseen(NamedTuple):
    """The files of which a rule can't tell, and why: as an error where Git itself can't be used."""

    paths: Sequence[str]
    code: str
    reason: str
    hint: str
    severity: Severity = Severity.ERROR

    def told(self, scope: Scope) -> Iterator[Problem]:
        """It as one problem, of the first file that is asked for; nothing of a rule that is not."""
        paths = [*filter(scope.has_path, self.paths)] if scope.has_code(self.code) else []
        if paths:
            more = f" and {counted(len(paths) - 1, 'more file')}" if paths[1:] else ""
            message = f"this file{more} can't be checked: {self.reason}"
            yield Problem(paths[0], 0, self.code, message, self.hint, self.severity)


class CheckResult(NamedTuple):
    """The facts of every file, the problems that are told, those that an author has allowed.

    `known` are those that `baseline` has; `gone` is how many of it are no more, `left` it without
    these. `unseen` is what could not be looked at.
    """

    whole: Whole
    problems: tuple[Problem, ...]
    suppressed: tuple[Suppressed, ...]
    known: tuple[Problem, ...] = ()
    baseline: Baseline = Baseline()
    gone: int = 0
    left: Mapping[Known, int] = {}
    unseen: Unseen | None = None

    def by(self, baseline: Baseline) -> CheckResult:
        """The same, by a baseline."""
        told = (item for item in self.problems if item not in self.baseline.faults)
        problems = (*self.known, *told)
        if not baseline.known:
            return self._replace(problems=(*problems, *baseline.faults), baseline=baseline)
        untold = ASKED_RULES if self.whole.is_outdated_told else (*ASKED_RULES, "outdated")
        done = compared(baseline.known, problems, self.whole.paths, untold)
        return self._replace(
            problems=(*done.new, *baseline.faults),
            known=done.known,
            baseline=baseline,
            gone=done.gone,
            left=done.left,
        )

    def within(self, scope: Scope) -> Findings:
        """What there is to tell of the files and rules that are asked for."""
        untold = self.unseen.told(scope) if self.unseen else ()
        suppressed = (item for item in self.suppressed if scope.has_code(item.code))
        return Findings(
            sum(scope.has_path(item.at.path) for item in self.whole.entries),
            (*filter(scope.holds, self.problems), *untold),
            Counter(item.reason for item in suppressed if scope.has_path(item.path)),
            tuple(filter(scope.holds, self.known)),
        )


class Findings(NamedTuple):
    """How many entries were looked at, their problems, and how many are allowed, by the reason.

    `known` are the problems that a baseline has.
    """

    entries: int
    problems: tuple[Problem, ...]
    allowed: Mapping[str, int]
    known: tuple[Problem, ...] = ()

    def below(self, folder: str) -> Findings:
        """The same, with paths from somewhere above; `folder` leads there and ends with `/`."""
        problems, known = (
            tuple(item._replace(path=folder + item.path) for item in items)
            for items in (self.problems, self.known)
        )
        return self._replace(problems=problems, known=known)

    def __add__(self, other: object) -> Findings:
        """Those of two knowledge bases."""
        if not isinstance(other, Findings):
            return NotImplemented
        allowed = Counter(self.allowed)
        allowed.update(other.allowed)
        problems, known = (*self.problems, *other.problems), (*self.known, *other.known)
        return Findings(self.entries + other.entries, problems, allowed, known)


class FileFix(NamedTuple):
    """A file's text as it is, and without the faults that a machine can fix."""

    path: str
    before: str
    after: str
    encoding: str = UTF_8


def check(workspace: Workspace, listener: Listener = ignore) -> CheckResult:
    """Run every rule on every file. What is wrong with the content is a problem in the result.

    What the team's baseline has is known, and no problem.
    """
    scanned = scan(workspace)
    files = all_files(workspace)
    paths = sorted({*scanned.stamps, *(path for path in files if is_front(path))})
    with closing(gather(workspace, paths)) as gathered:
        facts = {
            item.at.path: item for item in counting(gathered, len(paths), "Checking", listener)
        }
    stale = _outdated(workspace, facts, listener)
    allowed = {path: item.allowed for path, item in facts.items()}
    unseen = _weighed(stale, allowed, workspace.settings) if isinstance(stale, Unseen) else None
    whole = Whole(
        workspace,
        dict(sorted(follow_originals(facts, workspace.settings).items())),
        {} if isinstance(stale, Unseen) else stale,
        files,
        is_outdated_told=unseen is None,
        measures=measure_keys(),
    )
    problems = (*scanned.problems, *run(whole))
    result = CheckResult(whole, *weigh(problems, allowed, workspace.settings), unseen=unseen)
    return result.by(read_baseline(workspace))


def _outdated(
    workspace: Workspace, facts: Mapping[str, Facts], listener: Listener
) -> Mapping[str, date] | Unseen:
    """The language variants whose original has changed since, as far as Git can tell."""
    default = workspace.settings.default_language
    by_id = {item.at.id: path for path, item in facts.items() if item.at.language == default}
    originals = {
        path: by_id[item.at.id]
        for path, item in facts.items()
        if item.at.language != default and item.at.id in by_id
    }
    if not originals:
        return {}
    try:
        if locate(workspace.root) is None:
            reason = no_repository(workspace.root).message
            listener(Remark(f"Translations are not compared with their originals: {reason}."))
            return {}
        stale = outdated(workspace.root, originals, workspace.cache)
    except GitError as error:
        return Unseen(tuple(originals), "outdated", error.message, error.hint)
    if stale is None:
        reason = "the clone has not the whole history"
        return Unseen(tuple(originals), "outdated", reason, SHALLOW, Severity.WARNING)
    return stale


def _weighed(
    unseen: Unseen, allowed: Mapping[str, Sequence[Suppression]], settings: Settings
) -> Unseen:
    """It without the files that may be as they are, whatever the rule would find."""
    problems = (Problem(path, 0, unseen.code, "") for path in unseen.paths)
    left = weigh(problems, allowed, settings).problems
    return unseen._replace(paths=tuple(item.path for item in left))


def fix(workspace: Workspace, scope: Scope, listener: Listener = ignore) -> CheckResult:
    """Fix what a machine can of what is asked for, all or none; what is wrong after it.

    Raises ContentError for a file that changes meanwhile.
    """
    from cannery.operations.writing import Rewrite, settle, write  # a check writes nothing

    settle(workspace, _FIX, listener)
    result = check(workspace, listener)
    fixed = list(fixes(workspace, result, scope))
    if not fixed:
        return result
    files = {item.path: item.after.encode(item.encoding) for item in fixed}
    before = {item.path: item.before.encode(item.encoding) for item in fixed}
    write(workspace, Rewrite(_FIX, files, before), listener)
    for item in fixed[:_NAMED]:
        listener(Remark(f"Fixed {item.path}"))
    if more := fixed[_NAMED:]:
        listener(Remark(f"Fixed {counted(len(more), 'more file')}."))
    return check(workspace, listener)


def fixes(workspace: Workspace, result: CheckResult, scope: Scope) -> Iterator[FileFix]:
    """What `fix` would change. A rule that is suppressed anywhere in a file leaves it alone."""
    parts = load_parts(workspace, scan(workspace))
    codes: dict[str, set[str]] = {}
    for item in (*result.problems, *result.known):
        if scope.holds(item) and item.path in result.whole.facts:
            codes.setdefault(item.path, set()).add(item.code)
    for path, broken in codes.items():
        allowed = {item.code for item in result.whole.facts[path].allowed}
        raw = read_bytes(workspace, path)
        before = page(path, raw, workspace.settings, parts)
        after = apply_fixes(before, result.whole, broken - allowed)
        if after != before.source:
            yield FileFix(path, before.source, after, encoding_of(raw))
