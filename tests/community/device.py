"""A phone with an authenticator, played in these tests: it makes a passkey and answers with it, as WebAuthn asks."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

HOST, ORIGIN = "testserver", "https://testserver"
PRESENT, VERIFIED, WITH_KEY = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV, AuthenticatorData.FLAG.AT


class Device:
    """One key of one person."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.handle = secrets.token_bytes(16), ""

    def make(self, options: str) -> str:
        """The answer to the question on the page that adds a passkey."""
        asked = json.loads(options)["publicKey"]
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            hashlib.sha256(HOST.encode()).digest(), PRESENT | VERIFIED | WITH_KEY, 0,
            AttestedCredentialData.create(bytes(16), self.id, public),
        )  # fmt: skip
        made = AttestationObject.create("none", data, {})
        said = self.said("webauthn.create", asked["challenge"])
        return self.answer(clientDataJSON=said, attestationObject=bytes(made))

    def use(self, options: str) -> str:
        """The answer to the question on a page that opens with a passkey."""
        asked = json.loads(options)["publicKey"]
        data = AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), PRESENT | VERIFIED, 0)
        said = self.said("webauthn.get", asked["challenge"])
        signed = self.key.sign(bytes(data) + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self.answer(clientDataJSON=said, authenticatorData=bytes(data), signature=signed)

    def said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": False}).encode()

    def answer(self, **parts: bytes) -> str:
        response: dict[str, Any] = {name: websafe_encode(part) for name, part in parts.items()}
        response["userHandle"] = self.handle
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
