"""Who may see (`sight`) and do (`acts`) what with requests, introductions and collaborations."""

from collaborations.policies import acts, handing_over, sight

__all__ = ["acts", "handing_over", "sight"]
