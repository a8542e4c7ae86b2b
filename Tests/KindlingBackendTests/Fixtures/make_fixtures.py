# SPDX-License-Identifier: Apache-2.0
"""Writes requests.json and vocabulary.json: what NumPy and PyTorch say to one case of each kind of request.

Usage: python make_fixtures.py   (NumPy 2 and PyTorch 2; deterministic)
"""
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

random = np.random.default_rng(7)
cases = []


def tensor(values, dtype="float64"):
    values = np.asarray(values)
    return {"dtype": dtype, "shape": list(values.shape), "values": values.reshape(-1).astype(np.float64).tolist()}


def case(name, inputs, outputs):
    cases.append({"name": name, "inputs": inputs, "outputs": outputs})


def real(*shape):
    return np.round(random.uniform(-1, 1, shape), 3)


def leaf(values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def elementwise():
    wide, positive, unit, large = [-2.5, -0.5, 0.0, 0.3, 1.0, 3.7], [0.01, 0.5, 1.0, 7.5], [-0.9, 0.0, 0.4], [1.0, 1.5, 9.0]
    halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.51]
    t = torch
    unary = {
        "identity": (lambda x: x, wide), "negate": (t.neg, wide), "absolute": (t.abs, wide), "sign": (t.sign, wide),
        "reciprocal": (t.reciprocal, positive), "square": (t.square, wide), "squareRoot": (t.sqrt, positive),
        "reciprocalSquareRoot": (t.rsqrt, positive), "exp": (t.exp, wide), "expm1": (t.expm1, wide),
        "log": (t.log, positive), "log1p": (t.log1p, positive), "sin": (t.sin, wide), "cos": (t.cos, wide),
        "tan": (t.tan, wide), "asin": (t.asin, unit), "acos": (t.acos, unit), "atan": (t.atan, wide),
        "sinh": (t.sinh, wide), "cosh": (t.cosh, wide), "asinh": (t.asinh, wide), "acosh": (t.acosh, large),
        "atanh": (t.atanh, unit), "tanh": (t.tanh, wide), "sigmoid": (t.sigmoid, wide),
        "softplus": (F.softplus, wide), "erf": (t.erf, wide), "floor": (t.floor, halves), "ceiling": (t.ceil, halves),
        "round": (t.round, halves), "truncate": (t.trunc, halves), "logicalNot": (t.logical_not, wide),
        "isNaN": (t.isnan, wide), "isFinite": (t.isfinite, wide),
    }
    for name, (function, values) in unary.items():
        x = torch.tensor(values, dtype=torch.float64)
        case(f"elementwise.{name}", [tensor(x)], [tensor(function(x).double())])
    a = torch.tensor([2.0, 0.5, 3.0, 7.5, -7.5, 0.0, -2.0], dtype=torch.float64)
    b = torch.tensor([3.0, 2.0, 3.0, 2.0, 2.0, 1.5, -0.75], dtype=torch.float64)
    binary = {
        "add": t.add, "subtract": t.sub, "multiply": t.mul, "divide": t.div, "remainder": t.remainder,
        "minimum": t.minimum, "maximum": t.maximum, "atan2": t.atan2, "equal": t.eq, "notEqual": t.ne, "less": t.lt,
        "lessOrEqual": t.le, "logicalAnd": t.logical_and, "logicalOr": t.logical_or, "logicalXor": t.logical_xor,
    }
    for name, function in binary.items():
        case(f"elementwise.{name}", [tensor(a), tensor(b)], [tensor(function(a, b).double())])
    case("elementwise.power", [tensor(a.abs()), tensor(b)], [tensor(t.pow(a.abs(), b))])
    c = torch.linspace(-1, 1, 7, dtype=torch.float64)
    case("elementwise.select", [tensor(a), tensor(b), tensor(c)], [tensor(t.where(a != 0, b, c))])
    case("elementwise.multiplyAdd", [tensor(a), tensor(b), tensor(c)], [tensor(a * b + c)])


def reductions():
    x = real(3, 4, 5)
    for name, function in {"sum": np.sum, "product": np.prod, "minimum": np.min, "maximum": np.max}.items():
        case(f"reduce.{name}.5", [tensor(x)], [tensor(function(x, axis=(0, 2)))])
    flat = x.transpose(1, 0, 2).reshape(4, -1)
    case("reduce.argumentOfMinimum.5", [tensor(x)], [tensor(flat.argmin(1), "int64")])
    case("reduce.argumentOfMaximum.5", [tensor(x)], [tensor(flat.argmax(1), "int64")])


def products():
    a, b, bias = real(2, 3, 4), real(2, 4, 5), real(5)
    case("matmul", [tensor(a), tensor(b), tensor(bias)], [tensor(np.maximum(0, a @ b + bias))])


