# SPDX-License-Identifier: Apache-2.0
"""Writes graphs.json: 1,000 random graphs of 3-20 operations with PyTorch's value and gradients, in float64.

    python make_graphs.py

A graph is {"l": leaves, "o": operations, "v": value, "g": gradients by the leaves}. A leaf is its shape, "2,3"; its
elements follow from the number of the graph and of the leaf by `leaf` below, and are exact in float32. An operation is
"code operand … parameters", where an operand counts leaves and results in the order in which they were made. "n" tells
how many values were made before each leaf. The value is the sum over results that nothing used of sum(result * w), where
element i of w is 1 + (7 i mod 11) / 11.

Refused are graphs with numbers above 10^4, near a kink or a tie, or so conditioned that PyTorch's own float32 is far off.
"""
import collections
import json
import math
import pathlib

import numpy
import torch

GRAPHS = 1000
random = numpy.random.default_rng(7)
counts = collections.Counter()


class Refused(Exception):
    """A graph that would measure its conditioning instead of the operations."""


def leaf(graph, number, shape):
    state = (graph * 64 + number + 1) * 2654435761 % 2**32
    values = []
    for _ in range(math.prod(shape)):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(((state >> 16) % 4096 - 2048) / 1024)
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def away(distances, least=5e-3):
    if distances.numel() and distances.abs().min() < least:
        raise Refused


def largest(x, axes, keep, sign):
    """The extreme over axes; refused where the two most extreme are near each other."""
    axes = axes or tuple(range(x.dim()))
    rest = [axis for axis in range(x.dim()) if axis not in axes]
    rows = (sign * x).permute(*rest, *axes).reshape(*[x.shape[axis] for axis in rest], -1)
    if rows.shape[-1] > 1:
        top = rows.topk(2).values
        away(top[..., 0] - top[..., 1])
    return x.amax(axes, keepdim=keep) if sign > 0 else x.amin(axes, keepdim=keep)


def kinked(function, *places):
    def run(x):
        for place in places:
            away(x - place)
        return function(x)
    return run


anywhere = {
    "neg": torch.neg, "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
    "softplus": torch.nn.functional.softplus, "erf": torch.erf, "squared": torch.square, "silu": torch.nn.functional.silu,
    "gelu": torch.nn.functional.gelu, "gelut": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    "abs": kinked(torch.abs, 0), "relu": kinked(torch.relu, 0),
    "leaky": kinked(lambda x: torch.nn.functional.leaky_relu(x, 0.2), 0),
    "elu": kinked(lambda x: torch.nn.functional.elu(x, 1.5), 0),
    "clamp": kinked(lambda x: x.clamp(-0.75, 0.5), -0.75, 0.5),
    "x+": lambda x: x + 1.5, "1-": lambda x: 1 - x, "x*": lambda x: x * 0.625, "cube": lambda x: x.pow(3.0),
}
small = {"exp": torch.exp, "expm1": torch.expm1}
above_zero = {
    "log": torch.log, "log1p": torch.log1p, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt, "recip": torch.reciprocal,
    "pow-1.5": lambda x: x.pow(-1.5), "2/": lambda x: 2 / x,
}
unary = anywhere | small | above_zero
pairs = {
    "+": torch.add, "-": torch.sub, "*": torch.mul, "/": torch.div, "min": torch.minimum, "max": torch.maximum,
    "pow": torch.pow, "mm": torch.matmul,
}


def parsed(text, separator=","):
    return [int(part) for part in text.split(separator)] if text != "_" else []


def apply(code, values, words):
    """One operation; `words` are its operands and parameters."""
    x = values[int(words[0])]
    if code in unary:
        return unary[code](x)
    if code in ("cat", "stack"):
        axis, *parts = [int(word) for word in words[1:]]
        parts = [x] + [values[part] for part in parts]
        return torch.cat(parts, axis) if code == "cat" else torch.stack(parts, axis)
    if code == "where":
        c, b = x, values[int(words[1])]
        away(c - 0.25)
        return torch.where(c > 0.25, c, b)
    if code in pairs:
        y = values[int(words[1])]
        if code in ("min", "max"):
            away(x - y)
        return pairs[code](x, y)
    if code in ("sum", "mean", "amax", "amin", "var"):
        axes, keep = tuple(parsed(words[1])), words[2] == "k"
        if code in ("amax", "amin"):
            return largest(x, axes, keep, 1 if code == "amax" else -1)
        axes = axes or tuple(range(x.dim()))
        return {"sum": torch.sum, "mean": torch.mean, "var": torch.var}[code](x, axes, keepdim=keep)
    numbers = [parsed(word) for word in words[1:]]
    if code == "reshape":
        return x.reshape(numbers[0])
    if code == "permute":
        return x.permute(numbers[0])
    if code == "transpose":
        return x.transpose(*numbers[0])
    if code == "insert":
        return x.unsqueeze(numbers[0][0])
    if code == "expand":
        return x.expand(numbers[0])
    if code == "slice":
        axis, start, end = numbers[0]
        return x.narrow(axis, start, end - start)
    if code == "softmax":
        return torch.softmax(x, numbers[0][0])
    if code == "logsoftmax":
        return torch.log_softmax(x, numbers[0][0])
    if code == "gather":
        return x[torch.tensor(numbers[0])]
    raise ValueError(code)


