"""Sentences that look the same in English and in another language: names, a comma, words that both have."""

NAMES = {"Signal", "WhatsApp", "Wire", ", "}
SAME_WORDS = {
    "es": NAMES | {"Asia", "Error", "Error:", "Hindi", "Local", "No", "Radio", "Regional", "sector"},
    "fr": NAMES
    | {
        "Agriculture", "Code", "Danger", "E-mail", "Hindi", "Irrigation", "Messages", "Organisation", "Pages", "Radio",
        "Secret", "Swahili", "Version %(number)s", "message", "note", "photo", "%(num)d minute",
    },
    "hi": NAMES,
    "id": NAMES | {"April", "Asia", "Hindi", "November", "September", "Swahili"},
    "pt_BR": NAMES | {"E-mail", "Hindi", "Local", "Regional"},
    "sw": NAMES | {"Asia"},
}  # fmt: skip
