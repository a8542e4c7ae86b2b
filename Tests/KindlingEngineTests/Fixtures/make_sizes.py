# SPDX-License-Identifier: Apache-2.0
"""Writes operations-sizes.json: operations that had few shapes in a vector, one element, none and three axes.

    python make_sizes.py
"""
import torch
import torch.nn.functional as F

from rows import positive, real, row, whole, write


def each(name, function, sizes, draw=real, gradients=True):
    """A row for each size; of several inputs where `draw` gives several."""
    for size in sizes:
        drawn = draw(*size)
        inputs = drawn if isinstance(drawn, tuple) else (drawn,)
        row(f"{name} {list(size)}", function, *inputs, gradients=gradients)


def normalized(x, groups):
    if x.numel() == 0:
        return x * 1
    y = x.reshape(x.shape[0], groups, -1)
    y = (y - y.mean(2, keepdim=True)) / (y.var(2, correction=0, keepdim=True) + 0.5).sqrt()
    return y.reshape(x.shape)


def sparsemax(x):
    """Martins and Astudillo 2016, algorithm 1."""
    z = x.sort(dim=-1, descending=True).values
    ranks = torch.arange(1, x.shape[-1] + 1, dtype=x.dtype)
    count = (1 + ranks * z > z.cumsum(-1)).sum(-1, keepdim=True)
    return (x - (z.cumsum(-1).gather(-1, count - 1) - 1) / count).clamp(min=0)


def quantile(x):
    return x.quantile(0.4, -1) if x.numel() else x.sum(-1)


VECTORS = [(4,), (1, 1), (0, 3), (2, 1, 3)]
for name, function in {
    "sum -1": lambda x: x.sum(-1), "mean -1": lambda x: x.mean(-1), "max -1": lambda x: x.amax(-1),
    "min -1": lambda x: x.amin(-1), "variance -1": lambda x: x.var(-1, correction=0),
    "logSumExp -1": lambda x: x.logsumexp(-1), "sumWithoutNaN": lambda x: x.nansum(-1),
    "meanWithoutNaN": lambda x: x.nanmean(-1), "median": lambda x: x.median(-1)[0], "quantile 0.4": quantile,
    "topK 1": lambda x: x.topk(1)[0], "softmax": lambda x: F.softmax(x, -1), "softmin": lambda x: F.softmin(x, -1),
    "logSoftmax": lambda x: F.log_softmax(x, -1), "sparsemax": sparsemax,
    "standardDeviation -1": lambda x: x.std(-1, correction=0),
    "layerNormalized": lambda x: F.layer_norm(x, x.shape[-1:], eps=0.5), "l2Normalized": lambda x: F.normalize(x, dim=-1),
    "rmsNormalized": lambda x: x / (x.square().mean(-1, keepdim=True) + 0.5).sqrt(),
    "slidingWindows": lambda x: x.unfold(-1, 1, 1), "differences": lambda x: x.diff(),
    "trapezoid": lambda x: torch.trapezoid(x) if x.numel() else x.sum(-1), "flipped": lambda x: x.flip(-1),
    "rolled 1": lambda x: x.roll(1, -1), "repeated 2": lambda x: x.repeat_interleave(2, -1),
    "movingAxis": lambda x: x.movedim(0, -1), "split size 1": lambda x: x.split(1, -1)[0],
    "chunked 1": lambda x: x.chunk(1, -1)[0], "padded": lambda x: F.pad(x, (1, 0)), "squeezed": lambda x: x.squeeze(),
    "dropout": lambda x: x * 1,
}.items():
    each(name, function, VECTORS)
each("power 2.5", lambda x: x.pow(2.5), VECTORS, positive)
for name, function in {
    "any -1": lambda x: (x > 0).any(-1), "all -1": lambda x: (x > 0).all(-1), "argsort": lambda x: x.argsort(-1),
    "countNonZero -1": lambda x: (x > 0).count_nonzero(-1), "unique": lambda x: x.unique(),
    "nonZeroIndices": lambda x: (x > 0).nonzero(), "histogram 2": lambda x: torch.histc(x, 2, -2.0, 2.0).long(),
}.items():
    each(name, function, VECTORS, gradients=False)
