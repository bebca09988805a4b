"""The seven strategy areas, the kinds of help and the skills that belong to each area."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StrategyArea(models.TextChoices):
    """The seven ways in which communities and allies work together."""

    ADVOCACY = "advocacy", _("Advocacy with decision-makers")
    MEDIA = "media", _("Media and campaigning")
    ORGANIZING = "organizing", _("Community organizing")
    RESEARCH = "research", _("Financial research and power mapping")
    SCIENCE = "science", _("Scientific and technical analysis of impacts")
    SECURITY = "security", _("Security support for human rights defenders")
    COURTS = "courts", _("Courts and complaints to seek remedy")


class HelpKind(models.TextChoices):
    """What a community asks for; thinking together is a full answer."""

    INFORMATION = "information", _("Information")
    WHO_IS_BEHIND = "who-is-behind", _("Find out who is behind this")
    ALLY = "ally", _("An ally at our side")
    EXPERT_REVIEW = "expert-review", _("An expert's look at a document or a place")
    TRAINING = "training", _("Training")
    EXCHANGE = "exchange", _("To learn from another community")
    MONEY = "money", _("A small grant")
    SECURITY = "security", _("Help to be safe")
    INTERPRETING = "interpreting", _("Interpreting or translation")
    THINK_WITH_US = "think-with-us", _("We do not know yet; think with us")
    OTHER = "other", _("Something else")


class Skill(models.TextChoices):
    """What a collaborator can do; most skills belong to one strategy area."""

    BANK_ADVOCACY = "bank-advocacy", _("Advocacy with development banks")
    STATE_ADVOCACY = "state-advocacy", _("Advocacy with governments and parliaments")
    UN_ADVOCACY = "un-advocacy", _("Advocacy with the United Nations and regional bodies")
    CORPORATE_ADVOCACY = "corporate-advocacy", _("Advocacy with companies and shareholders")
    RADIO = "radio", _("Radio")
    PRESS = "press", _("Press work")
    VIDEO = "video", _("Photo and video")
    CAMPAIGNING = "campaigning", _("Campaigning")
    FACILITATION = "facilitation", _("Facilitating meetings and assemblies")
    MOVEMENT_BUILDING = "movement-building", _("Building groups and networks")
    RIGHTS_TRAINING = "rights-training", _("Training on rights")
    COMMUNITY_PROTOCOLS = "community-protocols", _("Community protocols and consent")
    MAPPING = "mapping", _("Community mapping")
    INVESTMENT_CHAINS = "investment-chains", _("Following the money")
    COMPANY_RESEARCH = "company-research", _("Company research")
    POWER_MAPPING = "power-mapping", _("Power mapping")
    ACCESS_TO_INFORMATION = "access-to-information", _("Access to information requests")
    ESIA_REVIEW = "esia-review", _("Review of impact assessments")
    HYDROLOGY = "hydrology", _("Water science")
    AIR_AND_HEALTH = "air-and-health", _("Air and public health")
    ECOLOGY = "ecology", _("Ecology")
    ENGINEERING = "engineering", _("Engineering and dam safety")
    SATELLITE_IMAGES = "satellite-images", _("Satellite images")
    RESETTLEMENT = "resettlement", _("Resettlement and compensation")
    SECURITY_PLANNING = "security-planning", _("Security planning")
    DIGITAL_SECURITY = "digital-security", _("Digital security")
    EMERGENCY_SUPPORT = "emergency-support", _("Emergency support and relocation")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial and collective care")
    LITIGATION = "litigation", _("Litigation")
    MECHANISM_COMPLAINTS = "mechanism-complaints", _("Complaints to banks' own mechanisms")
    LAND_LAW = "land-law", _("Land law")
    INDIGENOUS_LAW = "indigenous-law", _("Indigenous Peoples' law")
    DETENTION_DEFENCE = "detention-defence", _("Defence of detained people")
    INTERPRETING = "interpreting", _("Interpreting")
    TRANSLATION = "translation", _("Translation")

    @property
    def area(self) -> StrategyArea | None:
        """The strategy area of this skill; none for the two that serve every area."""
        return _AREA_OF.get(self)


_SKILLS_OF = {
    StrategyArea.ADVOCACY: (
        Skill.BANK_ADVOCACY,
        Skill.STATE_ADVOCACY,
        Skill.UN_ADVOCACY,
        Skill.CORPORATE_ADVOCACY,
    ),
    StrategyArea.MEDIA: (Skill.RADIO, Skill.PRESS, Skill.VIDEO, Skill.CAMPAIGNING),
    StrategyArea.ORGANIZING: (
        Skill.FACILITATION,
        Skill.MOVEMENT_BUILDING,
        Skill.RIGHTS_TRAINING,
        Skill.COMMUNITY_PROTOCOLS,
        Skill.MAPPING,
    ),
    StrategyArea.RESEARCH: (
        Skill.INVESTMENT_CHAINS,
        Skill.COMPANY_RESEARCH,
        Skill.POWER_MAPPING,
        Skill.ACCESS_TO_INFORMATION,
    ),
    StrategyArea.SCIENCE: (
        Skill.ESIA_REVIEW,
        Skill.HYDROLOGY,
        Skill.AIR_AND_HEALTH,
        Skill.ECOLOGY,
        Skill.ENGINEERING,
        Skill.SATELLITE_IMAGES,
        Skill.RESETTLEMENT,
    ),
    StrategyArea.SECURITY: (
        Skill.SECURITY_PLANNING,
        Skill.DIGITAL_SECURITY,
        Skill.EMERGENCY_SUPPORT,
        Skill.PSYCHOSOCIAL,
    ),
    StrategyArea.COURTS: (
        Skill.LITIGATION,
        Skill.MECHANISM_COMPLAINTS,
        Skill.LAND_LAW,
        Skill.INDIGENOUS_LAW,
        Skill.DETENTION_DEFENCE,
    ),
}
_AREA_OF = {skill: area for area, skills in _SKILLS_OF.items() for skill in skills}
