"""Thresholds: what is beyond its own becomes an issue on the team's host, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cannery.errors import ContentError
from cannery.insight.pages.addresses import address, measure_path
from cannery.insight.sentence import sentence
from cannery.insight.threshold import Watched, watched
from cannery.insight.wording import doubts, value_text
from cannery.insight.words import measure_keys, title
from cannery.model.event import Listener, Remark, ignore
from cannery.model.measure_query import MeasureQuery, meant_measure, unknown_measure
from cannery.operations.ask import issue_tracker
from cannery.operations.insight import look

if TYPE_CHECKING:
    from cannery.hosts.remote_repo import RemoteRepo
    from cannery.insight.report import Report
    from cannery.workspace import Workspace

LABEL = "insight"
_LANGUAGE = "en"  # of issues, as of those of `kb ask`


class Breach(NamedTuple):
    """A measure beyond its threshold, with the title and text of its issue."""

    watched: Watched
    title: str
    text: str


class Told(NamedTuple):
    """What was done of a breach: the address of its issue, and whether that is new.

    The address is empty where there is no host or nobody is signed in.
    """

    breach: Breach
    url: str
    is_new: bool


class Watch(NamedTuple):
    """All that has a threshold, what of it is breached, and the names that no data tell of."""

    watched: tuple[Watched, ...]
    breaches: tuple[Breach, ...]
    untold: tuple[str, ...]


def look_out(workspace: Workspace) -> Watch:
    """Compare each measure's last complete month with its threshold. Raises ContentError."""
    settings = workspace.settings.insight
    if not settings.thresholds:
        hint = 'Write [insight.thresholds], then solved_within = ">= 80%".'
        raise ContentError("kb.toml has no thresholds", hint)
    for name in settings.thresholds:
        if fault := unknown_measure(MeasureQuery(name), measure_keys()):
            raise ContentError(f"insight.thresholds: {fault.message}", fault.hint)
    report = look(workspace)
    found = watched(report, settings.thresholds)
    there = [(name, each.measure.key) for name, each in report.measures.items()]
    untold = tuple(name for name in settings.thresholds if not meant_measure(name, there))
    breaches = [_breach(each, report, settings.address) for each in found if each.is_breached]
    return Watch(tuple(found), tuple(breaches), untold)


def _breach(each: Watched, report: Report, site: str) -> Breach:
    measure = each.report.measure
    name = title(measure, _LANGUAGE)
    said = sentence(each.report, report.at, _LANGUAGE).sentence
    lines = [said, f"The threshold in kb.toml is `{each.threshold.written}`."]
    lines += (f"{doubt}." for doubt in doubts(report, _LANGUAGE))
    if site:
        lines.append(f"{site}{address(measure_path(measure.name))}")
    return Breach(each, f"Beyond its threshold: {name}", "\n\n".join(lines) + "\n")


def report_breaches(
    workspace: Workspace, watch: Watch, listener: Listener = ignore
) -> Iterator[Told]:
    """Open an issue for each breach that has no open one.

    Raises GitError for a host's refusal, ContentError for a repository that may be a stranger's.
    """
    repository = issue_tracker(workspace, listener) if watch.breaches else None
    if repository:
        _refuse_other(workspace, repository)
    for breach in watch.breaches:
        yield _report(breach, repository, listener)


def _refuse_other(workspace: Workspace, repository: RemoteRepo) -> None:
    """Figures go to a repository that this clone has as a remote, if its remotes are on hosts.

    `repository` of kb.toml is proposed by others, too, and may be one that anybody reads.
    """
    from cannery.git.clone import open_checkout
    from cannery.hosts.addresses import repository_of

    checkout, forge = open_checkout(workspace.root), workspace.settings.forge
    found = [
        repository_of(checkout.folder, name, addresses, forge)
        for name, addresses in checkout.addresses.items()
    ]
    there = {_place(each) for each in found if each and each.kind}
    if there and _place(repository) not in there:
        text = f"{repository.host}/{repository.path} is not a remote of this clone"
        hint = "Correct `repository` in kb.toml, or add that remote: figures go nowhere else."
        raise ContentError(text, hint)


def _place(repository: RemoteRepo) -> tuple[str, str]:
    return repository.host.casefold(), repository.path.casefold()


def _report(breach: Breach, repository: RemoteRepo | None, listener: Listener) -> Told:
    from cannery.hosts.table import host_of

    if repository is None:
        return Told(breach, "", is_new=False)
    host = host_of(repository)
    if there := host.find_issue(repository, breach.title, LABEL):
        return Told(breach, there, is_new=False)
    url = host.open_issue(repository, breach.title, breach.text, [LABEL])
    if not url:
        listener(Remark(host.missing_token(repository) or f"No token for {repository.host}."))
        form = host.issue_form(repository, breach.title, breach.text)
        listener(Remark(f"Open the issue here: {form}"))
    return Told(breach, url, is_new=bool(url))


def figure_of(each: Watched) -> str:
    """The value that was compared, in words."""
    figure = each.figure
    return (
        figure.why
        if figure.value is None
        else value_text(each.report.measure.unit, figure.value, _LANGUAGE)
    )
