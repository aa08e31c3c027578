"""The page's own hashes, signatures and trees against published vectors and against libraries that know nothing of it."""

from __future__ import annotations

import base64
import hashlib
import random
from datetime import date, timedelta
from typing import Any

import pytest
from engine import Engine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl import bindings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from tests.core.verify.primitives import cut, leaf, tree

steady = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
ORDER = 2**252 + 27742317777372353535851937790883648493

HEX = "0123456789abcdef" * 4
GROUPS = " ".join(HEX[n : n + 4] for n in range(0, 64, 4))
OTHER = "f" * 64

# What a person writes or pastes, and the key in it; "" where there is none.
WRITTEN = [
    (HEX, HEX),
    (GROUPS.upper(), HEX),
    (":".join(HEX[n : n + 2] for n in range(0, 64, 2)), HEX),
    (GROUPS.replace(" 4567", "\n4567"), HEX),
    (f"Huella de la llave: {GROUPS}\nCabeza del libro: cadena planning (planeación), hecho 10: {OTHER}", HEX),
    (f"Huella de la llave: {HEX}\nCabeza del libro: planning 57 {OTHER}", HEX),
    (f"La llave «{HEX}», del acta.", HEX),
    (f"{HEX}\n{OTHER}", HEX),
    (HEX[1:], ""),
    (HEX + "0", ""),
    (HEX + HEX, ""),
    (GROUPS + " a", ""),
    (f"de {GROUPS}", ""),
    ("Huella: no sé", ""),
    ("x" + HEX, ""),
    ("a" * 200_000, ""),
]

# RFC 8032, section 7.1: secret key, public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]

# All points of order 1, 2, 4 and 8, and encodings of them that are not canonical (y >= p, or the sign of x = 0).
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def packed(data: bytes) -> dict[str, str]:
    return {"bytes": base64.b64encode(data).decode()}


def call(rooms: Engine, module: str, name: str, *arguments: Any) -> Any:
    """What the function returns; bytes come back as bytes."""
    return unpacked(rooms.ask([module, name, arguments])["value"])


def unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [unpacked(item) for item in value]
    return base64.b64decode(value["bytes"]) if isinstance(value, dict) and "bytes" in value else value


def accepts(rooms: Engine, public: bytes, message: bytes, signature: bytes) -> bool:
    answer = call(rooms, "ed25519", "ed25519", packed(public), packed(message), packed(signature))
    assert isinstance(answer, bool)
    return answer


