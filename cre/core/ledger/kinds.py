"""What kinds of acts the ledger keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What somebody did with confidential data."""

    READ = "read", _("read")
    EXPORT = "export", _("exported")
    DOWNLOAD = "download", _("downloaded")
    REFUSED = "refused", _("was refused")
    ACTED = "acted", _("acted")
