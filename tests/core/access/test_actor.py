"""The signed actor: nobody sees nothing, and nobody can pretend to be somebody else."""

import hashlib
import hmac
import time
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from collaborators.models import Community, User
from cre.core.access import NoActor, acting_as, acting_person, current_actor, current_scope
from cre.core.access.actor import Actor, serving, signed
from cre.core.access.middleware import ActorMiddleware
from tests.core.access.questions import column, run

pytestmark = pytest.mark.django_db
COMMUNITIES = "SELECT id FROM collaborators_community"


@contextmanager
def refused(why):
    """The database refuses what happens here; the transaction around it goes on."""
    with pytest.raises(ProgrammingError, match=why), transaction.atomic():
        yield


def announce(token):
    run("SELECT set_config('cre.actor', %s, true)", token)


@pytest.mark.promise("P10")
def test_without_an_actor_the_database_shows_no_rows(community):
    assert column(COMMUNITIES) == []
    assert list(Community.objects.all()) == []


@pytest.mark.promise("P10")
def test_an_anonymous_visitor_sees_no_rows(community):
    with acting_as(AnonymousUser()):
        assert column(COMMUNITIES) == []


@pytest.mark.promise("P10")
def test_a_forgotten_filter_shows_nothing_of_others(member, community, outsider):
    with acting_as(outsider):
        assert community not in Community.objects.all()
    with acting_as(member):
        assert list(Community.objects.all()) == [community]


def test_the_database_reads_the_person_that_was_announced(member):
    with acting_as(member):
        assert column("SELECT cre_actor()") == [member.pk]


@pytest.mark.promise("P10")
def test_an_actor_whose_signature_is_wrong_is_refused(member):
    expiry = int(time.time()) + 60
    announce(f"{member.pk}|{expiry}||{'0' * 64}")

    with refused("not genuine"):
        column(COMMUNITIES)


@pytest.mark.promise("P10")
def test_the_signature_of_one_person_does_not_fit_another(member, outsider):
    theirs = signed(Actor(outsider.pk))
    announce(theirs.replace(str(outsider.pk), str(member.pk), 1))

    with refused("not genuine"):
        column(COMMUNITIES)


@pytest.mark.promise("P18")
def test_a_proof_cannot_be_added_to_a_signature(coordinator):
    person, expiry, _, signature = signed(Actor(coordinator.pk)).split("|")
    announce(f"{person}|{expiry}|p|{signature}")

    with refused("not genuine"):
        column("SELECT cre_proven()")


def test_a_reason_cannot_be_added_to_a_signature(coordinator):
    person, expiry, _, signature = signed(Actor(coordinator.pk)).split("|")
    announce(f"{person}|{expiry}|r|{signature}")

    with refused("not genuine"):
        column("SELECT cre_reasoned()")


@pytest.mark.parametrize("token", ["1", "1|2|3", "|||", "not an actor", "1|9999999999|0|", "1|2|3|4|5"])
def test_an_actor_of_another_shape_is_refused(token):
    announce(token)

    with refused("not genuine"):
        column("SELECT cre_actor()")


def test_a_signature_by_another_key_is_refused(member, settings):
    settings.ACTOR_KEY = "another key"
    announce(signed(Actor(member.pk)))

    with refused("not genuine"):
        column(COMMUNITIES)


@pytest.mark.promise("P10")
def test_an_expired_actor_is_refused(member, settings):
    settings.CELERY_TASK_TIME_LIMIT = -6
    announce(signed(Actor(member.pk)))

    with refused("expired"):
        column(COMMUNITIES)


def test_an_actor_lasts_as_long_as_a_request_and_five_seconds(member, settings):
    with serving():
        expiry = int(signed(Actor(member.pk)).split("|")[1])
    assert expiry - int(time.time()) in (
        settings.REQUEST_LIMIT_SECONDS + 4,
        settings.REQUEST_LIMIT_SECONDS + 5,
    )


