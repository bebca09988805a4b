"""`visible_to`: what it asks the database, and what that costs."""

import json

import pytest
from django.db import connection, models
from django.db.models import Q

from collaborations.models import InternalNote, Introduction, RequestStory, SupportRequest
from collaborators.models import Collaborator, Community, Platform, Region
from cre.core.access import EVERYTHING, Scope, VisibleQuerySet, acting_as, current_scope, sees
from cre.core.access.sight import _policies, is_empty, policy_of
from cre.core.vault.sealed import sealed_fields
from tests.conftest import as_owner
from tests.core.access.questions import run

pytestmark = pytest.mark.django_db


class Leaflet(models.Model):
    """A model without a policy."""

    title = models.TextField()
    shelf = models.IntegerField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        app_label = "access_tests"


@pytest.fixture
def policy():
    """Give `Leaflet` these branches until the test ends."""

    def say(*branches):
        sees(Leaflet)(lambda scope: iter(branches))

    yield say
    _policies.pop(Leaflet, None)


def shown_to(user, queryset):
    with acting_as(user):
        return queryset.visible_to(current_scope())


def sql(user, queryset):
    return str(shown_to(user, queryset).query)


def test_a_model_without_a_policy_shows_nobody_anything_by_accident():
    with pytest.raises(LookupError, match="Leaflet has no policy"):
        Leaflet.objects.visible_to(Scope(1))
    with pytest.raises(LookupError, match="say @sees"):
        policy_of(Leaflet)


def test_nobody_is_answered_without_a_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(SupportRequest.objects.visible_to(current_scope())) == []


def test_somebody_without_roles_is_answered_without_a_question(stranger, django_assert_num_queries):
    nothing = shown_to(stranger, SupportRequest.objects)
    with django_assert_num_queries(0):
        assert list(nothing) == []


def test_a_scope_is_one_question(facilitator, django_assert_num_queries):
    with acting_as(facilitator), django_assert_num_queries(1):
        scope = current_scope()
        scope.ids("facilitate", Region)
        scope.holds("coordinate", "steward")
        scope.listed("offered_briefs")
        current_scope()


def test_a_scope_knows_containers_platform_and_lists(member, community, coordinator, region):
    with acting_as(member):
        scope = current_scope()
        assert (scope.user_id, scope.reason) == (member.pk, "")
        assert scope.ids("represent", Community) == [community.pk]
        assert (scope.ids("facilitate", Region), scope.listed("offered_briefs")) == ([], [])
        assert not scope.holds("coordinate")
    with acting_as(coordinator, reason="she asked"):
        scope = current_scope()
        assert scope.holds("steward", "coordinate")
        assert scope.ids("coordinate", Platform) == [Platform.objects.get().pk]
        assert (scope.everywhere("coordinate"), scope.everywhere("steward")) == (EVERYTHING, None)
        assert scope.reason == "she asked"


def test_an_unknown_role_is_held_by_nobody(coordinator):
    with acting_as(coordinator):
        assert current_scope().ids("no_such_thing", Region) == []
        assert not current_scope().holds("no_such_thing")


def test_branches_without_ids_are_left_out(member, community):
    where = sql(member, SupportRequest.objects).partition(" WHERE ")[2]
    assert where.split(" ORDER BY ")[0] == f'"collaborations_supportrequest"."community_id" IN ({community.pk})'


def test_two_roles_are_joined_by_or(coordinator, member, community, region):
    with as_owner():
        run(
            "INSERT INTO collaborators_regiongrant (permission_id, user_id, content_object_id, starts_at) "
            "SELECT id, %s, %s, now() FROM auth_permission WHERE codename = 'facilitate'",
            member.pk,
            region.pk,
        )
    where = sql(member, SupportRequest.objects).partition(" WHERE ")[2].replace('"collaborations_supportrequest".', "")
    sent = '("received_at" IS NOT NULL OR "is_assisted")'
    assert where == f'("community_id" IN ({community.pk}) OR ("region_id" IN ({region.pk}) AND {sent}))'


def test_whoever_sees_everything_is_asked_no_condition(coordinator):
    assert " WHERE " not in sql(coordinator, Collaborator.objects)


@pytest.mark.parametrize("person", ["member", "ally", "facilitator", "focal_person", "coordinator"])
def test_no_policy_asks_a_sub_select(person, request):
    """An OR with a sub-select would make PostgreSQL walk the whole table for somebody who sees five rows."""
    with acting_as(request.getfixturevalue(person)):
        asked = {model: model._default_manager.visible_to(current_scope()).query for model in _policies}
    statements = {model: str(query) for model, query in asked.items() if not query.is_empty()}
    assert len(statements) > 3
    assert [model for model, statement in statements.items() if statement.count("SELECT") > 1] == []


