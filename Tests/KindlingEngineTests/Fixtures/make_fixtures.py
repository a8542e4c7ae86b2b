# SPDX-License-Identifier: Apache-2.0
"""Writes operations.json: what PyTorch says of each row of the operation tables, in float64.

    python make_fixtures.py
"""
import json
import pathlib

import torch
import torch.nn.functional as F

from rows import positive, real, row, whole, write

# One input, element by element.
unary = {
    "abs": torch.abs, "negate": torch.neg, "exp": torch.exp, "expm1": torch.expm1, "sin": torch.sin, "cos": torch.cos,
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "softplus": F.softplus, "erf": torch.erf, "squared": torch.square,
    "reciprocal": torch.reciprocal, "relu": torch.relu, "leakyReLU": lambda x: F.leaky_relu(x, 0.2),
    "elu": lambda x: F.elu(x, 1.5), "gelu": F.gelu, "gelu approximate": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu, "sign": torch.sign, "floor": torch.floor, "clamped": lambda x: x.clamp(-0.51, 0.71),
    "power 3": lambda x: x.pow(3.0), "power 2": lambda x: x.pow(2.0), "x + 1.5": lambda x: x + 1.5,
    "1.5 + x": lambda x: 1.5 + x, "x - 1.5": lambda x: x - 1.5, "1.5 - x": lambda x: 1.5 - x,
    "x * 2.5": lambda x: x * 2.5, "2.5 * x": lambda x: 2.5 * x, "x / 2.5": lambda x: x / 2.5,
    "2.5 / x": lambda x: 2.5 / x, "x + 3": lambda x: x + 3, "3 + x": lambda x: 3 + x, "x - 3": lambda x: x - 3,
    "3 - x": lambda x: 3 - x, "x * 3": lambda x: x * 3, "3 * x": lambda x: 3 * x, "x / 3": lambda x: x / 3,
    "3 / x": lambda x: 3 / x,
}
for name, function in unary.items():
    row(name, function, real(2, 3))
for name, function in {
    "log": torch.log, "squareRoot": torch.sqrt, "reciprocalSquareRoot": torch.rsqrt, "log1p": torch.log1p,
    "power -1.5": lambda x: x.pow(-1.5), "power 0.5": lambda x: x.pow(0.5),
}.items():
    row(name, function, positive(2, 3))

# Two inputs, broadcasting.
binary = {"+": torch.add, "-": torch.sub, "*": torch.mul, "/": torch.div}
for name, function in binary.items():
    row(f"{name} same", function, real(2, 3), positive(2, 3))
    row(f"{name} row", function, real(2, 3), positive(3))
    row(f"{name} outer", function, real(2, 1), positive(1, 3))
    row(f"{name} scalar", function, positive(), real(2, 2))
    row(f"{name} ranks", function, real(2, 1, 2), positive(3, 1))
    row(f"{name} nothing", function, torch.zeros(0, 3, dtype=torch.float64), positive(3))
row("power", torch.pow, positive(2, 3), real(2, 3))
row("power broadcast", torch.pow, positive(2, 1), real(3))
row("minimum", torch.minimum, real(2, 3), real(2, 3) + 0.05)
row("maximum", torch.maximum, real(2, 3), real(3) + 0.05)
row("maximum of equals", torch.maximum, whole([1, 2]).double(), whole([1, 3]).double())
row("selected", lambda c, a, b: torch.where(c, a, b), whole([[1, 0, 1]], torch.bool), real(2, 3), real(2, 1))
for name, function in {
    ".==": torch.eq, ".!=": torch.ne, ".<": torch.lt, ".<=": torch.le, ".>": torch.gt, ".>=": torch.ge,
}.items():
    row(name, function, whole([[1, 2, 3], [3, 2, 1]]), whole([2, 2, 1]), gradients=False)
row("isFinite", lambda x: torch.isfinite(x / (x - 1)), whole([1, 2]).double(), gradients=False)
row("isNaN", lambda x: torch.isnan((x - 1) / (x - 1)), whole([1, 2]).double(), gradients=False)

