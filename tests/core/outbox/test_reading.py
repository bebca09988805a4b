"""Notices as their reader gets them."""

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from cre.core.access import acting_as, current_scope, leave
from cre.core.outbox import NoticeLine, notices_for, read_all_notices, read_notice, unread_count
from tests.conftest import as_owner
from tests.core.outbox.conftest import change_messages, messages, send
from tests.core.outbox.topics import EVERYBODY, TOLD
from tests.delivering import deliver_all

pytestmark = pytest.mark.django_db


def lines_of(person, **options):
    with transaction.atomic(), acting_as(person):
        return notices_for(current_scope(), **options)


def texts_of(person, **options):
    return [line.text for line in lines_of(person, **options)]


@pytest.fixture
def told(community, facilitator):
    """Two notices for `member`, the second of another topic."""
    for topic in (TOLD, EVERYBODY):
        send(topic, community, by=facilitator)
        deliver_all()


def test_a_reader_gets_words_and_a_link_newest_first(told, member, community):
    second, first = lines_of(member)

    assert first == NoticeLine(
        first.uuid, "Something about you.", f"/communities/{community.uuid}/", first.created_at, is_read=False
    )
    assert (second.text, second.created_at > first.created_at) == ("Something about a community.", True)


def test_other_people_get_none_of_them(told, outsider, facilitator):
    assert (lines_of(outsider), lines_of(facilitator)) == ([], [])


def test_a_notice_about_something_out_of_sight_is_left_out(told, member, community):
    with transaction.atomic(), acting_as(member):
        leave(community, "represent", member)

    assert lines_of(member) == []


def test_the_first_wall_stands_alone(told, member, outsider, community):
    with as_owner(), transaction.atomic(), acting_as(outsider):
        assert unread_count(current_scope()) == 0
    with transaction.atomic(), acting_as(member):
        leave(community, "represent", member)
    with as_owner():
        assert lines_of(member) == []


def test_a_notice_of_a_topic_that_is_gone_is_left_out(community, facilitator, member, told):
    send(TOLD, community, by=facilitator, key="k")
    deliver_all()
    with transaction.atomic(), acting_as(member):
        read_all_notices(by=member)
    gone = "test.never-declared"
    send(TOLD, community, by=facilitator)
    change_messages(topic=gone)

    deliver_all()

    assert [message.error for message in messages(done_at=None)] == ["LookupError"]
    assert texts_of(member, unread_only=True) == []


def test_reading_marks_the_notice_and_leads_to_its_object(told, member, community):
    [_, first] = lines_of(member)

    assert read_notice(first.uuid, by=member) == f"/communities/{community.uuid}/"

    assert [(line.text, line.is_read) for line in lines_of(member)] == [
        ("Something about a community.", False),
        ("Something about you.", True),
    ]


def test_reading_a_notice_of_somebody_else_finds_nothing(told, member, outsider):
    [_, first] = lines_of(member)

    with pytest.raises(Http404):
        read_notice(first.uuid, by=outsider)

    assert [line.is_read for line in lines_of(member)] == [False, False]


def test_reading_a_notice_about_something_out_of_sight_finds_nothing(told, member, community):
    [_, first] = lines_of(member)
    with transaction.atomic(), acting_as(member):
        leave(community, "represent", member)

    with pytest.raises(Http404):
        read_notice(first.uuid, by=member)


def test_everything_can_be_marked_as_read_at_once(told, member):
    assert read_all_notices(by=member) == 2
    assert texts_of(member, unread_only=True) == []


def test_unread_notices_are_counted_up_to_a_limit(told, member, outsider):
    with transaction.atomic(), acting_as(member):
        assert unread_count(current_scope()) == 2
        assert unread_count(current_scope(), up_to=1) == 1
    with transaction.atomic(), acting_as(outsider):
        assert unread_count(current_scope()) == 0


def test_more_notices_need_no_more_queries(community, facilitator, member):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            send(TOLD, community, by=facilitator)
        deliver_all()
        with transaction.atomic(), acting_as(member):
            scope = current_scope()
            with CaptureQueriesContext(connection) as queries:
                lines = notices_for(scope)
        counts.append((len(lines), len(queries)))

    assert counts == [(1, 2), (3, 2)]
