"""Names, addresses and words that stand in exports are nowhere after an import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.insight.sources import planted
from tests.insight.sources.chatwoot import export as chatwoot
from tests.insight.sources.freshdesk import export as freshdesk
from tests.insight.sources.planted import ADDRESS, NAME, WORDS
from tests.insight.sources.rt import test_files as rt
from tests.insight.sources.trackers import test_github as github
from tests.insight.sources.trackers import test_gitlab as gitlab
from tests.insight.sources.trackers import test_jira as jira
from tests.insight.sources.zammad import export as zammad
from tests.insight.sources.zendesk import export as zendesk

_ROW = f'7,2026-01-05,2026-01-06,"{WORDS}",{NAME},{ADDRESS},{ADDRESS},+81 90-4242-4242\n'
_TABLE = f"id,created_at,solved_at,subject,assignee,requester,group,region\n{_ROW}"
_STATUS = f"id,created_at,status\n7,2026-01-05,{ADDRESS}\n8,{NAME},open\n"
_LOG = (
    "Case ID,Activity,Timestamp,Resource,Product\n"
    f"{ADDRESS},Accepted,2026-01-05 09:00:00,{NAME},{ADDRESS}\n"
    f"{ADDRESS},{WORDS},2026-01-05 10:00:00,{NAME},{ADDRESS}\n"
)


def _lines(*rows: object) -> str:
    return "\n".join(json.dumps(row) for row in rows)


EXPORTS = {
    "a table": _TABLE,
    "a table whose columns are mixed up": _STATUS,
    "a log": _LOG,
    "zendesk": _lines(zendesk.page([zendesk.opened(), zendesk.audit(101, 5, zendesk.comment())])),
    "freshdesk": _lines(
        freshdesk.ticket(status=5, stats=freshdesk.STATS, conversations=freshdesk.CONVERSATIONS)
    ),
    "zammad": _lines(zammad.ticket(history=zammad.HISTORY, articles=zammad.ARTICLES)),
    "chatwoot": _lines(
        chatwoot.conversation(messages=chatwoot.MESSAGES, reporting_events=chatwoot.EVENTS)
    ),
    "rt": _lines({"items": rt.HISTORY}, {"items": [rt.ticket()], "_url": rt.URL}),
    "github": _lines([github.issue(timeline=github.EVENTS)], [github.comment(4, "ada", "OWNER")]),
    "gitlab": _lines([gitlab.issue()], gitlab.STATES, [gitlab.note(2, 1)]),
    "jira": _lines(jira.page(jira.issue(changelog=jira.log(*jira.CHANGES)))),
}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where SQLite has its temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    return folder


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_nothing_of_people_is_in_any_file_or_output(
    base: Base, kb: Run, home: Path, temporary: Path, export: str
) -> None:
    assert "lanted" in export
    path = base.root / ("export.csv" if export in (_TABLE, _STATUS, _LOG) else "export.json")
    path.write_text(export, "utf-8")
    ran = [
        kb("insight", "import", path.name, "--yes"),
        kb("insight", "import", path.name, "--json"),
    ]
    ran += [kb("insight"), kb("insight", "--json")]
    assert ran[0].code == 0
    assert '"new": 0' in ran[1].out
    told = "".join(outcome.out + outcome.err for outcome in ran)
    assert [secret for secret in planted.ALL if secret in told] == []
    assert planted.found_below(home, temporary, base.root / "kb") == []


def test_an_import_that_breaks_off_leaves_nothing_of_people(
    base: Base, kb: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    path = base.root / "export.csv"
    path.write_text(_TABLE, "utf-8")
    monkeypatch.setattr("cannery.insight.store.merge", stopped)
    assert kb("insight", "import", path.name, "--yes").code == 130
    assert planted.found_below(home) == []
