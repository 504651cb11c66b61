"""Numbers that the manual tells of the program are the program's, in English and in Japanese."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.manual.numbers import number_of

from cannery.cli.commands.health import health
from cannery.content.business_days import holidays
from cannery.insight.health import NEEDS
from cannery.manual import ARTICLES
from cannery.model.figure import SMALLEST
from cannery.model.web_link import LinkState
from cannery.rest.sender import Manner
from cannery.user_settings import UserSettings
from cannery.weblinks.judge import Manners


class Told(NamedTuple):
    """What a guide says in each language, with `{}` for the number that is the program's."""

    guide: str
    english: str
    japanese: str
    number: float


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_YEARS = {int(year) for days in holidays().values() for year in days}
_KEPT = UserSettings(Path()).memory_days
_LINKS = vars(import_module("cannery.weblinks.cache"))["_AGES"]  # in seconds
_MONTHS = inspect.signature(health).parameters["months"].default
TOLD = (
    Told("business-time", "country, from {:d} to", "{:d}年から", min(_YEARS)),
    Told("business-time", "to {:d}, for the countries", "{:d}年までが", max(_YEARS)),
    Told("business-time", "on quarters of an hour", "{}分単位", number_of("settings_hours._STEP")),
    Told(
        "checking", "a screen of {} lines", "{} 行の画面", number_of("cli.check_statistics._LINES")
    ),
    Told(
        "checking",
        "the three worst files",
        "最も多い {} ファイル",
        number_of("check.statistics._NAMED"),
    ),
    Told(
        "checking",
        "in ten files or more",
        "{} 以上のファイルに同じ文面",
        number_of("check.statistics.MANY"),
    ),
    Told(
        "checking", "more than {} findings", "{} 件を超えるとき", number_of("cli.report._MOST_READ")
    ),
    Told(
        "checking",
        "the first ten errors",
        "最初のエラー {} 件",
        number_of("cli.report._FIRST_ERRORS"),
    ),
    Told(
        "checking",
        "holds for a week",
        "応答は 1 週間",
        _LINKS[LinkState.WORKS] / _DAY / 7,
    ),
    Told(
        "checking",
        "a failure for an hour",
        "失敗は {} 時間",
        _LINKS[LinkState.MUTE] / _HOUR,
    ),
    Told(
        "checking",
        "an hour to a day",
        "から {} 日",
        _LINKS[LinkState.DEAD] / _DAY,
    ),
    Told("checking", "After half an hour", "{} 分たつと", Manners().whole / _MINUTE),
    Told(
        "desk-others",
        "may have {} characters",
        "文章は {} 文字まで",
        number_of("exchange.desks.gitlab._LONGEST"),
    ),
    Told(
        "desk-sign-in",
        "127.0.0.1:{:d}/callback",
        "127.0.0.1:{:d}/callback",
        number_of("operations.desk_login._PORT"),
    ),
    Told(
        "desk-sign-in",
        "at most {} minutes for one",
        "待つのは {} 分まで",
        Manner().patience / _MINUTE,
    ),
    Told(
        "exporting",
        "each answer, up to {}",
        "（{} 個まで）",
        number_of("operations.export_snippet._MAX_VARIANTS"),
    ),
    Told(
        "exporting",
        "more than {} texts",
        "{} 個を超える本文",
        number_of("operations.export_snippet._MAX_VARIANTS"),
    ),
    Told(
        "gaps",
        "more than {} characters",
        "{} 文字を超えるもの",
        number_of("operations.search_words.MAX_WORDS"),
    ),
    Told(
        "gaps",
        "a gap with fewer than five tickets",
        "{} 件未満のギャップ",
        number_of("operations.insight_gaps.LEAST_TICKETS"),
    ),
    Told(
        "gaps",
        "less than {}% of its words",
        "{}% 未満",
        100 * number_of("operations.rewritten_macros._LITTLE"),
    ),
    Told("gaps", "the last four weeks", "直近の {} 週間", number_of("insight.gaps.trend.WEEKS")),
    Told(
        "gaps",
        "less than eight weeks",
        "{} 週間分の記録",
        2 * number_of("insight.gaps.trend.WEEKS"),
    ),
    Told(
        "gaps", "binomial test at {}%", "有意水準 {}%", 100 * number_of("insight.gaps.trend._SURE")
    ),
    Told(
        "gaps",
        "fewer than five questions",
        "質問が {} 件未満",
        number_of("insight.gaps.trend._LEAST"),
    ),
    Told(
        "gaps",
        "within two minutes",
        "{} 分以内に別の言葉",
        number_of("tui.search_ends._SOON") / _MINUTE,
    ),
    Told(
        "getting-started",
        "deleted after {} days",
        "{} 日後、または設定",
        _KEPT,
    ),
    Told(
        "getting-started",
        "longer than {} characters",
        "{} 文字を超えるもの",
        number_of("operations.search_words.MAX_WORDS"),
    ),
    Told("health", "{} days by default", "初期値は {} 日", _KEPT),
    Told("health", "no change, for three months", "{} か月のあいだ", _MONTHS),
    Told(
        "importing",
        "that three or more replies have",
        "{} つ以上の定型文",
        number_of("operations.import_personal._OWN_FROM"),
    ),
    Told(
        "insight-import",
        "more than six digits",
        "{} 桁以上の数字",
        number_of("insight.pseudonyms._MOST_DIGITS") + 1,
    ),
    Told(
        "insight-import",
        "more than {} letters",
        "{} 文字を超える値",
        number_of("insight.pseudonyms._LONGEST"),
    ),
    Told(
        "insight-import",
        "end {} days before",
        "より {} 日以上前",
        number_of("insight.reach._STALE") / _DAY,
    ),
    Told(
        "insight-pages",
        "up to {} values",
        "それぞれ {} 件まで",
        number_of("insight.pages.parts.MOST_GROUPS"),
    ),
    Told(
        "insight-pages",
        "more than {} tickets",
        "{} 件以下",
        number_of("operations.insight_parts._MOST_TICKETS"),
    ),
    Told("insight-pages", "Figures of fewer than five", "{} 件未満の数値", SMALLEST),
    Told(
        "macro-format",
        "has up to {} fields",
        "フォームの項目は {} まで",
        number_of("content.headers._MAX_FIELDS"),
    ),
    Told(
        "macro-format",
        "a pattern, up to {} characters",
        "パターンは {} 文字まで",
        number_of("content.patterns.MAX_PATTERN"),
    ),
    Told(
        "readers",
        "may send {} a minute",
        "1 分間に {} 件まで",
        number_of("serve.feedback._MOST_OF_ONE"),
    ),
    Told(
        "search-engines",
        "more than {} addresses",
        "アドレスが {} を超える",
        number_of("site.sitemap._MOST"),
    ),
    Told(
        "search-engines", "more than {} articles", "（{} 件を超える", number_of("site.llms._MOST")
    ),
    Told("search-engines", "up to {} MB", "{} MB まで", number_of("site.llms._LONGEST") / 1e6),
    Told("searching", "The first {} entries", "上位 {} 件", number_of("search.meaning._MOST")),
    Told(
        "searching",
        "half an hour after",
        "最後の検索から {} 分",
        number_of("serve.server._IDLE") / _MINUTE,
    ),
    Told("searching", "up to a fifth", "最大 {} 分の 1", 1 / number_of("search.find._USAGE")),
    Told(
        "site",
        "more than {} entries",
        "{} 件を超えるセクション",
        number_of("site.groups._MANY") - 1,
    ),
    Told("site", "at least {} to 1", "{} 対 1 以上", number_of("content.colours.LEGIBLE")),
    Told("tickets", "after {} characters", "{} 字で切ります", number_of("reply.ticket._MAX_TEXT")),
    Told(
        "tickets",
        "goes after {} days",
        "{} 日で消えます",
        number_of("operations.ticket_journal._DAYS"),
    ),
    Told(
        "zendesk-guide",
        "larger than {} MB",
        "{} MB を超える",
        number_of("exchange.desks.zendesk.guide_pictures._MOST") / 1e6,
    ),
    Told(
        "zendesk-macros",
        "five at most",
        "{} つまで",
        number_of("exchange.desks.zendesk.macro_files._MOST"),
    ),
)
_WORDS = {
    "fifth": 5, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10,
    "half an hour": 30, "quarters of an hour": 15, "an hour": 1, "a day": 1, "a week": 1,
}  # fmt: skip


