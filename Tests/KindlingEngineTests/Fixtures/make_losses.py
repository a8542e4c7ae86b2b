# SPDX-License-Identifier: Apache-2.0
"""Writes operations-losses.json: losses as PyTorch computes them, in float64.

    python make_losses.py
"""
import torch
import torch.nn.functional as F

from rows import positive, real, row, whole, write

empty = torch.zeros(0, dtype=torch.float64)


def probability(*shape):
    return real(*shape, low=0.05, high=0.95)


def signs(*shape):
    count = torch.Size(shape).numel()
    return torch.tensor([1.0 if i * 5 % 3 else -1.0 for i in range(count)], dtype=torch.float64).reshape(shape)


def reductions(name, function, *inputs, empties=None):
    """A loss of some shape in all reductions, of one number, and of none."""
    for kind in ["none", "mean", "sum"]:
        row(f"{name} {kind}", lambda *t: function(*t, reduction=kind), *inputs)
    row(f"{name} of one number", lambda *t: function(*t, reduction="mean"), *[t.flatten()[:1] for t in inputs])
    row(f"{name} of nothing", lambda *t: function(*t, reduction="sum"), *[empty for _ in inputs])


def logits_formula(x, y, w=torch.ones(1).double(), p=torch.ones(1).double()):
    """PyTorch's own function has no gradient for the weights, so it only confirms the value."""
    losses = w * ((1 - y) * x - (1 + (p - 1) * y) * F.logsigmoid(x))
    own = F.binary_cross_entropy_with_logits(
        x.detach(), y.detach(), w.detach().expand(x.shape), pos_weight=p.detach(), reduction="none")
    torch.testing.assert_close(losses.detach(), own)
    return losses


# Element by element.
bce = "binaryCrossEntropyWithLogits"
reductions(bce, F.binary_cross_entropy_with_logits, real(2, 3), probability(2, 3))
row(f"{bce} of large logits", lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction="none"),
    torch.tensor([-800.0, -30, 30, 800], dtype=torch.float64), torch.tensor([1.0, 0, 1, 0], dtype=torch.float64))
row(f"{bce} positive", lambda x, y, p: logits_formula(x, y, p=p).mean(), real(2, 3), probability(2, 3), positive(3))
row(f"{bce} weighted", lambda x, y, w: logits_formula(x, y, w=w).mean(), real(2, 3), probability(2, 3), positive(2, 1))
row(f"{bce} of both", lambda x, y, p, w: logits_formula(x, y, w, p), real(2, 3), probability(2, 3), positive(3),
    positive(2, 1))
row(f"{bce} of truths", lambda x, y: F.binary_cross_entropy_with_logits(x, y.double()), real(2, 3),
    whole([[1, 0, 1], [0, 0, 1]], torch.bool))
reductions("binaryCrossEntropy", F.binary_cross_entropy, probability(2, 3), probability(2, 3))
row("binaryCrossEntropy weighted", lambda x, y, w: (w * F.binary_cross_entropy(x, y, reduction="none")).mean(),
    probability(2, 3), probability(2, 3), positive(2, 1))
row("binaryCrossEntropy of extremes", lambda x, y: F.binary_cross_entropy(x, y.double(), reduction="none"),
    torch.tensor([0.0, 1, 0, 1], dtype=torch.float64), whole([1, 1, 0, 0]))
reductions("meanSquaredError", F.mse_loss, real(2, 3), real(2, 3))
row("meanSquaredError weighted", lambda x, y, w: (w * (x - y) ** 2).mean(), real(2, 3), real(2, 3), positive(3))
reductions("l1Loss", F.l1_loss, real(2, 3), real(2, 3) + 0.051)
row("l1Loss weighted", lambda x, y, w: (w * (x - y).abs()).sum(), real(2, 3), real(2, 3) + 0.051, positive(3))
apart = [torch.tensor([[-2.0, -0.3, 0.1], [0.4, 1.6, 3]], dtype=torch.float64), real(2, 3) / 20]
reductions("smoothL1Loss", F.smooth_l1_loss, *apart)
row("smoothL1Loss 0.25", lambda x, y: F.smooth_l1_loss(x, y, beta=0.25, reduction="none"), *apart)
row("smoothL1Loss 0", lambda x, y: F.smooth_l1_loss(x, y, beta=0.0), *apart)
reductions("huberLoss", F.huber_loss, *apart)
row("huberLoss 0.25", lambda x, y: F.huber_loss(x, y, delta=0.25, reduction="none"), *apart)
reductions("klDivergence", F.kl_div, real(2, 3), positive(2, 3))
row("klDivergence of zeros", lambda x, y: F.kl_div(x, y.double(), reduction="none"), real(4), whole([0, 1, 0, 2]))
for kind in ["none", "mean", "sum"]:
    row(f"klDivergence of logarithms {kind}", lambda x, y: F.kl_div(x, y, reduction=kind, log_target=True),
        real(2, 3), real(2, 3))


def reduce(losses, reduction):
    return {"none": losses, "mean": losses.mean(), "sum": losses.sum()}[reduction]


