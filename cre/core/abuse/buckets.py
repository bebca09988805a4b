"""Token buckets in Redis: how often something was done lately, without knowing by whom.

The salt of the pseudonyms is made once a day, and lives and dies in the memory of Redis, which never writes to disk.
Without Redis nobody is refused: after 50 milliseconds the answer is "not checked".
"""

import secrets
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.commands.core import Script
from redis.retry import Retry

from cre.core.abuse.pseudonyms import pseudonym
from cre.core.security_events import SecurityEvent, security_event

SECONDS = 0.05
A_DAY = 86_400
# For each key: how many tokens it holds, after how many seconds one comes back, how many are taken (less than
# nothing gives back). Answers 1 for each that had them and 0 for each that had not. Redis runs it as one step.
TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local taken = {}
for place, key in ipairs(KEYS) do
    local holds = tonumber(ARGV[3 * place - 2])
    local every = tonumber(ARGV[3 * place - 1])
    local cost = tonumber(ARGV[3 * place])
    local kept = redis.call('HMGET', key, 'tokens', 'at')
    local passed = math.max(0, now - (tonumber(kept[2]) or now))
    local tokens = math.min(holds, (tonumber(kept[1]) or holds) + passed / every)
    taken[place] = 0
    if tokens >= cost then
        tokens = math.min(holds, tokens - cost)
        taken[place] = 1
    end
    redis.call('HSET', key, 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
    redis.call('EXPIRE', key, math.ceil((holds - tokens) * every) + 1)
end
return taken
"""


@dataclass(frozen=True)
class Bucket:
    """How often something may happen: `holds` times at once, then once every `every` seconds.

    Raises ValueError for a bucket that takes longer than a day to fill: its key would outlive the pseudonym.
    """

    name: str
    holds: int
    every: float

    def __post_init__(self) -> None:
        if self.holds * self.every >= A_DAY:
            raise ValueError(f"The bucket {self.name} takes longer than a day to fill.")


Token = tuple[Bucket, str]


@dataclass(frozen=True)
class Drawn:
    """What came of taking tokens: those that were taken, whether a bucket was empty, whether all could be asked."""

    taken: tuple[Token, ...] = ()
    is_empty: bool = False
    was_checked: bool = True


def draw(*tokens: Token, cost: int = 1) -> Drawn:
    """Take a token from each bucket for somebody, named in the clear: the name does not leave this process.

    Whoever has no name (an address that is not known) is not counted, and the answer says so.
    """
    named = [token for token in tokens if token[1]]
    if not named:
        return Drawn(was_checked=False)
    try:
        salt = salt_of_the_day()
        keys = [
            f"{settings.REDIS_PREFIX}abuse:{bucket.name}:{pseudonym(salt, bucket.name, who)}" for bucket, who in named
        ]
        numbers = [number for bucket, _ in named for number in (bucket.holds, bucket.every, cost)]
        had_one = script(settings.REDIS_URL)(keys=keys, args=numbers)
    except RedisError:
        security_event(SecurityEvent.RATE_UNCHECKED)
        return Drawn(was_checked=False)
    taken = tuple(token for token, had in zip(named, had_one, strict=True) if had)
    return Drawn(taken, is_empty=len(taken) < len(named), was_checked=len(named) == len(tokens))


def give_back(*taken: Token) -> None:
    """Put back what `draw` took."""
    draw(*taken, cost=-1)


def salt_of_the_day() -> bytes:
    """The random key of today's pseudonyms; it is made by whoever asks first. Raises RedisError."""
    name = f"{settings.REDIS_PREFIX}abuse:salt"
    asked = connection(settings.REDIS_URL).pipeline(transaction=False)
    asked.set(name, secrets.token_bytes(32), nx=True, ex=A_DAY)
    asked.get(name)
    found: bytes = asked.execute()[1]
    return found


@cache
def connection(url: str) -> "Redis":
    """The connections to Redis; none of them waits longer than 50 milliseconds, or twice."""
    return Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS, retry=Retry(NoBackoff(), 0))


@cache
def script(url: str) -> Script:
    return connection(url).register_script(TAKE)
