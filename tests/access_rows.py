"""The rows of the access matrix."""

from tests.matrix import (
    ALLIES,
    COMMUNITY,
    COORDINATOR,
    FACILITATORS,
    FOCAL,
    MEMBERS,
    SAME_HOUSE,
    Row,
    portal,
)

PEOPLE_WITHOUT_PORTAL = {("stranger", "own")}
STAFF = FACILITATORS | FOCAL | COORDINATOR
SIGNED_IN = COMMUNITY | ALLIES | STAFF | PEOPLE_WITHOUT_PORTAL | {("steward", "own"), ("colleague", "own")}

PUBLIC = {
    name: Row()
    for name in (
        "start",
        "how",
        "safe",
        "protects",
        "about-allies",
        "exit",
        "blank",
        "health-live",
        "health-ready",
    )
} | {"home": portal(SIGNED_IN)}

COMMUNITY_PORTAL = {
    "community:home": Row(),
    "community:enter": Row(),
    "community:ask": Row(),
    "community:ask-reach": Row(),
    **{f"community:{name}": portal(COMMUNITY) for name in ("code-new", "code-check", "notices-read", "consents")},
    "community:notice": Row("member_notice", MEMBERS),
    **{
        f"community:{name}": Row("draft", COMMUNITY)
        for name in ("ask-need", "ask-more", "ask-check", "ask-talk", "ask-sent")
    },
    "community:ask-part": Row("draft", COMMUNITY, {"part": "place"}),
    **{
        f"community:{name}": Row("request", COMMUNITY)
        for name in ("request", "answers", "contact", "message", "offers", "withdraw")
    },
    "community:second-look": Row("declined", COMMUNITY),
    "community:brief": Row("brief", COMMUNITY),
    "community:choose": Row("introduction", COMMUNITY),
    "community:refuse": Row("introduction", COMMUNITY),
    "community:consent-withdraw": Row("consent", COMMUNITY),
    **{
        f"community:{name}": Row("collaboration", COMMUNITY)
        for name in ("collaboration", "collaboration-message", "collaboration-spoken", "collaboration-end")
    },
}

ALLY_PORTAL = {
    **{f"ally:{name}": portal(SAME_HOUSE) for name in ("home", "past", "notices-read")},
    "ally:notice": Row("ally_notice", ALLIES),
    "ally:capacity": Row("collaborator", SAME_HOUSE),
    "ally:pause": Row("collaborator", SAME_HOUSE),
    **{f"ally:{name}": Row("introduction", SAME_HOUSE) for name in ("offer", "offer-decline", "offer-conflict")},
    **{
        f"ally:{name}": Row("collaboration", ALLIES)
        for name in ("collaboration", "collaboration-message", "collaboration-spoken", "collaboration-end")
    },
}

# The focal person reads a request, its risk and its brief, but neither the story nor who was introduced.
RECORD = (
    "request", "request-allies", "request-history", "request-identity", "request-message", "request-note",
    "request-place", "request-safety", "request-accept", "request-decline", "request-park", "request-resume",
    "brief-write", "match", "offers-voice",
)  # fmt: skip
DESK_PORTAL = {
    **{f"desk:{name}": portal(STAFF) for name in ("home", "requests", "notices-read")},
    "desk:notice": Row("desk_notice", FACILITATORS),
    **{f"desk:{name}": Row("request", STAFF) for name in RECORD},
    **{f"desk:{name}": Row("brief", STAFF) for name in ("brief", "brief-propose", "brief-voice")},
    **{f"desk:{name}": Row("introduction", FACILITATORS | COORDINATOR) for name in ("level-ask", "choice-give-up")},
    **{
        f"desk:{name}": Row("collaboration", FACILITATORS | COORDINATOR)
        for name in ("collaboration", "collaboration-message", "collaboration-contact")
    },
    "desk:second-look": Row("second_look", FACILITATORS | COORDINATOR),
}

STEWARD = {("steward", relation) for relation in ("own", "near", "far")}
SECRETARIAT_PORTAL = {
    **{f"secretariat:{name}": portal(COORDINATOR, STEWARD) for name in ("home", "people", "ledger")},
    **{f"secretariat:{name}": portal(COORDINATOR) for name in ("roster", "person-register", "role-give", "role-end")},
    **{
        f"secretariat:{name}": Row("collaborator", COORDINATOR)
        for name in ("collaborator", "collaborator-private", "vetting", "speaker-give", "speaker-end")
    },
    "secretariat:level-decide": Row("level_raise", COORDINATOR),
}

ROWS: dict[str, Row] = PUBLIC | COMMUNITY_PORTAL | ALLY_PORTAL | DESK_PORTAL | SECRETARIAT_PORTAL
