"""What a thief finds in real dumps of both databases and in the media folder, and what a restore brings back."""

import base64
import io
import re
import shutil
import subprocess
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connections, transaction

from collaborations.models import RequestStory
from collaborators.actions import show_name
from collaborators.models import CommunityIdentity
from cre.core.access import acting_as
from cre.core.vault import Shredded, cache, save_sealed, shred
from cre.core.vault.master import unwrap
from cre.core.vault.models import DataKey, Tombstone
from cre.core.vault.sealed import sealed_fields
from cre.local.binaries import installed_binaries
from cre.local.errors import LocalError
from tests import canaries
from tests.canaries import MARK, canary
from tests.conftest import as_owner
from tests.journey import Cast, cast

__all__ = ["cast"]
ALL = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def program(name: str) -> str:
    """PostgreSQL's own program: that of the embedded servers, otherwise the machine's."""
    try:
        return str(installed_binaries().program(name))
    except LocalError:
        found = shutil.which(name)
        assert found, f"{name} is not installed"
        return found


def place_of(alias: str) -> list[str]:
    """Where a test database is; the dump is made by who may read all of it."""
    settings = connections[alias].settings_dict
    return ["-h", str(settings["HOST"]), "-U", "postgres", "-d", str(settings["NAME"])]


def dump(alias: str) -> bytes:
    command = [program("pg_dump"), *place_of(alias), "--clean", "--if-exists"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def restore(alias: str, dumped: bytes) -> None:
    """Put a dump back in place, as after a disaster."""
    connections[alias].close()
    command = [program("psql"), *place_of(alias), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
    subprocess.run(command, input=dumped, capture_output=True, check=True)
    cache.keys.clear()


def disguises(word: str) -> list[bytes]:
    """A word as a dump could hold it: plain, in hexadecimal (which is how bytes are dumped), in base64."""
    plain = word.encode()
    middles = [base64.b64encode(b"\0" * lead + plain)[4:-4] for lead in range(3)]
    return [plain, plain.hex().encode(), *middles]


def found_in(haystack: bytes, word: str) -> bool:
    return any(needle in haystack for needle in disguises(word))


@pytest.fixture
def walked(cast: Cast):
    """The path with canaries everywhere, committed, a shown name, and what the outbox was told of it."""
    work = canaries.walk(cast)
    show_name(canary("shown name"), by=cast.facilitator)
    return work


@ALL
@pytest.mark.promise("P04")
def test_a_dump_of_either_database_shows_nothing_that_was_confided(walked, cast):
    main, keys = dump("default"), dump("keys")

    assert found_in(main, "Lake Law Group"), "the name on the roster is public, so this is a real dump"
    assert b"core_outboxmessage" in main
    assert main.count(b"collaborations_historicalrequeststory") > 1
    for dumped in (main, keys):
        assert not found_in(dumped, MARK)
        assert not found_in(dumped, "People of Riverbend")


@ALL
@pytest.mark.promise("P04")
def test_the_keys_in_a_dump_are_wrapped(walked, master_file):
    dumped, master = dump("keys"), master_file.read_text().strip().partition(":")[2]
    with transaction.atomic(using="keys"):
        row = DataKey.objects.filter(destroyed_at=None)[0]
    raw = unwrap(bytes(row.wrapped), row.master_version, row.id, row.object_uuid, row.purpose)
    assert bytes(row.wrapped).hex().encode() in dumped
    for secret in (raw, base64.b64decode(master)):
        assert not {secret.hex().encode(), base64.b64encode(secret)} & set(re.findall(rb"[\w+/=]+", dumped))


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.promise("P04")
@pytest.mark.parametrize("model", canaries.sealed_models(), ids=lambda model: model._meta.label)
def test_no_field_of_any_record_is_handed_to_the_database_in_the_clear(model):
    row = model(key_object=uuid4(), **{field.name: canary(field.name) for field in sealed_fields(model)})
    for field in sealed_fields(model):
        assert not found_in(bytes(getattr(row, field.attname)), MARK)


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.promise("P04")
def test_the_media_folder_shows_neither_content_nor_names(tmp_path, db):
    storage = FileSystemStorage(tmp_path / "media")
    about: Any = {"object_uuid": uuid4(), "purpose": "story", "label": "a.B.file", "identity": uuid4()}
    save_sealed(io.BytesIO(canary("letter").encode() * 5000), storage=storage, **about)

    (stored,) = (path for path in (tmp_path / "media").rglob("*") if path.is_file())
    assert not found_in(stored.read_bytes(), MARK)
    assert not found_in(str(stored).encode(), MARK)


@ALL
@pytest.mark.promise("P15")
def test_a_restored_dump_brings_nothing_back_that_was_deleted_for_good(walked, cast, settings, tmp_path):
    settings.TOMBSTONE_FILE = str(tmp_path / "graves")
    before_the_deletion = dump("keys")
    with as_owner():
        uuid = walked.request.uuid
    shred(uuid, "story")
    shred(cast.community.uuid, "identity")
    assert not opens(cast, uuid)

    restore("keys", before_the_deletion)
    assert opens(cast, uuid), "the backup holds the key, so there is something to lose"
    assert not Tombstone.objects.exists()
    call_command("reapply_tombstones", stdout=io.StringIO())
    assert not opens(cast, uuid)
    assert not histories_open(cast, uuid)


def opens(cast: Cast, uuid) -> bool:
    """Whether the community's own words open for it."""
    cache.keys.clear()
    with transaction.atomic(), acting_as(cast.member):
        story = RequestStory.objects.get(key_object=uuid)
        identity = CommunityIdentity.objects.get(community=cast.community)
        try:
            return (story.need, identity.handle) == (canary("need"), canary("handle"))
        except Shredded:
            return False


def histories_open(cast: Cast, uuid) -> bool:
    """Whether an earlier version of these words opens."""
    versions = [RequestStory.history.filter(key_object=uuid), CommunityIdentity.history.all()]
    with transaction.atomic(), acting_as(cast.member):
        for version in [row for rows in versions for row in rows]:
            for field in sealed_fields(type(version)):
                if bytes(getattr(version, field.attname) or b""):
                    try:
                        getattr(version, field.name)
                    except Shredded:
                        continue
                    return True
    return False