reductions("hingeLoss", lambda x, y, reduction: reduce((1 - x * y).clamp(min=0), reduction), real(2, 3), signs(2, 3))
row("hingeLoss 0.5", lambda x, y: (0.5 - x * y).clamp(min=0), real(2, 3), signs(2, 3))
reductions("marginRankingLoss", F.margin_ranking_loss, real(2, 3), real(2, 3) + 0.053, signs(2, 3))
row("marginRankingLoss 0.4", lambda a, b, y: F.margin_ranking_loss(a, b, y, 0.4, reduction="none"),
    real(4), real(4) + 0.053, signs(4))


def focal(x, y, reduction, alpha=0.25, gamma=2.0):
    p = torch.sigmoid(x)
    right = p * y + (1 - p) * (1 - y)
    losses = F.binary_cross_entropy_with_logits(x, y, reduction="none") * (1 - right) ** gamma
    return reduce(losses if alpha is None else losses * (alpha * y + (1 - alpha) * (1 - y)), reduction)


reductions("focalLoss", focal, real(2, 3), probability(2, 3))
row("focalLoss without alpha", lambda x, y: focal(x, y, "none", None, 0.5), real(2, 3), probability(2, 3))
row("focalLoss of gamma 0", lambda x, y: focal(x, y, "none", 0.4, 0.0), real(2, 3), probability(2, 3))


def dice(p, y, reduction, smoothing=1.0):
    p, y = p.reshape(p.shape[0], -1), y.reshape(y.shape[0], -1)
    return reduce(1 - (2 * (p * y).sum(1) + smoothing) / (p.sum(1) + y.sum(1) + smoothing), reduction)


for kind in ["none", "mean", "sum"]:
    row(f"diceLoss {kind}", lambda p, y: dice(p, y, kind), probability(2, 2, 3), probability(2, 2, 3))
row("diceLoss unsmoothed", lambda p, y: dice(p, y, "mean", 0.0), probability(2, 3), probability(2, 3))
row("diceLoss of numbers", lambda p, y: dice(p, y, "none"), probability(3), probability(3))
row("diceLoss of empty masks", lambda p, y: dice(p, y, "none"), torch.zeros(2, 0, dtype=torch.float64),
    torch.zeros(2, 0, dtype=torch.float64))

counts = torch.tensor([[0.0, 1.5, 2], [3, 0.5, 7]], dtype=torch.float64)
poisson = "poissonNegativeLogLikelihood"
reductions(poisson, lambda x, y, reduction: F.poisson_nll_loss(x, y, reduction=reduction), real(2, 3), counts)
row(f"{poisson} of rates", lambda x, y: F.poisson_nll_loss(x, y, log_input=False), positive(2, 3), counts)
row(f"{poisson} full", lambda x, y: F.poisson_nll_loss(x, y.double(), full=True, reduction="none"), real(2, 3),
    whole([[0, 1, 2], [3, 1, 7]]))
counts[0, 0] = 0.25  # PyTorch has no gradient at 0
row(f"{poisson} of rates full", lambda x, y: F.poisson_nll_loss(
    x, y, log_input=False, full=True, eps=0.1, reduction="none"), positive(2, 3), counts)
gauss = "gaussianNegativeLogLikelihood"
reductions(gauss, F.gaussian_nll_loss, real(2, 3), real(2, 3), positive(2, 3))
row(f"{gauss} full", lambda x, y, v: F.gaussian_nll_loss(x, y, v, full=True, reduction="none"), real(2, 3),
    real(2, 3), positive(2, 1))

# Vectors.
cosine = F.cosine_similarity
row("cosineSimilarity", cosine, real(2, 3), real(2, 3))
row("cosineSimilarity -1", lambda x, y: cosine(x, y, -1), real(2, 3), real(2, 3))
row("cosineSimilarity broadcast", lambda x, y: cosine(x, y, 2), real(2, 1, 3), real(2, 3))
row("cosineSimilarity of vectors", lambda x, y: cosine(x, y, 0), real(3), real(3))
row("cosineSimilarity of one number", lambda x, y: cosine(x, y, 0), real(1), real(1))
row("cosineSimilarity of a zero", lambda x, y: cosine(x, y, 0), torch.zeros(3, dtype=torch.float64), real(3))
row("cosineSimilarity of nothing", lambda x, y: cosine(x, y, 1), torch.zeros(0, 3, dtype=torch.float64),
    torch.zeros(0, 3, dtype=torch.float64))
for kind in ["none", "mean", "sum"]:
    row(f"cosineEmbeddingLoss {kind}", lambda a, b: F.cosine_embedding_loss(a, b, signs(4), reduction=kind),
        real(4, 3), real(4, 3))
row("cosineEmbeddingLoss 0.3", lambda a, b: F.cosine_embedding_loss(a, b, signs(4), 0.3, reduction="none"),
    real(4, 3), real(4, 3))
