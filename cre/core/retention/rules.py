"""The rules: the classes that the apps have registered, each with its days as the secretariat has set them."""

from cre.core.registries import retained
from cre.core.retention.models import RetentionRule


def install_rules(using: str) -> None:
    """Make a rule for each class that has none yet, with the days of the code; changes nothing that is there."""
    for kept in retained:
        RetentionRule.objects.using(using).get_or_create(
            name=kept.name, defaults={"days": kept.days, "asks_before_days": kept.asks_before_days}
        )


def rule_of(name: str) -> RetentionRule:
    """The rule of a class. Raises RetentionRule.DoesNotExist while set-up has not made it."""
    return RetentionRule.objects.get(name=name)
