"""One text for one interpreter: read here, translated here, given back here."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import keep_translation
from collaborations.forms.interpreting import TranslationForm
from collaborations.selectors.interpreting import languages_of, tasks_to_interpret
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vault import load_keys


@door("ally")
def interpreting(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the text, keep what is translated so far, and take it back when it is ready."""
    task = get_object_or_404(tasks_to_interpret(request.scope), uuid=uuid)
    load_keys([task])
    initial = {"version": task.version, "translation": task.translation}
    form = TranslationForm(request.POST or None, initial=initial)
    if form.is_valid():
        is_ready = form.cleaned_data["decision"] == TranslationForm.READY
        keep_translation(
            task,
            version=form.cleaned_data["version"],
            translation=form.cleaned_data["translation"],
            is_ready=is_ready,
            by=request.user,
        )
        if is_ready:
            messages.success(request, _("Thank you. You have given it back, and no longer see the text."))
            return redirect("ally:home")
        messages.success(request, _("Saved. Give it back when it is ready."))
        return redirect("ally:interpreting", uuid)
    context = {"task": task, "form": form} | languages_of(task)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "ally/interpreting.html", context, status=status)
