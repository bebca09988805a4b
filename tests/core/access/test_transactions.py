"""An actor belongs to one transaction: what a pooled connection did before never shows."""

import threading

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from collaborators.models import Community
from cre.core.access import acting_as
from cre.core.access.middleware import ActorMiddleware
from tests.core.access.questions import column

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = "SELECT coalesce(current_setting('cre.actor', true), '')"


def visible():
    return set(Community.objects.values_list("pk", flat=True))


@pytest.mark.promise("P10")
def test_the_next_transaction_on_the_same_connection_is_nobodys(member, community):
    with acting_as(member), transaction.atomic():
        assert visible() == {community.pk}
        served_by = column("SELECT pg_backend_pid()")

    with transaction.atomic():
        assert column("SELECT pg_backend_pid()") == served_by
        assert column(ACTOR) == [""]
        assert visible() == set()


def test_outside_a_transaction_there_are_no_rows(member, community):
    with acting_as(member):
        assert visible() == set()


def test_the_actor_is_announced_again_in_each_transaction(member, community):
    with acting_as(member):
        for _ in range(2):
            with transaction.atomic():
                assert visible() == {community.pk}


def test_an_actor_inside_a_transaction_ends_with_its_block(member, community):
    with transaction.atomic():
        with acting_as(member):
            assert visible() == {community.pk}
        assert visible() == set()


def test_a_hook_after_the_commit_shows_nothing_unless_it_acts_anew(member, community):
    seen = []

    def acting_anew():
        with acting_as(member), transaction.atomic():
            seen.append(visible())

    with transaction.atomic(), acting_as(member):
        transaction.on_commit(lambda: seen.append(visible()))
        transaction.on_commit(acting_anew)
    assert seen == [set(), {community.pk}]


def test_a_request_is_one_transaction_of_its_person(member, community):
    seen = []

    def view(request):
        seen.extend([visible(), request.scope.user_id, connection.in_atomic_block])
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user, request.session = member, SessionBase()
    ActorMiddleware(view)(request)
    assert seen == [{community.pk}, member.pk, True]
    assert not connection.in_atomic_block


@pytest.mark.promise("P10")
def test_people_who_share_a_connection_never_see_each_others_rows(member, community, outsider_and_community):
    outsider, elsewhere = outsider_and_community
    shared, turn = connections["default"], threading.Lock()
    shared.inc_thread_sharing()
    wrong = []

    def work(person, expected):
        connections["default"] = shared
        for _ in range(25):
            with turn, acting_as(person), transaction.atomic():
                if (found := visible()) != expected:
                    wrong.append((person.pk, found))

    threads = [
        threading.Thread(target=work, args=[member, {community.pk}]),
        threading.Thread(target=work, args=[outsider, {elsewhere.pk}]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared.dec_thread_sharing()
    assert wrong == []


def test_people_on_connections_of_their_own_never_see_each_others_rows(member, community, outsider_and_community):
    outsider, elsewhere = outsider_and_community
    both_inside = threading.Barrier(2)
    found = {}

    def work(person):
        try:
            with acting_as(person), transaction.atomic():
                both_inside.wait(timeout=10)
                found[person.pk] = visible()
                both_inside.wait(timeout=10)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[person]) for person in (member, outsider)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {member.pk: {community.pk}, outsider.pk: {elsewhere.pk}}
