"""What allauth may do here: log people in. Nobody signs themselves up, and no address is kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Communities come by `begin_intake()`, everybody else is invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Nobody's address is read, so that none can be stored."""
        return ""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Allauth's own notices name the address and the browser; ours come from the outbox."""
