"""The admin: what the steward looks up about the system itself, and nothing that a community confided."""
