"""Worlds: the demo, the tests, the bench and a developer's own, each with its servers, data and secrets."""

import base64
import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cre.local.account import Account, server_account
from cre.local.binaries import Binaries, copied_binaries, installed_binaries
from cre.local.errors import LocalError

CLONE = Path(__file__).resolve().parents[2]
NAMES = ("dev", "test", "demo", "bench")
# A Unix socket's path has room for 107 characters; this is the folder's part, the file name is 16 more.
SOCKET_FOLDER_LIMIT = 80
# In bytes: AES-256 takes a key of exactly 32.
SECRET_SIZES = {"master_key": 32}


@dataclass(frozen=True)
class Place:
    """Where a world's servers live: reachable by the account that runs them."""

    account: Account
    binaries: Binaries
    home: Path
    sockets: Path


@dataclass(frozen=True)
class World:
    """One set of servers with its data under `<root>/<name>/`."""

    name: str
    root: Path = CLONE / ".data"

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def is_throwaway(self) -> bool:
        """Whether losing its data in a power cut is no loss, so that it need not wait for the disk."""
        return self.name in ("test", "bench")

    @property
    def has_test_login(self) -> bool:
        return self.name in ("test", "dev")

    def record(self, process: str) -> Path:
        return self.folder / "pids" / process

    def log(self, process: str) -> Path:
        return self.folder / "logs" / f"{process}.log"

    @cached_property
    def outside(self) -> Path:
        """The private folder for servers that may not enter the clone; as root only."""
        return Path("/var/lib") / f"cre-{self._mark}"

    @cached_property
    def _mark(self) -> str:
        return hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:12]

    def make_folder(self) -> None:
        """Make the world's own folder; others may pass through it, but not list it."""
        for folder in (self.root, self.folder):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o711)
        for name in ("logs", "mail", "pids", "secrets"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)

    def secret(self, name: str) -> str:
        return self.secret_file(name).read_text().strip()

    def secret_file(self, name: str) -> Path:
        """The file of a random secret in base64, made at the first call, for our eyes only."""
        file = self.folder / "secrets" / name
        if not file.exists():
            self.make_folder()
            draft = file.with_name(f"{name}.{os.getpid()}")
            draft.touch(mode=0o600)
            # The first version of the master key; `rotate_keys` adds others below it.
            version = "1:" if name == "master_key" else ""
            draft.write_text(
                version + base64.b64encode(secrets.token_bytes(SECRET_SIZES.get(name, 48))).decode() + "\n"
            )
            with contextlib.suppress(FileExistsError):
                os.link(draft, file)
            draft.unlink()
        return file

    @cached_property
    def place(self) -> Place:
        """Where the servers live, found (and made) at the first call."""
        self.make_folder()
        account, binaries = server_account(), installed_binaries()
        home = self.folder
        if not self._is_reachable(account, binaries):
            home = self._home_outside()
            binaries = copied_binaries(binaries, self.outside)
        return Place(account, binaries, home, self._socket_folder(account, home))

    def _is_reachable(self, account: Account, binaries: Binaries) -> bool:
        if account.identity is None:
            return True
        programs = (binaries.program("postgres"), binaries.redis)
        return account.can_enter(self.folder) and all(
            account.succeeds(str(program), "--version") for program in programs
        )

    def _home_outside(self) -> Path:
        home = self.outside / self.name
        home.mkdir(parents=True, exist_ok=True)
        self.outside.chmod(0o711)
        home.chmod(0o711)
        return home

    def _socket_folder(self, account: Account, home: Path) -> Path:
        """A private folder for the sockets, short enough for one."""
        folder = home / "run"
        if len(str(folder)) > SOCKET_FOLDER_LIMIT:
            folder = Path(tempfile.gettempdir()) / f"cre-{self._mark}-{self.name}"
            if len(str(folder)) > SOCKET_FOLDER_LIMIT:
                folder = Path("/tmp") / folder.name  # noqa: S108 - `owns_alone` refuses a stranger's
        account.owns_alone(folder)
        return folder

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the world while its servers start or stop, so that two commands do not do it at once."""
        self.make_folder()
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def remove(self) -> None:
        """Delete everything of this world; its servers must be stopped."""
        if "place" in self.__dict__ or self.folder.exists():
            with contextlib.suppress(LocalError):
                shutil.rmtree(self.place.sockets, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if os.geteuid() == 0:
            shutil.rmtree(self.outside / self.name, ignore_errors=True)
            if self.outside.exists() and not [path for path in self.outside.iterdir() if path.name in NAMES]:
                shutil.rmtree(self.outside, ignore_errors=True)


def world_named(name: str) -> World:
    if name not in NAMES:
        raise LocalError(f"There is no world “{name}”. Choose one of: {', '.join(NAMES)}.")
    return World(name)
