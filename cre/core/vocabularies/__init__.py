"""Stable codes that the database stores, with labels that are translated when they are shown."""

from cre.core.vocabularies.contact import Channel, ConsentForm, Danger
from cre.core.vocabularies.decision import DeclineReason, EndReason
from cre.core.vocabularies.harm import AffectedBand, Impact, PastStep, Stage
from cre.core.vocabularies.people import Group, SizeBand, WhoAsks
from cre.core.vocabularies.place import country_code, country_name, language_name, language_tag
from cre.core.vocabularies.roster import AccessLevel, CollaboratorKind, Cost, LanguageUse, Level, Modality
from cre.core.vocabularies.sector import Sector
from cre.core.vocabularies.strategy import HelpKind, Skill, StrategyArea

__all__ = [
    "AccessLevel",
    "AffectedBand",
    "Channel",
    "CollaboratorKind",
    "ConsentForm",
    "Cost",
    "Danger",
    "DeclineReason",
    "EndReason",
    "Group",
    "HelpKind",
    "Impact",
    "LanguageUse",
    "Level",
    "Modality",
    "PastStep",
    "Sector",
    "SizeBand",
    "Skill",
    "Stage",
    "StrategyArea",
    "WhoAsks",
    "country_code",
    "country_name",
    "language_name",
    "language_tag",
]