def _written(number: float) -> str:
    return f"{round(number):,}" if number == round(number) else f"{number:g}"


def _page(name: str, ending: str) -> str:
    return (ARTICLES / "guides" / f"{name}.{ending}").read_text("utf-8")


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told.guide}: {told.english}")
def test_a_number_of_the_guides_is_the_programs(told: Told) -> None:
    """Where English says it by a word, that word is the number too."""
    digits = _written(told.number)
    if "{" in told.english:
        assert told.english.replace("{}", digits).replace("{:d}", digits.replace(",", "")) in _page(
            told.guide, "md"
        )
    else:
        assert told.english in _page(told.guide, "md")
        said = [word for word in _WORDS if re.search(rf"\b{word}\b", told.english)]
        worth = _WORDS[max(said, key=len)]
        assert told.number - worth in {0, 1 if "more than" in told.english else 0}
    japanese = told.japanese.replace("{}", digits).replace("{:d}", digits.replace(",", ""))
    assert japanese in _page(told.guide, "ja.md")


@pytest.mark.parametrize("ending", ["md", "ja.md"])
def test_what_an_entry_loses_for_its_health_is_told(ending: str) -> None:
    weights = re.findall(
        r"^\| ([A-Z][\w.]*) \|[^|]*\| (\d+) \|", _page("health", ending), re.MULTILINE
    )
    assert {name: int(weight) for name, weight in weights} == {
        need.title: need.weight for need in NEEDS
    }
