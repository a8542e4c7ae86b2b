# SPDX-License-Identifier: Apache-2.0
"""Writes operations-basics.json: the basic operations of operations.json in more shapes.

    python make_basics.py
"""
import torch
import torch.nn.functional as F

from rows import positive, real, row, whole, write


def nothing(*shape):
    return torch.zeros(*shape, dtype=torch.float64)


# Element by element: a scalar, one element, none, rank 3, columns that do not lie side by side, a row seen three times.
def elementwise(name, function, low=-2.0, high=2.0, gradients=True):
    middle = (low + high) / 2
    row(f"{name} scalar", function, real(low=low, high=high), gradients=gradients)
    row(f"{name} one", function, real(1, low=middle, high=high), gradients=gradients)
    row(f"{name} nothing", function, nothing(2, 0), gradients=gradients)
    row(f"{name} deep", function, real(2, 1, 3, low=low, high=high), gradients=gradients)
    row(f"{name} of columns", lambda x: function(x[:, 1:3]), real(2, 4, low=low, high=high), gradients=gradients)
    row(f"{name} of a stretched row", lambda x: function(x.expand(3, 2)), real(1, 2, low=low, high=high),
        gradients=gradients)


for name, function in {
    "abs": torch.abs, "negate": torch.neg, "exp": torch.exp, "expm1": torch.expm1, "sin": torch.sin, "cos": torch.cos,
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "softplus": F.softplus, "erf": torch.erf, "squared": torch.square,
    "reciprocal": torch.reciprocal, "relu": torch.relu, "leakyReLU": lambda x: F.leaky_relu(x, 0.2),
    "elu": lambda x: F.elu(x, 1.5), "gelu": F.gelu, "gelu approximate": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu, "sign": torch.sign,
}.items():
    elementwise(name, function)
elementwise("floor", torch.floor, -1.9, 2.3)
for name, function in {
    "log": torch.log, "squareRoot": torch.sqrt, "reciprocalSquareRoot": torch.rsqrt, "log1p": torch.log1p,
}.items():
    elementwise(name, function, 0.2, 3.0)
elementwise("converted", lambda x: x.double())
elementwise("converted to bool", lambda x: (x - x.trunc()).bool(), gradients=False)
elementwise("contiguous", lambda x: x.contiguous())
for name, test in {
    "isFinite": lambda x: torch.isfinite(x / (x - 1)), "isNaN": lambda x: torch.isnan((x - 1) / (x - 1)),
}.items():
    for tag, values in {
        "scalar": 1, "one": [1], "nothing": [], "deep": [[[1, 2, 0]], [[-1, 1, 1]]], "of numbers": [[-2, 0], [2, 3]],
    }.items():
        row(f"{name} {tag}", test, whole(values).double(), gradients=False)

# Two and three inputs that broadcast.
for tag, sizes in {
    "same": ((2, 3), (2, 3), (2, 3)), "scalar": ((), (2,), ()), "one": ((1,), (1,), (1,)),
    "nothing": ((2, 0), (1,), (2, 1)), "ranks": ((2, 1), (3, 1, 2), (2,)), "outer": ((3, 1), (1, 2), (3, 2)),
}.items():
    row(f"multiplied {tag}", lambda x, factor, addend: x * factor + addend, *[real(*size) for size in sizes])
    condition = whole(real(*sizes[0]).numpy() > 0, torch.bool)
    row(f"selected {tag}", torch.where, condition, real(*sizes[1]), real(*sizes[2]))

# Places of extremes.
for name, function in {"argmax": torch.argmax, "argmin": torch.argmin}.items():
    for tag, size, axis in [
        ("of one", (1,), 0), ("of a vector", (5,), -1), ("of nothing", (0, 3), 1), ("of a column", (3, 1), 1),
        ("of rank 4", (2, 3, 1, 2), -3),
    ]:
        row(f"{name} {tag}", lambda x: function(x, axis), real(*size), gradients=False)
        row(f"{name} {tag} kept", lambda x: function(x, axis, keepdim=True), real(*size), gradients=False)

# Shapes.
x = real(2, 3, 4)
for tag, size, target in [
    ("a scalar to a matrix", (), (1, 1)), ("one to a scalar", (1,), ()), ("to a vector", (2, 3), (-1,)),
    ("nothing", (0, 3), (3, 0, 2)), ("to the same", (2, 3), (2, 3)), ("to rank 4", (6,), (1, 2, 3, 1)),
]:
    row(f"reshaped {tag}", lambda t: t.reshape(target), real(*size))
