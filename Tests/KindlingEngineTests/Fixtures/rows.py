# SPDX-License-Identifier: Apache-2.0
"""What every generator of operation rows uses.

A row holds the inputs, the output, and the gradient of sum(output * w) by each real input, where element i of w is
1 + (7 i mod 11) / 11. Rows without gradients have none.

Beside each row are cases: the same operation on the same numbers in other orders, so that each row is checked at several
points that lie in its domain. They are compared in float32.
"""
import json
import pathlib
import zlib

import numpy
import torch

random = numpy.random.default_rng(20240501)
rows = {}
others = {}


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


def evaluate(function, inputs, gradients):
    """The output, and the gradients of its weighted sum by the real inputs where they are wanted."""
    leaves = [t.clone().requires_grad_(t.is_floating_point()) for t in inputs]
    output = function(*leaves)
    if not gradients:
        return output, None
    weights = torch.tensor([1 + (7 * i % 11) / 11 for i in range(output.numel())], dtype=torch.float64)
    (output * weights.reshape(output.shape)).sum().backward()
    found = [
        None if leaf.grad is None and not leaf.is_floating_point()
        else (leaf.grad if leaf.grad is not None else torch.zeros_like(leaf)) for leaf in leaves
    ]
    return output, found


def short(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().double().flatten().tolist()]


def variants(name, function, inputs, gradients):
    """Up to three cases: real inputs whose elements change places."""
    order = numpy.random.default_rng(zlib.crc32(name.encode()))
    if max((t.numel() for t in inputs if t.is_floating_point()), default=0) < 3:
        return []
    found = []
    for _ in range(3):
        orders = [order.permutation(t.numel()).tolist() if t.is_floating_point() else None for t in inputs]
        moved = [t if o is None else t.flatten()[o].reshape(t.shape) for t, o in zip(inputs, orders)]
        try:
            output, slopes = evaluate(function, moved, gradients)
        except RuntimeError:  # no longer positive definite, say
            continue
        values = [output] + [s for s in slopes or [] if s is not None]
        # What is far out of scale tests the rounding of float32 rather than the operation.
        if any(v.numel() and not (v.double().abs().max() < 1e3) for v in values):
            continue
        found.append({
            "orders": orders, "output": short(output),
            "gradients": slopes and [None if s is None else short(s) for s in slopes],
        })
    return found


def row(name, function, *inputs, gradients=True, cases=True):
    assert name not in rows, name
    output, found = evaluate(function, inputs, gradients)
    entry = {"inputs": [pack(t) for t in inputs], "output": pack(output)}
    if gradients:
        entry["gradients"] = [None if gradient is None else pack(gradient) for gradient in found]
    rows[name] = entry
    if cases:
        others[name] = variants(name, function, inputs, gradients)


def write(name):
    """Writes all rows so far and their cases; equal lines for equal inputs, so that a diff shows what changed."""
    folder = pathlib.Path(__file__).parent
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in rows.items())
    (folder / f"{name}.json").write_text("{\n" + lines + "\n}\n")
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(cases, separators=(',', ':'))}" for name, cases in others.items() if cases)
    (folder / f"{name.replace('operations', 'cases')}.json").write_text("{\n" + lines + "\n}\n")
