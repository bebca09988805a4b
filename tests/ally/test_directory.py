"""An ally decides itself whether communities find it in their directory."""

import pytest
from django.core.exceptions import PermissionDenied

from collaborators.actions import change_directory
from tests.community.walking import text_of
from tests.journey import fresh

pytestmark = pytest.mark.django_db


def is_shown(cast):
    return fresh(cast.collaborator, cast.ally).shows_to_communities


def test_nobody_is_in_the_directory_who_did_not_say_so(cast, as_ally):
    assert not is_shown(cast)
    assert "You are not in it." in text_of(as_ally.get(f"/ally/capacity/{cast.collaborator.uuid}/"))


def test_an_ally_goes_in_and_out_with_one_button(cast, as_ally):
    address = f"/ally/capacity/{cast.collaborator.uuid}/directory/"
    entry = fresh(cast.collaborator, cast.ally)

    as_ally.post(address, {"version": entry.version, "is_shown": "on"})
    first = is_shown(cast)
    as_ally.post(address, {"version": entry.version + 1})

    assert (first, is_shown(cast)) == (True, False)


def test_the_desk_cannot_put_an_ally_in(cast):
    entry = fresh(cast.collaborator, cast.ally)

    with pytest.raises(PermissionDenied):
        change_directory(entry, version=entry.version, is_shown=True, by=cast.facilitator)
    assert not is_shown(cast)


def test_the_coordinator_writes_down_that_an_ally_agreed(cast, browser, coordinator):
    entry = fresh(cast.collaborator, cast.ally)

    page = browser(coordinator).post(
        f"/secretariat/roster/{entry.uuid}/directory/", {"version": entry.version, "is_shown": "on"}, follow=True
    )

    assert "Communities find this entry by its name." in text_of(page)
