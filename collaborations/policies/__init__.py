"""Who may see (`sight`, `hidden`) and do (`acts`) what with requests, introductions and collaborations."""

from collaborations.policies import acts, handover, hidden, sight

__all__ = ["acts", "handover", "hidden", "sight"]
