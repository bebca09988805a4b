"""The environment variables that tell the product where its servers and secrets are."""

import os
import sys
from collections.abc import Iterable
from urllib.parse import quote

from cre.local.errors import LocalError
from cre.local.redis_server import redis_url
from cre.local.worlds import World

DATABASE_VARIABLES = ("DATABASE_URL", "OWNER_DATABASE_URL", "KEYS_DATABASE_URL")
# Set beside addresses that come from here: a shell that holds them is not one with servers of its own.
MARK = "CRE_LOCAL"


def own_databases() -> bool:
    """Whether the environment names database servers; LocalError if it names only some of the three."""
    return _own(DATABASE_VARIABLES)


def own_redis() -> bool:
    return _own(("REDIS_URL",))


def _own(variables: Iterable[str]) -> bool:
    if MARK in os.environ:
        return False
    missing = [name for name in variables if not os.environ.get(name)]
    given = [name for name in variables if os.environ.get(name)]
    if given and missing:
        raise LocalError(
            f"{', '.join(given)} is set but {' and '.join(missing)} is not. Set all three to use your own "
            "PostgreSQL, or none to use the embedded one."
        )
    return bool(given)


def world_environment(world: World) -> dict[str, str]:
    """The variables of this world; where the environment names its own servers or secrets, those win."""
    variables = _kind(world) | _secrets(world) | _folders(world) | {MARK: world.name}
    if not own_databases():
        variables |= _databases(world)
    if not own_redis():
        variables["REDIS_URL"] = redis_url(world)
    if MARK not in os.environ:
        variables = {name: os.environ.get(name) or value for name, value in variables.items()}
    return variables


def full_environment(world: World) -> dict[str, str]:
    """What a process of this world gets: our own environment and the world's variables."""
    python = os.path.dirname(sys.executable)  # noqa: PTH120 - a link must stay a link: it is what marks the venv
    path = f"{python}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"} | world_environment(world)


def _kind(world: World) -> dict[str, str]:
    kinds = {"dev": {"DEBUG": "1"}, "test": {"TESTING": "1"}, "demo": {"DEMO": "1"}, "bench": {"DEMO": "1"}}
    return kinds[world.name]


def _databases(world: World) -> dict[str, str]:
    logins = ("cre_app", "cre_owner", "cre_keys")
    if world.name == "test":
        logins = ("cre_test", "cre_owner", "cre_test")
    folder = quote(str(world.place.sockets), safe="")
    return {
        variable: f"postgresql://{login}@{folder}/{name}"
        for variable, login, name in zip(DATABASE_VARIABLES, logins, ("cre", "cre", "cre_keys"), strict=True)
    }


def _secrets(world: World) -> dict[str, str]:
    names = {"SECRET_KEY": "secret_key", "ACTOR_KEY": "actor_key", "CODE_PEPPER": "code_pepper"}
    return {variable: world.secret(name) for variable, name in names.items()} | {
        "MASTER_KEY_FILE": str(world.secret_file("master_key"))
    }


def _folders(world: World) -> dict[str, str]:
    mail = (world.root if world.name == "demo" else world.folder) / "mail"
    mail.mkdir(mode=0o700, exist_ok=True)
    static = world.folder / "static"
    static.mkdir(exist_ok=True)
    folders = {"MAIL_DIR": str(mail), "STATIC_ROOT": str(static), "MEDIA_ROOT": str(world.folder / "media")}
    # Tests say where their own list of what was deleted for good lies.
    return folders if world.name == "test" else folders | {"TOMBSTONE_FILE": str(world.folder / "graves")}
