# SPDX-License-Identifier: Apache-2.0
"""usage: make_attention.py > attention.json      (PyTorch 2.x)"""
import torch
import torch.nn.functional as F
from torch.func import functional_call

from reference import Record, numbers

record = Record()
E, H, N, T, S = 4, 2, 2, 3, 4
x, memory = numbers((N, T, E)), numbers((N, S, E), 2)
square = [(E, E), (E,)] * 4
padding = torch.tensor([[False, False, True, True], [False, True, False, False]])
allowed = torch.tensor([[True, False, True, True], [True, True, True, False], [False, True, True, True]])


def names(p):
    return {
        "in_proj_weight": torch.cat(p[0:6:2]), "in_proj_bias": torch.cat(p[1:6:2]), "out_proj.weight": p[6],
        "out_proj.bias": p[7],
    }


module = torch.nn.MultiheadAttention(E, H, batch_first=True).double()


def attend(p, q, k, **options):
    return functional_call(module, names(p), (q, k, k), {"need_weights": False, **options})[0]


record.run("self", square, [x], lambda p, i: attend(p, i[0], i[0]))
future = torch.triu(torch.ones(T, T, dtype=torch.bool), 1)
record.run("causal", square, [x], lambda p, i: attend(p, i[0], i[0], attn_mask=future))
record.run("cross padding", square, [x, memory], lambda p, i: attend(p, i[0], i[1], key_padding_mask=padding))
record.run("cross masks", square, [x, memory],
           lambda p, i: attend(p, i[0], i[1], key_padding_mask=padding, attn_mask=~allowed))
added = numbers((T, S), 5)
record.run("cross added", square, [x, memory], lambda p, i: attend(p, i[0], i[1], attn_mask=added))
float_padding = torch.zeros(N, S, dtype=torch.float64).masked_fill(padding, -torch.inf)
record.run("cross added padding", square, [x, memory],
           lambda p, i: attend(p, i[0], i[1], attn_mask=added, key_padding_mask=float_padding))


def grouped(p, i, heads, groups, rotary=False):
    width = E // heads
    q, k, v = (F.linear(i[0], p[2 * n], p[2 * n + 1]) for n in range(3))
    q = q.reshape(N, T, heads, width).transpose(1, 2)
    k, v = (t.reshape(N, T, groups, width).transpose(1, 2) for t in (k, v))
    if rotary:
        angles = torch.arange(T, dtype=torch.float64)[:, None] / 100.0 ** (
            torch.arange(0, width, 2, dtype=torch.float64) / width)

        def turn(t):
            a, b = t.chunk(2, -1)
            return torch.cat([a * angles.cos() - b * angles.sin(), b * angles.cos() + a * angles.sin()], -1)

        q, k = turn(q), turn(k)
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    return F.linear(y.transpose(1, 2).reshape(N, T, E), p[6], p[7])


record.run("grouped", [(E, E), (E,), (2, E), (2,), (2, E), (2,), (E, E), (E,)], [x], lambda p, i: grouped(p, i, 4, 2))
record.run("rotary", square, [x], lambda p, i: grouped(p, i, 2, 2, rotary=True))

functions = {
    "relu": F.relu, "gelu": F.gelu, "gelu_tanh": lambda t: F.gelu(t, approximate="tanh"), "silu": F.silu,
    "relu_squared": lambda t: F.relu(t) ** 2, "glu": torch.sigmoid, "reglu": F.relu, "geglu": F.gelu, "swiglu": F.silu,
}
for name, f in functions.items():
    gated = name.endswith("glu") and name != "relu"

    def feed(p, i):
        if not gated:
            return F.linear(f(F.linear(i[0], p[0], p[1])), p[2], p[3])
        return F.linear(f(F.linear(i[0], p[2], p[3])) * F.linear(i[0], p[0], p[1]), p[4], p[5])

    hidden = [(6, 4), (6,)]
    record.run(f"feed {name}", hidden * (2 if gated else 1) + [(4, 6), (4,)], [numbers((2, 4))], feed)

norm = [(E,), (E,)]
feed_shapes = [(6, E), (6,), (E, 6), (E,)]


def prefixed(prefix, values):
    return {f"{prefix}{k}": v for k, v in values.items()}


def norm_names(name, p):
    return {f"{name}.weight": p[0], f"{name}.bias": p[1]}


def feed_names(p):
    return {"linear1.weight": p[0], "linear1.bias": p[1], "linear2.weight": p[2], "linear2.bias": p[3]}


def encoder_names(p):
    """Our order: attention, its norm, feed forward, its norm."""
    return {**prefixed("self_attn.", names(p)), **norm_names("norm1", p[8:]), **feed_names(p[10:]),
            **norm_names("norm2", p[14:])}


def decoder_names(p):
    return {**prefixed("self_attn.", names(p)), **norm_names("norm1", p[8:]),
            **prefixed("multihead_attn.", names(p[10:])), **norm_names("norm2", p[18:]), **feed_names(p[20:]),
            **norm_names("norm3", p[24:])}


encoder_shapes = square + norm + feed_shapes + norm
decoder_shapes = square + norm + square + norm + feed_shapes + norm
mine = torch.tensor([[False, False, True], [False, False, False]])
for first in (False, True):
    place = "pre" if first else "post"
    activation = "gelu" if first else "relu"
    layer = torch.nn.TransformerEncoderLayer(E, H, 6, 0.0, activation, batch_first=True, norm_first=first).double()
    record.run(f"encoder layer {place}", encoder_shapes, [x],
               lambda p, i: functional_call(layer, encoder_names(p), (i[0],), {"src_key_padding_mask": mine}))
    decoder = torch.nn.TransformerDecoderLayer(E, H, 6, 0.0, activation, batch_first=True, norm_first=first).double()
    record.run(f"decoder layer {place}", decoder_shapes, [x, memory],
               lambda p, i: functional_call(decoder, decoder_names(p), (i[0], i[1]),
                                            {"tgt_mask": future, "memory_key_padding_mask": padding}))

stack = torch.nn.TransformerEncoder(torch.nn.TransformerEncoderLayer(E, H, 6, 0.0, batch_first=True), 2,
                                    norm=torch.nn.LayerNorm(E), enable_nested_tensor=False).double()
record.run("encoder", encoder_shapes * 2 + norm, [x], lambda p, i: functional_call(
    stack, {**prefixed("layers.0.", encoder_names(p)), **prefixed("layers.1.", encoder_names(p[16:])),
            **norm_names("norm", p[32:])}, (i[0],), {"mask": future}))
decoders = torch.nn.TransformerDecoder(torch.nn.TransformerDecoderLayer(E, H, 6, 0.0, batch_first=True), 2).double()
record.run("decoder", decoder_shapes * 2, [x, memory], lambda p, i: functional_call(
    decoders, {**prefixed("layers.0.", decoder_names(p)), **prefixed("layers.1.", decoder_names(p[26:]))},
    (i[0], i[1])))
record.write()
