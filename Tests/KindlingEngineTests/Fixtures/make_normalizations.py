# SPDX-License-Identifier: Apache-2.0
"""Writes operations-normalizations.json: normalizations and dropout, as PyTorch has them, in float64.

    python make_normalizations.py
"""
import torch
import torch.nn.functional as F

from rows import positive, real, row, write


def zeros(*shape):
    return torch.zeros(*shape, dtype=torch.float64)


def batch(x, w=None, b=None, epsilon=1e-5):
    axes = [0] + list(range(2, x.dim()))
    mean = x.mean(axes, keepdim=True)
    variance = x.var(axes, correction=0, keepdim=True)
    y = (x - mean) / (variance + epsilon).sqrt()
    shape = [1, -1] + [1] * (x.dim() - 2)
    y = y if w is None else y * w.reshape(shape)
    y = y if b is None else y + b.reshape(shape)
    if x.numel() > x.shape[1]:
        assert torch.allclose(y, F.batch_norm(x, None, None, w, b, True, 0.1, epsilon))
    return y


def given(x, m, v, w, b, epsilon):
    m, v, w, b = (t.reshape([1, -1] + [1] * (x.dim() - 2)) for t in (m, v, w, b))
    y = (x - m) / (v + epsilon).sqrt() * w + b
    # PyTorch's own has no gradient for the statistics.
    statistics = [t.detach().flatten() for t in (m, v, w, b)]
    assert torch.allclose(y, F.batch_norm(x, *statistics, False, 0, epsilon))
    return y


for shape in [(4, 3), (2, 2, 3), (2, 2, 2, 2), (1, 1, 3), (2, 1, 1, 2, 2)]:
    row(f"batchNormalized {list(shape)}", batch, real(*shape), positive(shape[1]), real(shape[1]))
row("batchNormalized mean", lambda x: x.mean((0, 2)), real(2, 2, 3))
row("batchNormalized variance", lambda x: x.var((0, 2), correction=0), real(2, 2, 3))
row("batchNormalized large epsilon", lambda x: batch(x, epsilon=0.5), real(3, 2, 2))
for shape, epsilon in [((4, 3), 1e-5), ((2, 2, 2, 2), 0.1)]:
    c = shape[1]
    row(f"batchNormalized given {list(shape)}", lambda x, m, v, w, b: given(x, m, v, w, b, epsilon),
        real(*shape), real(c), positive(c), real(c), real(c))
row("batchNormalized given alone", lambda x, m, v: (x - m[:, None]) / (v[:, None] + 1e-5).sqrt(),
    real(2, 3, 2), real(3), positive(3))
row("batchNormalized given with a bias", lambda x, m, v, b: (x - m) / (v + 1e-5).sqrt() + b,
    real(1, 3), real(3), positive(3), real(3))
row("batchNormalized given nothing", lambda x, m, v: (x - m) / (v + 1e-5).sqrt(), zeros(0, 3), real(3), positive(3))

row("layerNormalized", lambda x, w, b: F.layer_norm(x, (4,), w, b), real(2, 3, 4), positive(4), real(4))
row("layerNormalized 2", lambda x, w, b: F.layer_norm(x, (3, 2), w, b), real(2, 3, 2), positive(3, 2), real(3, 2))
row("layerNormalized all", lambda x, w: F.layer_norm(x, (2, 1, 3), w), real(2, 1, 3), positive(2, 1, 3))
row("layerNormalized with a bias", lambda x, b: F.layer_norm(x, (3,), None, b, 0.5), real(2, 3), real(3))
row("layerNormalized of a vector", lambda x: F.layer_norm(x, (5,)), real(5))
row("layerNormalized of nothing", lambda x: F.layer_norm(x, (3,)), zeros(0, 3))
row("rmsNormalized", lambda x, w: F.rms_norm(x, (4,), w, 1e-6), real(2, 3, 4), positive(4))
row("rmsNormalized 2", lambda x, w: F.rms_norm(x, (3, 2), w, 1e-5), real(2, 3, 2), positive(3, 2))
row("rmsNormalized large epsilon", lambda x: F.rms_norm(x, (3,), None, 0.5), real(2, 3))
row("rmsNormalized of one", lambda x: F.rms_norm(x, (1,), None, 0.1), real(3, 1))
row("rmsNormalized of nothing", lambda x: x * 1, zeros(0, 3))
row("l2Normalized", lambda x: F.normalize(x, dim=-1), real(2, 3, 2))
row("l2Normalized 0", lambda x: F.normalize(x, dim=0), real(2, 3, 2))
row("l2Normalized 1", lambda x: F.normalize(x, dim=1), real(2, 3, 2))
row("l2Normalized short", lambda x: F.normalize(x, dim=-1, eps=50.0), real(2, 3))
row("l2Normalized zeros", lambda x: F.normalize(x, dim=-1, eps=0.1),
    torch.tensor([[0, 0], [3, 4]], dtype=torch.float64))
row("l2Normalized of nothing", lambda x: F.normalize(x, dim=1), zeros(2, 0))

for groups in [1, 2, 4]:
    row(f"groupNormalized {groups}", lambda x, w, b: F.group_norm(x, groups, w, b),
        real(2, 4, 3), positive(4), real(4))
row("groupNormalized of rows", lambda x: F.group_norm(x, 2, eps=0.1), real(3, 4))
row("groupNormalized with a weight", lambda x, w: F.group_norm(x, 2, w), real(1, 2, 2, 2), positive(2))
row("groupNormalized of nothing", lambda x: x * 1, zeros(0, 4, 2))
row("instanceNormalized 1-D", lambda x: F.instance_norm(x), real(2, 2, 3))
row("instanceNormalized 2-D", lambda x, w, b: F.instance_norm(x, None, None, w, b),
    real(2, 2, 2, 2), positive(2), real(2))
row("instanceNormalized 3-D", lambda x: F.instance_norm(x, eps=0.1), real(1, 2, 2, 1, 2))
row("instanceNormalized with a bias", lambda x, b: F.instance_norm(x) + b[:, None], real(1, 2, 4), real(2))
row("instanceNormalized of nothing", lambda x: x * 1, zeros(0, 2, 3))
for size in [1, 2, 3, 5, 7]:
    row(f"localResponseNormalized {size}", lambda x: F.local_response_norm(x, size, 0.5, 0.6, 1.5), real(2, 5, 2))

row("dropout never", lambda x: F.dropout(x, 0.0), real(2, 3))
row("dropout always", lambda x: F.dropout(x, 1.0), real(2, 3))
row("dropout of a scalar", lambda x: F.dropout(x, 0.0), real())
row("dropout of nothing", lambda x: F.dropout(x, 0.5), zeros(2, 0))
row("dropout always of one", lambda x: F.dropout(x, 1.0), real(1))

write("operations-normalizations")
