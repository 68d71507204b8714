"""The vault: what may be kept but not read by whoever opens the database (sealed texts, their replies,
paper codes), and what people send us as pictures and voices, which lies sealed on the disk."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken

_MARK = "sealed:"
# No picture and no recording begins so.
_FILE_MARK = b"youshi sealed 1\n"


class Unopened(Exception):
    """A sealed file that this key does not open, or a damaged one."""


class Vault:
    """Seals texts with a key derived from SECRET_KEY; several servers share the key, so each can open them."""

    def __init__(self, secret_key: str) -> None:
        self._key = hashlib.sha256(b"youshi vault\0" + secret_key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(self._key))

    def seal(self, text: str) -> str:
        return _MARK + self._fernet.encrypt(text.encode(errors="surrogatepass")).decode()

    def open(self, text: str) -> str:
        """Return the text; what was never sealed comes back as it is. A lost key gives an empty text, never an error."""
        if not text.startswith(_MARK):
            return text
        try:
            return self._fernet.decrypt(text[len(_MARK) :].encode()).decode(errors="surrogatepass")
        except InvalidToken:
            return ""

    def seal_bytes(self, content: bytes) -> bytes:
        """A file's bytes as they may lie on a disk: unreadable without the key."""
        return _FILE_MARK + base64.urlsafe_b64decode(self._fernet.encrypt(content))

    def open_bytes(self, content: bytes) -> bytes:
        """Return the file's bytes; what was never sealed comes back as it is. Raises Unopened where the key is lost."""
        if not content.startswith(_FILE_MARK):
            return content
        try:
            return self._fernet.decrypt(base64.urlsafe_b64encode(content[len(_FILE_MARK) :]))
        except InvalidToken:
            raise Unopened from None

    def digest(self, purpose: str, text: str) -> str:
        """Return a keyed hash that cannot be searched without the key (paper codes, lookup tokens)."""
        return hmac.new(self._key, f"{purpose}\0{text}".encode(errors="replace"), hashlib.sha256).hexdigest()


def is_sealed(beginning: bytes) -> bool:
    """Is a file with this beginning one that `seal_bytes` made?"""
    return beginning.startswith(_FILE_MARK)


def new_key() -> bytes:
    """Draw a key nobody can guess: that of one secret poll."""
    return secrets.token_bytes(32)


def household_code_digest(vault: Vault, household_id: int, code: str) -> str:
    return vault.digest("household code", f"{household_id}:{code.strip()}")
