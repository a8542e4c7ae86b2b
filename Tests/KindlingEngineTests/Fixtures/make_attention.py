# SPDX-License-Identifier: Apache-2.0
"""Writes operations-attention.json: attention, embeddings and positions, as PyTorch has them, in float64.

    python make_attention.py
"""
import torch
import torch.nn.functional as F

from rows import real, row, whole, write


def zeros(*shape):
    return torch.zeros(*shape, dtype=torch.float64)


def attention(q, k, v, mask=None, **options):
    return F.scaled_dot_product_attention(q, k, v, mask, **options)


def qkv(n, h, t, e, s=None, g=None, v=None):
    s, g, v = s or t, g or h, v or e
    return real(n, h, t, e), real(n, g, s, e), real(n, g, s, v)


def additive(*rows):
    return torch.tensor(rows, dtype=torch.float64)


forbidden = float("-inf")
row("attention", attention, *qkv(2, 2, 3, 2))
row("attention of one", attention, *qkv(1, 1, 1, 1))
row("attention of other lengths", attention, *qkv(1, 2, 2, 3, s=4, v=1))
row("attention scaled", lambda q, k, v: attention(q, k, v, scale=0.3), *qkv(1, 2, 2, 2))
row("attention causal", lambda q, k, v: attention(q, k, v, is_causal=True), *qkv(1, 2, 3, 2))
row("attention causal longer", lambda q, k, v: attention(q, k, v, is_causal=True), *qkv(1, 1, 2, 2, s=3))
row("attention masked", attention, *qkv(1, 2, 2, 2, s=3), whole([[1, 0, 1], [0, 1, 1]], torch.bool))
row("attention masked by batch", attention, *qkv(2, 2, 2, 2), whole([[[[1, 0]]], [[[1, 1]]]], torch.bool))
row("attention biased", attention, *qkv(1, 2, 2, 2), real(2, 2, 2))
row("attention biased for all", attention, *qkv(1, 2, 2, 2), real(2, 2))
row("attention masked with nothing left", attention, *qkv(1, 1, 2, 2), whole([[0, 0], [1, 0]], torch.bool))
infinite = additive([forbidden, forbidden, forbidden], [0.5, forbidden, -1])
row("attention biased with nothing left", lambda q, k, v: attention(q, k, v, infinite), *qkv(1, 1, 2, 2, s=3))
row("attention causal and masked", lambda q, k, v, m: attention(q, k, v, m & torch.ones(3, 3).tril().bool()),
    *qkv(1, 1, 3, 2), whole([[1, 0, 1]], torch.bool))
row("attention causal and biased", lambda q, k, v, m: attention(
    q, k, v, m.masked_fill(torch.ones(2, 2).triu(1).bool(), forbidden)), *qkv(1, 2, 2, 2), real(2, 2))
row("attention grouped", lambda q, k, v: attention(q, k, v, enable_gqa=True), *qkv(1, 4, 2, 2, g=2))
row("attention of one key head", lambda q, k, v: attention(q, k, v, enable_gqa=True), *qkv(2, 3, 2, 2, s=3, g=1))
row("attention grouped, masked", lambda q, k, v, m: attention(q, k, v, m, enable_gqa=True),
    *qkv(1, 4, 2, 2, g=2), whole([[[1, 0], [1, 1]]] * 2 + [[[1, 1], [0, 1]]] * 2, torch.bool))
row("attention of no queries", attention, zeros(1, 2, 0, 2), real(1, 2, 3, 2), real(1, 2, 3, 2))
row("attention to no keys", lambda q, k, v: q * 0 + v.sum() * 0 + k.sum() * 0,
    real(1, 1, 2, 2), zeros(1, 1, 0, 2), zeros(1, 1, 0, 2))
row("attention never dropped", attention, *qkv(1, 1, 2, 2))
row("attention always dropped", lambda q, k, v: attention(q, k, v, dropout_p=0.0) * 0, *qkv(1, 1, 2, 2))

row("embedding", lambda t, i: F.embedding(i, t), real(4, 2), whole([[3, 0], [3, 1]]))
row("embedding int32", lambda t, i: F.embedding(i, t), real(3, 2), whole([2, 0], torch.int32))
row("embedding of a number", lambda t, i: F.embedding(i, t), real(3, 2), whole(1))
row("embedding of nothing", lambda t, i: F.embedding(i, t), real(3, 2), torch.zeros(0, 2, dtype=torch.int64))
row("embedding padded", lambda t, i: F.embedding(i, t, padding_idx=1), real(3, 2), whole([[1, 0], [2, 1]]))
row("embedding padded last", lambda t, i: F.embedding(i % 3, t, padding_idx=-1), real(3, 2), whole([2, 0, -1]))


def sinusoids(count, width, base=10000.0):
    angles = torch.arange(count, dtype=torch.float64)[:, None] * base ** (
        -2 * torch.arange((width + 1) // 2, dtype=torch.float64) / width)
    return torch.stack([angles.sin(), angles.cos()], -1).flatten(1)[:, :width]


for count, width in [(3, 4), (4, 3), (1, 1), (2, 6)]:
    row(f"sinusoidalPositions {count} {width}", lambda x: x + sinusoids(count, width), real(count, width))
row("sinusoidalPositions base", lambda x: x + sinusoids(5, 4, 10.0), real(5, 4))


def rotary(x, positions=None, base=10000.0, interleaved=False):
    e = x.shape[-1]
    positions = torch.arange(x.shape[-2]) if positions is None else positions
    angles = positions.double()[..., None] * base ** (-2 * torch.arange(e // 2, dtype=torch.float64) / e)
    # As complex numbers: pair (a, b) becomes (a + b i) · exp(i angle).
    a, b = (x[..., 0::2], x[..., 1::2]) if interleaved else (x[..., :e // 2], x[..., e // 2:])
    turned = torch.complex(a, b) * torch.polar(torch.ones_like(angles), angles)
    parts = [turned.real, turned.imag]
    return torch.stack(parts, -1).flatten(-2) if interleaved else torch.cat(parts, -1)


for tag, interleaved in {"": False, " interleaved": True}.items():
    row(f"rotary{tag}", lambda x: rotary(x, interleaved=interleaved), real(1, 2, 3, 4))
    row(f"rotary{tag} of a matrix", lambda x: rotary(x, base=10.0, interleaved=interleaved), real(3, 6))
    row(f"rotary{tag} at positions", lambda x, p: rotary(x, p, interleaved=interleaved), real(2, 2, 4), whole([5, 2]))
    row(f"rotary{tag} by batch", lambda x, p: rotary(x, p, interleaved=interleaved),
        real(2, 2, 2, 2), whole([[[0, 3]], [[1, 4]]]))
    row(f"rotary{tag} of nothing", lambda x: x * 1, zeros(0, 2, 4))

write("operations-attention")
