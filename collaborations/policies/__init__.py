"""Who may see (`sight`) and do (`acts`) what with requests, introductions and collaborations."""

from collaborations.policies import acts, sight

__all__ = ["acts", "sight"]