def test_an_everything_branch_wins(policy):
    policy(Q(shelf__in=[1]), None, EVERYTHING)
    assert " WHERE " not in str(Leaflet.objects.visible_to(Scope(1)).query)


def test_nobody_sees_not_even_what_everybody_sees(policy):
    policy(EVERYTHING)
    assert Leaflet.objects.visible_to(Scope.of_nobody()).query.is_empty()


def test_a_missing_branch_shows_nothing(policy):
    policy(None)
    assert Leaflet.objects.visible_to(Scope(1)).query.is_empty()


def test_a_branch_with_an_empty_list_inside_is_empty():
    assert is_empty(Q(shelf__in=[]) & Q(title="a"))
    assert is_empty(Q(title="a") & (Q(shelf__in=[]) & Q(title="b")))
    assert not is_empty(Q(shelf__in=[]) | Q(title="a"))
    assert not is_empty(Q(shelf__in=[1]))


def test_visible_to_narrows_what_was_asked_and_never_widens_it(member, community, region):
    with acting_as(member):
        scope = current_scope()
        assert list(Community.objects.filter(pk=0).visible_to(scope)) == []
        assert list(Community.objects.visible_to(scope).filter(region=region)) == [community]


@pytest.mark.promise("P10")
def test_the_database_refuses_what_a_scope_pretends(outsider, community):
    pretended = Scope(outsider.pk, held={("platform", "coordinate"): [1]})
    with acting_as(outsider):
        assert community not in Community.objects.visible_to(pretended)


MANY = """
INSERT INTO collaborations_supportrequest (uuid, version, community_id, region_id, country, status, danger,
    risk_level, language, areas, kinds_of_help, is_assisted, created_at, received_at,
    decline_reason)
SELECT gen_random_uuid(), 1, CASE WHEN number <= 5 THEN %s ELSE %s END,
    CASE WHEN number <= 5 THEN %s ELSE %s END, '', 'received', 'no', '', 'en', '{}', '{}', false,
    now() - number * interval '1 minute', now(), ''
FROM generate_series(1, 20000) AS number
"""


@pytest.fixture
def many_requests(community, outsider_and_community):
    _, elsewhere = outsider_and_community
    with as_owner():
        run(MANY, community.pk, elsewhere.pk, community.region_id, elsewhere.region_id)
        sealed = [str(field.column) for field in sealed_fields(RequestStory)]
        empty = ["''"] * len(sealed)
        run(
            "INSERT INTO collaborations_requeststory (uuid, key_object, version, request_id, who_asks, "
            "stage, "
            f"{', '.join(sealed)}) SELECT gen_random_uuid(), uuid, 1, id, '', '', {', '.join(empty)} "
            "FROM collaborations_supportrequest"
        )
        run("ANALYZE collaborations_supportrequest")
        run("ANALYZE collaborations_requeststory")


def buffers(queryset):
    """How many pages the database reads for this list."""
    statement, values = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values)
        plan = cursor.fetchone()[0]
    top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"], top["Actual Rows"]


@pytest.mark.parametrize("person", ["member", "facilitator", "focal_person"])
def test_a_list_of_five_among_many_reads_few_pages(person, many_requests, request):
    user = request.getfixturevalue(person)
    page = shown_to(user, SupportRequest.objects.order_by("-created_at", "-id"))[:50]
    with acting_as(user):
        read, found = buffers(page)
    assert (found, read < 500) == (5, True), read


def test_a_story_found_by_its_request_reads_few_pages(many_requests, member):
    with acting_as(member):
        ids = list(SupportRequest.objects.values_list("pk", flat=True))
        read, found = buffers(shown_to(member, RequestStory.objects.filter(request_id__in=ids)))
    assert (found, read < 500) == (5, True), read


def test_a_page_for_whoever_sees_all_reads_few_pages(many_requests, coordinator):
    page = shown_to(coordinator, SupportRequest.objects.order_by("-created_at", "-id"))[:50]
    with acting_as(coordinator):
        read, found = buffers(page)
    assert (found, read < 500) == (50, True), read


def test_notes_are_asked_through_their_request(facilitator, region):
    assert f'"collaborations_supportrequest"."region_id" IN ({region.pk})' in sql(facilitator, InternalNote.objects)


def test_a_parent_that_row_security_hides_does_not_hide_the_row():
    """Two branches, one through a parent: the other must show its rows though the parent is out of sight."""
    scope = Scope(1, held={("community", "represent"): [1], ("collaborator", "speak_for"): [1]})
    statement = str(Introduction.objects.visible_to(scope).query)
    assert " INNER JOIN " not in statement
    assert " LEFT OUTER JOIN " in statement or " JOIN " not in statement
