"""The rows of the access matrix."""

from tests.matrix import (
    ALLIES,
    COMMUNITY,
    COORDINATOR,
    EVERYBODY,
    FACILITATORS,
    FOCAL,
    MEMBERS,
    SAME_HOUSE,
    Row,
    portal,
)

PEOPLE_WITHOUT_PORTAL = {("stranger", "own")}
STAFF = FACILITATORS | FOCAL | COORDINATOR
REVIEWER = {("reviewer", "own")}
# The ally of one community interprets one text of the next, and reads nothing of its own one that way.
INTERPRETERS = {("ally_near", "own"), ("ally_far", "near"), ("ally_own", "far")}
SIGNED_IN = (
    COMMUNITY | ALLIES | STAFF | PEOPLE_WITHOUT_PORTAL | {("steward", "own"), ("colleague", "own"), ("reviewer", "own")}
)

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
} | {
    # A link that does not work is answered with a page of its own, the same for everybody.
    "invitation": Row("", EVERYBODY, {"uuid": "00000000-0000-4000-8000-000000000000", "secret": "0" * 64}),
    "home": portal(SIGNED_IN),
    "account-sessions": portal(SIGNED_IN),
}

COMMUNITY_PORTAL = {
    "community:home": Row(),
    "community:freeze": portal(COMMUNITY),
    "community:frozen": Row(),
    "community:enter": Row(),
    "community:ask": Row(),
    "community:ask-reach": Row(),
    **{
        f"community:{name}": portal(COMMUNITY)
        for name in ("code-new", "code-check", "notices-read", "consents", "seen", "everything")
    },
    "community:people": portal(MEMBERS),
    "community:together": portal(MEMBERS),
    "community:second": Row("introduction", COMMUNITY),
    "community:person-new": portal(MEMBERS),
    "community:person-end": Row("community_person", MEMBERS),
    # The supporter comes in with an account, and is led to its page.
    **{
        f"community:{name}": portal(COMMUNITY)
        for name in ("ways", "ways-address", "ways-address-remove", "ways-mails", "ways-passkey")
    },
    "account-address": Row(
        "", portal(COMMUNITY).opens_for, {"uuid": "00000000-0000-4000-8000-000000000000", "secret": "0" * 64}
    ),
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
    "community:files": Row("request", COMMUNITY),
    "community:directory": Row("request", COMMUNITY),
    **{f"community:{name}": Row("file", COMMUNITY) for name in ("file", "file-open", "file-copy", "file-remove")},
    "community:words-confirm": Row("request", COMMUNITY),
    "community:answer-change": Row("request", COMMUNITY, {"part": "need"}),
    "community:second-look": Row("declined", COMMUNITY),
    "community:delete": portal(COMMUNITY),
    "community:request-delete": Row("request", COMMUNITY),
    "community:delete-cancel": Row("deletion", COMMUNITY),
    "community:delete-confirm": Row("deletion", COMMUNITY),
    "community:keep": Row("keep_question", COMMUNITY),
    "community:brief": Row("brief", COMMUNITY),
    "community:output": Row("output", COMMUNITY),
    "community:interpreting": Row("interpreting", COMMUNITY),
    "community:choose": Row("introduction", COMMUNITY),
    "community:refuse": Row("introduction", COMMUNITY),
    "community:consent-withdraw": Row("consent", COMMUNITY),
    **{
        f"community:{name}": Row("collaboration", COMMUNITY)
        for name in (
            "collaboration",
            "collaboration-message",
            "collaboration-spoken",
            "collaboration-pause",
            "collaboration-resume",
            "collaboration-end",
        )
    },
}

ALLY_PORTAL = {
    **{f"ally:{name}": portal(SAME_HOUSE) for name in ("home", "past", "notices-read")},
    "ally:notice": Row("ally_notice", ALLIES),
    "ally:file-open": Row("shared_file", ALLIES),
    "ally:interpreting": Row("interpreting", INTERPRETERS),
    "ally:capacity": Row("collaborator", SAME_HOUSE),
    "ally:pause": Row("collaborator", SAME_HOUSE),
    "ally:directory": Row("collaborator", SAME_HOUSE),
    **{f"ally:{name}": Row("introduction", SAME_HOUSE) for name in ("offer", "offer-decline", "offer-conflict")},
    **{
        f"ally:{name}": Row("collaboration", ALLIES)
        for name in ("collaboration", "collaboration-message", "collaboration-spoken", "collaboration-end", "outputs")
    },
}

