"""Building the whole made-up world, once for each database."""

from collections.abc import Callable, Collection

from django.apps import apps
from django.db import connections, models, transaction

from collaborators.codes import hash_secret
from collaborators.models import Country, Platform, ReceiptCredential, Region, User
from collaborators.reference import install_reference
from cre.demo.ageing import age_world
from cre.demo.cast import Cast, gather_cast
from cre.demo.code import DEMO_CODE, DEMO_COMMUNITY
from cre.demo.files import read_requests
from cre.demo.mark import marked_for_loading, set_finished, set_mark
from cre.demo.path import today
from cre.demo.register import load_projects
from cre.demo.walk import walk

REFERENCE: Collection[type[models.Model]] = (Region, Country, Platform)
Say = Callable[[str], object]


class NoPlaceForDemo(RuntimeError):
    """The database holds real people."""


def load_world(*, say: Say = print, keys: Collection[str] | None = None) -> bool:
    """Build the world unless it is there; whether anything was built. Raises `NoPlaceForDemo`.

    keys: only these requests of the files. One that was broken off is cleared away and built anew.
    """
    with marked_for_loading() as found:
        if found == "finished":
            return False
        if found == "new":
            refuse_real_people()
            set_mark()
        else:
            say("The world was left unfinished; building it anew.")
            clear_world()
        build_world(say, keys)
        set_finished()
    return True


def build_world(say: Say, keys: Collection[str] | None) -> None:
    """Everything in its order: projects, people and allies, requests; then they grow old, and the day goes on."""
    say(f"{load_projects()} projects")
    cast = gather_cast()
    say(f"{len(cast.people)} people, {cast.allies} allies")
    told = [request for request in read_requests() if keys is None or request["key"] in keys]
    journeys = [walk(request, cast) for request in told]
    age_world(journeys)
    for journey in journeys:
        today.happen(journey)
    say(f"{len(journeys)} requests of {len(cast.communities)} communities")
    give_demo_code(cast)


def give_demo_code(cast: Cast) -> None:
    """Let the one code that everybody knows open one community.

    The product only makes codes of random digits, and nobody can choose one: the owner writes it.
    """
    if DEMO_COMMUNITY in cast.communities:
        member, _community = cast.communities[DEMO_COMMUNITY]
        ReceiptCredential.objects.using("owner").filter(user_id=member.pk).update(
            locator=DEMO_CODE.locator, secret_hash=hash_secret(DEMO_CODE.secret)
        )


def refuse_real_people() -> None:
    """A database with people in it that does not bear the mark is not for a demonstration."""
    if User.objects.using("owner").filter(is_system=False).exists():
        raise NoPlaceForDemo("This database holds people and is not a demonstration. Use an empty one.")


def clear_world() -> None:
    """Take away what a broken-off run left: every row of the two apps but the reference data."""
    built = [
        model._meta.db_table
        for app in ("collaborators", "collaborations")
        for model in apps.get_app_config(app).get_models()
        if model not in REFERENCE and model._meta.managed
    ]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(built)} CASCADE")
        cursor.execute("DELETE FROM core_outboxmessage")
        install_reference("owner")
