"""Mails with a link and without content: neither who somebody is, nor what they do here."""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext

from collaborators.links import address_secret
from collaborators.models import SignInAddress, User
from cre.core.languages import open_language
from cre.core.outbox import Subject
from cre.core.outbox.channels import message_id, start_page


def mail_with_link(person: User, *, to: str, key: str, words: list[str], page: str) -> EmailMessage:
    """One link to `page` under fixed `words`, in the person's language; sent again, it has the same Message-ID."""
    link = f"{start_page().rstrip('/')}/{open_language(person.language)}{page}"
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    return EmailMessage(str(Subject.WAITING.label), "\n\n".join([*words, link]) + "\n", to=[to], headers=headers)


def reset_mail(person: User, *, to: str, key: str) -> EmailMessage:
    """The link with which the person sets a new password; it works once, and not for long."""
    token = f"{int_to_base36(person.pk)}-{default_token_generator.make_token(person)}"
    page = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    with translation.override(open_language(person.language)):
        words = [
            gettext("Somebody, probably you, wants to set a new password. If it was not you, do nothing."),
            gettext("This link can be used once, within four hours:"),
        ]
        return mail_with_link(person, to=to, key=key, words=words, page=page.replace("UID-KEY", token))


def address_mail(address: SignInAddress) -> EmailMessage:
    """The link with which the person confirms an address that they gave; it opens nothing for anybody else."""
    page = reverse("account-address", args=[address.uuid, address_secret(address.uuid)])
    with translation.override(open_language(address.user.language)):
        words = [
            gettext("Somebody, probably you, gave this address. If it was not you, do nothing."),
            gettext("This link can be used once, within a day:"),
        ]
        return mail_with_link(address.user, to=address.email, key=f"address:{address.uuid}", words=words, page=page)
