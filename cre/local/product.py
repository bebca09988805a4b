"""The processes that make up the running product, kept alive."""

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cre.local.processes import Process, exit_code, spawn, stop_recorded
from cre.local.worlds import CLONE, World

PARTS = {
    "web": ["-m", "gunicorn", "-c", "cre/deploy/gunicorn.conf.py", "cre.wsgi"],
    "relay": ["manage.py", "relay"],
    "worker": [
        "-m",
        "celery",
        "-A",
        "cre.celery",
        "worker",
        "--concurrency=1",
        "--without-gossip",
        "--without-mingle",
    ],
    "beat": ["-m", "celery", "-A", "cre.celery", "beat"],
}
LONGEST_PAUSE = 30.0
# A part that has lived this long has recovered: its next fall starts with a short pause again.
RECOVERED_AFTER = 60.0


@dataclass
class Part:
    """One process of the product and what is known of its falls."""

    name: str
    process: Process
    started_at: float
    pause: float = 1.0
    restart_at: float | None = None


@dataclass
class Product:
    """All parts in one world; `say` tells the person at the terminal what happens."""

    world: World
    env: Mapping[str, str]
    say: Callable[[str], None]
    commands: Mapping[str, Sequence[str]] = field(default_factory=lambda: PARTS)
    parts: dict[str, Part] = field(default_factory=dict)

    def start(self) -> None:
        for name in self.commands:
            self.parts[name] = Part(name, self._spawn(name), time.monotonic())

    def stop(self) -> None:
        stop_parts(self.world, self.commands)

    def look_after(self) -> None:
        """Start again whatever has ended, each time after a longer pause."""
        now = time.monotonic()
        for part in self.parts.values():
            if part.restart_at is None and not part.process.is_alive:
                self._plan_restart(part, now)
            elif part.restart_at is not None and now >= part.restart_at:
                part.process, part.started_at, part.restart_at = self._spawn(part.name), now, None

    def _plan_restart(self, part: Part, now: float) -> None:
        if now - part.started_at > RECOVERED_AFTER:
            part.pause = 1.0
        code = exit_code(part.process)
        self.say(f"{part.name} has ended (exit code {code}); starting it again in {part.pause:.0f} s.")
        # Children that outlived it still hold its port.
        part.process.stop()
        part.restart_at = now + part.pause
        part.pause = min(part.pause * 2, LONGEST_PAUSE)

    def _spawn(self, name: str) -> Process:
        command = list(self.commands[name])
        if name == "beat":
            command += ["--schedule", str(self.world.folder / "beat-schedule"), "--pidfile="]
        return spawn(
            [sys.executable, *command],
            record=self.world.record(name),
            log=self.world.log(name),
            env=self.env,
            cwd=CLONE,
        )


def stop_parts(world: World, names: Iterable[str] = PARTS) -> bool:
    """Stop every part that a record names, ours or one that was left behind; whether there was any."""
    # The web first: then nobody adds work while the rest finishes.
    ended = [stop_recorded(world.record(name)) for name in names]
    return any(ended)