each("binCounts", torch.bincount, [(1,), (6,)], lambda n: whole([2] + [0, 3] * (n // 2))[:n], gradients=False)


# Two inputs of one shape.
def pair(*size):
    return real(*size), real(*size) + 0.05


for name, function in {
    ".==": torch.eq, ".!=": torch.ne, ".<": torch.lt, ".<=": torch.le, ".>": torch.gt, ".>=": torch.ge,
}.items():
    each(name, function, VECTORS, pair, gradients=False)
each("linearRecurrence", lambda x, a: x * 1, [(1, 1), (0, 1)], pair)
each("outer", torch.outer, [(1,), (0,), (4,)], pair)
each("matmul", torch.matmul, [(1, 1), (0, 0), (2, 1, 1), (1, 3, 3)], pair)

# Matrices, and vectors that become such.
MATRICES = [(1, 1), (0, 2), (4, 3), (2, 1, 3)]
each("diagonal", lambda x: x.diagonal(dim1=-2, dim2=-1), MATRICES)
each("trace", lambda x: x.diagonal(dim1=-2, dim2=-1).sum(-1), MATRICES)
each("diagonalMatrix", torch.diag_embed, [(1,), (0,), (4,), (2, 2)])

# Pictures.
PICTURES = [(1, 1, 1, 1), (0, 2, 3, 2), (2, 1, 2, 3), (1, 3, 2, 2)]
for name, function in {
    "maxPool": lambda x: F.max_pool2d(x, (1, x.shape[3]), 1), "averagePool": lambda x: F.avg_pool2d(x, (1, x.shape[3]), 1),
    "powerPooled": lambda x: x.square().sum(3, keepdim=True).sqrt(),
    "adaptiveMaxPooled": lambda x: F.adaptive_max_pool2d(x, (1, 2)),
    "adaptiveAveragePooled": lambda x: F.adaptive_avg_pool2d(x, (1, 2)),
    "globalMaxPooled": lambda x: x.amax((2, 3)), "globalAveragePooled": lambda x: x.mean((2, 3)),
    "groupNormalized": lambda x: normalized(x, 1), "instanceNormalized": lambda x: normalized(x, x.shape[1]),
    "localResponseNormalized": lambda x: F.local_response_norm(x, 3, 0.5, 0.6, 1.5),
    "pixelShuffled": lambda x: F.pixel_shuffle(x, 1), "pixelUnshuffled": lambda x: F.pixel_unshuffle(x, 1),
    "unfolded": lambda x: F.unfold(x, 1) if x.numel() else x.reshape(0, x.shape[1], 6),
}.items():
    each(name, function, PICTURES)
each("folded", lambda x: F.fold(x, (1, x.shape[2]), 1) if x.numel() else x.reshape(0, x.shape[1], 1, x.shape[2]),
     [(1, 1, 1), (0, 2, 3), (2, 3, 1)])
each("convolution 1-D", lambda x, w: F.conv1d(x, w), [(1, 1, 1), (0, 2, 3), (2, 1, 4)],
     lambda n, c, s: (real(n, c, s), real(2, c, 1)))


# Losses of numbers, and what they compare with.
def signs(*size):
    return torch.where(real(*size) > 0, 1.0, -1.0).double()


def with_signs(*size):
    return real(*size), signs(*size)


def probabilities(*size):
    return real(*size, low=0.1, high=0.9), real(*size, low=0.15, high=0.85)


def logits(*size):
    return real(*size), real(*size, low=0.15, high=0.85)


for name, function in {"meanSquaredError": F.mse_loss, "l1Loss": F.l1_loss}.items():
    each(name, lambda x, y: function(x, y, reduction="none"), VECTORS, pair)
each("smoothL1Loss", lambda x, y: F.smooth_l1_loss(x, y, reduction="none"), VECTORS, pair)
each("huberLoss", lambda x, y: F.huber_loss(x, y, reduction="none"), VECTORS, pair)
each("binaryCrossEntropy", lambda x, y: F.binary_cross_entropy(x, y, reduction="none"), VECTORS, probabilities)
each("binaryCrossEntropyWithLogits", lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction="none"), VECTORS,
     logits)
each("klDivergence", lambda x, y: F.kl_div(x, y, reduction="none"), VECTORS, logits)
each("hingeLoss 0.8", lambda x, y: (0.8 - x * y).clamp(min=0), VECTORS, with_signs)
each("marginRankingLoss", lambda x, y, s: F.margin_ranking_loss(x, y, s, reduction="none"), VECTORS,
     lambda *size: (*pair(*size), signs(*size)))
each("poissonNegativeLogLikelihood", lambda x, y: F.poisson_nll_loss(x, y, reduction="none"), VECTORS, logits)
each("gaussianNegativeLogLikelihood", lambda x, y, v: F.gaussian_nll_loss(x, y, v, reduction="none"), VECTORS,
     lambda *size: (*pair(*size), positive(*size)))



def focal(x, y):
    """Lin and others 2017, with weights 0.25 and 0.75."""
    likely = torch.sigmoid(x) * y + torch.sigmoid(-x) * (1 - y)
    balance = 0.25 * y + 0.75 * (1 - y)
    return balance * (1 - likely).square() * F.binary_cross_entropy_with_logits(x, y, reduction="none")


each("focalLoss", focal, VECTORS, logits)
each("diceLoss", lambda x, y: 1 - (2 * (x * y).sum(-1) + 1) / (x.sum(-1) + y.sum(-1) + 1), [(1, 1), (4, 2)], probabilities)

# Losses of rows.
ROWS = [(1, 1), (0, 3), (5, 2), (2, 4)]
each("cosineEmbeddingLoss", lambda x, y: F.cosine_embedding_loss(x, y, torch.ones(len(x)), reduction="none"), ROWS, pair)
each("tripletMarginLoss", lambda a, p, n: F.triplet_margin_loss(a, p, n, 5.0, reduction="none"), ROWS,
     lambda *size: (real(*size), real(*size) + 0.05, real(*size) + 0.1))
each("negativeLogLikelihood", lambda x, c: F.nll_loss(x, c, reduction="none"), ROWS,
     lambda n, c: (real(n, c), whole([i % c for i in range(n)])))

each("replacing", lambda x, v: v * 1, [(0, 2)], lambda *size: (real(*size), real(*size)))
each("sinusoidalPositions", lambda x: x * 1, [(0, 4)])

write("operations-sizes")
