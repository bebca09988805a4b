"""From what the files tell of a request to the steps that lead there."""

from cre.demo.cast import Cast
from cre.demo.files import Told, read_projects
from cre.demo.journey import Journey
from cre.demo.path import allies, asking, desk

# What a request in this state has behind it; the safety check comes first in each.
TALKED = {"clarifying", "accepted", "brief_ready", "matching", "introduced", "supported", "declined"}
TAKEN_ON = {"accepted", "brief_ready", "matching", "introduced", "supported"}
OFFERED = {"matching", "introduced", "supported"}
CHECKED = TALKED | {"safety_check", "parked", "withdrawn"}
# A talk that takes long is looked at again, so that it does not stand as late; the longest ones were not.
LONG_TALK, TOO_LONG = 14, 25


def walk(told: Told, cast: Cast) -> Journey:
    """Let a request come as far as the files tell."""
    projects = {row["key"]: row for row in reversed(read_projects())}
    journey = asking.ask(told, cast, {key: row["name"] for key, row in projects.items()})
    # What was said before the request stopped, and what after all else.
    before = told["messages"][:1] if told["state"] in ("parked", "withdrawn") else []
    receive(journey)
    desk.talk(journey, before)
    if told["state"] in TAKEN_ON:
        take_on(journey, {key: (row["sector_dac"], row["financier"]) for key, row in projects.items()})
    if told["state"] in OFFERED:
        meet_allies(journey)
    end(journey)
    desk.talk(journey, told["messages"][len(before) :])
    look_again(journey)
    return journey


def receive(journey: Journey) -> None:
    """Somebody finds the region, and the region asks about safety first."""
    if journey.told["placed_in"]:
        desk.place(journey)
    if journey.told["state"] in CHECKED:
        desk.check(journey, is_safe=journey.told["state"] != "safety_check")


def take_on(journey: Journey, sectors: dict[str, tuple[str, str]]) -> None:
    """The desk says yes, writes a brief and, unless the community still reads it, has it approved."""
    desk.accept(journey)
    if journey.told["brief"]:
        brief = desk.propose(journey, sectors)
        if journey.told["state"] != "accepted":
            desk.approve(journey, brief)


def meet_allies(journey: Journey) -> None:
    """From the suggestion to the work together, as far as this request came."""
    introductions = allies.suggest(journey)
    if journey.told["allies"]["allowed"]:
        allies.allow(journey, introductions)
        allies.answer(journey, introductions)
        allies.choose(journey, introductions)
    if journey.told["state"] == "supported":
        allies.begin_work(journey)
    allies.write_together(journey)


def end(journey: Journey) -> None:
    """What stops a request, for a while or for good."""
    ends = {"declined": desk.decline, "parked": desk.park, "withdrawn": asking.take_back}
    if stop := ends.get(journey.told["state"]):
        stop(journey)


def look_again(journey: Journey) -> None:
    """A long talk is judged again, and a decline may be doubted."""
    if journey.told["state"] == "clarifying" and LONG_TALK < journey.told["days_ago"] <= TOO_LONG:
        desk.check(journey, is_safe=True)
    desk.doubt(journey)
