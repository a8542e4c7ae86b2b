# SPDX-License-Identifier: Apache-2.0
"""Writes operations-measures.json: what PyTorch says of windows, counts, scans by halving and quantiles."""
import torch
import torch.nn.functional as F

from rows import positive, real, row, whole, write

nothing = torch.zeros(2, 0, dtype=torch.float64)
# The logarithms of the negative ones are NaN.
holes = torch.tensor([[1.5, -0.7, 0.4], [-2.0, 0.9, 2.2]], dtype=torch.float64)


def sparsemax(x, axis=-1):
    """Martins and Astudillo 2016, algorithm 1."""
    if x.numel() == 0:
        return x
    z = x.sort(dim=axis, descending=True).values
    ranks = torch.arange(1, x.shape[axis] + 1, dtype=x.dtype)
    ranks = ranks.reshape([-1 if a == axis % x.dim() else 1 for a in range(x.dim())])
    count = (1 + ranks * z > z.cumsum(axis)).sum(axis, keepdim=True)
    threshold = (z.cumsum(axis).gather(axis, count - 1) - 1) / count
    return (x - threshold).clamp(min=0)


row("sparsemax", sparsemax, real(3, 4))
row("sparsemax over 0", lambda x: sparsemax(x, 0), real(3, 4))
row("sparsemax over 1", lambda x: sparsemax(x, 1), real(2, 3, 2))
row("sparsemax of one", sparsemax, real(2, 1), cases=False)
row("sparsemax of near numbers", sparsemax, real(2, 5, low=-0.2, high=0.2))
row("sparsemax of nothing", sparsemax, nothing)

row("slidingWindows", lambda x: x.unfold(-1, 2, 1), real(5))
row("slidingWindows along 0", lambda x: x.unfold(0, 2, 1), real(3, 4))
row("slidingWindows step 2", lambda x: x.unfold(1, 3, 2), real(2, 6, 2))
row("slidingWindows whole", lambda x: x.unfold(1, 3, 1), real(2, 3))
row("slidingWindows of integers", lambda x: x.unfold(0, 2, 3), whole([1, 2, 3, 4, 5, 6]), gradients=False)
row("slidingWindows beside nothing", lambda x: x.unfold(0, 2, 1), nothing)

row("unfolded", lambda x: F.unfold(x, 2), real(1, 2, 3, 4))
row("unfolded stride 2", lambda x: F.unfold(x, (2, 1), stride=2), real(2, 1, 4, 3))
row("unfolded padding", lambda x: F.unfold(x, 3, padding=1), real(1, 2, 3, 3))
row("unfolded dilation", lambda x: F.unfold(x, 2, dilation=(2, 1), padding=(1, 0)), real(1, 1, 3, 3))
row("unfolded of one", lambda x: F.unfold(x, 1), real(1, 1, 1, 1))
row("unfolded 1-D", lambda x: F.unfold(x[:, :, None], (1, 3), stride=(1, 2)), real(2, 2, 7))
row("folded", lambda x: F.fold(x, (3, 4), 2), real(1, 8, 6))
row("folded stride 2", lambda x: F.fold(x, (4, 3), (2, 1), stride=2), real(2, 2, 4))
row("folded padding", lambda x: F.fold(x, (3, 3), 3, padding=1), real(1, 9, 9))
row("folded dilation", lambda x: F.fold(x, (3, 3), 2, dilation=(2, 1), padding=(1, 0)), real(1, 4, 6))
row("folded of one", lambda x: F.fold(x, (1, 1), 1), real(1, 1, 1))

row("powerPooled 2", lambda x: F.lp_pool2d(x, 2, 2), real(1, 2, 4, 4))
row("powerPooled 2 stride 1", lambda x: F.lp_pool2d(x, 2, 2, stride=1), real(1, 1, 3, 3))
row("powerPooled 1", lambda x: F.lp_pool2d(x, 1, 2), positive(1, 1, 4, 2))
row("powerPooled 3", lambda x: F.lp_pool2d(x, 3, (1, 2)), positive(2, 1, 2, 4))
row("powerPooled 2 of 1-D", lambda x: F.lp_pool1d(x, 2, 3), real(2, 1, 6))
row("averagePool ceil", lambda x: F.avg_pool2d(x, 2, ceil_mode=True), real(1, 1, 3, 3))
row("averagePool ceil, padding", lambda x: F.avg_pool2d(x, 3, 2, padding=1, ceil_mode=True), real(1, 2, 4, 4))
row("averagePool ceil, inside", lambda x: F.avg_pool2d(x, 3, 2, padding=1, ceil_mode=True, count_include_pad=False), real(1, 1, 4, 4))
row("averagePool ceil that fits", lambda x: F.avg_pool2d(x, 2, ceil_mode=True), real(1, 1, 4, 2))
row("averagePool ceil of 1-D", lambda x: F.avg_pool1d(x, 3, 2, ceil_mode=True), real(1, 2, 6))

