"""What addresses are worth, by what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.weblinks.web import address_of

from cannery.model.web_link import LinkState, Verdict
from cannery.weblinks.address import Address
from cannery.weblinks.judge import Manners, judge
from cannery.weblinks.request import Answer, BarredError, NoAnswerError, UntrustedError

_A = "https://a.dev/"
_Told = Answer | Exception


class _Web:
    """Answers by method and address, the last one for good; and how long was slept."""

    def __init__(self, answers: Mapping[str, list[_Told] | _Told]) -> None:
        self.answers = {
            name: item if isinstance(item, list) else [item] for name, item in answers.items()
        }
        self.asked: list[str] = []
        self.slept: list[float] = []

    def ask(self, address: Address, method: str) -> Answer:
        name = f"{method} {address.text}"
        self.asked.append(name)
        queue = self.answers.get(name) or self.answers.get(address.text) or [Answer(404)]
        told = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(told, Exception):
            raise told
        return told

    def judge(self, written: str = _A) -> Verdict:
        return judge(address_of(written), self.ask, self.slept.append, Manners())


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, LinkState.WORKS), (204, LinkState.WORKS), (206, LinkState.WORKS), (304, LinkState.WORKS),
        (404, LinkState.DEAD), (410, LinkState.DEAD), (400, LinkState.UNCLEAR), (500, LinkState.UNCLEAR),
        (401, LinkState.GUARDED), (403, LinkState.GUARDED), (405, LinkState.GUARDED), (999, LinkState.GUARDED),
        (429, LinkState.BUSY), (503, LinkState.UNCLEAR),
    ],
)  # fmt: skip
def test_a_status_says_what_an_address_is_worth(status: int, state: LinkState) -> None:
    assert _Web({_A: Answer(status)}).judge().state is state


def test_the_reason_is_the_status_in_words() -> None:
    assert _Web({}).judge().reason == "404 Not Found"


def test_what_works_is_asked_for_no_content() -> None:
    web = _Web({_A: Answer(200)})
    web.judge()
    assert web.asked == [f"HEAD {_A}"]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_get_decides_where_head_is_refused(status: int) -> None:
    web = _Web({f"HEAD {_A}": Answer(status), f"GET {_A}": Answer(200)})
    assert web.judge() == Verdict(LinkState.WORKS)
    assert web.asked == [f"HEAD {_A}", f"GET {_A}"]


def test_a_fault_that_passes_is_none() -> None:
    web = _Web(
        {f"HEAD {_A}": [NoAnswerError("reset"), Answer(502), Answer(200)], f"GET {_A}": Answer(502)}
    )
    assert web.judge().state is LinkState.WORKS
    assert web.slept == [1.0, 4.0]


def test_a_fault_that_lasts_is_told_after_three_times() -> None:
    web = _Web({_A: NoAnswerError("connection refused")})
    assert web.judge() == Verdict(LinkState.UNCLEAR, "connection refused")
    assert len(web.asked) == 3


@pytest.mark.parametrize(
    ("is_unknown", "state", "times"), [(True, LinkState.NO_HOST, 1), (False, LinkState.MUTE, 3)]
)
def test_no_answer_at_all(is_unknown: bool, state: LinkState, times: int) -> None:
    web = _Web({_A: NoAnswerError("x", is_mute=True, is_unknown=is_unknown)})
    assert web.judge().state is state
    assert len(web.asked) == times


def test_a_certificate_does_not_get_better_by_waiting() -> None:
    web = _Web({_A: UntrustedError("its certificate is not trusted (x)")})
    assert web.judge().state is LinkState.UNTRUSTED
    assert len(web.asked) == 1


def test_a_host_is_asked_again_when_it_wants_to_be() -> None:
    web = _Web({_A: [Answer(429, wait="7"), Answer(503, wait="2"), Answer(200)]})
    assert web.judge().state is LinkState.WORKS
    assert web.slept == [7.0, 4.0]


def test_a_moment_to_be_asked_again_is_understood() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    web = _Web({_A: [Answer(429, wait=moment), Answer(200)]})
    assert web.judge().state is LinkState.WORKS
    assert 20 < web.slept[0] <= 30


@pytest.mark.parametrize("wait", ["3600", "99999999999999"])
def test_a_host_that_wants_no_questions_for_long_is_left_alone(wait: str) -> None:
    web = _Web({_A: Answer(429, wait=wait)})
    assert web.judge().state is LinkState.BUSY
    assert (len(web.asked), web.slept) == (1, [])


@pytest.mark.parametrize("wait", ["soon", "-1", "\u0661", ""])
def test_a_wait_that_is_none_is_ours(wait: str) -> None:
    web = _Web({_A: [Answer(429, wait=wait), Answer(200)]})
    web.judge()
    assert web.slept == [1.0]


def _leads(status: int, there: str) -> Answer:
    return Answer(status, there)


def test_what_has_moved_for_good_is_told_with_its_new_address() -> None:
    web = _Web(
        {
            _A: _leads(301, "/b"),
            f"{_A}b": _leads(308, "https://c.dev/x#y"),
            "https://c.dev/x": Answer(200),
        }
    )
    assert web.judge() == Verdict(LinkState.MOVED, moved_to="https://c.dev/x")


@pytest.mark.parametrize(
    "there", ["https://a.dev/docs", "https://a.dev/docs/index.html", "https://www.a.dev/docs/"]
)
def test_what_nobody_would_write_anew_has_not_moved(there: str) -> None:
    web = _Web({"https://a.dev/docs/": _leads(301, there), there: Answer(200)})
    assert web.judge("https://a.dev/docs/") == Verdict(LinkState.WORKS)


def test_what_leads_to_the_front_page_may_be_gone() -> None:
    web = _Web({f"{_A}docs": _leads(301, "/"), _A: Answer(200)})
    assert web.judge(f"{_A}docs") == Verdict(
        LinkState.DOUBTFUL, "it leads to the front page of a.dev"
    )


@pytest.mark.parametrize(
    "there", ["https://a.dev/login?to=x", "https://sso.b.dev/x", "https://b.dev/users/sign_in.html"]
)
def test_what_leads_to_a_sign_in_is_guarded(there: str) -> None:
    web = _Web({f"{_A}docs": _leads(301, there), there: Answer(200)})
    assert web.judge(f"{_A}docs").state is LinkState.GUARDED


def test_what_leads_elsewhere_for_now_works() -> None:
    web = _Web({_A: _leads(302, "/b"), f"{_A}b": _leads(301, "/c"), f"{_A}c": Answer(200)})
    assert web.judge() == Verdict(LinkState.WORKS)


def test_the_new_address_is_the_last_one_for_good() -> None:
    web = _Web({_A: _leads(301, "/b"), f"{_A}b": _leads(302, "/c"), f"{_A}c": Answer(200)})
    assert web.judge().moved_to == f"{_A}b"


def test_what_leads_to_nothing_is_dead() -> None:
    assert _Web({_A: _leads(301, "/b")}).judge() == Verdict(LinkState.DEAD, "404 Not Found")


def test_a_new_address_with_a_token_is_not_shown() -> None:
    web = _Web({_A: _leads(301, "/b?token=s3cret"), f"{_A}b?token=s3cret": Answer(200)})
    assert web.judge() == Verdict(LinkState.WORKS)


def test_a_circle_ends() -> None:
    web = _Web({_A: _leads(302, "/b"), f"{_A}b": _leads(302, "/")})
    assert web.judge().state is LinkState.DOUBTFUL
    assert len(web.asked) == 2


def test_a_way_without_end_ends() -> None:
    web = _Web({f"{_A}{n or ''}": _leads(302, f"/{n + 1}") for n in range(50)})
    assert web.judge().reason == "it leads on more than 10 times"
    assert len(web.asked) == 11


@pytest.mark.parametrize(
    "there", ["http://localhost/", "http://x.internal/", "file:///etc/passwd", "http://a.dev:22/"]
)
def test_nothing_is_asked_where_a_stranger_must_not_lead(there: str) -> None:
    web = _Web({_A: _leads(301, there)})
    assert web.judge().state is LinkState.BARRED
    assert web.asked == [f"HEAD {_A}"]


def test_a_private_network_behind_a_name_is_no_fault() -> None:
    assert (
        _Web({_A: BarredError("a.dev is in a private network")}).judge().state is LinkState.BARRED
    )


def test_a_way_to_a_host_without_an_answer_is_unclear() -> None:
    web = _Web(
        {_A: _leads(302, "https://b.dev/"), "https://b.dev/": NoAnswerError("x", is_mute=True)}
    )
    assert web.judge() == Verdict(LinkState.UNCLEAR, "it leads to b.dev: x")
