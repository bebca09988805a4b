"""Real processes on the test database, ours to kill: each is ended by its own number."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from cre.local.binaries import installed_binaries

ROOT = Path(__file__).resolve().parent.parent.parent


def wait_until(condition, seconds=60.0):
    """Whether the condition came true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Processes:
    """Starts processes in groups of their own, and leaves none behind."""

    def __init__(self, folder):
        self.folder = folder
        self.started = []

    def start(self, *command, env=None):
        log = (self.folder / f"{len(self.started)}.log").open("wb")
        process = subprocess.Popen(
            command, cwd=ROOT, env=env or dict(os.environ), stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        self.started.append(process)
        return process

    def kill(self, process):
        """kill -9, the children of a worker with it."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def logs(self):
        return "".join(file.read_text() for file in sorted(self.folder.glob("*.log")))

    def end(self):
        for process in self.started:
            if process.poll() is None:
                self.kill(process)


@pytest.fixture
def processes(tmp_path):
    started = Processes(tmp_path)
    yield started
    started.end()


class Broker:
    """A Redis of its own, in memory only, so that it can be killed and come back empty."""

    def __init__(self, processes):
        self.processes = processes
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        self.process = self.processes.start(
            str(installed_binaries().redis),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        )
        assert wait_until(self.answers)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        self.processes.kill(self.process)


@pytest.fixture
def broker(processes):
    return Broker(processes)


def database_url(alias_options):
    """The address of a test database, as the application role of a running product."""
    host = quote(alias_options["HOST"], safe="")
    return f"postgresql://{{role}}@{host}/{alias_options['NAME']}"


class Product:
    """The relay and the workers of one product on the test database, as its application role."""

    def __init__(self, processes, broker, folder):
        self.processes, self.broker, self.mail = processes, broker, folder / "mail"
        self.mail.mkdir()
        main, keys = settings.DATABASES["default"], settings.DATABASES["keys"]
        self.env = {name: value for name, value in os.environ.items() if name not in {"TESTING", "CRE_LOCAL"}} | {
            "DEBUG": "1",
            "DATABASE_URL": database_url(main | {"NAME": connection.settings_dict["NAME"]}).format(role="cre_app"),
            "KEYS_DATABASE_URL": database_url(keys).format(role="cre_keys"),
            "REDIS_URL": f"redis://127.0.0.1:{broker.port}/0",
            "MAIL_DIR": str(self.mail),
            "PYTHONWARNINGS": "default",
        }

    def start(self, program, *options):
        return self.processes.start(sys.executable, "-m", "tests.faults.programs", program, *options, env=self.env)

    def relay(self, lease=5):
        return self.start("relay", "--lease", str(lease), "--poll", "1")

    def worker(self, concurrency=1):
        return self.start("worker", f"--concurrency={concurrency}")

    def message_ids(self):
        """The Message-ID of every mail that was sent, repetitions included."""
        lines = [line for file in self.mail.iterdir() for line in file.read_text().splitlines()]
        return [line.partition(": ")[2] for line in lines if line.startswith("Message-ID:")]


@pytest.fixture
def product(processes, broker, tmp_path):
    return Product(processes, broker, tmp_path)
