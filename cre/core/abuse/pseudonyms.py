"""Who is at the other end, under a name that cannot be turned back: good for a day, and kept on no disk."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one household or phone has of IPv6: everything below these bits is one sender.
IPV6_BITS = 64


def address_of(request: HttpRequest | None) -> str:
    """The address that a request comes from, or nothing where that cannot be known.

    Behind TRUSTED_PROXIES proxies only the entry of X-Forwarded-For that the outermost of them wrote is believed:
    what stands before it was sent by the person and may be invented.
    """
    if request is None:
        return ""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        found = passed[-settings.TRUSTED_PROXIES] if len(passed) >= settings.TRUSTED_PROXIES else ""
    try:
        address = ip_address(found.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, IPV6_BITS), strict=False))
    return str(address)


def pseudonym(salt: bytes, bucket: str, who: str) -> str:
    """A name for somebody in one bucket; the same person has another one in each bucket and on each day."""
    return hmac.new(salt, f"{bucket}\0{who}".encode(), hashlib.sha256).hexdigest()[:32]