def convolution(name, picture, weight, stride, dilation, before, after, groups, function):
    x, w, bias = leaf(real(*picture)), leaf(real(*weight)), leaf(real(weight[0]))
    padding = [side for pair in reversed(list(zip(before, after))) for side in pair]
    y = function(F.pad(x, padding), w, bias, stride=stride, dilation=dilation, groups=groups)
    upstream = torch.tensor(real(*y.shape))
    gx, gw, gb = torch.autograd.grad(y, (x, w, bias), upstream)
    x, w, bias, y = x.detach(), w.detach(), bias.detach(), y.detach()
    case(f"convolution.{name}.forward", [tensor(x), tensor(w), tensor(bias)], [tensor(y)])
    case(f"convolution.{name}.inputGradient", [tensor(upstream), tensor(w)], [tensor(gx)])
    case(f"convolution.{name}.weightGradient", [tensor(x), tensor(upstream)], [tensor(gw), tensor(gb)])


def poolings():
    x = leaf(real(2, 2, 5, 6))
    y, places = F.max_pool2d(x, (3, 2), (2, 2), (1, 0), return_indices=True)
    upstream = torch.tensor(real(*y.shape))
    (gradient,) = torch.autograd.grad(y, x, upstream)
    case("pooling.maximum.forward", [tensor(x.detach())], [tensor(y.detach()), tensor(places, "int32")])
    case("pooling.maximum.backward", [tensor(upstream), tensor(places, "int32")], [tensor(gradient)])
    for name, counted in {"average": True, "averageInside": False}.items():
        y = F.avg_pool2d(x, (3, 2), (2, 2), (1, 0), count_include_pad=counted)
        (gradient,) = torch.autograd.grad(y, x, upstream)
        case(f"pooling.{name}.forward", [tensor(x.detach())], [tensor(y.detach())])
        case(f"pooling.{name}.backward", [tensor(upstream)], [tensor(gradient)])


def rows():
    for name, function in {"softmax": F.softmax, "logSoftmax": F.log_softmax}.items():
        x = leaf(real(3, 5) * 4)
        y = function(x, -1)
        upstream = torch.tensor(real(3, 5))
        (gradient,) = torch.autograd.grad(y, x, upstream)
        case(f"{name}.forward", [tensor(x.detach())], [tensor(y.detach())])
        case(f"{name}.backward", [tensor(upstream), tensor(y.detach())], [tensor(gradient)])
    logits, classes, weights = leaf(real(6, 4) * 3), torch.tensor([0, 3, 1, 2, 1, 0]), torch.tensor([0.5, 1.0, 2.0, 1.5])
    losses = F.cross_entropy(
        logits, classes, weights.double(), ignore_index=2, label_smoothing=0.1, reduction="none")
    upstream = torch.tensor(real(6))
    (gradient,) = torch.autograd.grad(losses, logits, upstream)
    lse = torch.logsumexp(logits, 1).detach()
    logits, losses = logits.detach(), losses.detach()
    target = tensor(classes, "int64")
    case("crossEntropy.forward", [tensor(logits), target, tensor(weights)], [tensor(losses), tensor(lse)])
    case(
        "crossEntropy.backward", [tensor(logits), target, tensor(lse), tensor(upstream), tensor(weights)],
        [tensor(gradient)])


def indexing():
    source, indices = real(5, 3), np.array([4, 0, -1, -5, 4])
    case("gather", [tensor(source), tensor(indices, "int64")], [tensor(source[indices])])
    updates, sums = real(5, 3), np.zeros((5, 3))
    np.add.at(sums, indices, updates)
    case("scatterAdd", [tensor(indices, "int64"), tensor(updates)], [tensor(sums)])


def philox(key, block, stream):
    low = 0xFFFFFFFF
    c = [block & low, block >> 32, stream & low, stream >> 32]
    k = [key & low, key >> 32]
    for _ in range(10):
        first, second = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [second >> 32 ^ c[1] ^ k[0], second & low, first >> 32 ^ c[3] ^ k[1], first & low]
        k = [k[0] + 0x9E3779B9 & low, k[1] + 0xBB67AE85 & low]
    return c


