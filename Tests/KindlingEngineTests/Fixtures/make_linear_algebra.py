# SPDX-License-Identifier: Apache-2.0
"""Writes operations-linear-algebra.json: what PyTorch says of the operations of linear algebra, in float64.

Factors whose signs or bases are free are compared by what does not depend on them.

    python make_linear_algebra.py
"""
import torch
import torch.linalg as L

from rows import others, real, row, write


def eye(n):
    return torch.eye(n, dtype=torch.float64)


def definite(x):
    """Positive definite, whatever x."""
    return x @ x.mT + 2 * eye(x.shape[-2])


def regular(x):
    """Far from singular, whatever x of elements up to 2."""
    return x + 6 * eye(x.shape[-1])


def symmetric(x):
    """Symmetric, with eigenvalues far apart."""
    return x + x.mT + torch.diag(8.0 * torch.arange(x.shape[-1], dtype=torch.float64))


def tall(x):
    """Columns far from dependent, with singular values far apart."""
    m, n = x.shape[-2:]
    return x + torch.eye(m, n, dtype=torch.float64) * (4 + 6 * torch.arange(n, dtype=torch.float64))


squares = {"plain": (3, 3), "size 1": (1, 1), "batch": (2, 2, 2), "empty": (0, 0), "empty batch": (0, 2, 2)}
for name, shape in squares.items():
    row(f"cholesky {name}", lambda x: L.cholesky(definite(x)), real(*shape))
    row(f"inverse {name}", lambda x: L.inv(regular(x)), real(*shape))
    row(f"determinant {name}", lambda x: L.det(regular(x) / 5), real(*shape))
    row(f"logDeterminant {name}", lambda x: L.slogdet(regular(x)).logabsdet, real(*shape))
    for power in (0, 1, 5, -2):
        row(f"matrixPower {power} {name}", lambda x: L.matrix_power(regular(x) / 5, power), real(*shape))
row("cholesky of a batch of batches", lambda x: L.cholesky(definite(x)), real(2, 1, 2, 3))
row("determinant negative", lambda x: L.det(-regular(x) / 5), real(3, 3))
row("logDeterminant negative", lambda x: L.slogdet(-regular(x)).logabsdet, real(3, 3))
row("logDeterminant sign", lambda x: L.slogdet(-regular(x)).sign, real(2, 3, 3), gradients=False)
row("determinant of a singular matrix", L.det, torch.tensor([[1.0, 2], [2, 4]], dtype=torch.float64), gradients=False)

systems = {
    "vector": ((3, 3), (3,)), "columns": ((3, 3), (3, 2)), "size 1": ((1, 1), (1, 1)),
    "batch": ((2, 2, 2), (2, 2, 3)), "one matrix": ((2, 2), (3, 2, 2)),
    "one matrix, batches": ((2, 2), (2, 1, 2, 1)), "one right side": ((3, 2, 2), (2, 1)),
    "one vector": ((2, 2, 2), (2,)),
    "outer batch": ((2, 1, 2, 2), (3, 2, 1)), "no columns": ((2, 2), (2, 0)), "empty": ((0, 0), (0, 2)),
}


def columns(solver):
    """A right side of one axis as one column."""
    return lambda a, b: solver(a, b.unsqueeze(-1)).squeeze(-1) if b.dim() == 1 else solver(a, b)


for name, (left, right) in systems.items():
    row(f"solve {name}", columns(lambda a, b: L.solve(regular(a), b)), real(*left), real(*right))
    row(f"choleskySolve {name}", columns(lambda a, b: torch.cholesky_solve(
        b.expand(*torch.broadcast_shapes(a.shape[:-2], b.shape[:-2]), *b.shape[-2:]),
        regular(a).tril().expand(*torch.broadcast_shapes(a.shape[:-2], b.shape[:-2]), *a.shape[-2:]))),
        real(*left), real(*right))
    row(f"leastSquares square {name}", columns(lambda a, b: L.solve(regular(a), b)), real(*left), real(*right))
    for upper in (False, True):
        def triangular(a, b):
            part = regular(a).triu() if upper else regular(a).tril()
            return L.solve_triangular(part, b, upper=upper)

        def transposed(a, b):
            part = regular(a).triu() if upper else regular(a).tril()
            return L.solve_triangular(part.mT, b, upper=not upper)

        tag = "upper" if upper else "lower"
        row(f"triangularSolve {tag} {name}", columns(triangular), real(*left), real(*right))
        row(f"triangularSolve {tag} transposed {name}", columns(transposed), real(*left), real(*right))
    row(f"triangularSolve unit {name}", columns(lambda a, b: L.solve_triangular(
        a.tril(-1) + eye(a.shape[-1]), b, upper=False, unitriangular=True)), real(*left), real(*right))
