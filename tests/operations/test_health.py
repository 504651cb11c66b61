"""The state of a knowledge base: real files, real Git, and commands that work."""

from __future__ import annotations

import shlex
import time

import pytest
from tests.conftest import Base, Run
from tests.dated_commits import commit

from cannery.errors import UsageError
from cannery.insight.health import ToDo
from cannery.model.feedback import Vote
from cannery.model.web_link import LinkState, Verdict
from cannery.operations import feedback
from cannery.operations.health import health
from cannery.reply.sent_log import SentReply, log
from cannery.weblinks.cache import store_verdicts

DAY = 86_400
ALIKE = """
A HAR file records every request your browser sends and every response it gets, with timings. Open
the developer tools with F12, go to the Network tab, tick "Preserve log", and reload the page. Then
save everything with content as a file, remove passwords and cookies, and attach it to the ticket.
"""


def _article(base: Base, path: str, body: str = "Text.\n", **header: object) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": path, **header}.items())
    base.write(f"articles/{path}", f"---\n{lines}---\n{body}")


def _todo(base: Base, section: str = "") -> list[ToDo]:
    found = health(base.workspace, section)
    return [item for card in found.sections for item in card.todo]


def _needs(base: Base, section: str = "") -> list[tuple[str, str, str]]:
    return sorted((item.need, item.entry, item.command) for item in _todo(base, section))


def test_faults_of_the_check_are_told_by_entry_with_a_command(base: Base) -> None:
    _article(base, "a/x.md", "[gone](nowhere.md)\n")
    _article(base, "a/y.md", reviewed="2020-01-02")
    base.write("macros/b/z.md", "---\ntitle: Z\n---\n{% if\n")
    assert _needs(base) == [
        ("broken_links", "articles/a/x", "kb edit articles/a/x --lang en"),
        ("errors", "macros/b/z", "kb edit macros/b/z --lang en"),
        ("overdue", "articles/a/y", "kb edit articles/a/y --lang en --reviewed"),
    ]


def test_what_a_machine_can_mend_is_left_to_it(base: Base) -> None:
    _article(base, "a/x.md", related="[y.md]")
    _article(base, "a/y.md")
    assert _needs(base) == [("broken_links", "articles/a/x", "kb check --fix kb/articles/a/x.md")]


def test_drafts_and_retired_entries_are_left_alone(base: Base) -> None:
    _article(base, "a/x.md", "[gone](nowhere.md)\n", status="draft")
    _article(base, "a/y.md", reviewed="2020-01-02", status="retired")
    found = health(base.workspace)
    assert (found.sections, found.owners) == ([], [])
    assert {item.path for item in found.elsewhere} >= {"kb/articles/a/x.md"}


def test_a_language_is_missing_where_the_team_writes_it(base: Base) -> None:
    _article(base, "a/x.md")
    assert not _needs(base)
    _article(base, "a/y.ja.md", "本文です。\n")
    assert [item[1:] for item in _needs(base) if item[0] == "missing_languages"] == [
        ("articles/a/x", "kb edit articles/a/x --lang ja --translate"),
        ("articles/a/y", "kb edit articles/a/y --lang en --translate"),
    ]


def test_a_draft_of_a_translation_is_on_its_way_and_not_missing(base: Base) -> None:
    base.write("kb.toml", 'languages = ["en", "ja"]\n')
    _article(base, "a/x.md")
    assert [need for need, *_ in _needs(base)] == ["missing_languages"]
    _article(base, "a/x.ja.md", status="draft")
    assert "missing_languages" not in [need for need, *_ in _needs(base)]


def test_the_less_used_of_two_alike_gives_way(base: Base) -> None:
    _article(base, "a/x.md", ALIKE)
    _article(base, "a/y.md", f"{ALIKE}Thank you.\n")
    feedback.keep(base.workspace, Vote("articles/a/y", "en", is_helpful=True))
    [command] = [item[2] for item in _needs(base) if item[0] == "duplicates"]
    assert command == "kb retire articles/a/x --for articles/a/y"


def test_a_public_entry_does_not_give_way_to_an_internal_one(base: Base) -> None:
    _article(base, "a/x.md", ALIKE, audience="public")
    _article(base, "a/y.md", f"{ALIKE}Thank you.\n")
    feedback.keep(base.workspace, Vote("articles/a/y", "en", is_helpful=True))
    [command] = [item[2] for item in _needs(base) if item[0] == "duplicates"]
    assert command == "kb retire articles/a/y --for articles/a/x"


def test_of_two_that_are_used_alike_the_one_in_more_languages_stays(base: Base) -> None:
    _article(base, "a/x.md", ALIKE)
    _article(base, "a/y.md", f"{ALIKE}Thank you.\n")
    _article(base, "a/y.ja.md", "本文です。\n")
    [command] = [item[2] for item in _needs(base) if item[0] == "duplicates"]
    assert command == "kb retire articles/a/x --for articles/a/y"


