import pytest
from django.db import ProgrammingError, transaction

from collaborators.models import Community
from cre.core.access import acting_as
from cre.core.states import change
from tests.core.access.questions import column, run

pytestmark = pytest.mark.django_db
HISTORY = "SELECT id FROM collaborators_historicalcommunityidentity"


@pytest.mark.promise("P10")
def test_history_is_as_invisible_as_its_row(member, community, outsider):
    with acting_as(member):
        kept = column(HISTORY)
        assert kept == [community.identity.pk]
    with acting_as(outsider):
        assert not set(kept) & set(column(HISTORY))
    assert column(HISTORY) == []


@pytest.mark.promise("P10")
def test_the_past_cannot_be_rewritten(coordinator, community):
    for statement in ("UPDATE collaborators_historicalcommunity SET language = 'xx'",
                      "DELETE FROM collaborators_historicalcommunity"):  # fmt: skip
        with (
            acting_as(coordinator),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            run(statement)


@pytest.mark.promise("P10")
def test_nobody_writes_history_of_what_they_do_not_see(outsider, community):
    with (
        acting_as(outsider),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        run(
            "INSERT INTO collaborators_historicalcommunity (id, uuid, version, region_id, language, "
            "created_at, history_date, history_type) VALUES (%s, %s, 9, %s, 'xx', now(), now(), '~')",
            community.pk,
            community.uuid,
            community.region_id,
        )


def test_history_names_who_changed_something(member, community):
    with acting_as(member):
        change(Community.objects.get(), language="sw")
        assert {row.history_user_id for row in community.history.all()} == {member.pk}
        assert community.history.first().language == "sw"


def test_history_of_sealed_words_stays_sealed(member, community):
    with acting_as(member):
        change(community.identity, chosen_name="People of the Lake")
        kept = column("SELECT chosen_name_sealed FROM collaborators_historicalcommunityidentity ORDER BY history_id")
    assert len({bytes(value) for value in kept}) == 2
    assert not [value for value in kept if b"People" in bytes(value)]
