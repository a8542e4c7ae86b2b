# SPDX-License-Identifier: Apache-2.0
"""Writes operations-activations.json: activation functions.

    python make_activations.py
"""
import torch
import torch.nn.functional as F

from rows import real, row, whole, write

SIZES = {"plain": (2, 3), "scalar": (), "one": (1,), "nothing": (2, 0), "deep": (2, 1, 3)}


def sparse_plus(x):
    return torch.where(x <= -1, torch.zeros_like(x), torch.where(x < 1, (x + 1) ** 2 / 4, x))


# Ranges whose samples lie on both sides of the kinks and not on them.
for name, function, low, high in [
    ("relu6", F.relu6, -3, 9.3), ("reluSquared", lambda x: x.relu() ** 2, -2.9, 2.6), ("selu", F.selu, -2.9, 2.6),
    ("celu", F.celu, -2.9, 2.6), ("celu 0.7", lambda x: F.celu(x, 0.7), -2.9, 2.6),
    ("quickGELU", lambda x: x * torch.sigmoid(1.702 * x), -2.9, 2.6), ("mish", F.mish, -2.9, 2.6),
    ("hardSwish", F.hardswish, -5.2, 4.9), ("hardSigmoid", F.hardsigmoid, -5.2, 4.9),
    ("hardTanh", F.hardtanh, -2.9, 2.6), ("hardTanh of a range", lambda x: F.hardtanh(x, -0.8, 2), -2.9, 2.6),
    ("softsign", F.softsign, -2.9, 2.6), ("tanhShrink", F.tanhshrink, -2.9, 2.6),
    ("hardShrink", F.hardshrink, -2.9, 2.6), ("hardShrink 0.9", lambda x: F.hardshrink(x, 0.9), -2.9, 2.6),
    ("softShrink", F.softshrink, -2.9, 2.6), ("softShrink 0.9", lambda x: F.softshrink(x, 0.9), -2.9, 2.6),
    ("thresholded", lambda x: F.threshold(x, 0.5, -3.5), -2.9, 2.6),
    ("rrelu", lambda x: F.rrelu(x, training=False), -2.9, 2.6),
    ("rrelu of a range", lambda x: F.rrelu(x, 0.1, 0.5, training=False), -2.9, 2.6),
    ("squareplus", lambda x: (x + (x * x + 4).sqrt()) / 2, -2.9, 2.6),
    ("squareplus 0.5", lambda x: (x + (x * x + 0.5).sqrt()) / 2, -2.9, 2.6),
    ("sparsePlus", sparse_plus, -2.9, 2.6), ("sparseSigmoid", lambda x: ((x + 1) / 2).clamp(0, 1), -2.9, 2.6),
    ("softplus 2", lambda x: F.softplus(x, 2), -2.9, 2.6),
    ("softplus 2 up to 3", lambda x: F.softplus(x, 2, 3), -2.9, 2.6),
]:
    for tag, size in SIZES.items():
        row(f"{name} {tag}", function, real(*size, low=low, high=high))

# At the kinks, where PyTorch's choice of a gradient is ours.
row("relu6 at its kinks", F.relu6, whole([0, 6]).double())
row("hardSigmoid at its kinks", F.hardsigmoid, whole([-3, 3]).double())
row("hardTanh at its kinks", F.hardtanh, whole([-1, 1]).double())
row("hardShrink at its kinks", lambda x: F.hardshrink(x, 1), whole([-1, 0, 1]).double())
row("softShrink at its kinks", lambda x: F.softshrink(x, 1), whole([-1, 0, 1]).double())
row("thresholded at its kink", lambda x: F.threshold(x, 1, -2), whole([0, 1, 2]).double())
row("softsign at its bend", F.softsign, whole([-1, 0, 1]).double())
row("selu at its kink", F.selu, whole([0]).double())
row("elu at its kink", lambda x: F.elu(x, 0.5), whole([0]).double())
row("celu at its kink", F.celu, whole([0]).double())
row("softplus of large numbers", lambda x: F.softplus(x, 3), whole([-500, 500]).double())

# Integers.
row("relu6 of integers", F.relu6, whole([-3, 3, 9]), gradients=False)
row("reluSquared of integers", lambda x: x.relu() ** 2, whole([-3, 3, 9]), gradients=False)
row("softsign of integers", lambda x: F.softsign(x.float()), whole([-3, 3, 9]), gradients=False)

# Learned slopes.
for name, sizes in {
    "shared": ((2, 3), (1,)), "of channels": ((2, 3), (3,)), "of pictures": ((2, 3, 2, 1), (3,)),
    "shared by pictures": ((1, 2, 2, 2), (1,)),
    "of a vector": ((4,), (1,)), "of nothing": ((0, 3), (3,)), "of one channel": ((2, 1, 2), (1,)),
}.items():
    row(f"prelu {name}", F.prelu, real(*sizes[0]), real(*sizes[1], low=0.1, high=0.6))
row("prelu along the last", lambda x, s: torch.where(x > 0, x, x * s), real(2, 2, 3), real(3, low=0.1, high=0.6))
row("prelu of one number", lambda x, s: torch.where(x > 0, x, x * s), real(2, 3),
    torch.tensor(0.3, dtype=torch.float64))

# Gates.
row("glu", F.glu, real(2, 4))
row("glu 0", lambda x: F.glu(x, 0), real(4, 3))
row("glu 1", lambda x: F.glu(x, 1), real(2, 2, 3))
row("glu of two", F.glu, real(2))
row("glu of nothing", F.glu, torch.zeros(0, 4, dtype=torch.float64))
row("glu of no gate", F.glu, torch.zeros(3, 0, dtype=torch.float64))

# Along an axis.
row("softmin", lambda x: F.softmin(x, -1), real(2, 3))
row("softmin 0", lambda x: F.softmin(x, 0), real(3, 2))
row("softmin 1", lambda x: F.softmin(x, 1), real(2, 3, 2))
row("softmin of one", lambda x: F.softmin(x, -1), real(2, 1))
row("softmin of nothing", lambda x: F.softmin(x, -1), torch.zeros(0, 3, dtype=torch.float64))

write("operations-activations")
