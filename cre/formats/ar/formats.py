"""Arabic moments; Django has no form of its own for them."""

DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATETIME_FORMAT = "d\u200f/m\u200f/Y، H:i"
