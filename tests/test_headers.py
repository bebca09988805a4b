"""The headers of every answer: pages, errors, files, probes; and the settings behind them."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from collaborators.models import User
from tests.access_rows import ROWS
from tests.source import ROOT
from tests.test_access_matrix import address_of, addresses, ask, signed_in
from tests.test_every_page import somebody_for
from tests.three_communities import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P02")]
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
FORBIDDEN = ("Access-Control-Allow-Origin", "Server", "X-Powered-By", "Via", "NEL", "Report-To")


def wrong_with(answer, *, is_kept=False):
    """What the headers of an answer lack, as sentences."""
    for name, value in ALWAYS.items():
        if answer.headers.get(name) != value:
            yield f"{name}: {answer.headers.get(name)}"
    policy = as_policy(answer.headers.get("Content-Security-Policy", ""))
    if policy not in (as_policy(POLICY), as_policy(NOTHING), as_policy(f"{NOTHING}; sandbox")):
        yield f"policy {policy}"
    features = answer.headers.get("Permissions-Policy", "")
    if not {"camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()"} <= set(features.split(", ")):
        yield f"features {features}"
    if (answer.headers.get("Cache-Control") == "no-store") == is_kept:
        yield f"kept: {answer.headers.get('Cache-Control')}"
    yield from (name for name in FORBIDDEN if name in answer.headers)


def as_policy(text):
    return {part.partition(" ")[::2] for part in text.split("; ")}


@pytest.fixture
def world(coordinator: User) -> World:
    return build_world(coordinator)


@pytest.mark.promise("P17")
def test_every_address_answers_with_every_header(world):
    wrong = []
    for name, row in ROWS.items():
        for client in (signed_in(world.people.get(somebody_for(name))), Client()):
            for method in ("get", "post"):
                answer = ask(client, method, address_of(name, row, world, "own"))
                wrong += [f"{method} {name} {answer.status_code}: {what}" for what in wrong_with(answer)]

    assert wrong == []


KWARGS = {"uidb36": "1", "key": "x-y", "pk": 1}


def foreign_addresses():
    """The pages of allauth, wherever they lead."""
    found = get_resolver().reverse_dict
    for name in sorted({name for name in addresses() if name.startswith(("account_", "mfa_"))}):
        names = next(params for _, params in [found.getlist(name)[0][0][0]])
        yield reverse(name, kwargs={param: KWARGS[param] for param in names if param in KWARGS})


def test_the_pages_of_accounts_answer_with_every_header(world):
    wrong = []
    for address in foreign_addresses():
        for client in (signed_in(world.people["coordinator"]), Client(raise_request_exception=False)):
            for method in ("get", "post"):
                answer = ask(client, method, address)
                wrong += [f"{method} {address} {answer.status_code}: {what}" for what in wrong_with(answer)]

    assert wrong == []


def too_often(client):
    for _ in range(11):
        answer = client.post("/accounts/login/", {"login": "nobody@test.example", "password": "wrong-wrong-wrong"})
    return answer


ERRORS = {
    "a host that is not ours": (400, lambda: Client(HTTP_HOST="x.example").get("/")),
    "a form from elsewhere": (403, lambda: Client(enforce_csrf_checks=True).post("/community/code/")),
    "nothing there": (404, lambda: Client().get("/nothing/")),
    "a file that is not there": (404, lambda: Client().get("/static/nothing.css")),
    "a method that is not allowed": (405, lambda: Client().post("/health/live")),
    "an answer that is missing": (422, lambda: Client().post("/community/code/", {"door-code": "1"})),
    "too many tries": (429, lambda: too_often(Client())),
    "a slash that is missing": (301, lambda: Client().get("/community/ask")),
}  # fmt: skip


@pytest.mark.parametrize("what", ERRORS)
def test_an_error_answers_with_every_header(what):
    status, ask_for = ERRORS[what]

    answer = ask_for()

    assert (answer.status_code, list(wrong_with(answer))) == (status, [])


@override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.failing.FailingMiddleware"])
def test_a_mistake_of_ours_answers_with_every_header():
    answer = Client(raise_request_exception=False).get("/")

    assert (answer.status_code, list(wrong_with(answer))) == (500, [])


@pytest.mark.parametrize("file", ["css/site.css", "css/staff.css"])
def test_a_file_may_be_kept_and_has_every_other_header(file):
    answer = Client().get(f"/static/{file}")

    assert (answer.status_code, list(wrong_with(answer, is_kept=True))) == (200, [])
    assert answer.getvalue()


@override_settings(SECURE_HSTS_SECONDS=63_072_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True)
@pytest.mark.parametrize("address", ["/", "/community/", "/nothing/", "/static/css/site.css", "/exit"])
def test_the_browser_is_told_to_come_back_encrypted(address):
    answer = Client().get(address, secure=True)

    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert answer.getvalue() is not None


@pytest.mark.parametrize("address", ["/exit", "/ar/exit"])
def test_the_way_out_clears_what_the_browser_keeps(address):
    answer = Client().get(address)

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


# --- The files themselves ------------------------------------------------------------------------------
FOREIGN_LINK = re.compile(
    r"""(?:src|srcset|href|action|formaction|data|poster|cite|ping|content)\s*=\s*["']?\s*(?:https?:|//[\w.]|data:)|"""
    r"""url\(\s*["']?(?:https?:|//|data:)|@import|(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\s*\(\s*["'`]\w+:""",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son(?:click|load|error|submit|change|input|focus|blur|key\w+|mouse\w+|touch\w+)\s*=|javascript:",
    re.IGNORECASE,
)