def test_outside_of_requests_an_actor_lasts_as_long_as_a_task_and_five_seconds(member, settings):
    expiry = int(signed(Actor(member.pk)).split("|")[1])
    assert expiry - int(time.time()) in (
        settings.CELERY_TASK_TIME_LIMIT + 4,
        settings.CELERY_TASK_TIME_LIMIT + 5,
    )


def test_the_signature_is_the_published_one(settings):
    claims, _, signature = signed(Actor(7, reason="asked for")).rpartition("|")
    key = hashlib.sha256(settings.ACTOR_KEY.encode()).digest()
    assert signature == hmac.new(key, claims.encode(), hashlib.sha256).hexdigest()
    assert (claims.split("|")[0], claims.split("|")[2]) == ("7", "r")


def test_an_injected_statement_cannot_become_somebody_else(member, outsider):
    with acting_as(outsider):
        run(f"SELECT set_config('cre.actor', '{member.pk}', true)")
        with refused("not genuine"):
            column(COMMUNITIES)


def test_the_one_who_acted_before_is_back_after_a_nested_actor(member, outsider):
    with acting_as(member):
        with acting_as(outsider):
            assert column("SELECT cre_actor()") == [outsider.pk]
        assert column("SELECT cre_actor()") == [member.pk]
        assert current_actor().user_id == member.pk
    assert column("SELECT cre_actor()") == [None]


def test_the_one_who_acted_before_is_back_after_an_exception(member, outsider):
    with acting_as(member):
        with pytest.raises(LookupError), acting_as(outsider):
            raise LookupError
        assert column("SELECT cre_actor()") == [member.pk]


def test_the_one_who_acted_before_is_back_after_a_database_error(member, outsider):
    with acting_as(member):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(outsider):
            run("SELECT no_such_column")
        assert column("SELECT cre_actor()") == [member.pk]


def test_the_one_who_acted_before_is_back_after_a_savepoint_is_undone(member, outsider):
    with acting_as(member):
        with transaction.atomic():
            with acting_as(outsider):
                pass
            transaction.set_rollback(True)
        assert column("SELECT cre_actor()") == [member.pk]


def test_a_broken_transaction_hides_no_first_error(member):
    with pytest.raises(IntegrityError), transaction.atomic(), acting_as(member):
        run("INSERT INTO collaborations_project DEFAULT VALUES")


def test_going_on_as_the_same_person_keeps_the_reason(coordinator):
    with acting_as(coordinator, reason="she asked me to call") as outer:
        with acting_as(coordinator) as inner:
            assert inner is outer
            assert column("SELECT cre_reasoned()") == [True]
        assert column("SELECT cre_reasoned()") == [True]


def test_another_reason_is_another_actor(coordinator):
    with acting_as(coordinator) as before, acting_as(coordinator, reason="she asked me to call") as after:
        assert (before.reason, after.reason) == ("", "she asked me to call")
        assert column("SELECT cre_reasoned()") == [True]


def test_a_reason_ends_with_its_block(coordinator):
    with acting_as(coordinator):
        with acting_as(coordinator, reason="she asked me to call"):
            pass
        assert column("SELECT cre_reasoned()") == [False]


def test_who_acts_is_the_author_of_history(member):
    with acting_as(member):
        assert acting_person() == User(pk=member.pk)
    assert acting_person() is None


def test_nobody_has_no_actor_and_an_empty_scope():
    with pytest.raises(NoActor):
        current_actor()
    assert current_scope().user_id is None


def test_what_is_streamed_after_the_request_shows_nothing(member, community):
    def view(request):
        return StreamingHttpResponse(str(pk) for pk in column(COMMUNITIES) or ["nothing"])

    def late_view(request):
        return StreamingHttpResponse(str(len(column(statement))) for statement in [COMMUNITIES])

    request = RequestFactory().get("/")
    request.user, request.session = member, SessionBase()
    assert ActorMiddleware(view)(request).getvalue() == str(community.pk).encode()
    assert ActorMiddleware(late_view)(request).getvalue() == b"0"
