"""The rows of the access matrix."""

from tests.matrix import (
    ALLIES,
    COMMUNITY,
    COORDINATOR,
    FACILITATORS,
    FOCAL,
    MEMBERS,
    Row,
    portal,
)

PEOPLE_WITHOUT_PORTAL = {("stranger", "own")}
STAFF = FACILITATORS | FOCAL | COORDINATOR
SIGNED_IN = COMMUNITY | ALLIES | STAFF | PEOPLE_WITHOUT_PORTAL | {("steward", "own"), ("colleague", "own")}

PUBLIC = {
    name: Row() for name in ("start", "how", "safe", "protects", "about-allies", "exit", "blank")
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

ROWS: dict[str, Row] = PUBLIC | COMMUNITY_PORTAL
