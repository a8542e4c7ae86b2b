# SPDX-License-Identifier: Apache-2.0
"""Writes optimizers.json: parameters after 100 steps of PyTorch's optimizers on fixed gradients, in double precision.

usage: make_fixtures.py > optimizers.json      (PyTorch 2.x)
"""
import json
import math

import torch

SIZE, STEPS = 5, 100


def start():
    return [0.5 - 0.3 * i for i in range(SIZE)]


def gradient(step):
    return [math.sin(0.7 * step + i) + 0.1 * (i - 2) for i in range(SIZE)]


CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "sgd dampening": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.3),
    "sgd nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.02),
    "adam": lambda p: torch.optim.Adam(p, lr=0.02),
    "adam decay": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.05),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.1),
}

result = {}
for name, make in CASES.items():
    parameter = torch.tensor(start(), dtype=torch.float64, requires_grad=True)
    optimizer = make([parameter])
    for step in range(STEPS):
        parameter.grad = torch.tensor(gradient(step), dtype=torch.float64)
        optimizer.step()
    result[name] = parameter.tolist()
print(json.dumps(result, indent=1))
