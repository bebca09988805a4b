"""Somebody of a community: what they ask for, and, as a program, their session and every page that opens to them."""

import json
from collections.abc import Iterator

import django

django.setup()

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from collaborations.actions import change_draft, send_request, start_request
from collaborations.forms.parts import PARTS
from collaborations.models import SupportRequest
from collaborations.urls.community import urlpatterns
from collaborators.actions import begin_intake
from collaborators.actions.intake import Intake
from collaborators.models import Region
from collaborators.views.doors import CODE
from tests.bench.log_in import session_of

WORDS = "Surveyors measured our grazing land, and nobody asked us. " * 6


def begun() -> Intake:
    """A community without a request yet, in a region whose queue no figure looks at."""
    return begin_intake(language="en", region=Region.objects.get(code="latin-america"), channel="signal")


def draft_of(intake: Intake) -> SupportRequest:
    """A draft that can be sent."""
    draft = start_request(intake.community, danger="no", language="en", by=intake.user)
    return change_draft(draft, version=draft.version, need=WORDS, country="PE", by=intake.user)


def addresses(uuids: list[str]) -> Iterator[str]:
    """Every address of the portal that these requests or nothing can stand in."""
    fillings = [
        {},
        *({"uuid": uuid} for uuid in uuids),
        *({"uuid": uuid, "part": part} for uuid in uuids for part in PARTS),
    ]
    for pattern in urlpatterns:
        for filling in fillings:
            try:
                yield reverse(f"community:{pattern.name}", kwargs=filling)
            except NoReverseMatch:
                continue


def main() -> None:
    """Print the session and the addresses, in every language."""
    intake = begun()
    sent = draft_of(intake)
    sent = send_request(sent, version=sent.version, by=intake.user)
    draft = draft_of(intake)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(intake.user, backend=CODE)
    found = dict.fromkeys(addresses([str(draft.uuid), str(sent.uuid)]))
    answers = {address: client.get(address) for address in found}
    pages = [
        address
        for address, answer in answers.items()
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    ]
    paths = [f"/{language}{page}" for language, _ in settings.LANGUAGES for page in pages]
    print(json.dumps({"cookie": session_of(intake.user, CODE), "pages": paths}))


if __name__ == "__main__":
    main()
