"""The answer to the question whether something is kept longer."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.models import KeepQuestion
from collaborations.policies import acts
from collaborators.models import User
from cre.core.access import locked, require
from cre.core.actions import action
from cre.core.states import change
from cre.core.vocabularies import ConsentForm


@action
def answer_keeping(question: KeepQuestion, answer: KeepQuestion.Answer, *, version: int, by: User) -> KeepQuestion:
    """The community says it itself: keep it, which begins the time anew, or let it go with the next daily run."""
    question = locked(question, version=version)
    require(acts.can_answer_keeping(question), _("This has been answered already, or is not yours to answer."))
    return change(question, answer=answer, answered_by=by, answered_at=timezone.now())


@action
def record_keeping(question: KeepQuestion, form: ConsentForm, *, version: int, by: User) -> KeepQuestion:
    """The desk writes down that the community wants it kept; to let it go, it only has to wait for the day."""
    question = locked(question, version=version)
    require(acts.can_record_keeping(question), _("This has been answered already, or is not yours to write down."))
    return change(question, answer=KeepQuestion.Answer.KEEP, form=form, answered_by=by, answered_at=timezone.now())
