"""From what the files tell of a request to the steps that lead there."""

from cre.demo.cast import Cast
from cre.demo.files import Told, read_projects
from cre.demo.journey import Journey
from cre.demo.path import allies, asking, desk

# What a request in this state has behind it; the safety check comes first in each.
TALKED = {"clarifying", "accepted", "brief_ready", "matching", "introduced", "supported", "declined"}
TAKEN_ON = {"accepted", "brief_ready", "matching", "introduced", "supported"}
OFFERED = {"matching", "introduced", "supported"}
CHECKED = TALKED | {"safety_check", "parked"}


def walk(told: Told, cast: Cast) -> Journey:
    """Let a request come as far as the files tell."""
    projects = {row["key"]: row for row in reversed(read_projects())}
    journey = asking.ask(told, cast, {key: row["name"] for key, row in projects.items()})
    messages = list(told["messages"])
    if told["placed_in"]:
        desk.place(journey)
    if told["state"] in CHECKED:
        desk.check(journey, is_safe=told["state"] != "safety_check")
    if told["state"] in ("parked", "withdrawn"):
        desk.talk(journey, messages[:1])
        del messages[:1]
    if told["state"] in TAKEN_ON:
        desk.accept(journey)
    if told["brief"]:
        sectors = {key: (row["sector_dac"], row["financier"]) for key, row in projects.items()}
        brief = desk.propose(journey, sectors)
        if told["state"] != "accepted":
            desk.approve(journey, brief)
    if told["state"] in OFFERED:
        meet_allies(journey)
    end(journey)
    desk.talk(journey, messages)
    desk.doubt(journey)
    return journey


def meet_allies(journey: Journey) -> None:
    """From the suggestion to the work together, as far as this request came."""
    introductions = allies.suggest(journey)
    if journey.told["allies"]["allowed"]:
        allies.allow(journey, introductions)
        allies.answer(journey, introductions)
        allies.choose(journey, introductions)
    if journey.told["state"] == "supported":
        allies.begin_work(journey)


def end(journey: Journey) -> None:
    """What stops a request, for a while or for good."""
    ends = {"declined": desk.decline, "parked": desk.park, "withdrawn": asking.take_back}
    if stop := ends.get(journey.told["state"]):
        stop(journey)
