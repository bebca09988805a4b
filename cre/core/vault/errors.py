"""How the vault refuses."""


class VaultError(Exception):
    """A sealed value cannot be sealed or opened."""


class NoKey(VaultError):
    """This process has no master key, or the key of this value is not there."""


class Shredded(VaultError):
    """The key of this object was destroyed: what it sealed is deleted for good."""


class Tampered(VaultError):
    """The sealed bytes are not what was sealed for this row and field."""
