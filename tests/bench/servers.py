"""The product under gunicorn, on a database of the bench, and somebody who is logged in."""

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

from tests.bench.databases import environment_of


@dataclass
class Server:
    """A running server and the cookie of the person who asks."""

    process: subprocess.Popen[bytes]
    port: int
    cookie: str

    def get(self, path: str) -> float:
        """Ask for a page on a new connection; the milliseconds until its last byte. Raises when it is not 200."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": f"s={self.cookie}", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return took

    def memory(self) -> float:
        """The memory of the largest worker, in MB."""
        workers = psutil.Process(self.process.pid).children()
        return float(max(worker.memory_info().rss for worker in workers) / 1_000_000)


@contextlib.contextmanager
def server_on(database: str, email: str, *, workers: int = 1) -> Iterator[Server]:
    """Run gunicorn on this database with `email` logged in."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = environment_of(database) | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
    }
    log_in = [sys.executable, "-m", "tests.bench.log_in", email]
    cookie = subprocess.run(log_in, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    command = [sys.executable, "-m", "gunicorn", "-c", "cre/deploy/gunicorn.conf.py", "cre.wsgi"]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(port)
        yield Server(process, port, cookie)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, *, seconds: int = 60) -> None:
    """Wait until something answers on the port."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing answers on port {port}")
