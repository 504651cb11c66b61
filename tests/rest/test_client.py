from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from email.utils import formatdate
from time import time

import pytest
from tests.rest.service import Act, Service, answer, cut, raw, then_close

from cannery.model.event import Event, Progress, Remark
from cannery.rest.client import Body, Manner, PlainClient, RestError

TOKEN = "t0ken-of-kim"  # noqa: S105 - planted, and looked for


class Clock:
    """Sleeps without sleeping, and keeps what it was told to wait and to tell."""

    def __init__(self) -> None:
        self.slept = 0.0
        self.told: list[Event] = []

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(service: Service, clock: Clock) -> Iterator[PlainClient]:
    made = _client(service, Manner(clock.told.append, sleep=clock.sleep, seconds=5))
    yield made
    made.close()


def _client(service: Service, manner: Manner) -> PlainClient:
    return PlainClient(service.address, lambda: {"Authorization": f"Bearer {TOKEN}"}, manner)


# --- one request


def test_it_sends_and_reads_json(client: PlainClient, service: Service) -> None:
    service.usual = answer({"name": "返金"}, headers={"X-Count": "2"})
    reply = client.ask("POST", "/api/macros", {"title": "返金"}, query={"page": 1})
    assert (reply.code, reply.content, reply.headers["x-count"]) == (200, {"name": "返金"}, "2")
    asked = service.asked[0]
    assert (asked.method, asked.path) == ("POST", "/api/macros?page=1")
    assert json.loads(asked.body) == {"title": "返金"}
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"


def test_a_file_goes_out_as_it_is(client: PlainClient, service: Service) -> None:
    client.ask("POST", "/x", Body(b"\x00\xff", "image/png"))
    assert service.asked[0].body == b"\x00\xff"
    assert service.asked[0].headers["content-type"] == "image/png"


def test_what_is_no_json_comes_as_it_is(client: PlainClient, service: Service) -> None:
    service.usual = answer(b"\x89PNG")
    reply = client.ask("GET", "/x")
    assert (reply.content, reply.raw) == (None, b"\x89PNG")


def test_a_packed_answer_is_unpacked(client: PlainClient, service: Service) -> None:
    service.usual = answer(gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
    assert client.ask("GET", "/x").content == {"a": 1}


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"x" * 5000, mtime=0)[:-9]])
def test_a_packed_answer_that_is_damaged_is_an_error(
    client: PlainClient, service: Service, body: bytes
) -> None:
    service.usual = answer(body, headers={"Content-Encoding": "gzip"})
    with pytest.raises(RestError, match="can't be reached"):
        client.ask("GET", "/x")


def test_a_packed_answer_that_grows_without_end_is_refused(
    client: PlainClient, service: Service
) -> None:
    service.usual = answer(
        gzip.compress(b"\0" * 65_000_000, 1), headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(RestError, match="too long an answer"):
        client.ask("GET", "/x")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/a?b=c d", "/a?b=c%20d"),
        ("a/b", "/a/b"),
        ("/記事", "/%E8%A8%98%E4%BA%8B"),
        ("/a%2Fb", "/a%2Fb"),
        ("/a?page[after]=x%3D", "/a?page[after]=x%3D"),
        ("/a b\r\nX: y", "/a%20b"),
    ],
)
def test_a_path_is_sent_as_an_address_has_it(
    client: PlainClient, service: Service, path: str, target: str
) -> None:
    client.ask("GET", path)
    assert service.asked[0].path.startswith(target)
    assert "x" not in service.asked[0].headers


def test_the_next_page_of_the_service_s_own_is_followed(
    client: PlainClient, service: Service
) -> None:
    client.ask("GET", f"{service.address}/next?after=1")
    assert service.asked[0].path == "/next?after=1"


@pytest.mark.parametrize(
    "address", ["http://evil.example/x", "https://127.0.0.1/x", "//evil.example/x", "ftp://x/y"]
)
def test_nothing_is_asked_of_another_service(
    client: PlainClient, service: Service, address: str
) -> None:
    with pytest.raises(RestError, match="another host"):
        client.ask("GET", address)
    assert service.asked == []


