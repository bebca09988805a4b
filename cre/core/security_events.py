"""Security events for the log, named after what OWASP ASVS 5.0 asks for in its chapter 16; numbers, never content."""

from enum import StrEnum

import structlog

log = structlog.get_logger("security")


class SecurityEvent(StrEnum):
    """What happened, as area_verb."""

    LOGIN_SUCCEEDED = "authn_login_success"
    LOGIN_FAILED = "authn_login_fail"
    LOGIN_SLOWED = "authn_login_slowed"
    PASSWORD_CHANGED = "authn_password_change"  # noqa: S105 - the name of an event
    RESET_ALLOWED = "authn_reset_allow"
    ADDRESS_ADDED = "authn_address_add"
    ADDRESS_REMOVED = "authn_address_remove"
    FACTOR_ADDED = "authn_factor_add"
    FACTOR_REMOVED = "authn_factor_remove"
    REAUTHENTICATED = "authn_reauthenticate"
    ACCESS_REFUSED = "authz_fail"
    ROW_REFUSED = "authz_fail_row"
    ROLE_GIVEN = "authz_role_give"
    ROLE_ENDED = "authz_role_end"
    ACCESS_ENDED = "authz_access_end"
    SESSION_ENDED = "session_end"
    INPUT_REFUSED = "input_validation_fail"
    RATE_EXCEEDED = "excess_rate_limit"
    RATE_UNCHECKED = "sys_rate_unchecked"
    LEDGER_BROKEN = "sys_ledger_broken"
    KEY_DESTROYED = "crypto_key_destroy"
    KEYS_ROTATED = "crypto_key_rotate"
    FROZEN = "business_freeze"
    THAWED = "business_thaw"
    UNEXPECTED_ERROR = "sys_error"


def security_event(event: SecurityEvent, **facts: int | str | bool | None) -> None:
    """Log one event with ids and codes of a closed list; never an address, a name, or what somebody wrote."""
    log.info(event.value, **facts)
