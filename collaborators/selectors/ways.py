"""How people of communities come back: who they are to the rules of sign-in, and whose address is whose."""

from django.db import connection

from collaborators.models import SignInAddress, User
from cre.core.access import current_scope


def comes_with_code(user: User) -> bool:
    """Whether they came with a receipt code and have no other role: no rule of staff holds, no second step is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_comes_with_code(%s)", [user.pk])
        return bool(cursor.fetchone()[0])


def person_of_address(email: str) -> User | None:
    """The person of a community who comes back with this confirmed address; asked before anybody acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cre_person_of_address(%s)", [email.strip().lower()])
        (found,) = cursor.fetchone()
    return User.objects.filter(pk=found).first() if found else None


def own_address(person: User) -> SignInAddress | None:
    """The address that the person gave, confirmed or not, as they themselves or the mails read it."""
    return SignInAddress.objects.visible_to(current_scope()).filter(user_id=person.pk).first()
