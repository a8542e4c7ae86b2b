# SPDX-License-Identifier: Apache-2.0
"""Writes layers.json: outputs and losses of PyTorch's layers for fixed weights and inputs, in double precision.

usage: make_fixtures.py > layers.json      (PyTorch 2.x)
"""
import json
import math

import torch
import torch.nn.functional as F


def ramp(*shape):
    count = math.prod(shape)
    return torch.tensor([math.sin(1.3 * i) for i in range(count)], dtype=torch.float64).reshape(shape)


logits, classes = ramp(4, 3), torch.tensor([2, 0, 1, 2])
result = {
    "linear": F.linear(ramp(2, 4), ramp(3, 4), ramp(3)).flatten().tolist(),
    "conv2d": F.conv2d(ramp(2, 4, 5, 5), ramp(6, 2, 3, 3), ramp(6), stride=2, padding=1, groups=2).flatten().tolist(),
    "maxpool": F.max_pool2d(ramp(1, 2, 6, 6), 3, 2, 1).flatten().tolist(),
    "averagepool": F.avg_pool2d(ramp(1, 2, 6, 6), 2).flatten().tolist(),
    "gelu": F.gelu(ramp(6)).tolist(),
    "gelu tanh": F.gelu(ramp(6), approximate="tanh").tolist(),
    "silu": F.silu(ramp(6)).tolist(),
    "cross entropy": [F.cross_entropy(logits, classes).item()],
    "cross entropy smooth": [F.cross_entropy(logits, classes, label_smoothing=0.2).item()],
    "cross entropy ignored": [F.cross_entropy(logits, classes, ignore_index=2).item()],
    "mse": [F.mse_loss(ramp(3, 2), ramp(3, 2) * 0.5).item()],
}
print(json.dumps(result, indent=1))
