"""What waits for a person at the desk today, most urgent first."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from collaborations.models import Collaboration, Introduction, SecondLook, SupportRequest
from collaborations.selectors.desk import SHOWN, View, at_desk, count_capped, rows_of
from collaborations.states import IntroductionStatus
from cre.core.access import Scope
from cre.core.outbox import NoticeLine, notices_for

FEW = 5
# How long before its day a check-in is shown.
AHEAD = timedelta(days=3)
FIRST = (View.URGENT, View.PLACE, View.LATE, View.ANSWER)


@dataclass(frozen=True)
class Today:
    """The lists of the first page, each with at most a few rows, and how many there are of each kind."""

    counts: dict[str, int]
    requests: dict[View, list[SupportRequest]]
    answers: list[Introduction]
    check_ins: list[Collaboration]
    second_looks: list[SecondLook]
    notices: list[NoticeLine]


def today_of(scope: Scope) -> Today:
    """Everything that waits for this person; each request stands in one list only, the most urgent one."""
    answers, check_ins = answered_offers(scope), due_check_ins(scope)
    lists = {str(view): rows_of(scope, view) for view in FIRST}
    return Today(
        counts=count_capped({**lists, "answers": answers, "check_ins": check_ins}),
        requests=first_requests(scope),
        answers=list(answers.select_related("request", "collaborator").order_by("answered_at", "id")[:FEW]),
        check_ins=list(
            check_ins.select_related("request", "introduction__collaborator").order_by("check_in_on", "id")[:FEW]
        ),
        second_looks=open_second_looks(scope),
        notices=notices_for(scope, limit=10, unread_only=True),
    )


def first_requests(scope: Scope) -> dict[View, list[SupportRequest]]:
    """The first few requests of the urgent views, read in one statement."""
    parts = [
        rows_of(scope, view)
        .only(*SHOWN)
        .annotate(view=Value(str(view), output_field=CharField()))
        .order_by("due_at", "id")[: FEW * len(FIRST)]
        for view in FIRST
    ]
    found = list(parts[0].union(*parts[1:], all=True))
    found.sort(key=lambda row: (FIRST.index(View(row.view)), row.due_at, row.pk))
    lists: dict[View, list[SupportRequest]] = {view: [] for view in FIRST}
    seen: set[int] = set()
    for row in found:
        if row.pk not in seen:
            seen.add(row.pk)
            lists[View(row.view)].append(row)
    return {view: rows[:FEW] for view, rows in lists.items()}


def answered_offers(scope: Scope) -> QuerySet[Introduction]:
    """Allies that said yes and wait for the community's choice."""
    requests = at_desk(scope).filter(closed_at=None).order_by().values("pk")
    return Introduction.objects.visible_to(scope).filter(status=IntroductionStatus.WILLING, request__in=requests)


def due_check_ins(scope: Scope) -> QuerySet[Collaboration]:
    """Collaborations whose check-in has come, or comes in the next days."""
    requests = at_desk(scope).order_by().values("pk")
    return Collaboration.objects.visible_to(scope).filter(
        ended_at=None, check_in_on__lte=timezone.localdate() + AHEAD, request__in=requests
    )


def open_second_looks(scope: Scope) -> list[SecondLook]:
    """Declines that another person is asked to look at; the coordinator answers them."""
    if not scope.holds("coordinate"):
        return []
    waiting = SecondLook.objects.visible_to(scope).filter(answered_at=None)
    return list(waiting.select_related("request").order_by("due_at", "id")[:FEW])
