"""The same figures by DuckDB and by pandas, as somebody would write them in an afternoon.

`python tests/benchmarks/insight_peers.py duckdb import FOLDER`, then `duckdb day FOLDER` and
`duckdb figures FOLDER`; `pandas figures FOLDER` reads the files each time. What is printed is
{measure: {cut: {key: [value, n]}}}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Told = Mapping[str, Mapping[str, Mapping[str, list[float | int | None]]]]
WEEK, WITHIN, SOON = 604_800, 7 * 86_400, 8 * 3_600
MONDAY = 345_600  # the first after the epoch, in UTC
SMALLEST, HALF = 5, 0.5 + 1e-12
# A ratio of two sums over tickets: what is counted, of what, and by which time it is put in a week.
RATIOS = {
    "solved_within_7d": ("mature and stands", "mature", "created_at"),
    "replied_within_8h": ("soon and in_time", "soon", "created_at"),
    "reopen_rate_7d": ("ended and back", "ended", "solved"),
    "one_touch_7d": ("mature and stands and one_reply", "mature and stands and many", "created_at"),
    "handovers_7d": ("handovers", "mature", "created_at"),
    "link_rate_7d": ("answered and linked", "answered", "created_at"),
    "macro_use_7d": ("answered and macro", "answered", "created_at"),
    "answered_from_kb_7d": ("answered and (linked or macro)", "answered", "created_at"),
    "response_rate_7d": ("asked and rated_soon", "asked", "offered"),
}

_FACTS = """
CREATE OR REPLACE TEMP TABLE fact AS
WITH late AS (
    SELECT e.*, t.created_at FROM event e JOIN ticket t ON t.id = e.ticket
), hands AS (
    SELECT ticket, count(*) AS handovers FROM (
        SELECT ticket, "at", created_at, detail,
            lag(detail) OVER (PARTITION BY ticket ORDER BY "at", detail) AS previous
        FROM late WHERE kind = 30)
    WHERE previous <> detail AND "at" <= created_at + {within} GROUP BY ticket
), stand AS (
    SELECT ticket, any_value(created_at) AS created_at,
        min("at") FILTER (kind = 50) AS replied, min("at") FILTER (kind = 75) AS solved,
        max("at") FILTER (kind = 75) AS last_solved, max("at") FILTER (kind = 70) AS last_reopened,
        min("at") FILTER (kind = 70) AS reopened, min("at") FILTER (kind = 80) AS offered,
        min("at") FILTER (kind = 85) AS rated,
        max("at") FILTER (kind = 75 AND "at" <= created_at + {within}) AS solved_7,
        max("at") FILTER (kind = 70 AND "at" <= created_at + {within}) AS reopened_7,
        count(*) FILTER (kind = 50 AND "at" <= created_at + {within}) AS replies_7,
        coalesce(bool_or(kind = 45 AND "at" <= created_at + {within}), false) AS linked,
        coalesce(bool_or(kind = 40 AND "at" <= created_at + {within}), false) AS macro
    FROM late GROUP BY ticket
)
SELECT stand.*, t.section, coalesce(handovers, 0) AS all_handovers,
    stand.created_at <= {end} - {within} AS mature,
    coalesce(solved_7 >= coalesce(reopened_7, 0), false) AS stands,
    stand.created_at <= {end} - {soon} AND (coalesce(replied <= stand.created_at + {soon}, false)
        OR coalesce(solved > stand.created_at + {soon}, true)) AS soon,
    coalesce(replied <= stand.created_at + {soon}, false) AS in_time,
    coalesce(solved <= {end} - {within}, false) AS ended,
    coalesce(reopened <= solved + {within}, false) AS back,
    replies_7 = 1 AND reopened_7 IS NULL AS one_reply, replies_7 > 0 AS many,
    mature AND many AS answered,
    coalesce(offered <= {end} - {within}, false) AS asked,
    coalesce(rated <= offered + {within}, false) AS rated_soon,
    CASE WHEN mature THEN all_handovers ELSE 0 END AS handovers
FROM stand JOIN ticket t ON t.id = stand.ticket LEFT JOIN hands USING (ticket)
"""
_ROUNDED = """CASE WHEN took <= 86400 THEN (took + 59) // 60 * 60
    WHEN took <= 2592000 THEN (took + 899) // 900 * 900 ELSE (took + 3599) // 3600 * 3600 END"""
_MEDIANS = """
WITH timed AS (SELECT {key} AS key, {ended} AS ended, greatest({until} - created_at, 0) AS took FROM fact),
steps AS (SELECT key, {rounded} AS took, count(*) AS many, count(*) FILTER (ended) AS ended
    FROM timed GROUP BY ALL),
risks AS (SELECT *, sum(many) OVER (PARTITION BY key ORDER BY took DESC) AS at_risk FROM steps),
curves AS (SELECT *, product(1 - ended / at_risk) OVER (PARTITION BY key ORDER BY took) AS share FROM risks)
SELECT key, min(took) FILTER (share <= {half} AND ended > 0), sum(many) FROM curves GROUP BY key
"""
_CLOCKS = {
    "resolution_time": ("last_solved >= coalesce(last_reopened, 0)", "last_solved", None),
    "first_reply_time": ("replied IS NOT NULL", "replied", "solved"),
}


