"""Whom the desk asks by the safe channel before something goes, and what communities have ordered to delete."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import record_keeping
from collaborations.forms.keeping import KeepRecordForm
from collaborations.models import KeepQuestion
from collaborations.selectors.retention import open_questions, ordered_at_desk
from collaborations.views.desk.pages import status_of
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vocabularies import ConsentForm


@door("desk")
def keeping(request: PersonRequest) -> HttpResponse:
    """List what goes when, and whom to ask before."""
    return show_questions(request, {})


def show_questions(request: PersonRequest, wrong: dict[int, KeepRecordForm]) -> HttpResponse:
    """The list, each question with its form; a wrong one keeps what was typed."""
    questions = [
        (row, wrong.get(row.pk) or KeepRecordForm(initial={"version": row.version}, auto_id=f"keep_{row.pk}_%s"))
        for row in open_questions(request.scope)
    ]
    context = {"questions": questions, "ordered": ordered_at_desk(request.scope)}
    form = next(iter(wrong.values()), None)
    if form is None:
        return render(request, "desk/keeping.html", context)
    return render(request, "desk/keeping.html", context | {"form": form}, status=status_of(form))


@door("desk")
def keeping_record(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that a community wants something kept longer."""
    question = get_object_or_404(KeepQuestion.objects.visible_to(request.scope), uuid=uuid)
    if request.method != "POST":
        return redirect("desk:keeping")
    form = KeepRecordForm(request.POST, auto_id=f"keep_{question.pk}_%s")
    if not form.is_valid():
        return show_questions(request, {question.pk: form})
    how = ConsentForm(form.cleaned_data["form"])
    record_keeping(question, how, version=form.cleaned_data["version"], by=request.user)
    messages.success(request, _("Written down. It is kept, and the time begins anew."))
    return redirect("desk:keeping")
