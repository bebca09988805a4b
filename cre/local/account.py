"""Whom the servers run as: PostgreSQL refuses root, so root hands them to a system user of their own."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cre.local.errors import LocalError

SYSTEM_USER = "cre_postgres"


@dataclass(frozen=True)
class Account:
    """The system user that owns the servers' data; `identity` is None where that is ourselves."""

    uid: int
    gid: int
    identity: tuple[int, int] | None

    def owns_alone(self, folder: Path) -> None:
        """Make `folder` for this account alone (0700); LocalError if a stranger made it before us."""
        if not folder.is_symlink() and not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            if self.identity is not None:
                os.chown(folder, self.uid, self.gid)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != self.uid:
            raise LocalError(f"{folder} belongs to someone else. Remove it, then try again.")
        folder.chmod(0o700)

    def can_enter(self, folder: Path) -> bool:
        return self.succeeds("test", "-x", str(folder))

    def succeeds(self, *command: str) -> bool:
        """Whether the command, run as this account, exits with 0."""
        user, group = self.identity or (None, None)
        try:
            answer = subprocess.run(
                command,
                capture_output=True,
                check=False,
                cwd="/",
                user=user,
                group=group,
                extra_groups=None if self.identity is None else [],
            )
        except PermissionError:
            return False
        return answer.returncode == 0


def server_account() -> Account:
    """The account for the servers: ourselves, or as root a system user that is made once."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), None)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid, (entry.pw_uid, entry.pw_gid))


def _make_system_user() -> None:
    command = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    advice = (
        f"PostgreSQL does not run as root and the system user {SYSTEM_USER} could not be made. "
        "Run this as another user, or name a server of your own in DATABASE_URL, OWNER_DATABASE_URL and "
        "KEYS_DATABASE_URL."
    )
    if command is None:
        raise LocalError(advice)
    options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    answer = subprocess.run(
        [command, *options, "--user-group", SYSTEM_USER], capture_output=True, text=True, check=False
    )
    # 9: another command of ours made the user in the same moment.
    if answer.returncode not in (0, 9):
        raise LocalError(f"{advice}\n{answer.stderr.strip()}")