# The focal person reads a request, its risk and its brief, but neither the story nor who was introduced.
RECORD = (
    "request", "request-allies", "request-files", "request-interpreting", "interpreter-ask", "request-history",
    "request-identity", "request-message", "request-note", "request-place", "request-safety", "request-accept",
    "request-decline", "request-park", "request-resume", "brief-write", "match", "offers-voice", "request-freeze",
    "request-code", "request-reset",
)  # fmt: skip
INTRODUCED = ("level-ask", "choice-give-up", "choice-voice", "call-back")
DESK_PORTAL = {
    **{f"desk:{name}": portal(STAFF) for name in ("home", "ledger", "name", "requests", "notices-read")},
    **{f"desk:{name}": portal(STAFF) for name in ("request-new", "call-sheet")},
    **{f"desk:{name}": Row("request", STAFF) for name in ("request-draft", "request-written", "request-first-code")},
    "desk:notice": Row("desk_notice", FACILITATORS),
    **{f"desk:{name}": Row("freeze", STAFF) for name in ("freeze", "freeze-warned", "freeze-thaw")},
    **{f"desk:{name}": Row("request", STAFF) for name in RECORD},
    **{f"desk:{name}": Row("brief", STAFF) for name in ("brief", "brief-propose", "brief-voice")},
    **{f"desk:{name}": Row("introduction", FACILITATORS | COORDINATOR) for name in INTRODUCED},
    **{
        f"desk:{name}": Row("collaboration", FACILITATORS | COORDINATOR)
        for name in ("collaboration", "collaboration-message", "collaboration-contact")
    },
    **{f"desk:{name}": Row("file", FACILITATORS | COORDINATOR) for name in ("file-open", "file-copy")},
    **{f"desk:{name}": Row("request", STAFF) for name in ("spoken", "spoken-withdraw", "spoken-look", "spoken-wish")},
    "desk:spoken-refuse": Row("introduction", FACILITATORS | COORDINATOR),
    "desk:spoken-consent": Row("consent", FACILITATORS | COORDINATOR),
    **{
        f"desk:{name}": Row("collaboration", FACILITATORS | COORDINATOR)
        for name in ("spoken-pause", "spoken-resume", "spoken-end")
    },
    "desk:output-voice": Row("output", FACILITATORS | COORDINATOR),
    **{
        f"desk:{name}": Row("interpreting", FACILITATORS | COORDINATOR)
        for name in ("interpreting-voice", "interpreting-end")
    },
    "desk:keeping": portal(STAFF),
    "desk:keeping-record": Row("keep_question", FACILITATORS | COORDINATOR),
    "desk:second-look": Row("second_look", FACILITATORS | COORDINATOR),
    **{f"desk:{name}": portal(STAFF) for name in ("absences", "handovers")},
    # The focal person reads who is away; calling it off is for who is away, and the coordinator.
    "desk:absence-off": Row("absence", FACILITATORS | COORDINATOR),
    "desk:access-end": portal(FOCAL),
    **{
        f"desk:{name}": Row("handover", FACILITATORS | COORDINATOR)
        for name in ("handover", "handover-fill", "handover-sign", "handover-cancel")
    },
    "desk:handover-item": Row("request", FACILITATORS),
}

STEWARD = {("steward", relation) for relation in ("own", "near", "far")}
SECRETARIAT_PORTAL = {
    **{f"secretariat:{name}": portal(COORDINATOR, STEWARD) for name in ("home", "people", "ledger", "ledger-copy-ask")},
    **{
        f"secretariat:{name}": portal(COORDINATOR)
        for name in ("roster", "person-invite", "role-give", "role-end", "role-term")
    },
    **{
        f"secretariat:{name}": Row("collaborator", COORDINATOR)
        for name in ("collaborator", "collaborator-private", "directory", "vetting", "speaker-give", "speaker-end")
    },
    "secretariat:retention": portal(COORDINATOR, STEWARD),
    "secretariat:retention-rule": Row("", portal(COORDINATOR).opens_for, {"name": "drafts"}),
    "secretariat:hold-place": portal(COORDINATOR),
    "secretariat:hold-end": Row("hold", COORDINATOR),
    "secretariat:level-decide": Row("level_raise", COORDINATOR),
    "secretariat:access-end": Row("person", COORDINATOR | STEWARD),
    "secretariat:factors-reset": Row("person", COORDINATOR | STEWARD),
    "secretariat:left-behind": Row("access_end", COORDINATOR | STEWARD),
    "secretariat:speaker-invite": Row("collaborator", COORDINATOR),
    **{f"secretariat:{name}": Row("invitation", COORDINATOR) for name in ("invitation-again", "invitation-withdraw")},
    "secretariat:committees": portal(COORDINATOR, STEWARD),
    "secretariat:panel": Row("panel", COORDINATOR | STEWARD),
    **{f"secretariat:{name}": Row("panel", COORDINATOR) for name in ("panel-change", "panel-seat", "panel-invite")},
    **{f"secretariat:{name}": Row("copy", COORDINATOR | STEWARD) for name in ("ledger-copy", "ledger-copy-take")},
}

COMMITTEE_PORTAL = {"committee:home": portal(REVIEWER)}

# Lists of the system itself, without objects of anybody.
ADMIN = {
    f"admin:{name}": portal(STEWARD)
    for name in (
        "index",
        "collaborators_region_changelist",
        "collaborators_country_changelist",
        "collaborators_regiongrant_changelist",
        "collaborators_platformgrant_changelist",
        "core_heartbeat_changelist",
    )
} | {"admin:app_list": Row("", portal(STEWARD).opens_for, {"app_label": "core"})}

ROWS: dict[str, Row] = (
    PUBLIC | ADMIN | COMMUNITY_PORTAL | ALLY_PORTAL | DESK_PORTAL | SECRETARIAT_PORTAL | COMMITTEE_PORTAL
)
