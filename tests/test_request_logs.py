"""What log lines say about requests: which page, what kind of trouble, and nothing that anybody sent."""

from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.log_lines import lines, log

__all__ = ["log"]
CANARY = "canary-of-the-village"
ADDRESS, AGENT = "203.0.113.77", f"Browser/{CANARY}"


def visitor():
    """A browser whose every header is a canary."""
    return Client(
        raise_request_exception=False,
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=ADDRESS,
        HTTP_USER_AGENT=AGENT,
        HTTP_REFERER=f"https://{CANARY}.example/",
        HTTP_ACCEPT_LANGUAGE=CANARY,
        HTTP_X_PROBE=CANARY,
    )


REQUESTS = {
    "a page": ("get", "/", {"q": CANARY}),
    "a page that is not there": ("get", f"/{CANARY}/", {}),
    "a code that is none": ("post", "/community/code/", {"door-code": CANARY}),
    "a wrong code": ("post", "/community/code/", {"door-code": "0" * 28, "note": CANARY}),
    "a wrong answer": ("post", "/community/ask/reach/", {"danger": CANARY, "handle": CANARY}),
    "a first request": (
        "post",
        "/community/ask/reach/",
        {"danger": "no", "channel_asked": CANARY, "channel": "check-here", "chosen_name": CANARY, "website": CANARY},
    ),
    "a wrong password": ("post", "/accounts/login/", {"login": f"{CANARY}@test.example", "password": CANARY}),
    "a forgotten password": ("post", "/accounts/password/reset/", {"email": f"{CANARY}@test.example"}),
    "a stranger's message": ("post", f"/community/requests/{UUID(int=7)}/message/", {"text": CANARY}),
    "a method that is not allowed": ("put", "/community/code-check/", {}),
}  # fmt: skip


@pytest.mark.promise("P01")
@pytest.mark.promise("P08")
@pytest.mark.promise("P22")
@pytest.mark.django_db
@pytest.mark.parametrize("what", REQUESTS)
def test_no_line_about_a_request_holds_anything_of_it(log, what):
    method, address, typed = REQUESTS[what]

    answer = getattr(visitor(), method)(address, typed)

    assert answer.status_code < 500
    assert CANARY not in log.getvalue()
    assert ADDRESS not in log.getvalue()


@pytest.mark.promise("P22")
@pytest.mark.django_db
@override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.failing.FailingMiddleware"])
def test_an_error_is_an_event_with_the_page_and_without_a_value(log):
    answer = visitor().post("/community/code/", {"door-code": CANARY})

    found = [line for line in lines(log) if line["event"] == "sys_error"]
    assert answer.status_code == 500
    assert [(line["view"], len(line["request"])) for line in found] == [("community:enter", 16)]
    assert CANARY not in log.getvalue()
    assert "canary-of-the-village-by-the-river" not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "headers", "kind"),
    [({"x": CANARY}, {}, "old form"), ({"x": CANARY}, {"HTTP_ORIGIN": f"https://{CANARY}.example"}, "foreign form")],
    ids=["old form", "foreign form"],
)
def test_a_form_that_is_not_ours_is_an_event(log, typed, headers, kind):
    answer = Client(enforce_csrf_checks=True, **headers).post("/community/code/", typed)

    found = [line for line in lines(log) if line["event"] == "input_validation_fail"]
    assert answer.status_code == 403
    assert [line["kind"] for line in found] == [kind]
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_an_event_without_its_name(log):
    answer = Client(raise_request_exception=False, HTTP_HOST=f"{CANARY}.example").get("/")

    assert answer.status_code == 400
    assert [line["kind"] for line in lines(log) if line["event"] == "input_validation_fail"] == ["DisallowedHost"]
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_a_refusal_is_an_event_with_the_number_of_the_person(log, stranger):
    client = Client()
    client.force_login(stranger, backend="collaborators.backends.EmailBackend")

    answer = client.post("/community/ask/reach/", {"danger": "no"})

    assert answer.status_code == 403
    assert [line["person"] for line in lines(log) if line["event"] == "authz_fail"] == [stranger.pk]


@pytest.mark.django_db
def test_haste_is_an_event(log):
    for _ in range(11):
        visitor().post("/accounts/login/", {"login": f"{CANARY}@test.example", "password": CANARY})

    assert [line["event"] for line in lines(log) if line["event"].startswith("excess")] == ["excess_rate_limit"]
    assert CANARY not in log.getvalue()