def _sent(base: Base, entry: str, days_ago: int) -> None:
    row = SentReply(int(time.time()) - days_ago * DAY, "z", "1", "reply", "en", (entry,), ())
    log(base.workspace, row)


def test_what_is_not_used_for_months_is_told_as_far_back_as_uses_are_known(base: Base) -> None:
    for name in ("used", "unused", "new"):
        _article(base, f"a/{name}.md")
    now = int(time.time())
    commit(base, now - 200 * DAY, "A", "kb/articles/a/used.md", "kb/articles/a/unused.md")
    commit(base, now - 10 * DAY)
    assert health(base.workspace).unused_since is None
    _sent(base, "articles/a/used", 5)
    assert health(base.workspace).unused_since is None
    _sent(base, "articles/a/gone", 85)
    assert [item[1:] for item in _needs(base)] == [
        ("articles/a/unused", "kb retire articles/a/unused")
    ]


def test_an_article_that_a_used_macro_leads_to_is_used(base: Base) -> None:
    _article(base, "a/led.md", audience="public")
    base.write("macros/m.md", "---\ntitle: M\n---\n{{ 'a/led' | article_url }}\n")
    commit(base, int(time.time()) - 200 * DAY)
    _sent(base, "macros/m", 5)
    _sent(base, "articles/a/gone", 85)
    assert not _needs(base)


def test_a_translation_behind_its_original_is_told(base: Base) -> None:
    now = int(time.time())
    _article(base, "a/x.md", "One.\n")
    _article(base, "a/x.ja.md", "一。\n")
    commit(base, now - 9 * DAY)
    _article(base, "a/x.md", "Two.\n")
    commit(base, now - 5 * DAY)
    assert _needs(base) == [("behind", "articles/a/x", "kb edit articles/a/x --lang ja")]


def test_a_dead_link_of_the_last_look_is_told_without_another(base: Base) -> None:
    _article(base, "a/x.md", "See https://gone.kb-team.net/page and https://ok.kb-team.net/\n")
    long_ago = int(time.time()) - 30 * DAY
    rows = {
        "https://gone.kb-team.net/page": (Verdict(LinkState.DEAD, "404"), long_ago),
        "https://ok.kb-team.net/": (Verdict(LinkState.WORKS), long_ago),
        "https://other.kb-team.net/": (Verdict(LinkState.DEAD, "404"), long_ago),
    }
    store_verdicts(base.workspace.cache, rows)
    [item] = _todo(base)
    assert (item.need, item.entry) == ("broken_links", "articles/a/x")
    assert "gone.kb-team.net" in item.why


def test_one_section_alone_is_told(base: Base) -> None:
    _article(base, "a/x.md", "[gone](nowhere.md)\n")
    _article(base, "b/y.md", "[gone](nowhere.md)\n")
    assert [entry for _, entry, _ in _needs(base, "a")] == ["articles/a/x"]


def test_a_section_that_is_not_there_is_refused_with_one_that_is(base: Base) -> None:
    _article(base, "billing/x.md")
    with pytest.raises(UsageError) as refused:
        health(base.workspace, "biling")
    assert "billing" in refused.value.hint


def test_each_command_works(base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is suggested is done, until nothing is left to do."""
    base.write("kb.toml", 'languages = ["en", "ja"]\nsite_url = "https://help.example.com"\n')
    _article(base, "旧/請求 書.md", reviewed="2020-01-02")
    _article(base, "a/x.md", ALIKE, related="[y.md]")
    _article(base, "a/y.md", f"{ALIKE}Thank you.\n")
    base.git("init", "-q")
    monkeypatch.setenv("EDITOR", "true")
    done: list[str] = []
    while todo := health(base.workspace).todo:
        done.append(todo[0].command)
        assert len(done) < 20, done
        outcome = kb(*shlex.split(todo[0].command)[1:])
        assert outcome.code == 0, (todo[0], outcome.err)
    assert {command.split()[1] for command in done} == {"check", "edit", "retire"}


def test_a_damaged_record_of_uses_costs_itself_alone(base: Base) -> None:
    _article(base, "a/x.md")
    _sent(base, "articles/a/x", 5)
    with (base.workspace.state / "sent.jsonl").open("a") as file:
        file.write('{"time": 1e308, "entries": ["articles/a/x"]}\n{"time": NaN, "entries": [1]}\n')
        file.write('{"time": -1e9, "entries": ["articles/a/x"]}\nno row\n')
    usage = health(base.workspace).usage
    assert [*usage.last] == ["articles/a/x"]
    assert usage.since is not None
    assert time.time() - usage.since < 6 * DAY