# --- redirects


def test_a_redirect_within_the_service_is_followed(client: PlainClient, service: Service) -> None:
    service.acts = [answer(code=302, headers={"Location": "/there?x=1"}), answer({"a": 1})]
    assert client.ask("GET", "/x").content == {"a": 1}
    assert service.asked[1].path == "/there?x=1"
    assert service.asked[1].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(
    client: PlainClient, service: Service, code: int
) -> None:
    other = Service()
    service.usual = answer(code=code, headers={"Location": f"{other.address}/x"})
    with pytest.raises(RestError, match="points to another host"):
        client.ask("GET", "/x")
    other.end()
    assert other.asked == []


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_what_is_written_is_not_sent_to_a_second_place(
    client: PlainClient, service: Service, code: int
) -> None:
    service.usual = answer(code=code, headers={"Location": "/y"})
    with pytest.raises(RestError, match="not followed"):
        client.ask("POST", "/x", {"a": 1})
    assert len(service.asked) == 1


def test_a_redirect_in_circles_ends(client: PlainClient, service: Service) -> None:
    service.usual = answer(code=302, headers={"Location": "/x"})
    with pytest.raises(RestError, match="in circles"):
        client.ask("GET", "/x")
    assert len(service.asked) == 5


# --- what is waited for


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_too_many_requests_are_waited_for(
    client: PlainClient, service: Service, clock: Clock, method: str
) -> None:
    service.acts = [answer(code=429, headers={"Retry-After": "37"}), answer({"a": 1})]
    assert client.ask(method, "/x").content == {"a": 1}
    assert clock.slept == 37
    assert client.requests == len(service.asked) == 2


def test_the_user_learns_what_is_waited_for(
    client: PlainClient, service: Service, clock: Clock
) -> None:
    service.acts = [answer(code=429, headers={"Retry-After": "3"})]
    client.ask("GET", "/x")
    remark = next(item for item in clock.told if isinstance(item, Remark))
    assert remark.text == "127.0.0.1: it asks for fewer requests; going on in 3 seconds."
    bars = [item for item in clock.told if isinstance(item, Progress)]
    assert [(item.done, item.total) for item in bars][-1] == (bars[-1].total, bars[-1].total)
    assert all(item.is_time for item in bars)


def test_a_date_is_waited_for(client: PlainClient, service: Service, clock: Clock) -> None:
    date = formatdate(time() + 100, usegmt=True)
    service.acts = [answer(code=429, headers={"Retry-After": date})]
    client.ask("GET", "/x")
    assert 0 < clock.slept <= 101


def test_a_service_that_asks_for_too_long_a_wait_is_not_waited_for(
    client: PlainClient, service: Service, clock: Clock
) -> None:
    service.usual = answer(code=429, headers={"Retry-After": "25200"})
    with pytest.raises(RestError, match="429") as raised:
        client.ask("GET", "/x")
    assert (clock.slept, len(service.asked)) == (0, 1)
    assert "longer wait" in raised.value.hint


@pytest.mark.parametrize("after", ["0", "-5", "nan", "", "soon", "1e400", "9" * 400])
def test_a_service_that_never_has_time_is_left_at_last(
    service: Service, clock: Clock, after: str
) -> None:
    service.usual = answer(code=429, headers={"Retry-After": after})
    client = _client(service, Manner(patience=20, sleep=clock.sleep))
    with pytest.raises(RestError, match="429"):
        client.ask("GET", "/x")
    client.close()
    assert clock.slept <= 20
    assert 2 <= len(service.asked) <= 21


@pytest.mark.parametrize("code", [408, 500, 502, 503, 504, 520])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_fault_that_passes_is_waited_for(
    client: PlainClient, service: Service, clock: Clock, code: int, method: str
) -> None:
    service.acts = [answer(code=code), answer(code=code), answer({"a": 1})]
    assert client.ask(method, "/x").content == {"a": 1}
    assert clock.slept == 1 + 2


