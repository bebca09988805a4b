"""Token buckets: they empty, they fill, they know nobody, and without Redis nobody is refused."""

import socket
import time

import pytest
from django.conf import settings as current
from redis import Redis

from cre.core.abuse import CODES, FACTORS, PASSWORDS, Bucket, Drawn, draw, give_back
from cre.core.abuse.buckets import A_DAY

BUCKET = Bucket("probe", 3, 60)
SOMEBODY, ANOTHER = (BUCKET, "203.0.113.5"), (BUCKET, "203.0.113.6")
NOT_CHECKED = Drawn(was_checked=False)


@pytest.fixture
def redis():
    with Redis.from_url(current.REDIS_URL) as found:
        yield found


def keys(redis):
    return sorted(redis.scan_iter(f"{current.REDIS_PREFIX}*"))


def empty(token):
    while not draw(token).is_empty:
        pass


def let_pass(redis, seconds):
    """As if this many seconds had gone by since the buckets were touched."""
    for key in keys(redis):
        if redis.type(key) == b"hash":
            redis.hset(key, "at", float(redis.hget(key, "at")) - seconds)


def test_a_bucket_gives_what_it_holds_and_no_more():
    assert [draw(SOMEBODY).is_empty for _ in range(5)] == [False, False, False, True, True]


def test_one_persons_empty_bucket_leaves_the_next_one_alone():
    empty(SOMEBODY)

    assert draw(ANOTHER) == Drawn((ANOTHER,))


@pytest.mark.parametrize(("seconds", "fresh"), [(59, 0), (61, 1), (125, 2), (100_000, 3)])
def test_tokens_come_back_with_time_and_never_more_than_it_holds(redis, seconds, fresh):
    empty(SOMEBODY)
    let_pass(redis, seconds)

    assert [draw(SOMEBODY).is_empty for _ in range(4)] == [False] * fresh + [True] * (4 - fresh)


def test_a_clock_that_goes_back_gives_and_takes_nothing(redis):
    draw(SOMEBODY)
    let_pass(redis, -5000)

    assert [draw(SOMEBODY).is_empty for _ in range(3)] == [False, False, True]


def test_what_is_given_back_can_be_taken_again_and_a_full_bucket_stays_full():
    give_back(SOMEBODY)
    assert [draw(SOMEBODY).is_empty for _ in range(4)] == [False, False, False, True]

    give_back(SOMEBODY)
    assert [draw(SOMEBODY).is_empty for _ in range(2)] == [False, True]


def test_of_several_buckets_each_is_taken_from_and_the_empty_one_is_told():
    empty(SOMEBODY)

    assert draw(SOMEBODY, ANOTHER) == Drawn((ANOTHER,), is_empty=True)
    assert [draw(ANOTHER).is_empty for _ in range(3)] == [False, False, True]


def test_whoever_has_no_name_is_not_counted_and_the_answer_says_so():
    assert draw((BUCKET, "")) == NOT_CHECKED
    assert draw((BUCKET, ""), ANOTHER) == Drawn((ANOTHER,), was_checked=False)


@pytest.mark.promise("P01")
@pytest.mark.promise("P19")
def test_redis_holds_neither_the_name_nor_anything_older_than_a_day(redis):
    draw(SOMEBODY)

    salt, bucket = f"{current.REDIS_PREFIX}abuse:salt".encode(), keys(redis)[0]
    assert keys(redis) == [bucket, salt]
    assert b"203.0.113" not in bucket
    assert 0 < redis.ttl(salt) <= A_DAY
    assert 0 < redis.ttl(bucket) <= 61
    assert sorted(redis.hgetall(bucket)) == [b"at", b"tokens"]


@pytest.mark.promise("P01")
def test_when_the_salt_is_gone_nobody_is_recognised(redis):
    empty(SOMEBODY)
    redis.delete(f"{current.REDIS_PREFIX}abuse:salt")

    assert not draw(SOMEBODY).is_empty


@pytest.mark.promise("P01")
def test_redis_writes_nothing_to_disk(redis):
    assert redis.config_get("save")["save"] == ""
    assert redis.config_get("appendonly")["appendonly"] == "no"


@pytest.fixture(params=["closed", "silent"])
def lost_redis(request):
    """The address of a Redis that is gone, or that takes a question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if request.param == "closed":
            server.close()
        yield f"redis://127.0.0.1:{port}/0"


@pytest.mark.promise("P19")
def test_without_redis_nobody_is_refused_and_nobody_waits(settings, lost_redis):
    settings.REDIS_URL = lost_redis
    start = time.monotonic()

    answers = [draw(SOMEBODY) for _ in range(5)]

    assert answers == [NOT_CHECKED] * 5
    # Five times 50 milliseconds, and much room: whoever tries again and again waits for minutes.
    assert time.monotonic() - start < 30


def test_a_bucket_that_outlives_the_day_is_refused():
    with pytest.raises(ValueError, match="longer than a day"):
        Bucket("probe", 10, 8_640)


def test_no_two_buckets_share_a_name():
    paces = (CODES, PASSWORDS, FACTORS)
    names = [bucket.name for pace in paces for bucket in (pace.address, pace.credential, pace.slowly)]

    assert len(set(names)) == len(names)
