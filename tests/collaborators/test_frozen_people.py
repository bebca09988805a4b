"""The people of a frozen community: shut out until the thaw, then let in with a code that only they know."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import Client

from collaborators.actions import begin_intake, come_forward, confirm_thaw, freeze_community, propose_thaw
from collaborators.actions import replace_code_after_talk as hand_over
from collaborators.backends import EmailBackend, ReceiptCodeBackend
from collaborators.codes import new_code
from collaborators.models import CodeHandover, Freeze, FreezingSide, Session, User
from cre.core.access import acting_as, join
from tests.community.walking import shown_code, signed_in, text_of
from tests.conftest import PASSWORD, as_owner
from tests.core.access.questions import rows

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P11")]
ENTER, HOME = "/community/code/", "/community/"


@pytest.fixture
def intake(region):
    made = begin_intake(language="en", region=region, channel="signal", chosen_name="People of the Ford")
    come_forward(made.community, by=made.user)
    return made


@pytest.fixture
def frozen(intake, facilitator):
    freeze_community(intake.community.pk, side=FreezingSide.COMMUNITY, by=intake.user)
    with acting_as(facilitator):
        return Freeze.objects.get()


@pytest.fixture
def thawed(frozen, facilitator, coordinator):
    propose_thaw(frozen, version=1, reason="We spoke.", by=facilitator)
    return confirm_thaw(frozen, version=2, by=coordinator)


def said(answer):
    """The words of a page, without the code that was typed."""
    return re.sub(r"\d", "", text_of(answer))


def enter(code):
    client = Client()
    return client, client.post(ENTER, {"door-code": str(code)})


def test_the_code_is_dead_and_answered_like_one_that_never_was(frozen, intake):
    _, dead = enter(intake.code)
    _, wrong = enter(new_code())

    assert ReceiptCodeBackend().authenticate(None, receipt_code=intake.code) is None
    assert "could not open anything" in text_of(dead)
    assert (dead.status_code, said(dead)) == (wrong.status_code, said(wrong))


def test_who_was_inside_is_out_at_the_next_request(intake, facilitator):
    browser, other = signed_in(intake.user), signed_in(intake.user)
    assert browser.get("/community/consents/").status_code == 200

    freeze_community(intake.community.pk, side=FreezingSide.DESK, region_id=intake.community.region_id, by=facilitator)

    assert [client.get("/community/consents/").status_code for client in (browser, other)] == [302, 302]
    with as_owner():
        assert Session.objects.filter(user=intake.user).count() == 0


def test_a_password_opens_nothing_either_and_says_the_same(intake, facilitator):
    with as_owner():
        intake.user.email = "someone@test.example"
        intake.user.set_password(PASSWORD)
        intake.user.save()
    backend = EmailBackend()
    before = backend.authenticate(None, email="someone@test.example", password=PASSWORD)
    freeze_community(intake.community.pk, side=FreezingSide.COMMUNITY, by=intake.user)

    assert before == intake.user
    assert backend.authenticate(None, email="someone@test.example", password=PASSWORD) is None
    assert backend.get_user(intake.user.pk) is None


def test_a_supporter_of_others_comes_in_but_holds_nothing_of_it(intake, stranger):
    with acting_as(intake.user):
        join(intake.community, "support", stranger)
    freeze_community(intake.community.pk, side=FreezingSide.COMMUNITY, by=stranger)

    assert EmailBackend().get_user(stranger.pk) == stranger
    assert signed_in(stranger).get("/community/consents/").status_code == 404


def test_the_password_opens_again_after_the_thaw(thawed, intake):
    assert ReceiptCodeBackend().get_user(intake.user.pk) == intake.user
    assert ReceiptCodeBackend().authenticate(None, receipt_code=intake.code) is None


# --- A new code ----------------------------------------------------------------------------------------
def test_the_code_that_is_handed_over_is_replaced_at_its_first_use(thawed, intake, facilitator):
    code = hand_over(intake.community, intake.user, talk="She knew the name of the well.", by=facilitator)

    client, page = enter(code)
    own = shown_code(page)

    assert client.get(HOME).status_code == 200
    assert ReceiptCodeBackend().authenticate(None, receipt_code=code) is None
    assert enter(own)[1].status_code == 302


def test_it_does_not_open_the_door_in_the_middle_of_work(thawed, intake, facilitator):
    code = hand_over(intake.community, intake.user, talk="She knew the name of the well.", by=facilitator)

    answer = Client().post("/community/code/new/", {"door-code": str(code), "typed": "words"})

    assert answer.status_code == 403
    assert "you get another one there" in text_of(answer)
    assert 'value="words"' in answer.content.decode()


def test_the_talk_is_kept_for_the_region_and_the_coordinator(thawed, intake, facilitator, other_facilitator):
    hand_over(intake.community, intake.user, talk="She knew the name of the well.", by=facilitator)

    with acting_as(facilitator):
        kept = CodeHandover.objects.get()
        assert (kept.talk, kept.person_id, kept.given_by_id) == (
            "She knew the name of the well.", intake.user.pk, facilitator.pk,
        )  # fmt: skip
    for other in (other_facilitator, intake.user):
        with acting_as(other):
            assert CodeHandover.objects.count() == 0


@pytest.mark.parametrize("who", ["coordinator", "focal_person", "other_facilitator", "outsider", "steward"])
def test_only_the_facilitator_of_the_region_hands_over_a_code(thawed, intake, request, who):
    other = request.getfixturevalue(who)
    with pytest.raises(Exception, match=r"^$|Only the facilitator"):
        hand_over(intake.community, intake.user, talk="-", by=other)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(other):
        rows(
            "SELECT cre_hand_over_code(%s, %s, '00000000', 'x', 1::smallint)::text", intake.community.pk, intake.user.pk
        )


def test_no_code_is_handed_over_while_everything_stands_still(frozen, intake, facilitator):
    with pytest.raises(PermissionDenied, match="stands still"):
        hand_over(intake.community, intake.user, talk="-", by=facilitator)


def test_a_code_is_only_for_somebody_of_that_community(thawed, intake, facilitator, outsider):
    with pytest.raises(ProgrammingError), transaction.atomic():
        hand_over(intake.community, User.objects.get(pk=outsider.pk), talk="-", by=facilitator)
