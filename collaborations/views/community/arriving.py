"""What is odd about how something arrives. Nothing is refused for it: the desk reads it at the safety check."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from collaborations.models import SupportRequest
from collaborations.models.safety import Oddity
from cre.core.abuse import Bucket, address_of, draw

INTAKES, SENDINGS = Bucket("intake", 5, 600), Bucket("sending", 5, 600)
MESSAGES = Bucket("message", 10, 60)
# From the first stored answer to the sending: a person needs longer to say what is needed.
LEAST_TIME = timedelta(seconds=10)


def haste(request: HttpRequest, bucket: Bucket) -> set[Oddity]:
    """Whether this person or this address has just done the same many times, as far as it could be checked."""
    who = [(bucket, address_of(request))]
    if request.user.is_authenticated:
        who.append((bucket, f"person {request.user.pk}"))
    drawn = draw(*who)
    found = {Oddity.MANY} if drawn.is_empty else set()
    return found if drawn.was_checked else found | {Oddity.UNCHECKED}


def oddities_of_sending(request: HttpRequest, draft: SupportRequest) -> set[Oddity]:
    """What is odd about sending a draft now."""
    is_quick = timezone.now() - draft.created_at < LEAST_TIME
    return haste(request, SENDINGS) | ({Oddity.QUICK} if is_quick else set())


def oddities_of_message(request: HttpRequest) -> set[Oddity]:
    """What is odd about one more message; that it could not be checked says nothing about a talk that goes on."""
    return haste(request, MESSAGES) & {Oddity.MANY}
