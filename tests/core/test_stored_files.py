"""Files go with their rows, however those go; and what belongs to nothing is found and swept."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from collaborations.actions import order_deletion
from collaborators.models import Deletion
from cre.core.access import acting_as, acting_system
from cre.core.retention import CondemnedFile, destroy_condemned_files, run_retention, sweep_files
from cre.core.retention.orphans import orphans
from cre.core.vault import Tampered
from tests import journey
from tests.journey import cast
from tests.retaining import age
from tests.sending import copied, sent_file, shared_file

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise("P15")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def lying_in(media):
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_deletion_destroys_every_file_with_its_copies(cast, deliver, media):
    shared_file(journey.introduced(cast), cast.member)
    assert len(lying_in(media)) == 3
    deletion = order_deletion(cast.community, by=cast.member)
    deliver()
    age(Deletion, 15, "ordered_at", "due_at", id=deletion.pk)

    run_retention()

    assert lying_in(media) == []
    with transaction.atomic(), acting_system():
        assert CondemnedFile.objects.count() == 0


def test_destroying_may_be_repeated_and_minds_no_file_that_is_gone(cast, media):
    file = copied(sent_file(journey.draft(cast), cast.member))
    with transaction.atomic(), acting_as(cast.member):
        file.delete()
    lying_in(media)[0].unlink()

    assert (destroy_condemned_files(), destroy_condemned_files(), lying_in(media)) == (2, 0, [])


def test_a_file_whose_row_was_never_saved_is_found_and_swept_after_a_day(cast, media):
    kept = sent_file(journey.draft(cast), cast.member)
    name = default_storage.save("sealed/ab/abcd", ContentFile(b"x"))
    with transaction.atomic(), acting_system():
        assert (orphans()["files"], sweep_files()) == (0, 0)
    two_days_ago = time.time() - timedelta(days=2).total_seconds()
    for path in lying_in(media):
        os.utime(path, (two_days_ago, two_days_ago))

    with transaction.atomic(), acting_system():
        assert (orphans()["files"], sweep_files(), orphans()["files"]) == (1, 1, 0)
    assert (default_storage.exists(name), default_storage.exists(kept.stored)) == (False, True)


def test_a_row_whose_file_is_lost_is_counted(cast, media):
    sent_file(journey.draft(cast), cast.member)
    lying_in(media)[0].unlink()

    assert orphans()["lost_files"] == 1


@pytest.mark.promise("P04")
def test_a_file_opens_only_for_its_row_and_column(cast, media):
    request = journey.draft(cast)
    one, two = copied(sent_file(request, cast.member)), sent_file(request, cast.member)
    two.stored, one.clean_stored = one.stored, one.stored

    for file, column in ((two, "stored"), (one, "clean_stored")):
        with pytest.raises(Tampered):
            list(file.open_file(column))


@pytest.mark.promise("P10")
def test_nobody_but_the_clock_asks_for_names_of_files_or_condemns_them(cast):
    for statement in (
        "SELECT cre_stored_names('collaborations_requestfile', 'stored')",
        "INSERT INTO core_condemnedfile (name, condemned_at) VALUES ('x', now())",
    ):
        with acting_as(cast.member), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)
