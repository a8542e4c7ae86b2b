# SPDX-License-Identifier: Apache-2.0
"""Writes what PyTorch computes for the products, convolutions and poolings of these tests.

    python Tests/KindlingCPUTests/Fixtures/matrices_and_pictures.py

Inputs are not written: both sides make them by one formula, in steps of a quarter, so that every result is exact in
single precision and can be compared bit by bit.
"""

import itertools
import pathlib

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent.parent


def ramp(shape, seed):
    """Quarters from -2.25 to 2.25 that repeat after 19 elements."""
    count = int(torch.tensor(shape).prod())
    i = torch.arange(count, dtype=torch.float64)
    return (((i * 7 + seed * 5) % 19 - 9) / 4).reshape(shape)


def numbers(tensor):
    return "[" + ", ".join(f"{value:.17g}" for value in tensor.flatten().tolist()) + "]"


def exact(values):
    assert torch.equal(values, values.float().double()), "not exact in single precision"
    return values


def write(name, kind, rows):
    text = "// SPDX-License-Identifier: Apache-2.0\n"
    text += "// Made by Fixtures/matrices_and_pictures.py with PyTorch in double precision.\nimport KindlingBackend\n\n"
    text += f"extension {kind} {{\n    static let all: [{kind}] = [\n"
    for row in rows:
        line = f"        {kind}({row}),"
        for cut in wrap(line):
            text += cut + "\n"
    text += "    ]\n}\n"
    (FOLDER / f"{name}.swift").write_text(text)


def wrap(line):
    while len(line) > 118:
        cut = line.rfind(", ", 0, 117) + 1
        yield line[:cut]
        line = "            " + line[cut + 1 :]
    yield line


def matmul():
    for (left, right), (m, k, n), bias, relu in itertools.product(
        [((), ()), ((2,), (2,)), ((3, 1), (1, 2)), ((3,), ())], [(2, 3, 4), (1, 5, 1)], [False, True], [False, True]
    ):
        if bias != relu and left != ():
            continue
        a, b, c = ramp([*left, m, k], 1), ramp([*right, k, n], 2), ramp([n], 3)
        y = torch.matmul(a, b) + (c if bias else 0)
        y = exact(y.relu() if relu else y)
        yield (
            f"left: {list(a.shape)}, right: {list(b.shape)}, bias: {str(bias).lower()}, relu: {str(relu).lower()}, "
            f"shape: {list(y.shape)}, expected: {numbers(y)}"
        )


def sizes(values):
    return str(list(values))


def convolution():
    cases = [  # x, outputs, window, stride, dilation, before, after, groups
        ([2, 2, 5], 3, [3], [2], [1], [1], [0], 1),
        ([1, 2, 7], 2, [3], [1], [2], [2], [2], 2),
        ([2, 3, 4, 5], 2, [3, 3], [1, 1], [1, 1], [1, 1], [1, 1], 1),
        ([1, 1, 5, 5], 2, [3, 2], [2, 1], [1, 2], [0, 1], [2, 0], 1),
        ([1, 4, 4, 3], 4, [2, 3], [1, 2], [1, 1], [1, 1], [0, 1], 2),
        ([1, 3, 4, 4], 3, [3, 3], [1, 1], [1, 1], [1, 1], [1, 1], 3),
        ([1, 2, 3, 4, 3], 2, [2, 3, 2], [1, 2, 1], [1, 1, 1], [0, 1, 1], [1, 1, 0], 1),
    ]
    kinds = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
    for shape, outputs, window, stride, dilation, before, after, groups in cases:
        x = ramp(shape, 1).requires_grad_()
        weight = ramp([outputs, shape[1] // groups, *window], 2).requires_grad_()
        bias = ramp([outputs], 3).requires_grad_()
        pads = [p for pair in zip(reversed(before), reversed(after)) for p in pair]
        y = kinds[len(window)](F.pad(x, pads), weight, bias, stride, 0, dilation, groups)
        y.backward(ramp(y.shape, 4))
        yield (
            f"x: {shape}, weight: {list(weight.shape)}, y: {list(y.shape)}, stride: {stride}, dilation: {dilation}, "
            f"before: {before}, after: {after}, groups: {groups}, forward: {numbers(exact(y))}, "
            f"inputGradient: {numbers(exact(x.grad))}, weightGradient: {numbers(exact(weight.grad))}, "
            f"biasGradient: {numbers(exact(bias.grad))}"
        )


def pooling():
    cases = [  # x, window, stride, dilation, padding
        ([2, 2, 7], [3], [2], [1], [1]),
        ([1, 3, 4, 6], [2, 2], [2, 2], [1, 1], [0, 0]),
        ([1, 2, 5, 5], [3, 3], [2, 2], [1, 1], [1, 1]),
        ([1, 1, 6, 5], [2, 3], [1, 2], [2, 1], [1, 1]),
        ([1, 2, 4, 3, 4], [2, 2, 2], [2, 1, 2], [1, 1, 1], [0, 1, 0]),
    ]
    largest = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}
    mean = {1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}
    for shape, window, stride, dilation, padding in cases:
        rank = len(window)
        head = f"x: {shape}, window: {window}, stride: {stride}, dilation: {dilation}, padding: {padding}"
        # Halves: neighbours are often equal, so that ties are met.
        x = (ramp(shape, 1) / 2).round().requires_grad_()
        y, places = largest[rank](x, window, stride, padding, dilation, return_indices=True)
        y.backward(ramp(y.shape, 4))
        yield (
            f'{head}, function: .maximum, y: {list(y.shape)}, forward: {numbers(y)}, places: {numbers(places)}, '
            f"gradient: {numbers(x.grad)}"
        )
        if any(d != 1 for d in dilation):
            continue
        for name, counted in [("average", True), ("averageInside", False)]:
            x = (ramp(shape, 1) / 2).round().requires_grad_()
            y = mean[rank](x, window, stride, padding, False, counted)
            y.backward(ramp(y.shape, 4))
            yield (
                f"{head}, function: .{name}, y: {list(y.shape)}, forward: {decimals(y)}, places: [], "
                f"gradient: {decimals(x.grad)}"
            )


def decimals(tensor):
    return "[" + ", ".join(f"{value:.9g}" for value in tensor.flatten().tolist()) + "]"


write("MatmulFixtures", "MatmulCase", matmul())
write("ConvolutionFixtures", "ConvolutionCase", convolution())
write("PoolingFixtures", "PoolingCase", pooling())
