"""A phone with an empty cache, slow 4G and a quarter of this machine's speed, through Chromium's own throttling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, Page

SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1474.56 * 1024 / 8,
    "uploadThroughput": 675 * 1024 / 8,
}
"""As Lighthouse has it: 1.6 Mbit/s and 150 ms, with what a browser's own throttling lacks added."""
SLOW_CPU = 4


class Phone(NamedTuple):
    page: Page
    sent: list[int]
    """The bytes of each answer so far, as they came over the network."""


@contextmanager
def slow_phone(browser: Browser) -> Iterator[Phone]:
    """A page on it; the sites' policy is set aside, for what is compared may need what it forbids."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_4G)
    network.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    sent: list[int] = []
    network.on(
        "Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"]))
    )
    yield Phone(page, sent)
    context.close()
