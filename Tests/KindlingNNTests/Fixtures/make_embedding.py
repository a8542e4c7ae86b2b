# SPDX-License-Identifier: Apache-2.0
"""usage: make_embedding.py > embedding.json      (PyTorch 2.x)"""
import torch

from reference import Record, numbers

record = Record()
indices = torch.tensor([[1, 0, 4], [2, 2, 1]])
for name, options in {
    "plain": {}, "padding": {"padding_idx": 2}, "max norm": {"max_norm": 0.6}, "last": {"padding_idx": -1},
}.items():
    layer = torch.nn.Embedding(5, 3, **options).double()
    layer.weight.data = numbers((5, 3), 0, 0.5)
    output = layer(indices)
    record.keep(name, output)
    (output * torch.cos(0.7 * torch.arange(output.numel(), dtype=torch.float64)).reshape(output.shape)).sum().backward()
    record.keep(f"{name}/gradient", layer.weight.grad)
    record.keep(f"{name}/weight", layer.weight)
position, width = torch.arange(5, dtype=torch.float64)[:, None], 6
angles = position / 10000 ** (torch.arange(0, width, 2, dtype=torch.float64) / width)
record.keep("sinusoidal", numbers((2, 5, 6)) + torch.stack([angles.sin(), angles.cos()], -1).reshape(5, width))
x = numbers((1, 2, 5, 6))
first, second = x[..., :3], x[..., 3:]
record.keep("rotary", torch.cat([first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()], -1))
first, second = x[..., 0::2], x[..., 1::2]
turned = torch.stack([first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()], -1)
record.keep("rotary interleaved", turned.reshape(x.shape))
record.write()
