"""Signatures of bundles: Ed25519, one key to an office, made when it is first needed and kept in its private folder."""

from __future__ import annotations

import contextlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from paperwork import durable
from paperwork.errors import MachineError

_NAME = "bundle.key"


def own_key(private: Path) -> Ed25519PrivateKey:
    """The office's key in `private` (.paperwork/), readable by its owner alone; made the first time."""
    path = private / _NAME
    if not path.exists():
        durable.write_new(path, Ed25519PrivateKey.generate().private_bytes_raw().hex().encode())
        with contextlib.suppress(OSError):
            path.chmod(0o600)
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))
    except ValueError as error:
        advice = "从备份恢复它；或者移走它，把新的公钥报给汇总单位"
        raise MachineError(f"签名密钥 {path} 已损坏", advice=advice) from error


def public(key: Ed25519PrivateKey) -> str:
    """The public key, as it stands in a bundle and in units.toml."""
    return key.public_key().public_bytes_raw().hex()


def sign(key: Ed25519PrivateKey, data: bytes) -> str:
    return key.sign(data).hex()


def is_signed(public_key: str, signature: str, data: bytes) -> bool:
    """Whether the signature is of these bytes by this key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
