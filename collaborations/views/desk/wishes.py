"""Whom a community would like, or works with already, as it said by voice."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from collaborations.actions import Voice, say_wish, take_back_wish
from collaborations.forms.desk.spoken import WishVoiceForm
from collaborations.forms.directory import WishForm
from collaborations.models import Wish
from collaborations.policies import spoken
from collaborations.selectors.directory import directory_for, wishes_of
from collaborations.views.desk.pages import posted, request_or_404
from collaborations.views.desk.spoken import Saying, write_down
from collaborators.http import PersonRequest
from collaborators.views.doors import door


@door("desk")
def wish_say(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down what the community said of one entry of the directory."""
    about = request_or_404(request, uuid)
    entries = directory_for(request.scope, about).order_by("display_name")
    form = WishVoiceForm(posted(request), row=about, language=about.language, entries=entries)
    saying = Saying(
        title=_("Which ally would the community like, or know already?"),
        may=spoken.can_wish(about),
        changes=[_("It stands beside the ranked allies when you look for some. No ally learns of it.")],
    )

    def say(voice: Voice) -> None:
        entry, decision = form.cleaned_data["ally"], form.cleaned_data["decision"]
        if decision != WishForm.TAKEN_BACK:
            reason = form.cleaned_data["reason"]
            say_wish(about, entry, kind=Wish.Kind(decision), reason=reason, voice=voice, by=request.user)
            return
        for wish in wishes_of(about, request.scope):
            if wish.collaborator_id == entry.pk:
                take_back_wish(wish, voice=voice, by=request.user)

    return write_down(request, about, form, saying, say)
