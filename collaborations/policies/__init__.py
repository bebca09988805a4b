"""Who may see (`sight`, `hidden`) and do (`acts`, `deciding`) what with requests, introductions and collaborations."""

from collaborations.policies import acts, deciding, handover, hidden, interpreting, sight

__all__ = ["acts", "deciding", "handover", "hidden", "interpreting", "sight"]