row("cosineEmbeddingLoss of vectors", lambda a, b: F.cosine_embedding_loss(a, b, signs(1)[0]), real(3), real(3))
triplet = F.triplet_margin_loss
for kind in ["none", "mean", "sum"]:
    row(f"tripletMarginLoss {kind}", lambda a, p, n: triplet(a, p, n, reduction=kind), real(4, 3), real(4, 3),
        real(4, 3))
row("tripletMarginLoss swapping", lambda a, p, n: triplet(a, p, n, 2.0, swap=True, reduction="none"), real(4, 3),
    real(4, 3), real(4, 3))
row("tripletMarginLoss 1", lambda a, p, n: triplet(a, p, n, 5.0, p=1.0, reduction="none"), real(2, 3),
    real(2, 3) + 0.05, real(2, 3) + 0.1)
row("tripletMarginLoss 3", lambda a, p, n: triplet(a, p, n, 5.0, p=3.0, eps=1e-3), real(2, 3), real(2, 3) + 0.05,
    real(2, 3) + 0.1)
row("tripletMarginLoss of vectors", lambda a, p, n: triplet(a, p, n, 5.0), real(3), real(3), real(3))

# Classes.
weights = torch.tensor([0.5, 1.5, 2.0], dtype=torch.float64)
classes, spatial = whole([2, 0, 1, 2]), whole([[[1, 0], [2, 2]], [[0, 1], [1, 0]]])
for kind in ["none", "mean", "sum"]:
    nll = "negativeLogLikelihood"
    row(f"{nll} {kind}", lambda x, c: F.nll_loss(x, c, reduction=kind), real(4, 3), classes)
    row(f"{nll} weighted {kind}", lambda x, c: F.nll_loss(x, c, weights, reduction=kind), real(4, 3), classes)
    row(f"{nll} ignoring {kind}", lambda x, c: F.nll_loss(x, c, weights, ignore_index=2, reduction=kind), real(4, 3),
        classes)
    row(f"{nll} of places {kind}", lambda x, c: F.nll_loss(x, c, ignore_index=0, reduction=kind), real(2, 3, 2, 2),
        spatial)
    ce = "crossEntropy of classes"
    row(f"{ce} {kind}", lambda x, c: F.cross_entropy(x, c, reduction=kind), real(4, 3), classes)
    row(f"{ce} with all {kind}", lambda x, c: F.cross_entropy(
        x, c, weights, ignore_index=1, label_smoothing=0.3, reduction=kind), real(4, 3), classes)
    row(f"{ce} of places {kind}", lambda x, c: F.cross_entropy(x, c, weights, ignore_index=0, reduction=kind),
        real(2, 3, 2, 2), spatial)
    ce = "crossEntropy of probabilities"
    row(f"{ce} {kind}", lambda x, y: F.cross_entropy(x, y, reduction=kind), real(4, 3), probability(4, 3))
    row(f"{ce} with all {kind}", lambda x, y: F.cross_entropy(x, y, weights, label_smoothing=0.3, reduction=kind),
        real(2, 3, 2), probability(2, 3, 2))
row("negativeLogLikelihood of one class", lambda x, c: F.nll_loss(x, c), real(1, 1), whole([0]))
row("negativeLogLikelihood of nothing", lambda x, c: F.nll_loss(x, c, reduction="sum"),
    torch.zeros(0, 3, dtype=torch.float64), whole([]))
row("crossEntropy of one class", lambda x, c: F.cross_entropy(x, c), real(1, 1), whole([0]))
row("crossEntropy of no classes", lambda x, c: F.cross_entropy(x, c, reduction="sum"),
    torch.zeros(0, 3, dtype=torch.float64), whole([]))


# Sequences without alignment; PyTorch's gradient holds for logits that a softmax made.
def ctc(inputs, targets, blank=0, zero=False, reduction="mean"):
    return lambda x, y: F.ctc_loss(x.log_softmax(-1), y, inputs, targets, blank, reduction, zero)


repeated = whole([[1, 1, 2], [3, 2, 1]])
for kind in ["none", "mean", "sum"]:
    row(f"ctcLoss {kind}", ctc([6, 6], [3, 3], reduction=kind), real(6, 2, 4), repeated)
    row(f"ctcLoss of lengths {kind}", ctc([5, 3], [2, 1], reduction=kind), real(6, 2, 4), repeated)
row("ctcLoss of another blank", ctc([5, 5], [2, 3], blank=3), real(5, 2, 4), whole([[1, 1, 0], [0, 2, 1]]))
row("ctcLoss without labels", ctc([4, 3], [0, 2], reduction="none"), real(4, 2, 4), repeated)
row("ctcLoss of one step", ctc([1], [1]), real(1, 1, 2), whole([[1]]))
row("ctcLoss too short", lambda x, y: torch.exp(-F.ctc_loss(
    x.log_softmax(-1), y, [2, 5], [3, 3], reduction="none")), real(5, 2, 4), repeated, gradients=False)
row("ctcLoss too short but zero", ctc([2, 5], [3, 3], zero=True), real(5, 2, 4), repeated)
write("operations-losses")
