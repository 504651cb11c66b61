"""All measures of tickets: a row in the list of its family."""

from __future__ import annotations

from cannery.insight.measures import (
    arriving,
    asking,
    business,
    knowledge,
    levels,
    promised,
    rated,
    replying,
    solving,
)
from cannery.insight.measures.levels import Level
from cannery.insight.measures.rated import Rated
from cannery.insight.measures.summed import Summed
from cannery.insight.measures.timed import Timed

SUMMED: tuple[Summed, ...] = (
    solving.SOLVED_WITHIN,
    replying.REPLIED_WITHIN,
    solving.REOPEN_RATE,
    solving.ONE_TOUCH,
    arriving.ARRIVALS,
    solving.HANDOVERS,
    knowledge.LINK_RATE,
    knowledge.MACRO_USE,
    knowledge.ANSWERED_FROM_BASE,
    asking.RESPONSE_RATE,
)
TIMED: tuple[Timed, ...] = (
    solving.SOLVED_WITHIN_ESTIMATE,
    solving.RESOLUTION_TIME,
    replying.FIRST_REPLY_TIME,
    replying.NEXT_REPLY_TIME,
)
BUSINESS: tuple[Timed, ...] = (business.FIRST_REPLY_BUSINESS, business.RESOLUTION_BUSINESS)
LEVELS: tuple[Level, ...] = (levels.BACKLOG, levels.BACKLOG_AGE)
RATED: tuple[Rated, ...] = (rated.SATISFACTION, rated.SCORE)
# In the order in which they are shown; others follow.
ORDER: tuple[str, ...] = (
    solving.SOLVED_WITHIN.name,
    solving.SOLVED_WITHIN_ESTIMATE.name,
    *promised.NAMES,
    solving.RESOLUTION_TIME.name,
    business.RESOLUTION_BUSINESS.name,
    replying.FIRST_REPLY_TIME.name,
    business.FIRST_REPLY_BUSINESS.name,
    replying.REPLIED_WITHIN.name,
    replying.NEXT_REPLY_TIME.name,
    solving.REOPEN_RATE.name,
    solving.ONE_TOUCH.name,
    rated.SATISFACTION.name,
    rated.SCORE.name,
    asking.RESPONSE_RATE.name,
    arriving.ARRIVALS.name,
    levels.BACKLOG.name,
    levels.BACKLOG_AGE.name,
    solving.HANDOVERS.name,
    knowledge.LINK_RATE.name,
    knowledge.MACRO_USE.name,
    knowledge.ANSWERED_FROM_BASE.name,
)
