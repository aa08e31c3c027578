"""Ed25519: the vectors of RFC 8032, PyNaCl as another implementation, and the signatures that must not pass."""

from __future__ import annotations

import time
from hashlib import sha512

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from calpulli_core.crypto import ed25519

# RFC 8032, section 7.1: seed, public key, message, signature.
VECTORS = {
    "TEST 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "TEST 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "TEST 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "TEST SHA(abc)": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
}
# The eight points of small order (their canonical encodings), as listed in "Taming the many EdDSAs" (2020), table 2.
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]
# The same two-torsion and identity points written in ways that are not canonical.
NOT_CANONICAL = [
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


def accepted_by_nacl(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors(name: str) -> None:
    seed, public, message, signature = (bytes.fromhex(part) for part in VECTORS[name])
    signer = SigningKey(seed)
    assert bytes(signer.verify_key) == public
    assert signer.sign(message).signature == signature
    assert ed25519.verify(public, message, signature)


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_accepts_what_another_implementation_signs(seed: bytes, message: bytes) -> None:
    signer = SigningKey(seed)
    assert ed25519.verify(bytes(signer.verify_key), message, signer.sign(message).signature)


@given(
    seed=st.binary(min_size=32, max_size=32),
    part=st.sampled_from(["public", "message", "signature"]),
    place=st.integers(0, 511),
)
@settings(max_examples=150, deadline=None)
def test_any_flipped_bit_is_refused_as_by_another_implementation(seed: bytes, part: str, place: int) -> None:
    signer = SigningKey(seed)
    told = {"public": bytes(signer.verify_key), "message": b"mensaje de prueba"}
    told["signature"] = signer.sign(told["message"]).signature
    bits = int.from_bytes(told[part], "little") ^ 1 << place % (8 * len(told[part]))
    told[part] = bits.to_bytes(len(told[part]), "little")
    assert ed25519.verify(**_named(told)) is accepted_by_nacl(**told) is False


def _named(told: dict[str, bytes]) -> dict[str, bytes]:
    return {"public_key": told["public"], "message": told["message"], "signature": told["signature"]}


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=8), st.binary(min_size=64, max_size=64))
@settings(max_examples=100, deadline=None)
def test_noise_is_refused_without_an_exception(public: bytes, message: bytes, signature: bytes) -> None:
    assert ed25519.verify(public, message, signature) is False


@pytest.mark.parametrize(("key", "signature"), [(31, 64), (33, 64), (32, 63), (32, 65), (0, 0)])
def test_other_lengths_are_refused(key: int, signature: int) -> None:
    assert not ed25519.verify(bytes(key), b"", bytes(signature))


@pytest.mark.parametrize("times", [1, 2, 15])
def test_s_is_taken_below_the_order_only(times: int) -> None:
    """S + L satisfies the equation and would be a second signature of the same message."""
    _, public, message, signature = (bytes.fromhex(part) for part in VECTORS["TEST 3"])
    scalar = int.from_bytes(signature[32:], "little") + times * ed25519.ORDER
    forged = signature[:32] + scalar.to_bytes(32, "little")
    assert not ed25519.verify(public, message, forged)


@pytest.mark.parametrize("public", SMALL)
def test_keys_of_small_order_are_refused(public: str) -> None:
    """Under such a key a signature with R of small order and S = 0 would hold for many messages."""
    key = bytes.fromhex(public)
    assert ed25519.decode(key) is not None
    assert not ed25519.is_valid_key(key)
    for message in range(64):
        for r in SMALL:
            assert not ed25519.verify(key, bytes([message]), bytes.fromhex(r) + bytes(32))


@pytest.mark.parametrize("data", NOT_CANONICAL)
def test_encodings_that_are_not_canonical_are_no_points(data: str) -> None:
    assert ed25519.decode(bytes.fromhex(data)) is None
    assert not ed25519.is_valid_key(bytes.fromhex(data))


def test_r_is_taken_in_its_canonical_encoding_only() -> None:
    """R = identity is made with the key itself; the same point written otherwise must not pass."""
    seed = bytes(range(32))
    public = bytes(SigningKey(seed).verify_key)
    digest = bytearray(sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    secret = int.from_bytes(digest, "little")
    for text, passes in [(SMALL[0], True), *((item, False) for item in NOT_CANONICAL)]:
        r = bytes.fromhex(text)
        k = int.from_bytes(sha512(r + public + b"m").digest(), "little")
        signature = r + (k * secret % ed25519.ORDER).to_bytes(32, "little")
        assert ed25519.verify(public, b"m", signature) is passes, text


def test_the_equation_has_no_cofactor() -> None:
    """A signature off by a point of small order holds with the cofactor and not without it."""
    seed = bytes(range(32))
    signer = SigningKey(seed)
    signature = signer.sign(b"m").signature
    r, torsion = ed25519.decode(signature[:32]), ed25519.decode(bytes.fromhex(SMALL[4]))
    assert r is not None
    assert torsion is not None
    moved = ed25519.encode(ed25519._add(r, torsion))
    k, other = (
        int.from_bytes(sha512(part + bytes(signer.verify_key) + b"m").digest(), "little") for part in (signature[:32], moved)
    )
    digest = bytearray(sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    scalar = int.from_bytes(signature[32:], "little") + (other - k) * int.from_bytes(digest, "little")
    forged = moved + (scalar % ed25519.ORDER).to_bytes(32, "little")
    assert not ed25519.verify(bytes(signer.verify_key), b"m", forged)


@given(st.integers(1, ed25519.ORDER - 1))
@settings(max_examples=30, deadline=None)
def test_points_survive_their_encoding(scalar: int) -> None:
    point = ed25519._two_products(scalar, ed25519.BASE, 0, ed25519.BASE)
    data = ed25519.encode(point)
    again = ed25519.decode(data)
    assert again is not None
    assert ed25519.encode(again) == data


def test_one_verification_takes_less_than_30_ms_of_processor() -> None:
    _, public, message, signature = (bytes.fromhex(part) for part in VECTORS["TEST 2"])
    start = time.process_time()
    for _ in range(10):
        ed25519.verify(public, message, signature)
    assert (time.process_time() - start) / 10 < 0.030
