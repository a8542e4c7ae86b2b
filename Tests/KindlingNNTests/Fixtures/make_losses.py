# SPDX-License-Identifier: Apache-2.0
"""Writes losses.json: values and gradients of PyTorch's and Keras' losses for inputs by formula, in double precision.

Each case holds the mean, the sum, the single losses, and the gradient of the mean with respect to the outputs.

usage: KERAS_BACKEND=torch make_losses.py > losses.json      (PyTorch 2.x, Keras 3.x)
"""
import json
import math

import keras
import torch
import torch.nn.functional as F

keras.config.set_floatx("float64")


def ramp(*shape, offset=0.0):
    count = math.prod(shape)
    return torch.tensor([math.sin(1.3 * i + offset) for i in range(count)], dtype=torch.float64).reshape(shape)


def positive(*shape, offset=0.0):
    return ramp(*shape, offset=offset) * 0.4 + 0.5


result = {}


def case(name, outputs, loss, mean=None):
    """`loss` gives single losses; `mean` their mean where that is not the plain one."""
    outputs = outputs.clone().requires_grad_()
    single = loss(outputs)
    average = single.mean() if mean is None else mean(outputs)
    (gradient,) = torch.autograd.grad(average, outputs)
    result[name] = {
        "mean": average.item(), "sum": single.sum().item(), "none": single.flatten().tolist(),
        "gradient": gradient.flatten().tolist(),
    }


def both(name, outputs, loss):
    case(name, outputs, lambda x: loss(x, "none"), lambda x: loss(x, "mean"))


x, y = ramp(4, 3), ramp(4, 3, offset=0.7)
classes = torch.tensor([2, 0, 1, 2])
weights = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64)
images, pixels = ramp(2, 3, 2, 2), torch.tensor([[[0, 1], [2, 2]], [[1, 0], [0, 2]]])
zero_one = torch.tensor([1.0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0], dtype=torch.float64).reshape(4, 3)
signs = zero_one * 2 - 1
soft = y.softmax(1)

both("cross entropy", x, lambda v, r: F.cross_entropy(v, classes, reduction=r))
both("cross entropy weighted", x, lambda v, r: F.cross_entropy(
    v, classes, weight=weights, label_smoothing=0.2, ignore_index=0, reduction=r))
both("cross entropy of images", images, lambda v, r: F.cross_entropy(v, pixels, weight=weights, reduction=r))
both("cross entropy of probabilities", x, lambda v, r: F.cross_entropy(
    v, soft, weight=weights, label_smoothing=0.1, reduction=r))
both("cross entropy padded", x, lambda v, r: F.cross_entropy(v, torch.tensor([2, -100, 1, -100]), reduction=r))
both("nll", x, lambda v, r: F.nll_loss(v.log_softmax(1), classes, weight=weights, ignore_index=1, reduction=r))
both("nll of images", images, lambda v, r: F.nll_loss(v.log_softmax(1), pixels, reduction=r))
both("bce", positive(4, 3), lambda v, r: F.binary_cross_entropy(v, zero_one, reduction=r))
both("bce with logits", x, lambda v, r: F.binary_cross_entropy_with_logits(
    v, zero_one, pos_weight=weights, reduction=r))
both("mse", x, lambda v, r: F.mse_loss(v, y, reduction=r))
both("l1", x, lambda v, r: F.l1_loss(v, y, reduction=r))
both("smooth l1", x, lambda v, r: F.smooth_l1_loss(v, y, beta=0.5, reduction=r))
both("huber", x, lambda v, r: F.huber_loss(v, y, delta=0.5, reduction=r))
both("kl", x, lambda v, r: F.kl_div(v.log_softmax(1), soft, reduction=r))
both("kl of logarithms", x, lambda v, r: F.kl_div(v.log_softmax(1), soft.log(), log_target=True, reduction=r))
case("kl batch mean", x, lambda v: F.kl_div(v.log_softmax(1), soft, reduction="none"),
     lambda v: F.kl_div(v.log_softmax(1), soft, reduction="batchmean"))
both("soft margin", x, lambda v, r: F.soft_margin_loss(v, signs, reduction=r))
both("multi margin", x, lambda v, r: F.multi_margin_loss(v, classes, p=2, margin=0.8, weight=weights, reduction=r))
both("multi margin plain", x, lambda v, r: F.multi_margin_loss(v, classes, reduction=r))
both("poisson", x, lambda v, r: F.poisson_nll_loss(v, y * 2 + 2.5, full=True, reduction=r))
both("poisson rates", positive(4, 3), lambda v, r: F.poisson_nll_loss(v, y + 1.5, log_input=False, reduction=r))
both("gaussian", x, lambda v, r: F.gaussian_nll_loss(v, y, positive(4, 1), full=True, reduction=r))
both("triplet", x, lambda v, r: F.triplet_margin_loss(v, y, ramp(4, 3, offset=2), margin=0.4, swap=True, reduction=r))
both("triplet p1", x, lambda v, r: F.triplet_margin_loss(v, y, ramp(4, 3, offset=2), p=1, reduction=r))
both("ranking", x, lambda v, r: F.margin_ranking_loss(v, y, signs, margin=0.3, reduction=r))
both("cosine embedding", x, lambda v, r: F.cosine_embedding_loss(
    v, y, torch.tensor([1.0, -1, 1, -1], dtype=torch.float64), margin=0.1, reduction=r))
labels, steps, lengths = torch.tensor([[1, 2, 2], [2, 1, 0]]), [6, 5], [3, 2]
case("ctc", ramp(6, 2, 4),
     lambda v: F.ctc_loss(v.log_softmax(2), labels, steps, lengths, reduction="none"),
     lambda v: F.ctc_loss(v.log_softmax(2), labels, steps, lengths, reduction="mean"))

