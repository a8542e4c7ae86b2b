# SPDX-License-Identifier: Apache-2.0
"""Writes operations-functions.json: mathematical functions, comparisons and logic, element by element.

    python make_functions.py
"""
import torch

from rows import positive, real, row, whole, write

SIZES = {"plain": (2, 3), "scalar": (), "one": (1,), "nothing": (2, 0), "deep": (2, 1, 3)}


def shapes(name, function, low=-2.9, high=2.6, gradients=True):
    for tag, size in SIZES.items():
        row(f"{name} {tag}", function, real(*size, low=low, high=high), gradients=gradients)


def pairs(name, function, first, second, gradients=True):
    sizes = {
        "same": ((2, 3), (2, 3)), "row": ((2, 3), (3,)), "outer": ((2, 1), (1, 3)), "scalar": ((), (2, 2)),
        "ranks": ((2, 1, 2), (3, 1)), "nothing": ((0, 3), (3,)),
    }
    for tag, (left, right) in sizes.items():
        row(f"{name} {tag}", function, first(*left), second(*right), gradients=gradients)


def truths(*shape):
    return real(*shape) > 0


# One input.
for name, function, low, high in [
    ("ceiling", torch.ceil, -2.9, 2.6), ("rounded", torch.round, -2.9, 2.6), ("truncated", torch.trunc, -2.9, 2.6),
    ("tan", torch.tan, -1.2, 1.1), ("asin", torch.asin, -0.9, 0.8), ("acos", torch.acos, -0.9, 0.8),
    ("atan", torch.atan, -2.9, 2.6), ("sinh", torch.sinh, -2, 1.8), ("cosh", torch.cosh, -2, 1.8),
    ("asinh", torch.asinh, -2.9, 2.6), ("acosh", torch.acosh, 1.3, 3.2), ("atanh", torch.atanh, -0.9, 0.8),
    ("log2", torch.log2, 0.2, 3), ("log10", torch.log10, 0.2, 3), ("exp2", torch.exp2, -2.9, 2.6),
    ("sinc", torch.sinc, -2.9, 2.6), ("logit", torch.logit, 0.1, 0.95),
    ("logit with a margin", lambda x: torch.logit(x, 0.2), 0.1, 0.97),
    ("logSigmoid", torch.nn.functional.logsigmoid, -2.9, 2.6),
    ("clamped from below", lambda x: x.clamp(min=-0.8), -2.9, 2.6),
    ("clamped from above", lambda x: x.clamp(max=0.7), -2.9, 2.6),
    ("minimum with 0.5", lambda x: x.clamp(max=0.5), -2.9, 2.6),
    ("minimum with 2", lambda x: x.clamp(max=2), -2.9, 2.6),
    ("maximum with -0.5", lambda x: x.clamp(min=-0.5), -2.9, 2.6),
    ("maximum with -2", lambda x: x.clamp(min=-2), -2.9, 2.6),
    ("remainder by 0.7", lambda x: x.remainder(0.7), -2.9, 2.6),
    ("remainder by -2", lambda x: x.remainder(-2), -2.9, 2.6),
    ("replacingNonFinite", torch.nan_to_num, -2.9, 2.6),
]:
    shapes(name, function, low, high)
for name, function in {
    "isInfinite": torch.isinf, "logicalNot": torch.logical_not,
    "floorDivided by 0.7": lambda x: x.floor_divide(0.7), "floorDivided by -2": lambda x: x.floor_divide(-2),
}.items():
    shapes(name, function, gradients=False)

# Whole numbers.
integers = whole([[-7, 7, 0], [5, -1, 100]])
for name, function in {
    "ceiling": torch.ceil, "rounded": torch.round, "truncated": torch.trunc, "isInfinite": torch.isinf,
    "logicalNot": torch.logical_not, "remainder by 3": lambda x: x.remainder(3),
    "remainder by -3": lambda x: x.remainder(-3), "floorDivided by 3": lambda x: x.floor_divide(3),
    "floorDivided by -3": lambda x: x.floor_divide(-3), "minimum with 4": lambda x: x.clamp(max=4),
    "maximum with 4": lambda x: x.clamp(min=4), "replacingNonFinite": torch.nan_to_num,
    "clamped from below": lambda x: x.clamp(min=1), "clamped from above": lambda x: x.clamp(max=4),
}.items():
    row(f"{name} of integers", function, integers, gradients=False)

# Special values.
row("rounded halves", torch.round, whole([-5, -3, -1, 1, 3, 5]).double() / 2)
row("clamped at its lower bound", lambda x: x.clamp(min=1), whole([0, 1, 2]).double())
row("clamped at its upper bound", lambda x: x.clamp(max=1), whole([0, 1, 2]).double())
row("clamped at its bounds", lambda x: x.clamp(0, 2), whole([0, 1, 2]).double())
row("minimum with its equal", lambda x: torch.minimum(x, torch.ones_like(x)), whole([0, 1, 2]).double())
row("sinc at 0", torch.sinc, whole([0, 0, 2]).double() / 1000)
signs = whole([1, -1, 0]).double()
row("isInfinite of infinities", lambda x: torch.isinf(x / 0), signs, gradients=False)
row("replacingNonFinite of all kinds", lambda x: torch.nan_to_num(x / 0, 0.5, 3, -4), signs, gradients=False)
row("replacingNonFinite by the greatest", lambda x: torch.isfinite(torch.nan_to_num(x / 0)), signs, gradients=False)
row("logAddExp of infinities", lambda x: torch.isinf(torch.logaddexp(x / 0, x / 0)), whole([1, -1]).double(),
    gradients=False)
