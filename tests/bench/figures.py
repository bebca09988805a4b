"""The figures, one function each: it measures, and says whether the limit of the issue holds."""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tests.bench.browser import cold_load, next_pages
from tests.bench.databases import environment_of
from tests.bench.queue import queue_costs
from tests.bench.servers import Server, server_on

Figure = dict[str, Any]
ROUNDS = 21
QUEUE, BARE = "/desk/requests/", "/bare/queue/"


def figure(value: float, unit: str, limit: float, *, ok: bool, baseline: float | None = None, **fields: Any) -> Figure:
    """One line of output; `ratio` is value to baseline where there is one."""
    ratio = {"baseline": round(baseline, 2), "ratio": round(value / baseline, 3)} if baseline else {}
    return {"value": round(value, 2), "unit": unit} | ratio | {"limit": limit} | fields | {"ok": ok}


def in_turn(*asks: Callable[[], float]) -> list[float]:
    """The medians of several things, measured one after the other in each round; the first two rounds warm up."""
    times = [[ask() for ask in asks] for _ in range(ROUNDS + 2)][2:]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def desk_queue_10k() -> Figure:
    """The first page of the queue for a facilitator with 10,000 requests, against a bare view with its template."""
    with server_on("bench_10k", "facilitator@bench.example") as server:
        ours, bare = in_turn(lambda: server.get(QUEUE), lambda: server.get(BARE))
    costs = queue_costs("bench_10k")
    few = queue_costs("bench_10k", email="few@bench.example")
    ok = ours / bare <= 3 and costs["queries"] <= 10 and costs["queries"] == few["queries"] and costs["db_ratio"] <= 4
    return figure(ours, "ms", 3, ok=ok, baseline=bare, queries_with_100=few["queries"], **costs)


def desk_queue_1m() -> Figure:
    """The same page with a million requests, a third of them this facilitator's, against ten thousand."""
    with (
        server_on("bench_10k", "facilitator@bench.example") as small,
        server_on("bench_1m", "facilitator@bench.example") as large,
    ):
        ours, base = in_turn(lambda: large.get(QUEUE), lambda: small.get(QUEUE))
    return figure(ours, "ms", 1.5, ok=ours / base <= 1.5, baseline=base, **queue_costs("bench_1m"))


def policy_vs_guardian() -> Figure:
    """A list for somebody with 5 of 100,000 rows: our two walls against guardian's shortcut."""
    environment = environment_of("bench_100k") | {"DJANGO_SETTINGS_MODULE": "cre.settings"}
    environment["DATABASE_URL"] = environment["DATABASE_URL"].replace("cre_app@", "postgres@")
    command = [sys.executable, "-m", "tests.bench.guardian_list"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout)
    return figure(found["ours"], "ms", 0.1, ok=found["ours"] / found["guardian"] <= 0.1, baseline=found["guardian"])


def ask_form() -> Figure:
    """The first page of asking, cold, in Chromium: bytes, requests, and the first paint on slow-2g."""
    if shutil.which("chromium") is None:
        return {"value": None, "unit": "kB", "limit": 10, "ok": None, "note": "chromium is not installed"}
    with server_on("bench_10k", "facilitator@bench.example") as server:
        load = cold_load(f"http://127.0.0.1:{server.port}/community/ask/")
    ok = load.kilobytes <= 10 and load.requests <= 2 and load.slow_paint_seconds <= 5
    return figure(load.kilobytes, "kB", 10, ok=ok, requests=load.requests, paint_s=round(load.slow_paint_seconds, 2))


def community_pages() -> Figure:
    """Every page of the community portal in every language, with the style in the cache; and the start page, cold."""
    if shutil.which("chromium") is None:
        return {"value": None, "unit": "kB", "limit": 4, "ok": None, "note": "chromium is not installed"}
    member = measured("tests.bench.member")
    with server_on("bench_10k", "facilitator@bench.example") as server:
        root = f"http://127.0.0.1:{server.port}"
        first = cold_load(f"{root}/community/")
        weights = next_pages(root, member["cookie"], member["pages"])
    heavy = sorted(path for path, weight in weights.items() if weight > 4)
    largest = max(weights, key=lambda path: weights[path])
    ok = not heavy and first.kilobytes <= 10 and first.requests <= 2 and first.slow_paint_seconds <= 5
    return figure(
        weights[largest], "kB", 4, ok=ok, pages=len(weights), median=round(statistics.median(weights.values()), 2),
        over_limit=len(heavy), largest="/".join(largest.split("/")[-3:]), first_kb=round(first.kilobytes, 2),
        first_requests=first.requests, first_paint_s=round(first.slow_paint_seconds, 2),
    )  # fmt: skip


def send_request() -> Figure:
    """Sending a request with all that goes with it, against a bare view that writes one row; Argon2 apart."""
    found = measured("tests.bench.send_request")
    ok = found["sending"] / found["bare"] <= 6
    return figure(found["sending"], "ms", 6, ok=ok, baseline=found["bare"], argon2_ms=round(found["argon2"], 2))


def measured(module: str) -> dict[str, Any]:
    """What a program of the bench prints, run by itself on the smallest database."""
    environment = environment_of("bench_10k") | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    answer = subprocess.run([sys.executable, "-m", module], env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def ledger_write() -> Figure:
    """One entry of the ledger, with what the database finds out for it, against a bare INSERT of the columns."""
    found = measured("tests.bench.ledger_write")
    return figure(
        found["one"], "ms", 1, ok=found["one"] <= 1, baseline=found["bare"], of_50_ms=round(found["of_50"], 3)
    )


def sealed_list_50() -> Figure:
    """A page of 50 rows with sealed words, opened and entered in the ledger, against the same words kept plain."""
    found = measured("tests.bench.sealed_list")
    ratio = found["opened"] / found["plain"]
    return figure(found["opened"], "ms", 2.5, ok=ratio <= 2.5, baseline=found["plain"], cold_ms=round(found["cold"], 2))


def web_memory() -> Figure:
    """A web process after 1,000 requests; it must not go on growing after the first half."""
    with server_on("bench_10k", "facilitator@bench.example") as server:
        ask_around(server, 500)
        half = server.memory()
        ask_around(server, 500)
        full = server.memory()
    return figure(
        full, "MB", 180, ok=full <= 180 and full - half <= 5, after_500=round(half, 2), peak_mb=round(full, 2)
    )


def ask_around(server: Server, number: int) -> None:
    """Ask for pages of several portals in turn."""
    pages = [QUEUE, "/desk/", "/", "/community/ask/", "/ar/community/ask/"]
    for turn in range(number):
        server.get(pages[turn % len(pages)])


BENCHES: dict[str, Callable[[], Figure]] = {
    "desk_queue_10k": desk_queue_10k,
    "desk_queue_1m": desk_queue_1m,
    "ask_form": ask_form,
    "community_pages": community_pages,
    "send_request": send_request,
    "policy_vs_guardian": policy_vs_guardian,
    "ledger_write": ledger_write,
    "sealed_list_50": sealed_list_50,
    "web_memory": web_memory,
}
