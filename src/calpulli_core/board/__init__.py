"""The public record: canonical bytes, hash-linked facts, Merkle trees, and the bundle that carries them."""
