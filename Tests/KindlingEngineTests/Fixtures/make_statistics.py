# SPDX-License-Identifier: Apache-2.0
"""Writes operations-statistics.json: what PyTorch and NumPy say of statistics and of what creates tensors.

    python make_statistics.py
"""
import numpy
import torch

from rows import real, row, whole, write

x = real(2, 3, 4)
axes = {"all": (0, 1, 2), "0": (0,), "1": (1,), "-1": (-1,), "0 2": (0, 2)}


def product(t, dims, keep=False):
    for dim in sorted((d % t.dim() for d in dims), reverse=True):
        t = t.prod(dim, keepdim=keep)
    return t


for name, dims in axes.items():
    for keep in (False, True):
        tag = f"{name}{' kept' if keep else ''}"
        row(f"standardDeviation {tag}", lambda t: t.std(dims, keepdim=keep), x)
        row(f"product {tag}", lambda t: product(t, dims, keep), x)
        row(f"logSumExp {tag}", lambda t: t.logsumexp(dims, keepdim=keep), x)
        row(f"norm {tag}", lambda t: torch.linalg.vector_norm(t, 2, dims, keepdim=keep), x)
row("standardDeviation of a population", lambda t: t.std((0, 2), correction=0), x)
row("standardDeviation of equals", lambda t: t.std(1, correction=0), torch.full((2, 3), 1.5, dtype=torch.float64))
row("standardDeviation of two", lambda t: t.std(), real(2))
row("mean of meanAndVariance", lambda t: t.mean(1), x)
row("variance of meanAndVariance", lambda t: t.var(1), x)
row("variance of meanAndVariance kept", lambda t: t.var((0, 2), correction=0, keepdim=True), x)
row("variance of meanAndVariance all", lambda t: t.var(), x)
one_zero = torch.tensor([[0.5, 0.0, -1.5], [1.2, 0.7, -0.4]], dtype=torch.float64)
two_zeros = torch.tensor([[0.0, 0.0, -1.5], [0.0, 0.7, 0.0]], dtype=torch.float64)
row("product with a zero", lambda t: t.prod(1), one_zero)
row("product with zeros", lambda t: t.prod(1), two_zeros)
row("product of zeros", lambda t: t.prod(0), torch.zeros(3, dtype=torch.float64))
row("product with a zero in all", lambda t: t.prod(), one_zero)
row("product of one", lambda t: t.prod(0), real(1))
row("product of a scalar", lambda t: t.prod(), real())
row("product over nothing", lambda t: t.prod(0), torch.zeros(0, 3, dtype=torch.float64))
row("product beside nothing", lambda t: t.prod(1), torch.zeros(0, 3, dtype=torch.float64))
row("product of integers", lambda t: t.prod(0), whole([[1, 2], [3, 4]], torch.int32), gradients=False)
row("logSumExp of large numbers", lambda t: (t + 900).logsumexp(1), real(2, 3))
row("logSumExp of a scalar", lambda t: t.logsumexp(0), real())
row("logSumExp over nothing", lambda t: t.logsumexp(0).exp(), torch.zeros(0, 3, dtype=torch.float64), gradients=False)
infinite = torch.tensor([[-torch.inf, 0.0, 0.0], [-torch.inf, -torch.inf, -torch.inf]], dtype=torch.float64)
row("logSumExp of infinities", lambda t: (t + infinite).logsumexp(1).exp(), real(2, 3), gradients=False)
for order in (1, 3, 2.5, float("inf")):
    row(f"norm of order {order}", lambda t: torch.linalg.vector_norm(t, order, 1), x)
    row(f"norm of order {order} kept", lambda t: torch.linalg.vector_norm(t, order, (0, 2), keepdim=True), x)
    row(f"norm of order {order}, all", lambda t: torch.linalg.vector_norm(t, order), real(2, 3))
row("norm of zeros", lambda t: torch.linalg.vector_norm(t, 2, 0), torch.zeros(3, dtype=torch.float64))
row("norm of one", lambda t: torch.linalg.vector_norm(t), real(1))
row("norm over nothing", lambda t: torch.linalg.vector_norm(t, 2, 0), torch.zeros(0, 2, dtype=torch.float64))
truths = whole([[1, 0, 1], [1, 1, 1], [0, 0, 0]], torch.bool)
numbers = whole([[3, 0, -1], [256, 1, 512], [0, 0, 0]])
for name, function in {"any": torch.any, "all": torch.all}.items():
    row(f"{name} everywhere", function, truths, gradients=False)
    row(f"{name} 0", lambda t: function(t, 0), truths, gradients=False)
    row(f"{name} 1 kept", lambda t: function(t, 1, keepdim=True), truths, gradients=False)
    row(f"{name} of integers", lambda t: function(t, 1), numbers, gradients=False)
    row(f"{name} of reals", lambda t: function(t, 1), numbers.double(), gradients=False)
    row(f"{name} of nothing", lambda t: function(t, 0), torch.zeros(0, 3, dtype=torch.float64), gradients=False)
row("countNonZero", torch.count_nonzero, numbers, gradients=False)
row("countNonZero 0", lambda t: t.count_nonzero(0), numbers, gradients=False)
row("countNonZero 0 1", lambda t: t.count_nonzero((0, 1)), truths, gradients=False)
row("countNonZero of reals", lambda t: t.count_nonzero(1), numbers.double(), gradients=False)
row("countNonZero of nothing", lambda t: t.count_nonzero(0), torch.zeros(0, 3, dtype=torch.float64), gradients=False)

# What creates tensors is added to a scalar, so that the rows have an input.
zero = torch.zeros((), dtype=torch.float64)
for name, (start, end, step) in {
    "arange": (0, 5, 1), "arange in quarters": (0, 1, 0.25), "arange not reaching": (0, 1, 0.3),
    "arange down": (5, 0, -2), "arange of nothing": (2, 2, 1),
}.items():
    row(name, lambda t: torch.arange(start, end, step, dtype=torch.float64) + t, zero)
for name, (start, end, count) in {
    "linspace": (0, 1, 5), "linspace down": (3, -1, 7), "linspace of one": (2, 5, 1), "linspace of two": (2, 5, 2),
    "linspace of none": (2, 5, 0),
}.items():
    row(name, lambda t: torch.tensor(numpy.linspace(start, end, count)) + t, zero)
for name, size in {"eye": (3,), "eye wide": (2, 3), "eye tall": (3, 2), "eye of one": (1,), "eye of none": (0, 2)}.items():
    row(name, lambda t: torch.eye(*size, dtype=torch.float64) + t, zero)

write("operations-statistics")
