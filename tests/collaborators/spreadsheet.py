"""A roster as an organisation's spreadsheet has it: the headings, and one good row."""

from pathlib import Path

from collaborators.imports import import_roster, read_sheet

EMAIL = "coordinator@test.example"
DEMO_ROSTER = Path(__file__).parents[2] / "cre" / "demo" / "data" / "roster.csv"
HEADINGS = [
    "No.", "Organisation / name", "Type", "Node?", "Legal name (not public)", "Country (base)",
    "Works in", "Does not work in", "Level", "Languages (level)", "What they do", "Sectors",
    "Banks they know", "How they work", "Hours per month", "Requests at once", "Away until", "Cost",
    "Contact e-mail", "Signal", "Code of conduct signed", "Access level", "Conflicts", "Public list?",
    "Last confirmed", "Confirmed by", "Remarks",
]  # fmt: skip
GOOD = {
    "No.": "1",
    "Organisation / name": "Reed Lake  Advocates",
    "Type": "Org.",
    "Node?": "Yes",
    "Legal name (not public)": "Reed Lake Trust",
    "Country (base)": "Quénia",
    "Works in": "KE; Ouganda, Tanzania",
    "Does not work in": "Sudan",
    "Level": "REGIONAL",
    "Languages (level)": "Kiswahili (mother tongue), English (a little); pt-BR (fluent); French",
    "What they do": "Litigation; radio, interpreting",
    "Sectors": "21020, coal POWER; Gold, silver, precious stones",
    "Banks they know": "IFC; World Bank, IFC",
    "How they work": "Remote",
    "Hours per month": " 8 ",
    "Requests at once": "3",
    "Away until": "Feb 2027",
    "Contact e-mail": "reed@demo.example",
    "Signal": "+000 41 001 222",
    "Access level": "3",
    "Conflicts": "None known",
    "Public list?": "yes",
    "Last confirmed": "07/06/2026",
    "Remarks": 'met at the "riverside" workshop\nsecond line',
}


def imported(path, by, **options):
    return import_roster(read_sheet(path), by=by, **({"is_trial": False} | options))