def test_a_fault_that_stays_is_told(client: PlainClient, service: Service) -> None:
    service.usual = answer({"error": "Down"}, code=503)
    with pytest.raises(RestError, match=r"error \(503\) for GET /x: Down") as raised:
        client.ask("GET", "/x")
    assert raised.value.code == 503
    assert not raised.value.is_fate_unknown
    assert len(service.asked) == 6


def test_a_service_that_says_when_to_come_back_has_done_nothing(
    client: PlainClient, service: Service, clock: Clock
) -> None:
    service.acts = [answer(code=503, headers={"Retry-After": "4"}), answer({"a": 1})]
    assert client.ask("POST", "/x", {}).content == {"a": 1}
    assert clock.slept == 4


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_what_may_have_been_done_is_not_sent_again(
    client: PlainClient, service: Service, code: int
) -> None:
    service.acts = [answer(code=code)]
    with pytest.raises(RestError) as raised:
        client.ask("POST", "/x", {})
    assert raised.value.is_fate_unknown
    assert "look there" in raised.value.hint
    assert len(service.asked) == 1


def test_a_wait_is_ended_by_an_interrupt_at_once(service: Service) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    service.acts = [answer(code=429, headers={"Retry-After": "60"})]
    client = _client(service, Manner(sleep=interrupted))
    with pytest.raises(KeyboardInterrupt):
        client.ask("GET", "/x")
    client.close()
    assert len(service.asked) == 1


# --- connections


def test_one_connection_is_used_for_all(client: PlainClient, service: Service) -> None:
    for _ in range(3):
        client.ask("GET", "/x")
        client.ask("POST", "/x", {})
    assert {item.connection for item in service.asked} == {0}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_kept_connection_that_was_closed_is_not_noticed(
    client: PlainClient, service: Service, clock: Clock, method: str
) -> None:
    closed = threading.Event()
    service.acts = [then_close(answer({}), closed)]
    client.ask("GET", "/x")
    assert closed.wait(10)
    assert client.ask(method, "/y").content == {}
    assert [item.path for item in service.asked] == ["/x", "/y"]
    assert clock.slept == 0


def test_a_kept_connection_that_dies_of_a_question_is_replaced_once(
    client: PlainClient, service: Service, clock: Clock
) -> None:
    service.acts = [answer({}), cut, answer({"a": 1})]
    client.ask("GET", "/x")
    assert client.ask("GET", "/y").content == {"a": 1}
    assert clock.slept == 0


def test_a_connection_that_breaks_off_is_tried_again_after_a_while(
    client: PlainClient, service: Service, clock: Clock
) -> None:
    service.acts = [cut, cut, answer({"a": 1})]
    assert client.ask("PUT", "/x", {}).content == {"a": 1}
    assert clock.slept == 1 + 2


BROKEN: dict[str, Act] = {
    "nothing": cut,
    "half a header": raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "half a body": raw(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a"'),
    "half a chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc"),
    "no HTTP": raw(b"SSH-2.0-OpenSSH\r\n"),
}


