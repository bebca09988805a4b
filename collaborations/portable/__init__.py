"""What a community takes with it of its requests, its allies and all that was said; filled in the order of a reader."""

from django.utils.translation import gettext_lazy as _

from collaborations.portable.allies import briefs, consents, shared, wishes, works
from collaborations.portable.interpreting import interpreted
from collaborations.portable.outputs import outputs
from collaborations.portable.requests import answers, files, questions, steps
from collaborations.portable.seen import seen
from collaborations.portable.spoken import spoken
from collaborations.portable.talk import messages, referrals, second_looks
from cre.core.registries import Portable, portable

for name, words, read in (
    ("requests", _("Your requests, with everything that you wrote"), answers),
    ("timeline", _("What happened, step by step"), steps),
    ("messages", _("Messages, in both directions"), messages),
    ("second_looks", _("When you asked for a second look"), second_looks),
    ("referrals", _("Other doors that we named to you"), referrals),
    ("briefs", _("Briefs, with what you wanted changed"), briefs),
    ("files", _("A list of your files; each file you open on its own page"), files),
    ("consents", _("What you allowed and what you took back"), consents),
    ("spoken", _("What you decided by voice, as it was written down"), spoken),
    ("wishes", _("Whom you asked for by name"), wishes),
    ("allies", _("Your allies, and the work together"), works),
    ("outputs", _("What your allies would like to publish, and your answers"), outputs),
    ("interpreted", _("What interpreters were to translate, and what came of it"), interpreted),
    ("shared", _("What you share with an ally now"), shared),
    ("keeping", _("When we asked whether to keep something"), questions),
    ("seen", _("Who has seen what"), seen),
):
    portable.add(Portable(name, words, read))