class Graph:
    def __init__(self, number):
        self.number, self.leaves, self.places, self.values, self.operations, self.used = number, [], [], [], [], set()

    def new_leaf(self, shape):
        self.places.append(len(self.values))
        self.values.append(leaf(self.number, len(self.leaves), shape))
        self.leaves.append(list(shape))
        return len(self.values) - 1

    def other(self, fits, shape):
        """An operand beside another: one that exists and fits, or a leaf of a shape."""
        found = [i for i, value in enumerate(self.values) if fits(value)]
        if found and (random.random() < 0.4 or len(self.leaves) > 4):
            return int(random.choice(found))
        return self.new_leaf(shape)

    def add(self, code, *words):
        operands = self.operands(code, words)
        before = len(self.values)
        result = apply(code, self.values, [str(word) for word in words])
        if result.numel() > 48 or result.dim() > 4 or result.numel() == 0:
            raise Refused
        if not torch.isfinite(result).all() or result.abs().max() > 300:
            raise Refused
        assert before == len(self.values)
        self.used |= operands
        self.values.append(result)
        self.operations.append((code, [str(word) for word in words]))

    @staticmethod
    def operands(code, words):
        if code in ("cat", "stack"):
            return {int(words[0])} | {int(word) for word in words[2:]}
        if code in pairs or code == "where":
            return {int(words[0]), int(words[1])}
        return {int(words[0])}

    def step(self):
        fresh = [i for i in range(len(self.values)) if i not in self.used]
        at = int(random.choice(fresh if fresh and random.random() < 0.75 else range(len(self.values))))
        x = self.values[at]
        shape, rank = list(x.shape), x.dim()
        kind = random.choice(
            ["unary", "binary", "reduce", "mm", "arrange", "join", "softmax", "gather", "where"],
            p=[0.28, 0.2, 0.1, 0.1, 0.14, 0.06, 0.05, 0.04, 0.03])
        if kind == "unary":
            choices = list(anywhere) + (2 * list(small) if x.max() < 3 else [])
            choices += 3 * list(above_zero) if x.min() > 0.2 else []
            return self.add(random.choice(choices), at)
        if kind in ("binary", "where"):
            wanted = [1 if random.random() < 0.25 else size for size in shape]
            wanted = wanted[int(random.integers(0, rank + 1)):] if random.random() < 0.3 else wanted
            wanted = [int(random.integers(1, 4))] + wanted if random.random() < 0.1 and len(wanted) == rank < 3 else wanted
            code = "where" if kind == "where" else random.choice(["+", "-", "*", "*", "/", "min", "max", "pow"])
            if code == "pow" and x.min() < 0.2 or code == "/" and random.random() < 0.5:
                code = "*"

            def fits(value):
                try:
                    torch.broadcast_shapes(value.shape, x.shape)
                except RuntimeError:
                    return False
                return code != "/" or bool(value.abs().min() > 0.25)
            b = self.other(fits, wanted)
            if code == "/":
                away(self.values[b], 0.25)
            pair = (at, b) if code in ("/", "pow") or random.random() < 0.5 else (b, at)
            return self.add(code, *pair)
        if kind == "reduce":
            if rank == 0:
                raise Refused
            axes = sorted(random.choice(rank, int(random.integers(0, min(rank, 2) + 1)), replace=False).tolist())
            code = random.choice(["sum", "mean", "amax", "amin", "var"])
            if code == "var" and math.prod(shape[axis] for axis in axes or range(rank)) < 2:
                raise Refused
            axes = [axis - rank if random.random() < 0.2 else axis for axis in axes] if code not in ("amax", "amin") else axes
            return self.add(code, at, ",".join(map(str, axes)) or "_", random.choice(["k", "d"]))
        if kind == "mm":
            if rank == 0 or max(shape) > 6:
                raise Refused
            inner = shape[-1]
            wanted = [inner, int(random.integers(1, 5))] if random.random() < 0.8 else [inner]
            if rank == 3 and len(wanted) == 2 and random.random() < 0.4:
                wanted = [shape[0], *wanted]
            fits = lambda value: 1 <= value.dim() <= 2 and value.shape[-2 if value.dim() > 1 else 0] == inner
            return self.add("mm", at, self.other(fits, wanted))
        if kind == "arrange":
            code = random.choice(["reshape", "permute", "transpose", "insert", "expand", "slice"])
            if code == "insert":
                return self.add(code, at, int(random.integers(-rank - 1, rank + 1)))
            if rank == 0:
                raise Refused
            if code == "reshape":
                flat = x.numel()
                divisors = [d for d in range(1, flat + 1) if flat % d == 0]
                first = int(random.choice(divisors))
                second = int(random.choice([d for d in divisors if (flat // first) % d == 0]))
                sizes = [first, second, flat // first // second][:int(random.integers(1, 4))]
                sizes[-1] = flat // math.prod(sizes[:-1])
                return self.add(code, at, ",".join(map(str, sizes)))
            if code == "permute":
                return self.add(code, at, ",".join(map(str, random.permutation(rank).tolist())))
            if code == "transpose":
                if rank < 2:
                    raise Refused
                return self.add(code, at, ",".join(map(str, random.choice(rank, 2, replace=False).tolist())))
            if code == "expand":
                sizes = [int(random.integers(1, 4)) if size == 1 else size for size in shape]
                sizes = [int(random.integers(1, 4))] + sizes if random.random() < 0.5 else sizes
                return self.add(code, at, ",".join(map(str, sizes)))
            axis = int(random.integers(0, rank))
            start = int(random.integers(0, shape[axis]))
            end = int(random.integers(start + 1, shape[axis] + 1))
            return self.add(code, at, f"{axis},{start},{end}")
        if kind == "join":
            if rank == 0:
                raise Refused
            axis = int(random.integers(0, rank))
            code = random.choice(["cat", "stack"])
            wanted = [int(random.integers(1, 4)) if i == axis and code == "cat" else size for i, size in enumerate(shape)]
            fits = lambda value: value.dim() == rank and all(
                value.shape[i] == shape[i] or i == axis and code == "cat" for i in range(rank))
            return self.add(code, at, axis, self.other(fits, wanted))
        if rank == 0:
            raise Refused
        if kind == "softmax":
            return self.add(random.choice(["softmax", "logsoftmax"]), at, int(random.integers(-1, rank)))
        picked = random.integers(-shape[0], shape[0], int(random.integers(1, 5))).tolist()
        return self.add("gather", at, ",".join(map(str, picked)))

    def run(self, dtype):
        leaves = [leaf(self.number, i, shape).to(dtype).requires_grad_() for i, shape in enumerate(self.leaves)]
        values, waiting = [], list(self.operations)
        while waiting or len(values) in self.places:
            if len(values) in self.places:
                values.append(leaves[self.places.index(len(values))])
            else:
                code, words = waiting.pop(0)
                values.append(apply(code, values, words))
        total = 0
        for index, value in enumerate(values):
            if index not in self.used:
                weights = [1 + (7 * i % 11) / 11 for i in range(value.numel())]
                total = total + (value * torch.tensor(weights, dtype=dtype).reshape(value.shape)).sum()
        total.backward()
        return total, [value.grad if value.grad is not None else torch.zeros_like(value) for value in leaves]


def nine(values):
    return [0 if value == 0 else float(f"{value:.9g}") for value in values]


def made(number):
    graph = Graph(number)
    sizes = [[], [3], [4], [2, 3], [3, 2], [1, 4], [2, 2, 3], [3, 1, 2], [2, 1, 2, 2]]
    graph.new_leaf(sizes[int(random.integers(0, len(sizes)))])
    wanted, refusals = int(random.integers(3, 21)), 0
    while len(graph.operations) < wanted:
        state = (list(graph.leaves), list(graph.places), list(graph.values))
        try:
            graph.step()
        except Refused:
            graph.leaves, graph.places, graph.values = state
            refusals += 1
            if refusals > 200:
                raise
    total, gradients = graph.run(torch.float64)
    single, near = graph.run(torch.float32)
    # Float32 of another implementation rounds elsewhere: a tenth of what the test allows leaves room for that.
    for exact, rounded in zip([total, *gradients], [single, *near]):
        if not torch.isfinite(exact).all() or exact.abs().max() > 1e4:
            raise Refused
        if (exact - rounded).abs().max() > 1e-5 * max(1.0, exact.abs().max()):
            raise Refused
    counts.update(str(code) for code, _ in graph.operations)
    return {
        "l": [",".join(map(str, shape)) for shape in graph.leaves], "n": graph.places,
        "o": [" ".join([code, *words]) for code, words in graph.operations], "v": nine([total.item()])[0],
        "g": [nine(gradient.flatten().tolist()) for gradient in gradients],
    }


lines, tries = [], 0
while len(lines) < GRAPHS:
    tries += 1
    try:
        lines.append(json.dumps(made(len(lines)), separators=(",", ":")))
    except Refused:
        continue
text = "[\n" + ",\n".join(lines) + "\n]\n"
(pathlib.Path(__file__).parent / "graphs.json").write_text(text)
print(f"{len(text)} bytes, {tries} tries, {sum(counts.values())} operations")
print(dict(sorted(counts.items(), key=lambda pair: pair[1])))
