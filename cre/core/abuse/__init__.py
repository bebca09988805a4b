"""Abuse is slowed, and what came in an odd way is marked; nobody is refused because of their address."""

from cre.core.abuse.buckets import Bucket, Drawn, draw, give_back
from cre.core.abuse.pseudonyms import address_of
from cre.core.abuse.tries import CODES, FACTORS, PASSWORDS, Pace, TooManyTries, Try, slow_down

__all__ = [
    "CODES",
    "FACTORS",
    "PASSWORDS",
    "Bucket",
    "Drawn",
    "Pace",
    "TooManyTries",
    "Try",
    "address_of",
    "draw",
    "give_back",
    "slow_down",
]
