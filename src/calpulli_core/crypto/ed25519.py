"""Ed25519 verification, strict (RFC 8032; docs/spec/bundle.md, section 5).

Verification handles public data only, so it needs no constant time. Signing is done elsewhere, by a library, so that
no private key comes near this package. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z
(Hisil, Wong, Carter, Dawson 2008, "Twisted Edwards Curves Revisited", section 3).
"""

from __future__ import annotations

from hashlib import sha512

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
IDENTITY: Point = (0, 1, 1, 0)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` is by `public_key` (32 bytes).

    False for anything else too: other lengths, S >= the group's order, encodings that are not canonical, a key that
    is no point or of small order. The equation is the one without cofactor: [S]B = R + [k]A.
    """
    if len(public_key) != 32 or len(signature) != 64:
        return False
    point = decode(public_key)
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or scalar >= ORDER or _is_small(point):
        return False
    challenge = sha512(signature[:32] + public_key + message).digest()
    k = int.from_bytes(challenge, "little") % ORDER
    # R is compared as bytes with the only canonical encoding, so an R written in another way fails here.
    return encode(_two_products(scalar, BASE, k, _negate(point))) == signature[:32]


def is_valid_key(public_key: bytes) -> bool:
    """Whether the bytes are a key that `verify` could accept at all."""
    point = decode(public_key) if len(public_key) == 32 else None
    return point is not None and not _is_small(point)


def decode(data: bytes) -> Point | None:
    """The point of 32 bytes (RFC 8032, section 5.1.3); None if they are no point or not its canonical encoding."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    x = _root_of_ratio((y * y - 1) % P, (D * y * y + 1) % P)
    if x is None or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encode(point: Point) -> bytes:
    """The 32 canonical bytes of a point."""
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def _root_of_ratio(u: int, v: int) -> int | None:
    """The x with v x^2 = u, or None."""
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    square = v * x * x % P
    if square == u:
        return x
    return x * SQRT_MINUS_1 % P if square == P - u else None


def _add(left: Point, right: Point) -> Point:
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * D * t1 * t2 % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b = x * x % P, y * y % P
    e = (x + y) ** 2 - a - b
    g = b - a
    f, h = g - 2 * z * z, -a - b
    return e * f % P, g * h % P, f * g % P, e * h % P


def _negate(point: Point) -> Point:
    x, y, z, t = point
    return -x % P, y, z, -t % P


def _is_small(point: Point) -> bool:
    x, y, z, _ = _double(_double(_double(point)))
    return x == 0 and y == z


def _two_products(m: int, left: Point, n: int, right: Point) -> Point:
    """[m]left + [n]right in one run of doublings (Straus)."""
    both = _add(left, right)
    total = IDENTITY
    for bit in range(max(m.bit_length(), n.bit_length()) - 1, -1, -1):
        total = _double(total)
        choice = m >> bit & 1, n >> bit & 1
        if choice != (0, 0):
            total = _add(total, both if choice == (1, 1) else left if choice[0] else right)
    return total


def _base_point() -> Point:
    y = 4 * pow(5, -1, P) % P
    x = _root_of_ratio((y * y - 1) % P, (D * y * y + 1) % P)
    assert x is not None  # noqa: S101 - a constant of the curve
    x = x if x % 2 == 0 else P - x
    return x, y, 1, x * y % P


BASE = _base_point()
