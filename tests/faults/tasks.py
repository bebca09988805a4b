"""What the tests ask a worker for, and the topics that they emit."""

from celery import shared_task

from collaborators.models import Community
from cre.core.outbox import emit
from tests.core.outbox.topics import TOLD


@shared_task
def speak(community_id: int) -> None:
    """Emit as whoever runs this, so that a test can see who that was."""
    emit(TOLD, Community.objects.get(pk=community_id), key="spoken")
