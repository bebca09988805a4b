"""Which address counts, and under what name."""

import pytest
from django.test import RequestFactory

from cre.core.abuse import address_of
from cre.core.abuse.pseudonyms import pseudonym


def asked(**meta):
    return RequestFactory().get("/", **meta)


@pytest.mark.parametrize(
    ("hops", "passed_on", "found"),
    [
        (0, "198.51.100.9", "203.0.113.5"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "192.0.2.66, 198.51.100.9", "198.51.100.9"),
        (2, "192.0.2.66, 198.51.100.9, 198.51.100.1", "198.51.100.9"),
        (2, "198.51.100.9", ""),
        (1, "", ""),
        (1, "unknown", ""),
        (1, "198.51.100.9\nlog line", ""),
    ],
)
def test_only_the_entry_of_the_outermost_own_proxy_is_believed(settings, hops, passed_on, found):
    settings.TRUSTED_PROXIES = hops

    assert address_of(asked(REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR=passed_on)) == found


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_a_household_counts_as_one_sender(address, counts_as):
    assert address_of(asked(REMOTE_ADDR=address)) == counts_as


def test_without_a_request_no_address_is_known():
    assert address_of(None) == ""


@pytest.mark.promise("P01")
def test_a_pseudonym_does_not_hold_the_address_and_differs_by_day_and_bucket():
    names = {
        pseudonym(salt, bucket, "203.0.113.5")
        for salt in (b"a" * 32, b"b" * 32)
        for bucket in ("code-address", "password-address")
    }

    assert len(names) == 4
    assert not any("203" in name and "113" in name for name in names)