row("logAddExp of large numbers", torch.logaddexp, whole([1000, -1000]).double(), whole([1001, -1000]).double())
row("hypot of large numbers", lambda x, y: torch.hypot(x * 1e30, y * 1e30) * 1e-30, real(3), real(3))
row("xlogy at 0", torch.xlogy, whole([0, 0, 1]).double(), whole([1, 2, 3]).double())
row("xlogy of zeros", torch.xlogy, whole([0, 0]).double(), whole([0, -1]).double(), gradients=False)
row("floorDivided by infinity", lambda x, y: x.floor_divide(y / 0), whole([1, -1, 1, -1]).double(),
    whole([1, 1, -1, -1]).double(), gradients=False)
row("floorDivided near whole", lambda x, y: x.floor_divide(y / 10), whole([1, 6, -1]).double(),
    whole([1, 1, 1]).double(), gradients=False)
row("floorDivided by zero", lambda x, y: torch.isinf(x.floor_divide(y)), whole([1, -1]).double(),
    whole([0, 0]).double(), gradients=False)

# Two inputs.
pairs("atan2", torch.atan2, real, positive)
pairs("remainder", torch.remainder, real, positive)
pairs("hypot", torch.hypot, real, positive)
pairs("xlogy", torch.xlogy, real, positive)
pairs("logAddExp", torch.logaddexp, real, positive)
pairs("interpolated by 0.3", lambda x, y: x.lerp(y, 0.3), real, positive)
pairs("interpolated by 0.9", lambda x, y: x.lerp(y, 0.9), real, positive)
pairs("floorDivided", torch.floor_divide, real, positive, gradients=False)
pairs("isClose", lambda x, y: (x - y).abs() <= 0.5 + 0.25 * y.abs(), real, positive, gradients=False)
for name, function in {".&": torch.logical_and, ".|": torch.logical_or, ".^": torch.logical_xor}.items():
    pairs(name, function, truths, truths, gradients=False)
    row(f"{name} of numbers", function, whole([0, 2, 0, 3]), whole([0, 0, 1, 1]).double(), gradients=False)
divisors = whole([[3, -3, 2], [-5, 7, 9]])
row("remainder of integers", torch.remainder, integers, divisors, gradients=False)
row("floorDivided of integers", torch.floor_divide, integers, divisors, gradients=False)
row("isClose of integers", lambda x, y: (x - y).abs() <= 0.5 * y.abs(), integers, whole([5, 5, 60]), gradients=False)
row("isClose of NaN", lambda x: torch.isclose(x / 0, x / 0), signs, gradients=False)
row("isClose with NaN", lambda x: torch.isclose(x / 0, x / 0, equal_nan=True), signs, gradients=False)
row("isClose of opposite infinities", lambda x: torch.isclose(x / 0, -x / 0), signs, gradients=False)

# Three inputs.
for name, sizes in {
    "same": ((2, 3), (2, 3), (2, 3)), "row": ((2, 3), (2, 3), (3,)), "outer": ((2, 1), (1, 3), (1,)),
    "scalar": ((2, 2), (2, 2), ()), "nothing": ((0, 3), (0, 3), (3,)),
}.items():
    row(f"interpolated {name}", torch.lerp, real(*sizes[0]), real(*sizes[1]), real(*sizes[2], low=-0.2, high=1.3))

# Comparisons with numbers.
for name, function in {
    ".==": torch.eq, ".!=": torch.ne, ".<": torch.lt, ".<=": torch.le, ".>": torch.gt, ".>=": torch.ge,
}.items():
    halves = whole([[0, 1, 2], [3, 4, -1]]).double() / 2
    small = whole([[0, 1, 2], [3, 4, -1]])
    row(f"{name} 0.5", lambda x: function(x, 0.5), halves, gradients=False)
    row(f"{name} 1", lambda x: function(x, 1), halves, gradients=False)
    row(f"{name} 0.5 of integers", lambda x: function(x, 0.5), small, gradients=False)
    row(f"{name} -0.5 of integers", lambda x: function(x, -0.5), small, gradients=False)
    row(f"{name} 1 of integers", lambda x: function(x, 1), small, gradients=False)
    row(f"{name} 1.0 of integers", lambda x: function(x, 1.0), small, gradients=False)
    row(f"{name} 1e30 of integers", lambda x: function(x, 1e30), small, gradients=False)
    row(f"{name} -1e30 of integers", lambda x: function(x, -1e30), small, gradients=False)
    row(f"{name} NaN of integers", lambda x: function(x, float("nan")), small, gradients=False)
    row(f"{name} 0.5 of truths", lambda x: function(x, 0.5), whole([0, 1], torch.bool), gradients=False)
    row(f"{name} 1 of nothing", lambda x: function(x, 1), torch.zeros(2, 0, dtype=torch.float64), gradients=False)

write("operations-functions")
