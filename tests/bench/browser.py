"""What a page costs somebody who opens it for the first time, counted by Chromium itself."""

import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Chromium's own class "slow-2g": 50 kbit/s, two seconds to and fro.
SLOW_2G = {"offline": False, "latency": 2000, "downloadThroughput": 6250, "uploadThroughput": 6250}


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium, which asks nobody on the network for anything of its own."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)


@dataclass
class Load:
    """One cold load."""

    kilobytes: float
    requests: int
    slow_paint_seconds: float


def cold_load(address: str) -> Load:
    """Open the address with empty caches and JavaScript off, once to count and once on a slow line."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        try:
            octets, requests = counted(browser.new_context(java_script_enabled=False).new_page(), address)
            paint = slow_paint(browser.new_context().new_page(), address)
        finally:
            browser.close()
    return Load(octets / 1000, requests, paint)


def next_pages(address: str, cookie: str, paths: list[str]) -> dict[str, float]:
    """The kilobytes over the line of each page, headers included, for somebody whose browser has the style by then."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        try:
            context = browser.new_context(java_script_enabled=False)
            context.add_cookies([{"name": "s", "value": cookie, "url": address}])
            page = context.new_page()
            page.goto(address)
            return {path: counted(page, address + path)[0] / 1000 for path in paths}
        finally:
            browser.close()


def counted(page: Page, address: str) -> tuple[float, int]:
    """Bytes over the line, headers included, and the number of requests."""
    session: Any = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    return sum(sizes), len(sizes)


def slow_paint(page: Page, address: str) -> float:
    """Seconds to the first contentful paint on a slow line."""
    session: Any = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_2G)
    page.goto(address, wait_until="load", timeout=60_000)
    # The browser notes the paint a moment after the load.
    for _ in range(100):
        milliseconds = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        if milliseconds is not None:
            return float(milliseconds) / 1000
        page.wait_for_timeout(100)
    raise RuntimeError(f"{address} was never painted")
