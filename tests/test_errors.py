"""What a view raises when somebody was quicker, or when the database's own wall said no."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import ProgrammingError, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from collaborations.models import SupportRequest
from collaborators.models import Region
from cre.core.access import Stale, acting_as, join
from cre.core.states import NoSuchMove
from cre.csrf import csrf_failure
from cre.errors import ConflictMiddleware
from tests.log_lines import lines, log

__all__ = ["log"]


@pytest.fixture
def post():
    """A posted form with words that must not be lost."""
    request = RequestFactory().post("/x/", {"words": "what somebody typed for a long time"})
    request.user, request.session = AnonymousUser(), SessionStore()
    return request


def answer(request, exception):
    return ConflictMiddleware(lambda _: HttpResponse()).process_exception(request, exception)


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    "exception",
    [Stale(), NoSuchMove("SupportRequest cannot go there"), SupportRequest.DoesNotExist("no SupportRequest")],
    ids=["stale", "an impossible step", "out of sight meanwhile"],
)
def test_somebody_was_quicker_is_a_conflict_that_keeps_the_words(post, exception):
    response = answer(post, exception)

    page = response.content.decode()
    assert response.status_code == 409
    assert "what somebody typed for a long time" in page
    assert "SupportRequest" not in page


@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    ("body", "charset"),
    [(b"words=a", "latin-1"), (b"a=1&" * 2000, "utf-8")],
    ids=["another alphabet", "more fields than anybody types"],
)
def test_what_cannot_be_read_is_not_shown_again_and_the_page_stands(body, charset, rf):
    request = rf.post("/x/", body, content_type=f"application/x-www-form-urlencoded; charset={charset}")
    request.user, request.session = AnonymousUser(), SessionStore()

    assert answer(request, Stale()).status_code == 409
    assert csrf_failure(request, "Origin checking failed").status_code == 403


@pytest.mark.promise("P29")
@pytest.mark.promise("P22")
@pytest.mark.django_db
@pytest.mark.second_wall
def test_a_refusal_of_the_database_is_a_plain_403_and_only_its_kind_is_logged(post, stranger, log):
    region = Region.objects.get(code="africa")
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), acting_as(stranger):
        join(region, "facilitate", stranger)

    response = answer(post, refused.value)

    assert response.status_code == 403
    assert "cre:" not in response.content.decode()
    assert [line["event"] for line in lines(log)] == ["authz_fail_row"]
    assert post.was_refused


@pytest.mark.parametrize("exception", [ValueError("x"), ProgrammingError("syntax error")])
def test_a_mistake_of_ours_stays_one(post, exception):
    assert answer(post, exception) is None