for name, function in [("cumulativeMaximum", torch.cummax), ("cumulativeMinimum", torch.cummin)]:
    row(f"{name} along 0", lambda x: function(x, 0).values, real(5, 2))
    row(f"{name} along 1", lambda x: function(x, 1).values, real(2, 7))
    row(f"{name} of three axes", lambda x: function(x, 1).values, real(2, 3, 2))
    row(f"{name} of one", lambda x: function(x, 0).values, real(1))
    row(f"{name} of nothing", lambda x: x.clone(), nothing)
    row(f"{name} of integers", lambda x: function(x, 0).values, whole([3, 1, 4, 1, 5]), gradients=False)
row("logCumulativeSumExp along 0", lambda x: torch.logcumsumexp(x, 0), real(5, 2))
row("logCumulativeSumExp along 1", lambda x: torch.logcumsumexp(x, 1), real(2, 7))
row("logCumulativeSumExp of three axes", lambda x: torch.logcumsumexp(x, 1), real(2, 3, 2))
row("logCumulativeSumExp of one", lambda x: torch.logcumsumexp(x, 0), real(1))
row("logCumulativeSumExp of nothing", lambda x: x.clone(), nothing)

row("differences", lambda x: x.diff(), real(2, 4))
row("differences along 0", lambda x: x.diff(dim=0), real(3, 2))
row("differences of order 2", lambda x: x.diff(n=2), real(5))
row("differences of order 0", lambda x: x.clone(), real(3))
row("differences of one", lambda x: x.diff(), real(2, 1), cases=False)
row("differences of integers", lambda x: x.diff(), whole([1, 4, 9, 2], torch.int32), gradients=False)
row("trapezoid", lambda x: torch.trapezoid(x), real(2, 4))
row("trapezoid along 0", lambda x: torch.trapezoid(x, dim=0), real(3, 2))
row("trapezoid spacing", lambda x: torch.trapezoid(x, dx=0.25), real(5))
row("trapezoid of one", lambda x: torch.trapezoid(x), real(2, 1), cases=False)
row("trapezoid of nothing", lambda x: x.sum(-1), nothing)

row("sumWithoutNaN", lambda x: x.log().nansum(), holes, cases=False)
row("sumWithoutNaN over 0", lambda x: x.log().nansum(0), holes, cases=False)
row("sumWithoutNaN kept", lambda x: x.log().nansum(1, keepdim=True), holes, cases=False)
row("sumWithoutNaN without", lambda x: x.nansum(1), real(2, 3))
row("sumWithoutNaN of nothing", lambda x: x.nansum(1), nothing)
row("meanWithoutNaN", lambda x: x.log().nanmean(), holes, cases=False)
row("meanWithoutNaN over 0", lambda x: x.log().nanmean(0), holes, cases=False)
row("meanWithoutNaN kept", lambda x: x.log().nanmean(1, keepdim=True), holes, cases=False)
row("meanWithoutNaN without", lambda x: x.nanmean(1), real(2, 3))
row("meanWithoutNaN of one", lambda x: x.nanmean(), real(1))

row("quantile 0.5", lambda x: x.quantile(0.5, dim=0), real(4, 2))
row("quantile 0.3", lambda x: x.quantile(0.3, dim=1), real(2, 5))
row("quantile 0", lambda x: x.quantile(0.0, dim=-1), real(2, 3))
row("quantile 1 kept", lambda x: x.quantile(1.0, dim=-1, keepdim=True), real(2, 3))
row("quantile 0.25 of one", lambda x: x.quantile(0.25, dim=0), real(1, 3))

