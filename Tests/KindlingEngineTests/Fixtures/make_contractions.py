# SPDX-License-Identifier: Apache-2.0
"""Writes operations-contractions.json: what PyTorch and NumPy say of sums of products."""
import torch

from rows import real, row, whole, write

# PyTorch sums over the axes of ... that a result leaves out, and orders implicit results as NumPy does.
equations = {
    "ij,jk->ik": [(2, 3), (3, 4)], "ij,jk": [(2, 3), (3, 4)], "ij,kj->ki": [(2, 3), (4, 3)], "i,i->": [(3,), (3,)],
    "i,j->ij": [(2,), (3,)], "ij->ji": [(2, 3)], "ba": [(2, 3)], "ij->": [(2, 3)], "ij->j": [(2, 3)], "ii->i": [(3, 3)],
    "ii": [(3, 3)], "iij->ji": [(2, 2, 3)], "iji,j->i": [(2, 3, 2), (3,)], "bij,bjk->bik": [(2, 2, 3), (2, 3, 2)],
    "bhqd,bhkd->bhqk": [(1, 2, 2, 3), (1, 2, 3, 3)], "...ij,...jk->...ik": [(2, 1, 2, 3), (2, 3, 2)],
    "...ij,jk": [(2, 2, 3), (3, 2)], "i...->...i": [(2, 3, 4)], "...i->...": [(2, 3)], "...,...": [(2, 3), (3,)],
    "ij,ij->ij": [(2, 3), (2, 3)], "ij,ij,ij->i": [(2, 3), (2, 3), (2, 3)], "ij,jk,kl->il": [(2, 3), (3, 2), (2, 2)],
    "ij,jk,kl->li": [(2, 3), (3, 2), (2, 2)], "ab,bc,ad->dc": [(2, 3), (3, 2), (2, 4)],
    "ij,k->ik": [(2, 3), (2,)], "ijk,k->": [(2, 2, 3), (3,)], "Ab,bA->A": [(2, 3), (3, 2)], "aB": [(2, 3)],
    ",ij->ij": [(), (2, 2)], "->": [()], "ij,jk->ki": [(1, 3), (3, 1)], "ij,jk->i k": [(2, 0), (0, 3)],
    "ij,j->ij": [(2, 3), (1,)], "...ii->...i": [(2, 3, 3)], "... ->": [(2, 2)], "bi,bi->b": [(0, 3), (0, 3)],
}
for equation, shapes in equations.items():
    row(f"einsum {equation}", lambda *t: torch.einsum(equation, *t), *[real(*shape) for shape in shapes])
row("einsum of integers", lambda a, b: torch.einsum("ij,jk->ik", a, b), whole([[1, 2], [3, 4]], torch.int32),
    whole([[5, 6], [7, 8]], torch.int32), gradients=False)

row("tensorDot", lambda a, b: torch.tensordot(a, b, 2), real(2, 3, 2), real(3, 2, 2))
row("tensorDot 1", lambda a, b: torch.tensordot(a, b, 1), real(2, 3), real(3, 2, 2))
row("tensorDot 0", lambda a, b: torch.tensordot(a, b, 0), real(2), real(2, 3))
row("tensorDot over axes", lambda a, b: torch.tensordot(a, b, ([2, 0], [0, 1])), real(2, 3, 4), real(4, 2))
row("tensorDot over -1", lambda a, b: torch.tensordot(a, b, ([-1], [-1])), real(2, 3), real(2, 3))
row("tensorDot of nothing", lambda a, b: torch.tensordot(a, b, 1), real(2, 0), real(0, 3))
row("tensorDot of scalars", lambda a, b: torch.tensordot(a, b, 0), real(), real())

row("dot", torch.dot, real(3), real(3))
row("dot of one", torch.dot, real(1), real(1))
row("dot of nothing", torch.dot, real(0), real(0))
row("dot of many", torch.dot, real(17), real(17))
row("dot of integers", torch.dot, whole([1, 2]), whole([3, 4]), gradients=False)
row("outer", torch.outer, real(2), real(3))
row("outer of one", torch.outer, real(1), real(1))
row("outer of nothing", torch.outer, real(0), real(2))
row("outer long", torch.outer, real(5), real(4))
row("outer of integers", torch.outer, whole([1, 2]), whole([3, 4, 5]), gradients=False)
row("inner", torch.inner, real(2, 3), real(4, 3))
row("inner of rows", torch.inner, real(3), real(3))
row("inner of a batch", torch.inner, real(2, 2, 3), real(3))
row("inner of a scalar", torch.inner, real(), real(2, 2))
row("inner of nothing", torch.inner, real(2, 0), real(3, 0))

cross = torch.linalg.cross
row("cross", lambda a, b: cross(a, b), real(3), real(3))
row("cross of rows", lambda a, b: cross(a, b), real(2, 3), real(2, 3))
row("cross along 0", lambda a, b: cross(a, b, dim=0), real(3, 2), real(3, 2))
row("cross broadcast", lambda a, b: cross(a, b), real(2, 1, 3), real(1, 2, 3))
row("cross of nothing", lambda a, b: cross(a, b), real(0, 3), real(0, 3))
row("kronecker", torch.kron, real(2, 2), real(2, 3))
row("kronecker of rows", torch.kron, real(2), real(3))
row("kronecker of ranks", torch.kron, real(2, 1, 2), real(2))
row("kronecker of a scalar", torch.kron, real(), real(2, 2))
row("kronecker of nothing", torch.kron, real(0, 2), real(2, 2))

write("operations-contractions")
