"""Makes an installation ready: both databases, the actor key, reference data, catalogues."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from collaborators.reference import install_reference
from cre.catalogues import compile_catalogues
from cre.core.access.keys import install_actor_key


class Command(BaseCommand):
    help = "Migrate both databases, install the actor key and the reference data, compile the catalogues."

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        for database in ("owner", "keys"):
            call_command("migrate", database=database, interactive=False, verbosity=options["verbosity"])
        install_actor_key("owner")
        install_reference("owner")