def draws():
    key, stream = 0x0123456789ABCDEF, 0xFEDCBA9876543210
    single = [(philox(key, i // 4, stream)[i % 4] >> 8) * 2.0**-24 for i in range(12)]
    words = [philox(key, i // 2, stream)[2 * (i % 2):][:2] for i in range(12)]
    double = [((high << 32 | low) >> 11) * 2.0**-53 for high, low in words]
    normal = []
    for u, v in zip(double[::2], double[1::2]):
        radius = math.sqrt(-2 * math.log(1 - u))
        normal += [radius * math.cos(2 * math.pi * v), radius * math.sin(2 * math.pi * v)]
    case("random.uniform.float32", [], [tensor(single[:11], "float32")])
    case("random.uniform.float64", [], [tensor(double[:11])])
    case("random.normal.float64", [], [tensor(np.array(normal[:11]) * 2 + 1)])
    case("random.bernoulli.bool", [], [tensor([float(u < 0.3) for u in single[:11]], "bool")])


def optimizer(name, make, slots):
    """The second step of a PyTorch optimizer, with the state that the first one leaves."""
    p = leaf(real(6))
    optimizer = make([p])
    p.grad = torch.tensor(real(6))
    optimizer.step()
    before = [p.detach().clone()] + [optimizer.state[p][slot].clone() for slot in slots]
    p.grad = torch.tensor(real(6))
    gradient = p.grad.clone()
    optimizer.step()
    after = [p.detach()] + [optimizer.state[p][slot] for slot in slots]
    case(f"optimizerStep.{name}", [tensor(v) for v in [before[0], gradient] + before[1:]], [tensor(v) for v in after])


def conversions():
    numbers = [0.0, 1.0, -2.75, 2049.0, 2051.0, 65504.0, 65519.0, 1e-7, 3e-8, 2.0**-25, 6e-5, 257.0, 259.0, 1.00390625, 3e38]
    half = np.array(numbers[:11] + [257.0], np.float32).astype(np.float16)
    short = torch.tensor(numbers, dtype=torch.float32).bfloat16()
    case("copy.float16", [tensor(np.array(numbers[:11] + [257.0], np.float32), "float32")], [tensor(half, "float16")])
    case("copy.bfloat16", [tensor(np.array(numbers, np.float32), "float32")], [tensor(short.float(), "bfloat16")])
    fractions = [2.9, -2.9, 0.5, -0.5, 0.0, 100.0]
    case("copy.int32", [tensor(fractions, "float32")], [tensor(np.array(fractions).astype(np.int32), "int32")])
    case("copy.bool", [tensor(fractions, "float32")], [tensor(np.array(fractions).astype(bool), "bool")])


def vocabulary():
    sides = [[], [1], [3], [0], [4, 1], [4, 3], [1, 3], [2, 1, 3], [2, 4, 1], [5, 3], [0, 3], [2, 1, 0], [1, 1, 1, 1]]
    table = []
    for left in sides:
        for right in sides:
            try:
                result = list(np.broadcast_shapes(tuple(left), tuple(right)))
            except ValueError:
                result = None
            table.append({"left": left, "right": right, "result": result})
    strides = []
    for shape in [[], [5], [2, 3], [2, 3, 4], [3, 1, 2, 5]]:
        strides.append({"shape": shape, "strides": [s // 8 for s in np.zeros(shape).strides]})
    names = ["float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool"]
    promotions = []
    for left in names:
        for right in names:
            result = torch.promote_types(getattr(torch, left), getattr(torch, right))
            promotions.append({"left": left, "right": right, "result": str(result).removeprefix("torch.")})
    return {"broadcasts": table, "strides": strides, "promotions": promotions}


elementwise()
reductions()
products()
convolution("1-D", (2, 3, 9), (4, 3, 3), (2,), (2,), (1,), (2,), 1, F.conv1d)
convolution("2-D", (2, 4, 5, 6), (6, 2, 3, 2), (2, 1), (1, 2), (1, 0), (0, 2), 2, F.conv2d)
convolution("3-D", (1, 2, 3, 4, 3), (2, 2, 2, 2, 2), (1, 2, 1), (1, 1, 1), (1, 0, 1), (0, 1, 0), 1, F.conv3d)
poolings()
rows()
indexing()
draws()
optimizer(
    "sgd", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05, nesterov=True), ["momentum_buffer"])
optimizer("sgdDampened", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.3), ["momentum_buffer"])
optimizer("adam", lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1), ["exp_avg", "exp_avg_sq"])
optimizer("adamW", lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1), ["exp_avg", "exp_avg_sq"])
conversions()
ties = torch.tensor(random.integers(0, 3, (2, 2, 5, 6)), dtype=torch.float64)
largest, places = F.max_pool2d(ties, (3, 2), (2, 2), (1, 0), return_indices=True)
case("pooling.maximum.ties", [tensor(ties)], [tensor(largest), tensor(places, "int32")])

folder = pathlib.Path(__file__).parent
with open(folder / "requests.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
with open(folder / "vocabulary.json", "w") as file:
    tables = vocabulary()
    parts = [json.dumps(k) + ": [\n" + ",\n".join(json.dumps(r) for r in v) + "\n]" for k, v in tables.items()]
    file.write("{\n" + ",\n".join(parts) + "\n}\n")
