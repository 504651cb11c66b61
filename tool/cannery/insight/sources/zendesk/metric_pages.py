"""Replies that Zendesk counts where no comment tells of them: those of messaging.

A desk of kb.toml with `metrics = "yes"` is asked for them: there are several times as many metric
events as updates, and ten requests a minute.
"""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources.pages import answered, in_circles
from cannery.insight.sources.values import Json, parts, seconds
from cannery.rest.client import Client

_PATH = "/api/v2/incremental/ticket_metric_events"


def replies(client: Client, since: int, until: int) -> Iterator[Json]:
    """The metric events of replies in a window of time. Raises RestError."""
    start = since
    while True:
        page = answered(client, _PATH, {"start_time": start})
        for row in parts(page, "ticket_metric_events"):
            at = seconds(row.get("time"))
            if row.get("metric") == "reply_time" and at is not None and at <= until:
                yield row
        end = seconds(page.get("end_time"))
        if end is None or end > until or not page.get("next_page") or _is_last(page):
            return
        if end <= start:
            raise in_circles(_PATH)
        start = end


def _is_last(page: Json) -> bool:
    return page.get("end_of_stream") is True or page.get("count") == 0
