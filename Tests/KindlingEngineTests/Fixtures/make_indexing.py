# SPDX-License-Identifier: Apache-2.0
"""Writes operations-indexing.json: what PyTorch says of parts, picked elements and elements put in."""
import numpy
import torch

from rows import real, row, whole, write

nothing = torch.zeros(2, 0, dtype=torch.float64)
x = real(3, 4, 2)

row("subscript [0]", lambda x: x[0], x)
row("subscript [-1]", lambda x: x[-1], x)
row("subscript [1..., 0]", lambda x: x[1:, 0], x)
row("subscript [1..., 0, .ellipsis]", lambda x: x[1:, 0, ...], x)
row("subscript [.ellipsis, 1]", lambda x: x[..., 1], x)
row("subscript [..<2, ...2]", lambda x: x[:2, :3], x)
row("subscript [1..<3, 1...2]", lambda x: x[1:3, 1:3], x)
row("subscript [-2..., ...(-2)]", lambda x: x[-2:, :-1], x)
row("subscript [.newAxis, 1, .newAxis]", lambda x: x[None, 1, None], x)
row("subscript [.all, .every(2)]", lambda x: x[:, ::2], x)
row("subscript [.every(2), .every(3, from: 1)]", lambda x: x[::2, 1::3], x)
row("subscript [.every(-1)]", lambda x: x.flip(0), x)
row("subscript [.all, .every(-2, from: -1, to: 0)]", lambda x: x[:, [3, 1]], x)
row("subscript [1, 2, 0]", lambda x: x[1, 2, 0], x)
row("subscript [2..<2]", lambda x: x[2:2], x)
row("subscript [] of nothing", lambda x: x[:, None], nothing)
row("subscript [0] after a transpose", lambda x: x.transpose(0, 2)[0, ::2] * 2, x)
row("subscript [1...] of integers", lambda x: x[1:], whole([1, 2, 3]), gradients=False)
row("subscript [indices]", lambda x, i: x[i], x, whole([2, 0, -1]))
row("subscript [.all, indices]", lambda x, i: x[:, i], x, whole([[3, 0], [0, -2]]))
row("subscript [1, indices]", lambda x, i: x[1][i], x, whole([1, 1]))
row("subscript [rows, columns]", lambda x, i, j: x[i, j], x, whole([0, 2, 2]), whole([1, -1, 3]))
row("subscript [rows, columns] broadcast", lambda x, i, j: x[i, j], x, whole([[0], [2]]), whole([1, -1, 3]))
row("subscript [.all, rows, columns]", lambda x, i, j: x[:, i, j], x, whole([0, 2]), whole([1, 0]))
row("subscript [indices, .all, .newAxis, 1...]", lambda x, i: x[i][:, :, None, 1:], x, whole([1]))
row("subscript [no indices]", lambda x, i: x[i], x, torch.zeros(0, dtype=torch.int64))

row("gathered along 1", lambda x, i: x.index_select(1, i), x, whole([3, 0, 0]))
row("gathered along -1", lambda x, i: x.index_select(-1, i), x, whole([1]))
row("gathered along 0", lambda x, i: x.index_select(0, i), x, whole([1, 2]))
row("gathered along 1 by a matrix", lambda x, i: x[:, i], x, whole([[3, -1], [0, 2]]))
row("gathered along 1 by nothing", lambda x, i: x.index_select(1, i), x, torch.zeros(0, dtype=torch.int64))
row("gathered along 0 from nothing", lambda x, i: x.index_select(0, i), nothing, whole([1, 0, 1]))

row("taken along 0", lambda x, i: x.take_along_dim(i, 0), real(3, 2), whole([[2, 0], [1, 1]]))
row("taken along 1", lambda x, i: x.take_along_dim(i, 1), real(2, 3), whole([[2], [0]]))
row("taken along -1 of three", lambda x, i: x.take_along_dim(i, -1), real(2, 2, 3), whole([[[2, 2], [1, 0]], [[0, 1], [2, 1]]]))
row("taken along 1 repeated", lambda x, i: x.take_along_dim(i, 1), real(2, 3, 2), whole([[[2], [0]]]))
row("taken negative", lambda x, i: x.take_along_dim(i % 3, 0), real(3), whole([-1, -3, 1]))
row("taken by nothing", lambda x, i: x.take_along_dim(i, 0), real(3, 2), torch.zeros(0, 2, dtype=torch.int64))
row("taken from one", lambda x, i: x.take_along_dim(i, 0), real(1, 1), whole([[0]]))


def scatter(x, values, index, axis):
    """Of several that meet in one place, the last wins; PyTorch leaves that open."""
    values = values.broadcast_to(index.shape)
    last = {}
    for place in numpy.ndindex(*index.shape):
        target = list(place)
        target[axis] = int(index[place]) % x.shape[axis]
        last[tuple(target)] = place
    result = x.clone()
    for target, place in last.items():
        result[target] = values[place]
    return result


