"""What allauth may do here: log people in. Nobody signs themselves up, no address is kept, no mail is sent."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from collaborators.actions import change_password


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Communities come by `begin_intake()`, everybody else is invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Nobody's address is read, so that none can be stored."""
        return ""

    def send_mail(self, *_: Any, **__: Any) -> None:
        """Allauth's mails name the site, the person or what they did; ours come from the outbox."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Allauth's own notices name the address and the browser; ours come from the outbox."""

    def set_password(self, user: Any, password: str) -> None:
        """Change the password as the person whose it is: anybody else the database refuses."""
        change_password(password, by=user)