line = torch.tensor([-1.5, 0.25, 0.5, 2.0, 2.0, 3.5], dtype=torch.float64)
wanted = torch.tensor([[0.5, -2.0, 9.0], [2.0, 0.3, 3.5]], dtype=torch.float64)
row("searchSorted", lambda x, v: torch.searchsorted(x, v), line, wanted, gradients=False, cases=False)
row("searchSorted right", lambda x, v: torch.searchsorted(x, v, right=True), line, wanted, gradients=False, cases=False)
row("searchSorted in one", lambda x, v: torch.searchsorted(x, v), line[:1], wanted, gradients=False, cases=False)
row("searchSorted in nothing", lambda x, v: torch.searchsorted(x, v), line[:0], wanted, gradients=False, cases=False)
row("searchSorted of nothing", lambda x, v: torch.searchsorted(x, v), line, nothing, gradients=False, cases=False)
row("searchSorted of integers", lambda x, v: torch.searchsorted(x, v), whole([1, 3, 3, 8]), whole([3, 9, 0]), gradients=False)

row("binCounts", lambda x: torch.bincount(x), whole([0, 2, 2, 5]), gradients=False)
row("binCounts of a matrix", lambda x: torch.bincount(x.flatten()), whole([[1, 1], [0, 3]], torch.int32), gradients=False)
row("binCounts of 7", lambda x: torch.bincount(x, minlength=7), whole([1, 4]), gradients=False)
row("binCounts weights", lambda x, w: torch.zeros(4, dtype=w.dtype).index_add(0, x, w), whole([3, 0, 3]), real(3))
row("binCounts of nothing", lambda x: torch.bincount(x), torch.zeros(0, dtype=torch.int64), gradients=False)
row("histogram 4", lambda x: torch.histc(x, 4, -2.0, 2.0).long(), real(9), gradients=False)
row("histogram 3 within", lambda x: torch.histc(x, 3, -1.0, 1.0).long(), real(3, 3), gradients=False)
row("histogram 2 at bounds", lambda x: torch.histc(x, 2, 0.0, 1.0).long(), torch.tensor([0.0, 0.5, 1.0, 1.5, -0.5], dtype=torch.float64), gradients=False)
row("histogram 1", lambda x: torch.histc(x, 1, -9.0, 9.0).long(), real(2), gradients=False)
row("histogram 5 of nothing", lambda x: torch.histc(x, 5, 0.0, 1.0).long(), nothing, gradients=False)

mask = whole([[1, 0, 1], [0, 0, 1]], torch.bool)
three = real(2, 3, 2)
row("subscript [mask]", lambda x, m: x[m], real(2, 3), mask)
row("subscript [mask of rows]", lambda x, m: x[m], three, whole([0, 1], torch.bool))
row("subscript [mask of two axes]", lambda x, m: x[m], three, mask)
row("subscript [.all, mask]", lambda x, m: x[:, m], three, whole([1, 0, 1], torch.bool))
row("subscript [.ellipsis, mask]", lambda x, m: x[..., m], three, whole([0, 1], torch.bool))
row("subscript [mask of none]", lambda x, m: x[m], real(3), whole([0, 0, 0], torch.bool))


def put(x, part, value):
    result = x.clone()
    result[part] = value
    return result


row("replacing mask", lambda x, v, m: put(x, m, v), real(2, 3), real(), mask)
row("replacing mask by several", lambda x, v, m: put(x, m, v), real(2, 3), real(3), mask)
row("replacing mask of rows", lambda x, v, m: put(x, m, v), real(3, 2), real(2, 2), whole([1, 0, 1], torch.bool))
row("replacing .all, mask", lambda x, v, m: put(x, (slice(None), m), v), real(2, 3), real(2, 1), whole([0, 1, 0], torch.bool))
row("replacing mask of none", lambda x, v, m: put(x, m, v), real(2), real(), whole([0, 0], torch.bool))

integers = whole([[0, 2], [3, -1]])
for symbol, function in [("==", torch.eq), ("!=", torch.ne), ("<", torch.lt), ("<=", torch.le), (">", torch.gt), (">=", torch.ge)]:
    row(f"2 .{symbol} x", lambda x: function(torch.tensor(2), x), integers, gradients=False)
    row(f"0.5 .{symbol} x", lambda x: function(torch.tensor(0.5, dtype=torch.float64), x), real(2, 3), gradients=False)

write("operations-measures")