def duckdb_import(folder: Path) -> None:
    import duckdb

    with duckdb.connect(folder / "peer.duckdb") as database:
        for name in ("ticket", "event"):
            source = database.read_csv(f"{folder}/{name}.csv")
            source.create(name)


def duckdb_day(folder: Path) -> None:
    import duckdb

    with duckdb.connect(folder / "peer.duckdb") as database:
        database.execute("BEGIN")
        for name, key in (("event", "ticket"), ("ticket", "id")):
            fresh = database.read_csv(f"{folder}/day/{name}.csv")
            fresh.create_view("fresh")
            database.execute(f"DELETE FROM {name} WHERE {key} IN (SELECT {key} FROM fresh)")  # noqa: S608 - our own SQL
            database.execute(f"INSERT INTO {name} SELECT * FROM fresh")  # noqa: S608 - our own SQL
        database.execute("COMMIT")


def duckdb_figures(folder: Path) -> Told:
    import duckdb

    with duckdb.connect(folder / "peer.duckdb") as database:
        [(last,)] = database.execute('SELECT max("at") FROM event').fetchall()
        numbers = {"end": last + 1, "within": WITHIN, "soon": SOON}
        database.execute(_FACTS.format(**numbers))
        found: dict[str, dict[str, Any]] = {"arrivals": {}}
        for cut, key in _keys("created_at").items():
            rows = database.execute(f"SELECT {key}, count(*) FROM fact GROUP BY 1").fetchall()  # noqa: S608 - our own SQL
            found["arrivals"][cut] = {str(name): [many, many] for name, many in rows}
        for name, (hit, of, since) in RATIOS.items():
            found[name] = {}
            for cut, key in _keys(since).items():
                hits = f"sum({hit})" if hit == "handovers" else f"count(*) FILTER ({hit})"
                rows = database.execute(
                    f"SELECT {key}, {hits}, count(*) FILTER ({of}) FROM fact GROUP BY 1"  # noqa: S608 - our own SQL
                ).fetchall()
                found[name][cut] = _ratios(rows)
        for name, clock in _CLOCKS.items():
            found[name] = {
                cut: _medians(database.execute(_median_of(key, clock, last + 1)).fetchall())
                for cut, key in _keys("created_at").items()
            }
        return found


def _keys(since: str) -> Mapping[str, str]:
    return {"all": "''", "week": f"({since} - {MONDAY}) // {WEEK}", "section": "section"}


def _median_of(key: str, clock: tuple[str, str, str | None], end: int) -> str:
    ended, at, cut = clock
    until = f"coalesce(CASE WHEN {ended} THEN {at} END, {cut or 'NULL'}, {end})"
    ended = f"coalesce({ended}, false)"
    return _MEDIANS.format(key=key, ended=ended, until=until, rounded=_ROUNDED, half=HALF)


def _ratios(rows: list[tuple[Any, ...]]) -> Mapping[str, list[float | int | None]]:
    return {
        str(key): [hits / n if n >= SMALLEST else None, n]
        for key, hits, n in rows
        if key is not None and n
    }


def _medians(rows: list[tuple[Any, ...]]) -> Mapping[str, list[float | int | None]]:
    return {str(key): [took if n >= SMALLEST else None, int(n)] for key, took, n in rows}


def pandas_figures(folder: Path) -> Told:
    import pandas as pd

    texts = {"section": "category"}
    ticket = pd.read_csv(
        folder / "ticket.csv", index_col="id", dtype=texts, usecols=["id", "created_at", "section"]
    )
    event = pd.read_csv(
        folder / "event.csv", usecols=["ticket", "at", "kind", "detail"],
        dtype={"kind": "int8", "detail": "category"},
    )  # fmt: skip
    end = int(event["at"].max()) + 1
    fact = _facts(ticket, event, end)
    found: dict[str, dict[str, Any]] = {}
    counts = {
        cut: fact.groupby(key, observed=True).size()
        for cut, key in _groups(fact, "created_at").items()
    }
    found["arrivals"] = {
        cut: {_name(k): [int(v), int(v)] for k, v in each.items()} for cut, each in counts.items()
    }
    for name, (hit, of, since) in RATIOS.items():
        amounts = fact["handovers"] if hit == "handovers" else fact.eval(hit)
        sums = fact.assign(hits=amounts, of=fact.eval(of))
        found[name] = {}
        for cut, key in _groups(fact, since).items():
            each = sums.groupby(key, observed=True)[["hits", "of"]].sum()
            rows = [(_name(k), int(h), int(n)) for k, h, n in each.itertuples()]
            found[name][cut] = _ratios(rows)
    stands = fact["last_solved"] >= fact["last_reopened"].fillna(0)
    resolved = fact["last_solved"].where(stands)
    clocks = {
        "resolution_time": (resolved, resolved),
        "first_reply_time": (fact["replied"], fact["replied"].fillna(fact["solved"])),
    }
    for name, (ended, until) in clocks.items():
        took = (until.fillna(end) - fact["created_at"]).clip(lower=0).astype("int64")
        timed = pd.DataFrame({"took": _rounded(took), "ended": ended.notna()})
        found[name] = {cut: _curves(timed, key) for cut, key in _groups(fact, "created_at").items()}
    return found