padded = torch.tensor([[1, 2, 2], [2, 1, -1]])
case("ctc of a batch", ramp(2, 6, 4),
     lambda v: F.ctc_loss(v.log_softmax(2).transpose(0, 1), padded, [6, 6], lengths, reduction="none"),
     lambda v: F.ctc_loss(v.log_softmax(2).transpose(0, 1), padded, [6, 6], lengths, reduction="mean"))
pair_signs = torch.tensor([1.0, -1, 1, -1], dtype=torch.float64)
both("ranking of pairs", ramp(4, 2), lambda v, r: F.margin_ranking_loss(
    v[:, 0], v[:, 1], pair_signs, margin=0.3, reduction=r))
both("cosine embedding of pairs", ramp(4, 2, 3), lambda v, r: F.cosine_embedding_loss(
    v[:, 0], v[:, 1], pair_signs, margin=0.1, reduction=r))
both("gaussian of halves", ramp(4, 6), lambda v, r: F.gaussian_nll_loss(v[:, :3], y, v[:, 3:].exp(), reduction=r))
alike = torch.tensor([0, 1, 0, 1, 0, 2])


def all_triplets(v, **settings):
    """Of each anchor the losses of its triplets, written out."""
    count = range(len(alike))
    return [[F.triplet_margin_loss(v[[a]], v[[p]], v[[n]], margin=0.4, reduction="sum", **settings)
             for p in count if p != a and alike[p] == alike[a] for n in count if alike[n] != alike[a]] for a in count]


def of_anchors(v, **settings):
    return torch.stack([sum(row, v.sum() * 0) for row in all_triplets(v, **settings)])


def of_all(v, **settings):
    return torch.stack(sum(all_triplets(v, **settings), [])).mean()


case("triplet of classes", ramp(6, 3), of_anchors, of_all)
case("triplet of classes swapping", ramp(6, 3), lambda v: of_anchors(v, swap=True, p=3), lambda v: of_all(v, swap=True, p=3))


def focal(v, alpha, gamma):
    p = torch.where(zero_one > 0, v.sigmoid(), 1 - v.sigmoid())
    return (alpha * zero_one + (1 - alpha) * (1 - zero_one)) * (1 - p) ** gamma * -p.log()


def categorical_focal(v, numbers, alpha, gamma):
    logs = v.log_softmax(1).gather(1, numbers.unsqueeze(1)).squeeze(1)
    return -alpha * (1 - logs.exp()) ** gamma * logs


def overlap(v, alpha, beta, s):
    p, t = v.flatten(1), zero_one.flatten(1)
    hits = (p * t).sum(1)
    return 1 - (hits + s) / (hits + alpha * (p * (1 - t)).sum(1) + beta * ((1 - p) * t).sum(1) + s)


case("focal", x, lambda v: focal(v, 0.3, 1.5))
case("categorical focal", x, lambda v: categorical_focal(v, classes, 0.25, 2))
case("categorical focal of images", images, lambda v: categorical_focal(v, pixels, 1, 1.5))
case("dice", positive(4, 3), lambda v: 1 - (2 * (v * zero_one).sum(1) + 1) / (v.sum(1) + zero_one.sum(1) + 1))
case("tversky", x, lambda v: overlap(v.sigmoid(), 0.3, 0.7, 0.5))
case("hinge", x, lambda v: torch.relu(0.5 - signs * v))

one_hot = F.one_hot(classes, 3).double()
k = keras.losses
single = {"reduction": None}


def keras_case(name, outputs, targets, loss, keras_loss):
    """Keras computes in float32 here and there: the case is PyTorch's, once it agrees with Keras'."""
    found = torch.as_tensor(loss(outputs)).double().flatten()
    expected = keras_loss(targets, outputs).double().flatten()
    assert torch.allclose(found, expected, rtol=1e-5, atol=1e-6), (name, found, expected)
    case(name, outputs, loss)


keras_case("squared hinge", x, signs, lambda v: torch.relu(1 - signs * v) ** 2,
           lambda t, v: k.SquaredHinge(**single)(t.unsqueeze(2), v.unsqueeze(2)))
keras_case("categorical hinge", x, one_hot,
           lambda v: torch.relu(1 + ((1 - one_hot) * v).amax(1) - (one_hot * v).sum(1)), k.CategoricalHinge(**single))
keras_case("log cosh", x, y, lambda v: torch.log(torch.cosh(v - y)),
           lambda t, v: k.LogCosh(**single)(t.unsqueeze(2), v.unsqueeze(2)))
keras_case("mape", x, y, lambda v: 100 * ((v - y) / y).abs(),
           lambda t, v: k.MeanAbsolutePercentageError(**single)(t.unsqueeze(2), v.unsqueeze(2)))
keras_case("msle", positive(4, 3), positive(4, 3, offset=1),
           lambda v: (v.log1p() - positive(4, 3, offset=1).log1p()) ** 2,
           lambda t, v: k.MeanSquaredLogarithmicError(**single)(t.unsqueeze(2), v.unsqueeze(2)))
keras_case("cosine similarity", x, y, lambda v: -F.cosine_similarity(v, y), k.CosineSimilarity(**single))
keras_case("categorical focal of keras", x, one_hot, lambda v: categorical_focal(v, classes, 0.3, 1.5),
           k.CategoricalFocalCrossentropy(alpha=0.3, gamma=1.5, from_logits=True, **single))
keras_case("dice of keras", positive(4, 3), zero_one,
           lambda v: 1 - 2 * (v * zero_one).sum(1) / (v.sum(1) + zero_one.sum(1)), k.Dice(axis=(1,), **single))
print(json.dumps(result, indent=None, separators=(",", ":")).replace("},", "},\n"))
