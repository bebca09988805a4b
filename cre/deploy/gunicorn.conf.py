"""How gunicorn serves the product; `gunicorn -c cre/deploy/gunicorn.conf.py cre.wsgi`."""

import os
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from cre.logs import WithoutValues, for_machines, line_format

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_WORKERS") or "2")
# Threads wait for the database while another works; two cores need no more.
threads = int(os.environ.get("WEB_THREADS") or "4")
worker_class = "gthread"
preload_app = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - gunicorn's own heartbeat files
timeout = int(os.environ.get("REQUEST_LIMIT_SECONDS") or "60")
graceful_timeout = 10
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500


class QuietLogger(Logger):
    """Writes errors like everything else does, without values, and nothing about who asked for what (promise P01)."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        handler = self._get_gunicorn_handler(self.error_log)
        handler.setFormatter(line_format(for_machines()))
        handler.addFilter(WithoutValues())

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """An access log would hold addresses."""


logger_class = QuietLogger
accesslog = None
errorlog = "-"
loglevel = "error"

# Behind a proxy, name its address in FORWARDED_ALLOW_IPS; from anyone else these headers are not believed.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"
proxy_protocol = False
# Nobody steers a running server through a socket of its own.
control_socket_disable = True
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
