from __future__ import annotations

from contextvars import Context, copy_context
from threading import Thread

from cannery.util import notices


def _apart() -> list[str]:
    notices.add("in a request of its own")
    return notices.taken()


def test_a_notice_is_told_once() -> None:
    for text in ("one", "two", "one"):
        notices.add(text)
    assert notices.taken() == ["one", "two"]
    assert notices.taken() == []


def test_requests_in_contexts_of_their_own_have_their_own_notices() -> None:
    first, second = Context(), Context()
    first.run(notices.add, "of the first")
    assert second.run(_apart) == ["in a request of its own"]
    assert first.run(notices.taken) == ["of the first"]


def test_what_a_thread_notices_is_collected_where_it_was_started() -> None:
    notices.begin()
    thread = Thread(target=copy_context().run, args=(notices.add, "of the thread"))
    thread.start()
    thread.join()
    assert notices.taken() == ["of the thread"]
