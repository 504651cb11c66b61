"""A breach becomes an issue on the team's host, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from tests.conftest import Run
from tests.hosts.server import Host
from tests.insight.desk_of_months import fill, records
from tests.repositories import Team

from cannery.insight.store import add
from cannery.operations.insight_store import events
from cannery.workspace import open_workspace

SETTINGS = """repository = "https://github.com/team/kb"
[insight]
address = "https://kb.example.com/insight/"
[insight.thresholds]
solved_within = "{}"
"""
LIST = "/repos/team/kb/issues?state=open&labels=insight&per_page=100&limit=100&page=1"
TITLE = "Beyond its threshold: Solved within 7 days"


@pytest.fixture
def api(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """GitHub's API, with the user signed in; 92 % were solved in October, 81 to 97 %."""
    host = Host()
    monkeypatch.setenv("GITHUB_API_URL", host.address)
    monkeypatch.setenv("GH_TOKEN", "t0ken")
    team.mine.write("kb/kb.toml", SETTINGS.format(">= 98 %"))
    fill(open_workspace(team.mine.root))
    host.answers = {LIST: (200, {}, [])}
    host.answer = (201, {}, {"html_url": "https://github.com/team/kb/issues/8"})
    yield host
    host.end()


def test_a_breach_opens_an_issue_that_says_how_sure_it_is(kb: Run, api: Host) -> None:
    done = kb("insight", "watch", "--yes")
    assert (done.code, done.out) == (0, "solved_within_7d  92%  beyond >= 98 %  (2026-10)\n")
    assert "Opened https://github.com/team/kb/issues/8" in done.err
    issue = json.loads(api.bodies[-1])
    assert (issue["title"], issue["labels"]) == (TITLE, ["insight"])
    assert "(81 to 97%, n\u00a0=\u00a050)" in issue["body"]
    assert "https://kb.example.com/insight/solved-within-7d/" in issue["body"]


def test_the_issue_says_why_the_figure_may_be_wrong(team: Team, kb: Run, api: Host) -> None:
    with events(open_workspace(team.mine.root)) as database:
        add(database, "gone", records({"2025-01": (5, 5)}, {}, "2025-02-01"), b"key")
    assert kb("insight", "watch", "--yes").code == 0
    assert "Data of gone end on 2025-02-01" in json.loads(api.bodies[-1])["body"]


def test_while_its_issue_is_open_there_is_no_second_one(kb: Run, api: Host) -> None:
    api.answers[LIST] = (
        200,
        {},
        [{"title": "Another", "number": 6}, {"title": TITLE, "number": 7}],
    )
    done = kb("insight", "watch", "--yes")
    assert (done.code, [told[0] for told in api.told]) == (0, ["GET"])
    assert "Open already: https://github.com/team/kb/issues/7" in done.err


def test_figures_go_to_no_repository_that_is_not_a_remote(team: Team, kb: Run, api: Host) -> None:
    team.mine.git("remote", "set-url", "origin", "https://github.com/team/other.git")
    done = kb("insight", "watch", "--yes")
    assert (done.code, api.told) == (1, [])
    assert "github.com/team/kb is not a remote of this clone" in done.err
    team.mine.git("remote", "set-url", "origin", "https://github.com/Team/KB.git")
    assert kb("insight", "watch", "--yes").code == 0


def test_what_may_be_noise_is_no_breach(team: Team, kb: Run, api: Host) -> None:
    team.mine.write("kb/kb.toml", SETTINGS.format(">= 95 %"))
    done = kb("insight", "watch", "--yes")
    assert (done.code, api.told) == (0, [])
    assert "within >= 95 %" in done.out


def test_a_dry_run_asks_no_host(kb: Run, api: Host) -> None:
    done = kb("insight", "watch", "--dry-run")
    assert (done.code, api.told) == (0, [])
    assert "beyond >= 98 %" in done.out


def test_without_a_token_it_fails_and_says_where_to_open_one(
    kb: Run, api: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GH_TOKEN")
    done = kb("insight", "watch", "--yes")
    assert (done.code, api.told) == (1, [])
    assert f"https://github.com/team/kb/issues/new?title={quote(TITLE)}" in done.err


def test_without_a_host_it_fails_where_anything_is_breached(team: Team, kb: Run, api: Host) -> None:
    team.mine.write("kb/kb.toml", SETTINGS.format(">= 98 %").partition("\n")[2])
    done = kb("insight", "watch", "--yes")
    assert (done.code, api.told) == (1, [])
    assert f"Not reported: {TITLE}" in done.err


def test_programs_read_it(kb: Run, api: Host) -> None:
    found = json.loads(kb("insight", "watch", "--yes", "--json").out)
    [watched] = found["watched"]
    assert (watched["measure"], watched["is_breached"], watched["n"]) == (
        "solved_within_7d",
        True,
        50,
    )
    assert found["issues"] == [
        {"title": TITLE, "url": "https://github.com/team/kb/issues/8", "is_new": True}
    ]


def test_a_threshold_of_no_measure_is_refused(team: Team, kb: Run, api: Host) -> None:
    team.mine.write("kb/kb.toml", SETTINGS.format(">= 1").replace("solved_within", "solvd_within"))
    done = kb("insight", "watch")
    assert (done.code, "Did you mean solved_within?" in done.err) == (1, True)


def test_a_measure_without_data_keeps_no_other_from_being_watched(
    team: Team, kb: Run, api: Host
) -> None:
    team.mine.write("kb/kb.toml", SETTINGS.format(">= 98 %") + 'sla_gold_resolution = ">= 90 %"\n')
    done = kb("insight", "watch", "--dry-run")
    assert (done.code, "beyond >= 98 %" in done.out) == (0, True)
    assert "sla_gold_resolution: the data tell nothing of it." in done.err


def test_without_thresholds_it_says_how_to_set_one(team: Team, kb: Run, api: Host) -> None:
    team.mine.write("kb/kb.toml", "")
    done = kb("insight", "watch")
    assert (done.code, "[insight.thresholds]" in done.err) == (1, True)
