# SPDX-License-Identifier: Apache-2.0
"""Writes schedules.json: learning rates of PyTorch's schedulers for an optimizer whose learning rate is 1.

usage: make_schedules.py > schedules.json      (PyTorch 2.15)
"""
import json
import math
import warnings

import torch
from torch.optim import lr_scheduler as S

warnings.simplefilter("ignore")


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)


def rates(make, count):
    sgd = optimizer()
    schedule = make(sgd)
    result = []
    for _ in range(count):
        result.append(sgd.param_groups[0]["lr"])
        sgd.step()
        schedule.step()
    return result


def plateau(values, **options):
    sgd = optimizer()
    schedule = S.ReduceLROnPlateau(sgd, eps=0, **options)
    result = []
    for value in values:
        schedule.step(value)
        result.append(sgd.param_groups[0]["lr"])
    return result


VALUES = [1, 0.9, 0.9, 0.9, 0.95, 0.89995, 0.8, 0.8, 0.8, 0.8, 0.8, math.nan, 0.9, 0.85, 0.7, 0.7, 0.71, 0.72, 0.73, 0.74]
CASES = {
    "step": (lambda o: S.StepLR(o, 3, 0.5), 20),
    "multi step": (lambda o: S.MultiStepLR(o, [2, 5, 5, 11], 0.3), 20),
    "exponential": (lambda o: S.ExponentialLR(o, 0.9), 30),
    "polynomial": (lambda o: S.PolynomialLR(o, 10, 2.5), 15),
    "linear decay": (lambda o: S.LinearLR(o, 1, 0.2, 8), 15),
    "linear warmup": (lambda o: S.LinearLR(o), 10),
    "cosine": (lambda o: S.CosineAnnealingLR(o, 20, 0.1), 21),
    "cosine restarts": (lambda o: S.CosineAnnealingWarmRestarts(o, 4, 1, 0.1), 20),
    "cosine restarts longer": (lambda o: S.CosineAnnealingWarmRestarts(o, 3, 2, 0), 50),
    "one cycle": (lambda o: S.OneCycleLR(o, 1, total_steps=40, cycle_momentum=False), 40),
    "one cycle linear": (
        lambda o: S.OneCycleLR(o, 1, total_steps=33, pct_start=0.25, anneal_strategy="linear", div_factor=10,
                               final_div_factor=100, cycle_momentum=False), 33),
    "one cycle three": (
        lambda o: S.OneCycleLR(o, 1, total_steps=40, three_phase=True, cycle_momentum=False), 40),
    "cyclic": (lambda o: S.CyclicLR(o, 0.1, 1, 5, 3, cycle_momentum=False), 40),
    "cyclic triangular2": (
        lambda o: S.CyclicLR(o, 0.2, 1, 4, mode="triangular2", cycle_momentum=False), 40),
    "cyclic range": (
        lambda o: S.CyclicLR(o, 0.2, 1, 4, mode="exp_range", gamma=0.97, cycle_momentum=False), 40),
    "inverse square root": (lambda o: S.LambdaLR(o, lambda t: min((t + 1) / 6, (6 / (t + 1)) ** 0.5)), 30),
    "chained": (lambda o: S.ChainedScheduler([S.LinearLR(o, 0.1, 1, 6), S.ExponentialLR(o, 0.9)]), 20),
    "sequential": (
        lambda o: S.SequentialLR(
            o, [S.LinearLR(o, 0.1, 1, 5), S.ExponentialLR(o, 0.9), S.StepLR(o, 2, 0.5)], [5, 12]), 20),
}
result = {name: rates(make, count) for name, (make, count) in CASES.items()}
result["plateau"] = plateau(VALUES, factor=0.5, patience=2)
result["plateau cooldown"] = plateau(VALUES, factor=0.5, patience=1, cooldown=2, min_lr=0.2)
result["plateau max"] = plateau(VALUES, mode="max", factor=0.5, patience=1, threshold=0.05, threshold_mode="abs")
print(json.dumps(result))
