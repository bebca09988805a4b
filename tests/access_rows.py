"""The rows of the access matrix."""

from tests.matrix import COMMUNITY, COORDINATOR, FACILITATORS, FOCAL, KEEPERS, MEMBERS, SAME_HOUSE, ALLIES, Row, portal

ROWS: dict[str, Row] = {
    "start": Row(), "how": Row(), "safe": Row(), "protects": Row(), "about-allies": Row(), "exit": Row(), "blank": Row(),
}
