"""Fetching the row that an action is about to change."""

import pytest
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from collaborators.models import Collaborator, Community
from cre.core.access import Refused, Stale, acting_as, locked, require
from cre.core.states import change

pytestmark = pytest.mark.django_db


def test_a_visible_row_is_given_back_fresh(member, community):
    with acting_as(member):
        change(Community.objects.get(), language="sw")
        found = locked(community)
    assert (found.pk, found.language, found.version) == (community.pk, "sw", community.version + 1)


def test_a_row_that_is_not_visible_is_not_there(outsider, community):
    with acting_as(outsider), pytest.raises(Http404):
        locked(community)


def test_nobody_locks_anything(community):
    with pytest.raises(Http404):
        locked(community)


def test_a_stale_version_is_told(member, community):
    with acting_as(member):
        change(Community.objects.get(), language="sw")
        with pytest.raises(Stale):
            locked(community, version=community.version)
        assert locked(community, version=community.version + 1).language == "sw"


def test_a_row_that_is_not_visible_is_not_there_whatever_its_version(outsider, community):
    with acting_as(outsider), pytest.raises(Http404):
        locked(community, version=99)


@pytest.mark.promise("P10")
def test_select_for_update_locks_only_visible_rows(member, community, outsider):
    with acting_as(member), transaction.atomic():
        assert list(Community.objects.select_for_update()) == [community]


@pytest.mark.promise("P10")
def test_who_reads_a_row_but_may_not_change_it_cannot_lock_it(focal_person, collaborator):
    with acting_as(focal_person):
        assert list(Collaborator.objects.all()) == [collaborator]
        with pytest.raises(Http404):
            locked(collaborator)


def test_a_refusal_carries_its_sentence():
    require(True, _("Not now."))
    with pytest.raises(Refused) as refusal:
        require(False, _("Not now."))
    assert refusal.value.sentence == "Not now."