# Reductions.
x = real(2, 3, 4)
for name, axes in {"all": (0, 1, 2), "0": (0,), "1": (1,), "-1": (-1,), "0 2": (0, 2)}.items():
    for keep in (False, True):
        tag = f"{name}{' kept' if keep else ''}"
        row(f"sum {tag}", lambda t: t.sum(axes, keepdim=keep), x)
        row(f"mean {tag}", lambda t: t.mean(axes, keepdim=keep), x)
        row(f"max {tag}", lambda t: t.amax(axes, keepdim=keep), x)
        row(f"min {tag}", lambda t: t.amin(axes, keepdim=keep), x)
row("max of equals", lambda t: t.amax(1), whole([[1, 3, 3], [2, 2, 2]]).double())
row("variance", lambda t: t.var(), x)
row("variance 1 kept", lambda t: t.var(1, keepdim=True), x)
row("variance of a population", lambda t: t.var((0, 2), correction=0), x)
row("sum of a scalar", lambda t: t.sum(), real())
row("sum over nothing", lambda t: t.sum(0), torch.zeros(0, 3, dtype=torch.float64))
row("sum of integers", lambda t: t.sum(0), whole([[1, 2], [3, 4]], torch.int32), gradients=False)
row("sum of truths", lambda t: t.sum(0), whole([[1, 0], [1, 1]], torch.bool), gradients=False)
row("argmax", lambda t: t.argmax(1), whole([[1, 3, 3], [5, 2, 2]]).double(), gradients=False)
row("argmax kept", lambda t: t.argmax(0, keepdim=True), x, gradients=False)
row("argmin", lambda t: t.argmin(-1), whole([[3, 1, 1], [5, 2, 2]]).double(), gradients=False)

# Shapes.
row("reshaped", lambda t: t.reshape(4, -1), x)
row("reshaped after a transpose", lambda t: t.transpose(0, 2).reshape(6, 4), x)
row("flattened", lambda t: t.flatten(1), x)
row("insertingAxis", lambda t: t.unsqueeze(1), x)
row("insertingAxis last", lambda t: t.unsqueeze(-1), x)
row("permuted", lambda t: t.permute(2, 0, 1), x)
row("transposed", lambda t: t.transpose(-2, -1), x)
row("transposed 0 2", lambda t: t.transpose(0, 2), x)
row("sliced", lambda t: t[1:3], real(4, 2))
row("sliced last", lambda t: t[:, :, 1:3], x)
row("sliced to nothing", lambda t: t[2:2], real(4, 2))
row("slice of a transpose", lambda t: t.transpose(0, 2)[1:3] * 2, x)
row("expanded", lambda t: t.expand(2, 3, 2), real(3, 1))
row("concatenated", lambda a, b: torch.cat([a, b]), real(2, 3), real(1, 3))
row("concatenated -1", lambda a, b, c: torch.cat([a, b, c], -1), real(2, 1), real(2, 0), real(2, 2))
row("concatenated transposed", lambda a, b: torch.cat([a.T, b], 1), real(2, 3), real(3, 1))
row("stacked", lambda a, b: torch.stack([a, b], 1), real(2, 3), real(2, 3))

# Products.
for left, right in [
    ((3,), (3,)), ((3,), (3, 2)), ((2, 3), (3,)), ((2, 3), (3, 2)), ((2, 2, 3), (3, 2)), ((2, 3), (2, 3, 2)),
    ((2, 2, 3), (2, 3, 1)), ((2, 1, 2, 3), (2, 3, 2)), ((3,), (2, 3, 2)), ((2, 2, 3), (3,)), ((2, 1, 2, 2), (2,)),
    ((2, 0), (0, 3)), ((2, 2, 0), (0, 3)), ((0, 2), (2, 3)),
]:
    row(f"matmul {list(left)} {list(right)}", torch.matmul, real(*left), real(*right))
row("matmul of transposes", lambda a, b: a.T @ b.T, real(3, 2), real(2, 3))
row("matmul of slices", lambda a, b: a[:, 1:3] @ b[1:3, :2], real(2, 4), real(3, 3))
row("linear", F.linear, real(2, 3), real(4, 3), real(4))
row("linear without bias", F.linear, real(2, 3), real(4, 3))
row("linear of a vector", F.linear, real(3), real(2, 3), real(2))
row("linear of rank 3", F.linear, real(2, 2, 3), real(2, 3), real(2))

