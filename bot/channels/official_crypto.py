"""Signatures and the AES envelope of the official account.

Platform page "message encryption": signature = sha1 of the sorted, joined strings; AES-256-CBC with key =
base64(EncodingAESKey + "="), IV = key[:16]; plaintext = 16 random bytes, length (4 bytes, big-endian), message, appid;
PKCS#7 with block 32. Nothing here parses XML: the Encrypt element is cut out by its tags, so that a body that is not
authentic costs one sha1 and no more.
"""

from __future__ import annotations

import binascii
import hmac
import os
import threading
from hashlib import sha1

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_PADS = [bytes([n]) * n for n in range(_BLOCK + 1)]


class NotAuthentic(Exception):
    """The request is not the platform's: answer 403, store nothing, say nothing."""


class TooLarge(Exception):
    """The body is over the cap: answer 413 before anything else."""


class Unsealable(Exception):
    """The signature is right and the envelope is not: a wrong key, another appid, a forger with the token."""


class Keys:
    """One token and key pair of one account, with what is worth building once.

    Building a cipher's context costs twice what a message costs, so one stays in use, message after message: the first
    block is random and thrown away, and only it would depend on where the chain of blocks begins.
    """

    __slots__ = ("_decrypting", "_encrypting", "_lock", "appid", "cipher", "token")

    def __init__(self, token: str, aes_key: str, appid: str) -> None:
        self.token = token.encode()
        self.appid = appid.encode()
        self.cipher: Cipher[modes.CBC] | None = None
        if aes_key:
            key = binascii.a2b_base64(aes_key + "=")
            self.cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
            self._encrypting, self._decrypting = self.cipher.encryptor(), self.cipher.decryptor()
            self._lock = threading.Lock()

    def encrypt(self, blocks: bytes) -> bytes:
        """Encrypt whole blocks of which the first is random. Any thread may ask."""
        with self._lock:
            return self._encrypting.update(blocks)

    def decrypt(self, blocks: bytes) -> bytes:
        """Decrypt whole blocks; the first comes out as anything. Any thread may ask."""
        with self._lock:
            return self._decrypting.update(blocks)


def sign(*parts: bytes) -> str:
    return sha1(b"".join(sorted(parts))).hexdigest()  # noqa: S324 - the platform's choice


def signed(signature: str, *parts: bytes) -> bool:
    """Constant in time; the signature must be ASCII."""
    return hmac.compare_digest(sign(*parts), signature)


def encrypted_part(body: bytes) -> bytes:
    """The text of the Encrypt element, or b"" where there is none; with several it is what no signature fits."""
    start = body.find(b"<Encrypt>")
    end = body.rfind(b"</Encrypt>")
    if start < 0 or end < start:
        return b""
    inner = body[start + 9 : end].strip()
    if inner.startswith(b"<![CDATA[") and inner.endswith(b"]]>"):
        return inner[9:-3].strip()
    return inner


def unseal(keys: Keys, encrypted: bytes | str) -> bytes:
    """The message inside an Encrypt text whose signature was found right. Raises Unsealable."""
    if keys.cipher is None:
        raise Unsealable("no key")
    try:
        sealed = binascii.a2b_base64(encrypted, strict_mode=True)
    except ValueError:
        raise Unsealable("not base64") from None
    if len(sealed) < _BLOCK or len(sealed) % 16:
        raise Unsealable("length")
    plain = keys.decrypt(sealed)
    pad = plain[-1]
    if not 1 <= pad <= _BLOCK or not plain.endswith(_PADS[pad]):
        raise Unsealable("padding")
    end = 20 + int.from_bytes(plain[16:20], "big")
    if plain[end : len(plain) - pad] != keys.appid or end + len(keys.appid) + pad != len(plain):
        raise Unsealable("appid or length")
    return plain[20:end]


def seal(keys: Keys, message: bytes, random: bytes | None = None) -> bytes:
    """The Encrypt text for a message; `random` (16 bytes) is given only by tests of known vectors."""
    if keys.cipher is None:
        raise Unsealable("no key")
    body = (random or os.urandom(16)) + len(message).to_bytes(4, "big") + message + keys.appid
    blocks = body + _PADS[_BLOCK - len(body) % _BLOCK]
    sealed = keys.cipher.encryptor().update(blocks) if random else keys.encrypt(blocks)
    return binascii.b2a_base64(sealed, newline=False)