@pytest.mark.parametrize("act", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("is_kept", [True, False])
def test_what_was_sent_once_and_got_no_answer_is_not_sent_again(
    client: PlainClient, service: Service, act: Act, is_kept: bool
) -> None:
    service.acts = [*[answer({})] * is_kept, act]
    if is_kept:
        client.ask("GET", "/x")
    with pytest.raises(RestError, match="no answer from 127") as raised:
        client.ask("POST", "/y", {})
    assert raised.value.is_fate_unknown
    assert [item.path for item in service.asked].count("/y") == 1


@pytest.mark.parametrize("act", BROKEN.values(), ids=BROKEN)
def test_half_an_answer_is_none(client: PlainClient, service: Service, act: Act) -> None:
    service.acts = [act, answer({"a": 1})]
    assert client.ask("GET", "/x").content == {"a": 1}
    assert len(service.asked) == 2


def test_a_service_that_can_not_be_reached_has_done_nothing(service: Service) -> None:
    client = _client(service, Manner())
    service.end()
    with pytest.raises(RestError, match="can't be reached") as raised:
        client.ask("POST", "/x", {})
    assert not raised.value.is_fate_unknown
    assert raised.value.code == 0


def test_a_silent_service_is_not_waited_for_without_end(service: Service, clock: Clock) -> None:
    pause = threading.Event()
    service.usual = raw(b"", pause=pause)
    client = _client(service, Manner(seconds=0.05, sleep=clock.sleep))
    with pytest.raises(RestError, match=r"no answer within 0\.05 seconds"):
        client.ask("POST", "/x", {})
    pause.set()


def test_an_answer_that_comes_letter_by_letter_is_ended(service: Service, clock: Clock) -> None:
    done = threading.Event()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"

    def drip(handler: object) -> None:
        handler.wfile.write(head)  # type: ignore[attr-defined]
        while not done.wait(0.01):
            handler.wfile.write(b" ")  # type: ignore[attr-defined]

    service.usual = drip
    client = _client(service, Manner(seconds=0.05, sleep=clock.sleep, patience=0))
    with pytest.raises(RestError):
        client.ask("GET", "/x")
    done.set()


def test_after_an_error_the_next_answer_is_its_own(client: PlainClient, service: Service) -> None:
    service.acts = [answer({"error": "no"}, code=422), answer({"a": 1})]
    with pytest.raises(RestError):
        client.ask("POST", "/x", {})
    assert client.ask("GET", "/y").content == {"a": 1}


# --- our own rate


def test_no_more_requests_are_sent_a_minute_than_the_plan_allows(
    service: Service, clock: Clock
) -> None:
    client = _client(service, Manner(rate=3, sleep=clock.sleep))
    for _ in range(3):
        client.ask("GET", "/x")
    assert clock.slept == 0
    client.ask("GET", "/x")
    assert 0 < clock.slept <= 61
    client.close()


def test_a_service_that_has_none_left_is_given_time(service: Service, clock: Clock) -> None:
    spent = {"X-Rate-Limit": "400", "X-Rate-Limit-Remaining": "0", "ratelimit-reset": "20"}
    service.acts = [answer({}, headers=spent)]
    client = _client(service, Manner(sleep=clock.sleep))
    client.ask("GET", "/x")
    client.ask("GET", "/x")
    client.close()
    assert 0 < clock.slept <= 21


# --- signing in


def test_a_token_that_has_ended_is_renewed_once(service: Service, clock: Clock) -> None:
    tokens = ["old"]

    def renew() -> bool:
        tokens.append("new")
        return True

    service.usual = answer(code=401)
    service.acts = [answer(code=401), answer({"a": 1})]
    authorize = lambda: {"Authorization": f"Bearer {tokens[-1]}"}  # noqa: E731 - short
    client = PlainClient(service.address, authorize, Manner(renew=renew, sleep=clock.sleep))
    assert client.ask("POST", "/x", {}).content == {"a": 1}
    assert [item.headers["authorization"] for item in service.asked] == ["Bearer old", "Bearer new"]
    with pytest.raises(RestError):
        client.ask("GET", "/x")
    client.close()
    assert tokens == ["old", "new", "new"]


def test_a_refused_token_says_how_to_sign_in(service: Service) -> None:
    service.usual = answer({"error": "invalid_token"}, code=401)
    client = _client(service, Manner(sign_in="Run `kb desk login acme`."))
    with pytest.raises(RestError, match="invalid_token") as raised:
        client.ask("GET", "/x")
    client.close()
    assert raised.value.hint == "Run `kb desk login acme`."


def test_no_error_tells_a_token(client: PlainClient, service: Service) -> None:
    for code in (400, 401, 403, 404, 422):
        service.usual = answer({"error": f"{TOKEN} and Bearer {TOKEN} are refused"}, code=code)
        with pytest.raises(RestError) as raised:
            client.ask("GET", f"/x?api_key={TOKEN}")
        assert TOKEN not in raised.value.message + raised.value.hint
        assert "refused" in raised.value.message


def test_a_token_is_not_sent_without_tls_to_another_machine() -> None:
    client = PlainClient("http://desk.example.com", lambda: {"Authorization": TOKEN})
    with pytest.raises(RestError, match="not encrypted"):
        client.ask("GET", "/x")