def our_files(*endings):
    return [
        file for top in ("templates", "static") for file in sorted((ROOT / top).rglob("*")) if file.suffix in endings
    ]


def test_no_file_of_ours_names_another_origin():
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in our_files(".html", ".css", ".js", ".svg")
        for match in FOREIGN_LINK.finditer(file.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_no_page_of_ours_holds_a_script_or_a_style():
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in our_files(".html", ".svg")
        for match in INLINE.finditer(file.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "bad",
    ['<img src="https://x.example/i.png">', "a { background: url(//x.example/i) }", "@import 'x'", "<a href=data:x>"],
)
def test_the_search_finds_what_it_looks_for(bad):
    assert FOREIGN_LINK.search(bad)


# --- Production ----------------------------------------------------------------------------------------
SAFE = {
    "SECRET_KEY": "q8Zr2kfWb5Yt0Vn7Lx3Hc9Jd1Gm4Ps6Aq8Zr2kfWb5Yt0Vn7Lx3",
    "ACTOR_KEY": "Tn4Bv8Kz1Xe6Rw3Uq9Yo2Mi7La5Hg0Fd",
    "CODE_PEPPER": "Wc7Jp2Ds9Nk4Ga1Zu6Ty8Eb3Vr5Qx0Lh",
    "ALLOWED_HOSTS": "exchange.example.org",
}
PRINT = """
import django
django.setup()
from django.conf import settings
names = '''SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE
SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH CSRF_USE_SESSIONS CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS DEBUG'''.split()
print({name: getattr(settings, name) for name in names})
"""


def in_production(*command):
    """A program of ours with the settings of a production, on the servers of these tests."""
    plain = {name: value for name, value in os.environ.items() if name not in {"TESTING", "DEBUG", "DEMO"}}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=plain | SAFE | {"DJANGO_SETTINGS_MODULE": "cre.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.promise("P28")
def test_django_finds_nothing_to_warn_of_in_a_production():
    checked = in_production("-m", "django", "check", "--deploy", "--fail-level", "CRITICAL")

    assert re.findall(r"\(?security\.\w+", checked.stderr) == []
    assert checked.returncode in {0, 1}


@pytest.mark.promise("P17")
@pytest.mark.promise("P28")
def test_the_cookie_of_a_production_belongs_to_this_host_alone():
    printed = in_production("-c", PRINT)

    assert printed.stdout.strip() == str(
        {
            "SESSION_COOKIE_NAME": "__Host-s",
            "SESSION_COOKIE_SECURE": True,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_DOMAIN": None,
            "SESSION_COOKIE_PATH": "/",
            "CSRF_USE_SESSIONS": True,
            "CSRF_COOKIE_SECURE": True,
            "SECURE_SSL_REDIRECT": True,
            "SECURE_HSTS_SECONDS": 63_072_000,
            "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
            "DEBUG": False,
        }
    ), printed.stderr
