"""Business time and promises in [insight]."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cannery.insight.sources.columns import aliases
from cannery.model.business_calendar import SlaPolicy, Target
from cannery.model.insight_settings import COLUMN_USES, InsightSettings
from cannery.settings import read_settings

HOURS = '[insight]\nhours = "mon-fri 09:00-18:00"\n'


def _read(folder: Path, text: str) -> tuple[InsightSettings, list[tuple[int, str, str]]]:
    path = folder / "kb.toml"
    path.write_text(text, encoding="utf-8")
    settings = read_settings(path)
    return settings.insight, [(fault.line, fault.reason, fault.hint) for fault in settings.faults]


def test_a_calendar_has_the_zone_and_country_of_the_tables_above_it(tmp_path: Path) -> None:
    text = 'country = "JP"\n[insight]\ntime_zone = "Asia/Tokyo"\nhours = "mon 09:00-18:00"\n'
    insight, faults = _read(tmp_path, text)
    [found] = insight.calendars
    assert not faults
    assert (found.name, found.time_zone, found.country) == ("business", "Asia/Tokyo", "JP")
    assert (found.written, found.day_seconds) == ("mon 09:00-18:00", 9 * 3_600)


def test_calendars_have_their_own_and_the_one_for_all_comes_last(tmp_path: Path) -> None:
    text = (
        HOURS + 'country = "DE"\n[insight.calendars.tokyo]\ntime_zone = "Asia/Tokyo"\n'
        'hours = ["mon 09:00-12:00", "tue 10:00-13:00"]\ncountry = "JP"\n'
        'closed = ["2026-12-30", 2026-12-29]\nwhere = {region = ["jp", "kr"], tier = "gold"}\n'
        '[insight.calendars.none]\nhours = "sun 09:00-10:00"\ncountry = ""\n'
    )
    insight, faults = _read(tmp_path, text)
    tokyo, none, business = insight.calendars
    assert not faults
    assert (tokyo.time_zone, tokyo.country) == ("Asia/Tokyo", "JP")
    assert tokyo.closed == (date(2026, 12, 29), date(2026, 12, 30))
    assert tokyo.where == {"region": ("jp", "kr"), "tier": ("gold",)}
    assert (none.country, business.country) == ("", "DE")


@pytest.mark.parametrize(
    ("written", "target"),
    [("4h", Target(4, "h")), ("4 h", Target(4, "h")), ("30 min", Target(30, "m"))],
)
def test_a_promise_is_written_as_a_threshold_is(
    tmp_path: Path, written: str, target: Target
) -> None:
    insight, faults = _read(tmp_path, f'{HOURS}[insight.sla.a]\nfirst_reply = "{written}"\n')
    assert not faults
    assert insight.policies == (SlaPolicy("a", target),)


def test_promises_are_read_in_their_order(tmp_path: Path) -> None:
    text = HOURS + (
        '[insight.sla.gold]\nfirst_reply = "30m"\nnext_reply = "8h"\nresolution = "3d"\n'
        'calendar = "24x7"\npauses = ["pending"]\nwhere = {tier = "gold"}\n'
        '[insight.sla.all]\nresolution = "5d"\n'
    )
    insight, faults = _read(tmp_path, text)
    assert not faults
    assert insight.policies == (
        SlaPolicy(
            "gold",
            Target(30, "m"),
            Target(8, "h"),
            Target(3, "d"),
            "24x7",
            ("pending",),
            {"tier": ("gold",)},
        ),
        SlaPolicy("all", resolution=Target(5, "d")),
    )


def test_a_day_that_is_promised_is_a_mean_day_of_the_hours(tmp_path: Path) -> None:
    insight, _ = _read(tmp_path, '[insight]\nhours = "mon 09:00-18:00, tue 09:00-12:00"\n')
    assert Target(2, "d").seconds(insight.calendars[0]) == 2 * 6 * 3_600
    assert Target(2, "d").seconds(None) == 2 * 86_400


@pytest.mark.parametrize(
    ("text", "line", "reason", "hint"),
    [
        (
            '[insight]\nhours = "mon 9-18"\n',
            2,
            "insight.hours has 9-18, which is not hours such as 09:00-18:00",
            'Write hours = "mon-fri 09:00-18:00", in steps of 15 minutes.',
        ),
        (
            "[insight]\nhours = 9\n",
            2,
            "insight.hours must be text, or a list of texts",
            'Write hours = "mon-fri 09:00-18:00", in steps of 15 minutes.',
        ),
        (
            HOURS + 'country = "Japan"\n',
            3,
            "insight.country must be two letters",
            'Write country = "JP".',
        ),
        (
            HOURS + 'closed = ["2026-02-30"]\n',
            3,
            "insight.closed must be days such as 2026-12-30",
            'Write closed = ["2026-12-30"].',
        ),
        (
            "[insight]\ncalendars = 1\n",
            2,
            "insight.calendars must be a table",
            'Write [insight.calendars.tokyo], then hours = "mon-fri 09:00-18:00".',
        ),
        (
            "[insight.calendars.24x7]\nhours = 'mon 09:00-10:00'\n",
            1,
            "insight.calendars.24x7 must be a table with a short name",
            'Write [insight.calendars.tokyo], then hours = "mon-fri 09:00-18:00".',
        ),
        (
            "[insight.calendars.a]\nhours = 'mon 09:00-10:00'\ntimezone = 'UTC'\n",
            3,
            "insight.calendars.a.timezone is not a setting",
            "Did you mean time_zone?",
        ),
        (
            "[insight.calendars.a]\nhours = 'mon 09:00-10:00'\ntime_zone = 'Tokio'\n",
            3,
            "insight.calendars.a.time_zone must be the name of a time zone",
            'Write time_zone = "Asia/Tokyo".',
        ),
        (
            "[insight.calendars.a]\nhours = 'mon 09:00-10:00'\nwhere = {tear = 'gold'}\n",
            3,
            "insight.calendars.a.where.tear is not a setting",
            "Did you mean tier?",
        ),
        (
            HOURS + "[insight.sla.a]\n",
            3,
            "insight.sla.a promises nothing",
            'Write [insight.sla.gold], then first_reply = "4h".',
        ),
        (
            HOURS + '[insight.sla.a]\nfirst_reply = "4 hours"\n',
            4,
            "insight.sla.a.first_reply must be a time such as 30m, 4h or 3d",
            'Write first_reply = "4h".',
        ),
        (
            HOURS + '[insight.sla.a]\nfirst_replay = "4h"\n',
            4,
            "insight.sla.a.first_replay is not a setting",
            "Did you mean first_reply?",
        ),
        (
            '[insight.sla.a]\nfirst_reply = "4h"\n',
            1,
            "insight.sla.a.calendar is business, and [insight] has no hours",
            'Write hours = "mon-fri 09:00-18:00" below [insight], or calendar = "24x7" here.',
        ),
        (
            HOURS + '[insight.sla.a]\nfirst_reply = "4h"\ncalendar = "tokyo"\n',
            5,
            "insight.sla.a.calendar is 'tokyo', which is not a calendar",
            "Calendars: business, 24x7.",
        ),
        (
            HOURS + '[insight.sla.a]\nfirst_reply = "4h"\nwhere = {tier = []}\n',
            5,
            "insight.sla.a.where must have a text, or a list of them, for each",
            'Write where = {tier = "gold", language = ["ja", "en"]}.',
        ),
        (
            HOURS + '[insight.sla.a]\nfirst_reply = "4h"\npauses = "pending"\n',
            5,
            "insight.sla.a.pauses must be a list of texts",
            'Write pauses = ["pending"].',
        ),
        (
            HOURS + '[insight.sla.a]\nfirst_reply = "4h"\npauses = ["pendig"]\n',
            5,
            "insight.sla.a.pauses has a status that no ticket waits in",
            "Use blocked, hold, on-hold, other, pending, scheduled, waiting.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_write(
    tmp_path: Path, text: str, line: int, reason: str, hint: str
) -> None:
    _, [fault] = _read(tmp_path, text)
    assert fault == (line, reason, hint)


def test_a_wrong_promise_costs_itself_alone(tmp_path: Path) -> None:
    text = HOURS + '[insight.sla.a]\nfirst_reply = 4\n[insight.sla.b]\nfirst_reply = "4h"\n'
    insight, faults = _read(tmp_path, text)
    assert ([policy.name for policy in insight.policies], len(faults)) == (["b"], 1)


def test_dimensions_and_statuses_of_a_desk_are_the_teams_own(tmp_path: Path) -> None:
    text = (
        '[insight.fields]\nproduct = "custom_field:360001"\ntier = "tag:tier_"\n'
        '[insight.statuses]\n"With vendor" = "waiting"\n"重複" = "gone"\n'
    )
    insight, faults = _read(tmp_path, text)
    assert not faults
    assert insight.fields == {"product": "custom_field:360001", "tier": "tag:tier_"}
    assert insight.statuses == {"With vendor": "waiting", "重複": "gone"}


@pytest.mark.parametrize(("text", "reason"), [
    ('[insight.fields]\nname = "tag:x"\n', "must be one of section, language"),
    ('[insight.fields]\ntier = "subject"\n', "must begin with custom_field:, tag:"),
    ('[insight.fields]\ntier = "tag:"\n', "must begin with custom_field:, tag:"),
    ('[insight.statuses]\nRead = "seen"\n', "must be one of open, solved, gone"),
    ('[insight]\nstatuses = "open"\n', "must be a table of texts"),
])  # fmt: skip
def test_a_dimension_or_status_that_is_none_is_told_with_what_it_may_be(
    tmp_path: Path, text: str, reason: str
) -> None:
    insight, faults = _read(tmp_path, text)
    assert (insight.fields, insight.statuses) == ({}, {})
    assert reason in faults[0][1]


def test_hours_of_a_first_reply_are_a_number(tmp_path: Path) -> None:
    assert _read(tmp_path, "[insight]\nreply_hours = 4\n")[0].reply_hours == 4
    for wrong in ("0", "true", "'8h'", "999"):
        insight, [(_, reason, _)] = _read(tmp_path, f"[insight]\nreply_hours = {wrong}\n")
        assert insight.reply_hours == 8
        assert reason == "insight.reply_hours must be a number of hours from 1 to 168"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('solvd_at = "Solved"', "insight.columns.solvd_at is not one of ticket, created_at"),
        ('dates = "dd/mm"', "insight.columns.dates must be one of day first, month first"),
        ('satisfaction_scale = "many"', "must be a number of points from 2 to 100"),
        ("solved_at = 3", "must be a table of texts"),
    ],
)
def test_a_wrong_column_costs_the_columns_alone(tmp_path: Path, line: str, reason: str) -> None:
    insight, [(_, told, _)] = _read(
        tmp_path, f"[insight]\nsolved_days = 3\n[insight.columns]\n{line}\n"
    )
    assert reason in told
    assert (insight.columns, insight.solved_days) == ({}, 3)


def test_columns_may_be_for_what_a_csv_can_tell(tmp_path: Path) -> None:
    lines = "".join(f'{use} = "-"\n' for use in aliases())
    text = f'[insight.columns]\n{lines}dates = "day first"\nsatisfaction_scale = "10"\n'
    insight, faults = _read(tmp_path, text)
    assert not faults
    assert {*insight.columns} == {*COLUMN_USES, "dates", "satisfaction_scale"}


@pytest.mark.parametrize("use", ["team", "section", "region"])
def test_a_column_of_persons_is_no_way_of_grouping(tmp_path: Path, use: str) -> None:
    insight, [(_, reason, _)] = _read(tmp_path, f'[insight.columns]\n{use} = "Assignee name"\n')
    assert f"insight.columns.{use}" in reason
    assert "persons" in reason
    assert not insight.columns
