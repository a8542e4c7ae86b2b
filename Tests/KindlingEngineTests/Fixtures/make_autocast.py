# SPDX-License-Identifier: Apache-2.0
"""Gradients under PyTorch's autocast to bfloat16 on the CPU, and in float32, written to autocast.json.

Each case has parameters and inputs by name; all are float32 masters of numbers that bfloat16 cannot hold.
Run: python make_autocast.py (PyTorch 2.15)."""
import json
import math
import pathlib

import torch
import torch.nn.functional as F


def numbers(phase, *sizes, scale=1.0):
    count = math.prod(sizes)
    values = [scale * math.sin(0.37 * i * i + 1.3 * i + phase) for i in range(count)]
    return torch.tensor(values, dtype=torch.float32).reshape(sizes)


def mlp(p, x):
    hidden = F.relu(F.linear(x, p["first"], p["firstBias"]))
    return F.cross_entropy(F.linear(hidden, p["second"], p["secondBias"]), torch.arange(8) % 3)


def convolution(p, x):
    y = F.conv2d(x, p["first"], None, padding=1)
    y = F.relu(F.batch_norm(y, None, None, p["scale"], p["shift"], training=True))
    y = F.conv2d(F.max_pool2d(y, 2), p["second"], None, stride=2, padding=1)
    return F.cross_entropy(F.linear(y.flatten(1), p["head"]), torch.arange(4) % 3)


def attention(p, x):
    y = F.layer_norm(x, [8], p["scale"], p["shift"])
    q, k, v = [F.linear(y, p[name]).reshape(2, 6, 2, 4).transpose(1, 2) for name in ("query", "key", "value")]
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(2, 6, 8)
    x = x + F.linear(y, p["output"])
    return (F.linear(F.gelu(F.linear(x, p["wide"])), p["narrow"]) + x).float().square().mean()


def lstm(p, x):
    h, c = torch.zeros(4, 6), torch.zeros(4, 6)
    for step in range(5):
        gates = F.linear(x[step], p["input"], p["bias"]) + F.linear(h, p["hidden"])
        i, f, g, o = gates.chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
    return F.cross_entropy(F.linear(h, p["head"]), torch.arange(4) % 3)


CASES = {
    "mlp": (mlp, (8, 6), dict(first=(16, 6), firstBias=(16,), second=(3, 16), secondBias=(3,))),
    "convolution": (convolution, (4, 3, 8, 8), dict(
        first=(8, 3, 3, 3), scale=(8,), shift=(8,), second=(8, 8, 3, 3), head=(3, 32))),
    "attention": (attention, (2, 6, 8), dict(
        scale=(8,), shift=(8,), query=(8, 8), key=(8, 8), value=(8, 8), output=(8, 8), wide=(16, 8), narrow=(8, 16))),
    "lstm": (lstm, (5, 4, 5), dict(input=(24, 5), hidden=(24, 6), bias=(24,), head=(3, 6))),
}


def run(name, half):
    function, shape, sizes = CASES[name]
    x = numbers(0.5, *shape)
    scale = lambda s: 1.0 if len(s) == 1 else 1 / math.sqrt(math.prod(s[1:]))
    p = {n: numbers(i + 1, *s, scale=scale(s)).requires_grad_() for i, (n, s) in enumerate(sizes.items())}
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        loss = function(p, x)
    loss.float().backward()
    flat = lambda t: [float(f"{v:.9g}") for v in t.detach().float().flatten().tolist()]
    return dict(
        loss=loss.item(), input=dict(shape=list(shape), values=flat(x)),
        parameters={n: dict(shape=list(t.shape), values=flat(t)) for n, t in p.items()},
        gradients={n: flat(t.grad) for n, t in p.items()})


result = {}
for name in CASES:
    full, half = run(name, False), run(name, True)
    result[name] = dict(
        input=full["input"], parameters=full["parameters"], loss=full["loss"], gradients=full["gradients"],
        halfLoss=half["loss"], halfGradients=half["gradients"])
    for n in full["gradients"]:
        a, b = torch.tensor(full["gradients"][n]), torch.tensor(half["gradients"][n])
        print(name, n, "bfloat16 against float32:", float((a - b).abs().max() / a.abs().max()))
pathlib.Path(__file__).with_name("autocast.json").write_text(json.dumps(result) + "\n")