for tag, size, start in [
    ("from 0", (2, 1, 3), 0), ("of a scalar", (), 0), ("of one", (1, 1), 0), ("of nothing", (2, 0, 3), 1),
    ("from the last", (2, 3), 1), ("from -2", (2, 2, 3), -2),
]:
    row(f"flattened {tag}", lambda t: t.flatten(start), real(*size))
row("flattened after a transpose", lambda t: t.transpose(0, 2).flatten(), x)
for tag, size, axis in [
    ("of a scalar", (), 0), ("of one", (1,), 0), ("of nothing", (2, 0), 1), ("-2", (2, 3), -2), ("2 of rank 3", (2, 1, 3), 2),
]:
    row(f"insertingAxis {tag}", lambda t: t.unsqueeze(axis), real(*size))
for tag, size, order in [
    ("1 0", (2, 3), (1, 0)), ("of a vector", (3,), (0,)), ("of a scalar", (), ()), ("of one", (1, 1), (1, 0)),
    ("of nothing", (2, 0, 3), (2, 0, 1)), ("to itself", (2, 3), (0, 1)), ("of rank 4", (2, 1, 3, 2), (-1, 2, 0, 1)),
]:
    row(f"permuted {tag}", lambda t: t.permute(order), real(*size))
for tag, size, axes in [
    ("of one", (1, 1), (0, 1)), ("of nothing", (2, 0), (0, 1)), ("1 1", (2, 3), (1, 1)), ("-1 0", (2, 1, 3), (-1, 0)),
    ("3 1 of rank 4", (1, 2, 1, 3), (3, 1)),
]:
    row(f"transposed {tag}", lambda t: t.transpose(*axes), real(*size))
for tag, size, axis, start, end in [
    ("of a vector", (5,), 0, 1, 4), ("of one", (1,), 0, 0, 1), ("of nothing", (2, 0), 0, 1, 2), ("all", (3, 2), 0, 0, 3),
    ("of the middle", (2, 4, 2), 1, 1, 3),
]:
    row(f"sliced {tag}", lambda t: t.narrow(axis, start, end - start), real(*size))
for tag, size, target in [
    ("of a scalar", (), (2, 2)), ("of one", (1,), (3,)), ("to the same", (2, 3), (2, 3)), ("of nothing", (1, 0), (3, 0)),
    ("to nothing", (1, 2), (0, 2)), ("in the middle", (2, 1, 2), (2, 3, 2)),
]:
    row(f"expanded {tag}", lambda t: t.expand(target), real(*size))
for tag, sizes, axis in [
    ("of one", [(1,)], 0), ("of vectors", [(2,), (1,), (3,)], 0), ("of nothing", [(0, 2), (0, 2)], 0),
    ("1 of rank 3", [(2, 1, 2), (2, 3, 2)], 1), ("-2", [(1, 3), (2, 3)], -2),
]:
    row(f"concatenated {tag}", lambda *parts: torch.cat(parts, axis), *[real(*size) for size in sizes])
for tag, sizes, axis in [
    ("of one", [(1,)], 0), ("of scalars", [(), (), ()], 0), ("of nothing", [(2, 0), (2, 0)], 2),
    ("-1", [(2, 3), (2, 3)], -1), ("0 of rank 3", [(2, 1, 2)] * 3, 0),
]:
    row(f"stacked {tag}", lambda *parts: torch.stack(parts, axis), *[real(*size) for size in sizes])

# Products with a bias, and along an axis.
for tag, sizes in {
    "of one": ((1, 1), (1, 1), (1,)), "of nothing": ((0, 3), (2, 3), (2,)), "of no features": ((2, 0), (3, 0), (3,)),
    "to nothing": ((2, 3), (0, 3), (0,)), "of rank 4": ((2, 1, 2, 3), (2, 3), (2,)),
}.items():
    row(f"linear {tag}", F.linear, *[real(*size) for size in sizes])
for name, function in {"softmax": F.softmax, "logSoftmax": F.log_softmax}.items():
    for tag, size, axis in [
        ("of a vector", (5,), 0), ("of one", (2, 1), 1), ("of nothing", (0, 3), -1), ("over nothing", (2, 0), 1),
        ("of rank 4", (2, 3, 1, 2), -3),
    ]:
        row(f"{name} {tag}", lambda t: function(t, axis), real(*size))
for tag, values, classes in [
    ("scalar", 1, 3), ("one", [0], 1), ("nothing", [], 2), ("of a matrix", [[0, 1, 3], [2, 2, 0]], 4),
    ("of unused classes", [0, 0], 5),
]:
    row(f"oneHot {tag}", lambda t: F.one_hot(t, classes).float(), whole(values), gradients=False)

write("operations-basics")