row("scattered along 0", lambda x, v, i: x.scatter(0, i, v), real(3, 2), real(2, 2), whole([[2, 0], [1, 1]]))
row("scattered along 1", lambda x, v, i: x.scatter(1, i, v), real(2, 3), real(2, 1), whole([[2], [0]]))
row("scattered of several", lambda x, v, i: scatter(x, v, i, 0), real(3), real(7), whole([1, 0, 1, 1, -2, 0, 0]))
row("scattered of several along 1", lambda x, v, i: scatter(x, v, i, 1), real(2, 3), real(2, 4), whole([[1, 1, 2, 1], [0, 0, 0, 0]]))
row("scattered of one number", lambda x, v, i: scatter(x, v, i, 0), real(4), real(), whole([3, 1]))
row("scattered of nothing", lambda x, v, i: scatter(x, v, i, 0), real(4), real(0), torch.zeros(0, dtype=torch.int64))
row("scattered into nothing", lambda x, v, i: scatter(x, v, i, 0), nothing, real(1, 1), torch.zeros(1, 0, dtype=torch.int64))
row("scattered integers", lambda x, v, i: x.scatter(0, i, v), whole([1, 2, 3], torch.int32), whole([7], torch.int32), whole([1]), gradients=False)

row("scatterAdded along 0", lambda x, v, i: x.scatter_add(0, i, v), real(3, 2), real(2, 2), whole([[2, 0], [2, 1]]))
row("scatterAdded along 1", lambda x, v, i: x.scatter_add(1, i, v), real(2, 3), real(2, 2), whole([[2, 2], [0, 1]]))
row("scatterAdded along -1 of three", lambda x, v, i: x.scatter_add(-1, i, v), real(2, 1, 3), real(2, 1, 1), whole([[[1]], [[2]]]))
row("scatterAdded of one number", lambda x, v, i: x.scatter_add(0, i, v.expand(3)), real(2), real(), whole([0, 0, 1]))
row("scatterAdded of nothing", lambda x, v, i: x.scatter_add(0, i, v), real(2), real(0), torch.zeros(0, dtype=torch.int64))
row("scatterAdded integers", lambda x, v, i: x.scatter_add(0, i, v), whole([1, 2, 3]), whole([7, 1]), whole([1, 1]), gradients=False)

mask = whole([[1, 0, 1], [0, 0, 1]], torch.bool)
row("maskedFilled", lambda x, m: x.masked_fill(m, -2.5), real(2, 3), mask)
row("maskedFilled row", lambda x, m: x.masked_fill(m, 0.0), real(2, 3), whole([0, 1, 0], torch.bool))
row("maskedFilled of one", lambda x, m: x.masked_fill(m, 1.0), real(1), whole([1], torch.bool))
row("maskedFilled of nothing", lambda x, m: x.masked_fill(m, 1.0), nothing, whole([1], torch.bool))
row("maskedFilled integers", lambda x, m: x.masked_fill(m, 9), whole([1, 2], torch.int32), whole([0, 1], torch.bool), gradients=False)
row("maskedSelected", lambda x, m: x.masked_select(m), real(2, 3), mask)
row("maskedSelected row", lambda x, m: x.masked_select(m), real(2, 3), whole([0, 1, 1], torch.bool))
row("maskedSelected none", lambda x, m: x.masked_select(m), real(2), whole([0, 0], torch.bool))
row("maskedSelected scalar", lambda x, m: x.masked_select(m), real(), whole(1, torch.bool))
row("maskedSelected of nothing", lambda x, m: x.masked_select(m), nothing, whole([1], torch.bool))
row("nonZeroIndices", lambda x: x.nonzero(), whole([[0, 7, 0], [5, 0, 1]]), gradients=False)
row("nonZeroIndices of truths", lambda x: x.nonzero(), mask, gradients=False)
row("nonZeroIndices none", lambda x: x.nonzero(), whole([0, 0]).double(), gradients=False)
row("nonZeroIndices of three", lambda x: x.nonzero(), whole([[[0, 1]], [[2, 0]]]).double(), gradients=False)
row("nonZeroIndices of nothing", lambda x: x.nonzero(), nothing, gradients=False)


def put(x, part, value):
    result = x.clone()
    result[part] = value
    return result


row("replacing 0", lambda x, v: put(x, 0, v), real(3, 2), real(2))
row("replacing 1..., 0", lambda x, v: put(x, (slice(1, None), 0), v), real(3, 2), real())
row("replacing .every(2)", lambda x, v: put(x, slice(None, None, 2), v), real(3, 2), real(2, 1))
row("replacing .every(-1)", lambda x, v: v.flip(0).clone(), real(3), real(3))
row("replacing indices", lambda x, v, i: put(x, (slice(None), i), v), real(2, 4), real(2, 2), whole([3, 0]))
row("replacing pairs", lambda x, v, i, j: put(x, (i, j), v), real(3, 3), real(2), whole([0, -1]), whole([1, 2]))
row("replacing nothing", lambda x, v: put(x, slice(2, 2), v), real(3, 2), real(2))
row("replacing all", lambda x, v: put(x, (...,), v), real(2, 2), real(1, 2))

write("operations-indexing")
