"""Under which name communities read of somebody who opened their records: each decides for themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collaborations.forms.desk.naming import NameForm
from collaborations.views.desk.pages import posted, status_of
from collaborators.actions import hide_name, show_name
from collaborators.http import PersonRequest
from collaborators.models import ShownName
from collaborators.views.doors import door


@door("desk")
def name(request: PersonRequest) -> HttpResponse:
    """Show, change or take back the name that communities read."""
    shown = ShownName.objects.visible_to(request.scope).filter(user=request.user).first()
    form = NameForm(posted(request), initial={"name": shown.name if shown else ""})
    if form.is_valid():
        if form.cleaned_data["name"]:
            show_name(form.cleaned_data["name"], by=request.user)
            messages.success(request, _("Kept. Communities read this name beside what you open from now on."))
        else:
            hide_name(by=request.user)
            messages.success(request, _("Communities read only your role."))
        return redirect("desk:name")
    return render(request, "desk/name.html", {"form": form}, status=status_of(form))