# Pictures.
row("convolution 1-D", lambda x, w, b: F.conv1d(x, w, b, padding=1), real(2, 2, 5), real(3, 2, 3), real(3))
row("convolution 1-D strided, dilated", lambda x, w: F.conv1d(x, w, stride=2, dilation=2, padding=2),
    real(1, 2, 7), real(2, 2, 3))
row("convolution 2-D", lambda x, w, b: F.conv2d(x, w, b), real(1, 2, 4, 4), real(2, 2, 2, 3), real(2))
row("convolution 2-D strided, padded, dilated",
    lambda x, w, b: F.conv2d(x, w, b, stride=(2, 1), padding=(1, 2), dilation=(1, 2)),
    real(2, 1, 5, 4), real(2, 1, 3, 2), real(2))
row("convolution 2-D in groups", lambda x, w, b: F.conv2d(x, w, b, groups=2, padding=1),
    real(1, 4, 3, 3), real(2, 2, 2, 2), real(2))
row("convolution 2-D depthwise", lambda x, w: F.conv2d(x, w, groups=3), real(1, 3, 3, 3), real(3, 1, 2, 2))
row("convolution 3-D", lambda x, w, b: F.conv3d(x, w, b, stride=(1, 2, 1), padding=(1, 0, 0)),
    real(1, 2, 2, 3, 2), real(2, 2, 2, 2, 2), real(2))
row("maxPool 1-D", lambda x: F.max_pool1d(x, 2), real(2, 2, 5))
row("maxPool 2-D", lambda x: F.max_pool2d(x, (3, 2), (2, 1), (1, 0)), real(1, 2, 5, 4))
row("maxPool 2-D dilated", lambda x: F.max_pool2d(x, 2, 1, 0, 2), real(1, 1, 4, 5))
row("maxPool 3-D", lambda x: F.max_pool3d(x, 2), real(1, 1, 2, 4, 2))
row("averagePool 1-D", lambda x: F.avg_pool1d(x, 3, 1, 1), real(1, 2, 4))
row("averagePool 2-D", lambda x: F.avg_pool2d(x, 2), real(1, 2, 4, 5))
row("averagePool 2-D inside", lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), real(1, 2, 4, 3))
row("averagePool 3-D", lambda x: F.avg_pool3d(x, 2), real(1, 1, 2, 2, 4))

# Softmax and what is made of it.
for axis in (0, 1, -1):
    row(f"softmax {axis}", lambda t: F.softmax(t, axis), x)
    row(f"logSoftmax {axis}", lambda t: F.log_softmax(t, axis), x)
row("softmax of large numbers", lambda t: F.softmax(t * 500, -1), real(2, 3))
classes = whole([2, 0, 1, 2])
weights = torch.tensor([0.5, 1.5, 2.0], dtype=torch.float64)
row("crossEntropy", lambda t, c: F.cross_entropy(t, c, reduction="none"), real(4, 3), classes)
row("crossEntropy smoothed", lambda t, c: F.cross_entropy(t, c, reduction="none", label_smoothing=0.1),
    real(4, 3), classes)
row("crossEntropy weighted", lambda t, c: F.cross_entropy(t, c, weights, reduction="none"), real(4, 3), classes)
row("crossEntropy ignoring", lambda t, c: F.cross_entropy(t, c, reduction="none", ignore_index=0), real(4, 3), classes)
row("crossEntropy with all", lambda t, c: F.cross_entropy(
    t, c, weights, reduction="none", ignore_index=1, label_smoothing=0.3), real(4, 3), classes)

# Picking.
row("gathered", lambda t, i: t[i], real(4, 2), whole([3, 0, 3, -2]))
row("gathered by a matrix", lambda t, i: t[i], real(3, 2), whole([[0, 2], [1, 1]], torch.int32))
row("gathered by nothing", lambda t, i: t[i], real(3, 2), torch.zeros(0, dtype=torch.int64))
row("oneHot", lambda i: F.one_hot(i, 3).float(), whole([2, 0, 1]), gradients=False)

# Which type two types give.
types = ["float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool"]
promotion = {
    a: {b: str(torch.promote_types(getattr(torch, a), getattr(torch, b))).removeprefix("torch.") for b in types}
    for a in types
}

write("operations")
(pathlib.Path(__file__).parent / "promotion.json").write_text(json.dumps(promotion, indent=1) + "\n")