row("solve with exchanged rows", L.solve, torch.tensor([[0, 2.0, 1], [3, 0.1, 0], [0.2, 0, 5]], dtype=torch.float64),
    real(3, 2))

shapes = {"tall": (4, 2), "square": (3, 3), "wide": (2, 4), "size 1": (1, 1), "column": (3, 1), "batch": (2, 3, 2)}
for name, shape in shapes.items():
    wide = shape[-1] > shape[-2]

    def apart(x):
        return tall(x.mT).mT if wide else tall(x)

    row(f"qr q {name}", lambda x: L.qr(apart(x)).Q, real(*shape))
    row(f"qr r {name}", lambda x: L.qr(apart(x)).R, real(*shape))
    row(f"qr complete {name}", lambda x: torch.cat([t.flatten() for t in L.qr(apart(x), "complete")]), real(*shape),
        gradients=shape[-2] <= shape[-1])
    row(f"svd product {name}", lambda x: (lambda u, s, vh: (u * s.log1p().unsqueeze(-2)) @ vh)(
        *L.svd(apart(x), full_matrices=False)), real(*shape))
    row(f"svd u {name}", lambda x: L.svd(apart(x), full_matrices=False).U.square(), real(*shape))
    row(f"svd vh {name}", lambda x: L.svd(apart(x), full_matrices=False).Vh.square(), real(*shape))
    row(f"singularValues {name}", lambda x: L.svdvals(apart(x)), real(*shape))
    row(f"pseudoInverse {name}", lambda x: L.pinv(apart(x)), real(*shape))
    row(f"leastSquares {name}", lambda x, b: L.lstsq(apart(x), b).solution, real(*shape),
        real(*shape[:-1], 2))
    row(f"matrixRank {name}", lambda x: L.matrix_rank(apart(x)), real(*shape), gradients=False)
for name, shape in {"no columns": (2, 0), "no rows": (0, 2), "empty batch": (0, 3, 2)}.items():
    row(f"svd product {name}", lambda x: (lambda u, s, vh: (u * s.unsqueeze(-2)) @ vh)(
        *L.svd(x, full_matrices=False)), real(*shape))
    row(f"qr r {name}", lambda x: L.qr(x).R, real(*shape))
    row(f"pseudoInverse {name}", L.pinv, real(*shape))
    row(f"singularValues {name}", L.svdvals, real(*shape))
    row(f"matrixRank {name}", lambda x: torch.zeros(shape[:-2], dtype=torch.int64), real(*shape), gradients=False)
row("qr complete no columns", lambda x: L.qr(x, "complete").Q, real(3, 0), gradients=False)
row("qr product", lambda x: (lambda q, r: q @ r)(*L.qr(x)), real(2, 3, 3))
dependent = torch.tensor([[1.0, 2], [2, 4], [3, 6]], dtype=torch.float64)
row("pseudoInverse of rank 1", L.pinv, dependent, gradients=False)
row("singularValues of equal ones", L.svdvals, 2 * eye(3), gradients=False)
row("svd of rank 1", lambda x: (lambda u, s, vh: torch.cat([(u * s) @ vh, u.mT @ u]))(
    *L.svd(x, full_matrices=False)), dependent, gradients=False)
row("matrixRank of rank 1", L.matrix_rank, dependent, gradients=False)
row("matrixRank tolerance", lambda x: L.matrix_rank(x, rtol=0.5), torch.diag(torch.tensor([3.0, 1, 2])).double(),
    gradients=False)
row("leastSquares line", lambda b: L.lstsq(torch.tensor([[1.0, 0], [1, 1], [1, 2]], dtype=torch.float64),
                                           b.unsqueeze(-1)).solution.squeeze(-1), real(3))

for name, shape in {"plain": (3, 3), "size 1": (1, 1), "batch": (2, 2, 2), "empty": (0, 0), "four": (4, 4)}.items():
    row(f"eigh values {name}", lambda x: L.eigh(symmetric(x)).eigenvalues, real(*shape))
    row(f"eigh vectors {name}", lambda x: L.eigh(symmetric(x)).eigenvectors.square(), real(*shape))
    row(f"eigh product {name}", lambda x: (lambda l, v: (v * l.exp().mul(1e-3).log1p().unsqueeze(-2)) @ v.mT)(
        *L.eigh(symmetric(x))), real(*shape))

# Its matrices keep their structure only in their own order.
others.clear()
write("operations-linear-algebra")
