# SPDX-License-Identifier: Apache-2.0
"""What every generator of operation rows uses.

A row holds the inputs, the output, and the gradient of sum(output * w) by each real input, where element i of w is
1 + (7 i mod 11) / 11. Rows without gradients have none.
"""
import json
import pathlib

import numpy
import torch

random = numpy.random.default_rng(20240501)
rows = {}


def real(*shape, low=-2.0, high=2.0):
    """Numbers of three decimals, no two closer than the differences that check gradients, and none near 0."""
    count = int(numpy.prod(shape))
    grid = numpy.linspace(low, high, max(count, 2) * 2 + 1)[1::2][:count]
    values = random.permutation(numpy.round(grid + random.uniform(-0.004, 0.004, count), 3))
    values[numpy.abs(values) < 0.02] = 0.137
    return torch.tensor(values.reshape(shape), dtype=torch.float64)


def positive(*shape):
    return real(*shape, low=0.2, high=3.0)


def whole(values, dtype=torch.int64):
    return torch.tensor(values, dtype=dtype)


def pack(tensor):
    values = tensor.detach().double().flatten().tolist() if tensor.is_floating_point() else tensor.long().flatten().tolist()
    if tensor.is_floating_point():
        values = [float(f"{value:.11g}") for value in values]
    return {"type": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape), "values": values}


def row(name, function, *inputs, gradients=True):
    assert name not in rows, name
    leaves = [t.clone().requires_grad_(t.is_floating_point()) for t in inputs]
    output = function(*leaves)
    entry = {"inputs": [pack(t) for t in inputs], "output": pack(output)}
    if gradients:
        count = output.numel()
        weights = torch.tensor([1 + (7 * i % 11) / 11 for i in range(count)], dtype=torch.float64)
        (output * weights.reshape(output.shape)).sum().backward()
        entry["gradients"] = [
            None if leaf.grad is None and not leaf.is_floating_point()
            else pack(leaf.grad if leaf.grad is not None else torch.zeros_like(leaf)) for leaf in leaves
        ]
    rows[name] = entry


def write(name):
    """Writes all rows so far; equal lines for equal inputs, so that a diff shows what changed."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in rows.items())
    (pathlib.Path(__file__).parent / f"{name}.json").write_text("{\n" + lines + "\n}\n")