@pytest.mark.parametrize(
    ("name", "text", "digest"),
    [
        ("sha256", b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("sha256", b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            "sha512",
            b"abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
    ],
)
def test_hashes_of_the_standard(rooms: Engine, name: str, text: bytes, digest: str) -> None:
    assert call(rooms, "sha", name, packed(text)).hex() == digest


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_hashes_of_every_length_around_the_blocks(rooms: Engine, name: str) -> None:
    chance = random.Random(8)
    for size in [*range(0, 260), 4095, 4096, 262_143, 262_144, 262_145, 300_000]:
        data = chance.randbytes(size)
        assert call(rooms, "sha", name, packed(data)) == hashlib.new(name, data).digest(), size


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard(rooms: Engine, public: str, message: str, signature: str) -> None:
    key, text, signed = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert accepts(rooms, key, text, signed)
    assert not accepts(rooms, key, text + b"\x00", signed)


def libsodium(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


@steady
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=300), data=st.data())
def test_signatures_as_libsodium_judges_them(rooms: Engine, seed: bytes, message: bytes, data: st.DataObject) -> None:
    signer = SigningKey(seed)
    signature, public = bytearray(signer.sign(message).signature), bytearray(bytes(signer.verify_key))
    assert accepts(rooms, bytes(public), message, bytes(signature))
    target, bit = data.draw(st.sampled_from([signature, public])), data.draw(st.integers(0, 255))
    target[bit // 8] ^= 1 << bit % 8
    assert (
        accepts(rooms, bytes(public), message, bytes(signature)) is libsodium(bytes(public), message, bytes(signature)) is False
    )


def test_a_scalar_past_the_order_is_refused(rooms: Engine) -> None:
    signer = SigningKey(bytes(32))
    signature = signer.sign(b"x").signature
    high = int.from_bytes(signature[32:], "little") + ORDER
    assert not accepts(rooms, bytes(signer.verify_key), b"x", signature[:32] + high.to_bytes(32, "little"))


@pytest.mark.parametrize("point", SMALL)
def test_keys_of_small_order_are_refused(rooms: Engine, point: str) -> None:
    """With S = 0 and R the neutral point, a key of order 1 would accept every message, others one message in a few."""
    nothing = SMALL[0] + "00" * 32
    assert not any(accepts(rooms, bytes.fromhex(point), bytes([n]), bytes.fromhex(nothing)) for n in range(16))


def scalar(value: bytes) -> bytes:
    reduced: bytes = bindings.crypto_core_ed25519_scalar_reduce(value.ljust(64, b"\x00"))
    return reduced


def test_the_equation_is_without_cofactor(rooms: Engine) -> None:
    """A key with a part of order 8: times 8 its equation always holds, as it stands only where 8 divides the challenge."""
    secret, nonce = scalar(b"\x07" * 32), scalar(b"\x09" * 32)
    public = bindings.crypto_core_ed25519_add(bindings.crypto_scalarmult_ed25519_base_noclamp(secret), bytes.fromhex(SMALL[4]))
    commitment = bindings.crypto_scalarmult_ed25519_base_noclamp(nonce)
    verdicts = set()
    for number in range(40):
        message = bytes([number])
        challenge = scalar(hashlib.sha512(commitment + public + message).digest())
        response = bindings.crypto_core_ed25519_scalar_add(nonce, bindings.crypto_core_ed25519_scalar_mul(challenge, secret))
        divisible = challenge[0] % 8 == 0
        assert accepts(rooms, public, message, commitment + response) is divisible
        verdicts.add(divisible)
    assert verdicts == {True, False}


@steady
@given(records=st.lists(st.binary(max_size=20), max_size=70))
def test_trees_as_the_definition_recurses(rooms: Engine, records: list[bytes]) -> None:
    hashes = [call(rooms, "merkle", "leafHash", packed(record)) for record in records]
    assert hashes == [leaf(record) for record in records]
    assert call(rooms, "merkle", "rootOf", [packed(one) for one in hashes]) == tree(records)


@steady
@given(pieces=st.lists(st.sampled_from([b"\n", b'"', b",", b"a", b"\r", b"\xc3"]), max_size=30))
def test_records_are_cut_where_the_spec_says(rooms: Engine, pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    for path in ("data/a.csv", "data/a.jsonl"):
        assert call(rooms, "merkle", "recordsOf", path, packed(data)) == cut(path, data)


@steady
@given(rows=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=4))
def test_rows_come_back_as_they_were_written(rooms: Engine, rows: list[str]) -> None:
    written = ",".join('"' + field.replace('"', '""') + '"' for field in rows) + "\n"
    assert call(rooms, "csv", "rowOf", rows) == written
    assert call(rooms, "csv", "fieldsOf", packed(written.encode())) == rows
    assert call(rooms, "csv", "firstField", packed(written.encode())) == rows[0]


@pytest.mark.parametrize(
    "row",
    [
        b"",
        b"\n",
        b"a\n",
        b'"a"',
        b'"a"\r\n',
        b'"a",\n',
        b'"a" ,"b"\n',
        b'"a"b"\n',
        b'"a\n',
        b'"a"\n"b"\n',
        b'\xef\xbb\xbf"a"\n',
        b'"\xff"\n',
    ],
)
def test_other_rows_are_refused(rooms: Engine, row: bytes) -> None:
    assert call(rooms, "csv", "fieldsOf", packed(row)) is None


@steady
@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), days=st.integers(-5_000_000, 5_000_000))
def test_days_are_counted_as_the_calendar_does(rooms: Engine, day: date, days: int) -> None:
    try:
        expected: str | None = (day + timedelta(days=days)).isoformat()
    except OverflowError:
        expected = None
    found = call(rooms, "calendar", "plusDays", day.isoformat(), days)
    # Before the year 1 there is no ISO date of the bundle; what comes out must only not be one.
    assert found == expected or (expected is None and not call(rooms, "calendar", "isDate", str(found)))
    assert call(rooms, "calendar", "isoOfDayMonthYear", day.strftime(f"%d/%m/{day.year:04d}")) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2023-13-01",
        "2023-00-10",
        "2023-1-1",
        "0000-01-01",
        "2023-01-01\n",
        "١٩٢٣-01-01",
        "12023-01-01",
        "1899-12-31",
        "2200-01-01",
        "",
    ],
)
def test_dates_that_do_not_exist(rooms: Engine, text: str) -> None:
    assert call(rooms, "calendar", "isDate", text) is False


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023-Q1", "2023-01-01", "2023-03-31"),
        ("2023-Q2", "2023-04-01", "2023-06-30"),
        ("2023-Q3", "2023-07-01", "2023-09-30"),
        ("2023-Q4", "2023-10-01", "2023-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods(rooms: Engine, period: str, first: str, last: str) -> None:
    assert call(rooms, "calendar", "isPeriod", period) is True
    assert call(rooms, "calendar", "daysOf", period) == {"year": period[:4], "first": first, "last": last}


@pytest.mark.parametrize("text", ["2023-Q0", "2023-Q5", "1899", "3000-Q1", "2023-q1", "2023Q1", "2023-Q1\n", "23"])
def test_periods_that_do_not_exist(rooms: Engine, text: str) -> None:
    assert call(rooms, "calendar", "isPeriod", text) is False


@pytest.mark.parametrize(("written", "key"), WRITTEN, ids=range(len(WRITTEN)))
def test_the_key_in_what_a_person_writes(rooms: Engine, written: str, key: str) -> None:
    assert rooms.ask(["intake", "keyFrom", [written]]) == ({"value": key} if key else {})


@pytest.mark.parametrize("blank", ["", " \n", " : . - "])
def test_nothing_written_is_no_key_and_no_mistake(rooms: Engine, blank: str) -> None:
    assert rooms.ask(["intake", "keyFrom", [blank]]) == {"value": None}
