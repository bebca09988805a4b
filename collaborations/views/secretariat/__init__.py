"""The secretariat: the roster, people and their roles, access levels, the ledger."""
