# SPDX-License-Identifier: Apache-2.0
"""Writes operations-scans.json: what PyTorch says of scans and orders.

    python make_scans.py
"""
import torch

from rows import real, row, whole, write

x = real(2, 3, 4)
zeros = torch.tensor([[0.5, 0.0, -1.5, 2.0], [1.5, -0.7, 0.0, 0.0], [0.0, 1.2, 0.8, -1.1]], dtype=torch.float64)


def exclusive(scanned, start):
    return lambda t, dim: torch.cat([torch.full_like(t.narrow(dim, 0, 1), start),
                                     scanned(t, dim).narrow(dim, 0, t.shape[dim] - 1)], dim)


def reversed_(scanned):
    return lambda t, dim: scanned(t.flip(dim), dim).flip(dim)


for name, scanned, start in [("cumulativeSum", torch.cumsum, 0.0), ("cumulativeProduct", torch.cumprod, 1.0)]:
    for dim in (0, 1, -1):
        row(f"{name} {dim}", lambda t: scanned(t, dim), x)
        row(f"{name} {dim} reversed", lambda t: reversed_(scanned)(t, dim), x)
        row(f"{name} {dim} exclusive", lambda t: exclusive(scanned, start)(t, dim), x)
    row(f"{name} reversed, exclusive", lambda t: reversed_(exclusive(scanned, start))(t, 1), x)
    row(f"{name} of one", lambda t: scanned(t, 0), real(1))
    row(f"{name} of nothing", lambda t: scanned(t, 1), torch.zeros(2, 0, dtype=torch.float64))
    row(f"{name} beside nothing", lambda t: scanned(t, 0), torch.zeros(2, 0, dtype=torch.float64))
    row(f"{name} of integers", lambda t: scanned(t, 0), whole([[1, 2], [3, 4], [0, 5]], torch.int32), gradients=False)
    row(f"{name} of truths", lambda t: scanned(t, 0), whole([1, 0, 1], torch.bool), gradients=False)
    row(f"{name} of a long row", lambda t: scanned(t, 1), real(2, 150, low=0.95, high=1.05))
    row(f"{name} of a long column", lambda t: scanned(t, 0), real(2, 150, low=0.95, high=1.05))
row("cumulativeProduct with zeros", lambda t: t.cumprod(1), zeros)
row("cumulativeProduct with zeros, exclusive", lambda t: exclusive(torch.cumprod, 1.0)(t, 1), zeros)
row("cumulativeProduct with zeros, reversed", lambda t: reversed_(torch.cumprod)(t, 0), zeros)
row("cumulativeProduct of zeros", lambda t: t.cumprod(0), torch.zeros(3, dtype=torch.float64))


def recurrence(values, decay, dim):
    decay = decay.expand_as(values)
    state, steps = torch.zeros_like(values.select(dim, 0)), []
    for step in range(values.shape[dim]):
        state = decay.select(dim, step) * state + values.select(dim, step)
        steps.append(state)
    return torch.stack(steps, dim)


row("linearRecurrence", lambda t, a: recurrence(t, a, 0), real(4), real(4))
row("linearRecurrence 1", lambda t, a: recurrence(t, a, 1), real(2, 3, 2), real(2, 3, 2))
row("linearRecurrence broadcast", lambda t, a: recurrence(t, a, 1), real(2, 3), real(2, 1))
row("linearRecurrence scalar", lambda t, a: recurrence(t, a, 0), real(3, 2), real())
row("linearRecurrence reversed", lambda t, a: recurrence(t.flip(1), a.flip(1), 1).flip(1), real(2, 4), real(2, 4))
row("linearRecurrence of one", lambda t, a: recurrence(t, a, 0), real(1), real(1))

ties = whole([[3, 1, 3, 2], [2, 2, 1, 1]]).double()
for dim in (0, 1, -1):
    for descending in (False, True):
        tag = f"{dim}{' descending' if descending else ''}"
        row(f"sorted {tag}", lambda t: t.sort(dim=dim, descending=descending, stable=True)[0], x)
        row(f"argsort {tag}", lambda t: t.argsort(dim=dim, descending=descending, stable=True), x, gradients=False)
row("sorted with equals", lambda t: t.sort(dim=1, stable=True)[0], ties)
row("sorted with equals, descending", lambda t: t.sort(dim=1, descending=True, stable=True)[0], ties)
row("argsort with equals", lambda t: t.argsort(dim=1, stable=True), ties, gradients=False)
row("argsort with equals, descending", lambda t: t.argsort(dim=1, descending=True, stable=True), ties, gradients=False)
row("sorted of one", lambda t: t.sort(0)[0], real(1))
row("sorted of nothing", lambda t: t.sort(1)[0], torch.zeros(2, 0, dtype=torch.float64))
row("sorted beside nothing", lambda t: t.sort(0)[0], torch.zeros(2, 0, dtype=torch.float64))
row("sorted long", lambda t: t.sort(dim=1, stable=True)[0], real(2, 120))
row("argsort of integers", lambda t: t.argsort(dim=0, stable=True), whole([5, -3, 7, -3, 0], torch.int32), gradients=False)
row("argsort of truths", lambda t: t.argsort(dim=0, stable=True), whole([1, 0, 1, 0], torch.bool), gradients=False)
special = lambda t: torch.tensor([float("nan"), 1.0, float("-inf"), 0.0, float("inf"), -1.0], dtype=t.dtype) + t
row("argsort of NaN", lambda t: special(t).argsort(dim=0, stable=True), torch.zeros(6, dtype=torch.float64),
    gradients=False)
row("argsort of NaN, descending", lambda t: special(t).argsort(dim=0, descending=True, stable=True),
    torch.zeros(6, dtype=torch.float64), gradients=False)
for dim in (0, 1, -1):
    row(f"topK {dim}", lambda t: t.topk(2, dim)[0], x)
    row(f"topK {dim} smallest", lambda t: t.topk(2, dim, largest=False)[0], x)
    row(f"topK indices {dim}", lambda t: t.topk(2, dim)[1], x, gradients=False)
row("topK of many", lambda t: t.topk(3, 1)[0], real(2, 100))
row("topK indices of many", lambda t: t.topk(3, 1, largest=False)[1], real(2, 100), gradients=False)
row("topK none", lambda t: t.topk(0, 1)[0], real(2, 3))
row("topK all", lambda t: t.topk(3, 1)[0], real(2, 3))
row("median 0", lambda t: t.median(0)[0], real(3, 4))
row("median 1 kept", lambda t: t.median(1, keepdim=True)[0], real(3, 4))
row("median -1", lambda t: t.median(-1)[0], x)
row("median of one", lambda t: t.median(0)[0], real(1))
row("median of integers", lambda t: t.median(0)[0], whole([4, 1, 3, 3]), gradients=False)
repeated = whole([[3, 1, 3], [2, 1, 3]]).double()
row("unique values", lambda t: t.unique(), repeated, gradients=False)
row("unique inverse", lambda t: t.unique(return_inverse=True)[1], repeated, gradients=False)
row("unique counts", lambda t: t.unique(return_counts=True)[1], repeated, gradients=False)
row("unique of integers", lambda t: t.unique(), whole([7, -2, 7], torch.int32), gradients=False)
row("unique of nothing", lambda t: t.unique(), torch.zeros(0, dtype=torch.float64), gradients=False)
row("unique of one", lambda t: t.unique(), real(), gradients=False)

write("operations-scans")
