"""The second factor: an authenticator app, a passkey, or a printed sheet of one-time codes."""
