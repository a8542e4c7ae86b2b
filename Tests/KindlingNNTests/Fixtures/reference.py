# SPDX-License-Identifier: Apache-2.0
"""Values and gradients of PyTorch modules for numbers that follow from their place, in double precision."""
import json
import math
import sys

import torch


def numbers(shape, place=0, scale=1.0):
    """scale · sin(1.3 i + place), as the tests compute them."""
    count = math.prod(shape)
    flat = [scale * math.sin(1.3 * i + place) for i in range(count)]
    return torch.tensor(flat, dtype=torch.float64).reshape(shape)


def upstream(shape):
    count = math.prod(shape)
    return torch.tensor([math.cos(0.7 * i) for i in range(count)], dtype=torch.float64).reshape(shape)


class Record:
    """Collects results; writes them as JSON."""

    def __init__(self):
        self.values = {}

    def keep(self, name, tensor):
        self.values[name] = [float(f"{x:.12g}") for x in tensor.detach().double().flatten().tolist()]

    def run(self, name, shapes, inputs, function, scale=0.5):
        """Runs function(parameters, inputs), the parameters being of such shapes and in the order of ours."""
        parameters = [numbers(s, place=k, scale=scale).requires_grad_() for k, s in enumerate(shapes)]
        inputs = [x.clone().requires_grad_() for x in inputs]
        output = function(parameters, inputs)
        self.keep(name, output)
        (output * upstream(output.shape)).sum().backward()
        for k, x in enumerate(inputs):
            self.keep(f"{name}/input {k}", x.grad)
        for k, p in enumerate(parameters):
            self.keep(f"{name}/parameter {k}", p.grad)

    def write(self):
        json.dump(self.values, sys.stdout, separators=(",\n", ":"))
        print()