def _facts(ticket: pd.DataFrame, event: pd.DataFrame, end: int) -> pd.DataFrame:
    event["created_at"] = ticket["created_at"].reindex(event["ticket"]).to_numpy()
    within = event["at"] <= event["created_at"] + WITHIN
    fact = ticket.copy()

    def times(kind: int, how: str, among: pd.Series[Any] | bool = True) -> pd.Series[Any]:  # noqa: FBT002 - a mask of pandas
        return event[(event["kind"] == kind) & among].groupby("ticket")["at"].agg(how)

    fact["replied"], fact["solved"] = times(50, "min"), times(75, "min")
    fact["last_solved"], fact["last_reopened"] = times(75, "max"), times(70, "max")
    fact["reopened"], fact["offered"], fact["rated"] = (
        times(70, "min"),
        times(80, "min"),
        times(85, "min"),
    )
    solved, reopened = times(75, "max", within), times(70, "max", within)
    replies = times(50, "size", within).reindex(fact.index).fillna(0)
    fact["linked"] = times(45, "size", within).reindex(fact.index).notna()
    fact["macro"] = times(40, "size", within).reindex(fact.index).notna()
    fact["stands"] = solved.reindex(fact.index) >= reopened.reindex(fact.index).fillna(0)
    fact["mature"] = fact["created_at"] <= end - WITHIN
    fact["in_time"] = fact["replied"] <= fact["created_at"] + SOON
    late = ~(fact["solved"] <= fact["created_at"] + SOON)
    fact["soon"] = (fact["created_at"] <= end - SOON) & (fact["in_time"] | late)
    fact["ended"] = fact["solved"] <= end - WITHIN
    fact["back"] = fact["reopened"] <= fact["solved"] + WITHIN
    fact["many"] = replies > 0
    fact["one_reply"] = (replies == 1) & reopened.reindex(fact.index).isna()
    fact["answered"] = fact["mature"] & fact["many"]
    fact["asked"] = fact["offered"] <= end - WITHIN
    fact["rated_soon"] = fact["rated"] <= fact["offered"] + WITHIN
    hands = event[event["kind"] == 30].sort_values(["ticket", "at"], kind="stable")
    previous = hands.groupby("ticket")["detail"].shift()
    moved = hands[
        previous.notna()
        & (previous.astype(str) != hands["detail"].astype(str))
        & within.loc[hands.index]
    ]
    fact["handovers"] = (
        moved.groupby("ticket").size().reindex(fact.index).fillna(0) * fact["mature"]
    )
    return fact


def _groups(fact: pd.DataFrame, since: str) -> Mapping[str, Any]:
    return {
        "all": (fact["created_at"] * 0).map({0: ""}),
        "week": (fact[since] - MONDAY) // WEEK,
        "section": fact["section"],
    }


def _name(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _rounded(took: pd.Series[Any]) -> pd.Series[Any]:
    step = (
        took.le(86_400) * 60
        + (took.gt(86_400) & took.le(2_592_000)) * 900
        + took.gt(2_592_000) * 3_600
    )
    return (took + step - 1) // step * step


def _curves(timed: pd.DataFrame, key: pd.Series[Any]) -> Mapping[str, list[float | int | None]]:
    keys = key.rename("key")
    steps = timed.groupby([keys, "took"], observed=True)["ended"].agg(["size", "sum"]).reset_index()
    total = steps.groupby("key", observed=True)["size"].transform("sum")
    left = total - steps.groupby("key", observed=True)["size"].cumsum() + steps["size"]
    steps["share"] = (1 - steps["sum"] / left).groupby(steps["key"], observed=True).cumprod()
    half = (
        steps[(steps["share"] <= HALF) & (steps["sum"] > 0)]
        .groupby("key", observed=True)["took"]
        .min()
    )
    n = steps.groupby("key", observed=True)["size"].sum()
    rows: Iterator[tuple[Any, int]] = ((each, int(many)) for each, many in n.items())
    return _medians(
        [
            (_name(each), int(half[each]) if each in half.index else None, many)
            for each, many in rows
        ]
    )


_STEPS: Mapping[str, Callable[[Path], Told | None]] = {
    "duckdb import": duckdb_import,
    "duckdb day": duckdb_day,
    "duckdb figures": duckdb_figures,
    "pandas figures": pandas_figures,
}

if __name__ == "__main__":
    told = _STEPS[" ".join(sys.argv[1:3])](Path(sys.argv[3]))
    if told is not None:
        sys.stdout.write(json.dumps(told))
