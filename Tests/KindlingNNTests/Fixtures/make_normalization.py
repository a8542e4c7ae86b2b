# SPDX-License-Identifier: Apache-2.0
"""usage: make_normalization.py > normalization.json      (PyTorch 2.x)"""
import torch
from torch.func import functional_call
from torch.nn.utils import parametrizations

from reference import Record, numbers

record = Record()
shapes = {1: (4, 3, 5), 2: (2, 3, 4, 3), 3: (2, 3, 2, 3, 2)}


def affine(module, phase):
    module = module.double().train(phase == "training")
    return lambda p, x: functional_call(module, {"weight": p[0], "bias": p[1]}, (x[0],)), module


for axes, shape in shapes.items():
    kind = getattr(torch.nn, f"BatchNorm{axes}d")
    function, module = affine(kind(3), "training")
    record.run(f"batch{axes} training", [(3,), (3,)], [numbers(shape)], function)
    record.keep(f"batch{axes} mean", module.running_mean)
    record.keep(f"batch{axes} variance", module.running_var)
    module.eval()
    record.run(f"batch{axes} evaluation", [(3,), (3,)], [numbers(shape, 1)], function)

    kind = getattr(torch.nn, f"InstanceNorm{axes}d")
    function, module = affine(kind(3, affine=True, track_running_stats=True, momentum=0.3), "training")
    record.run(f"instance{axes} training", [(3,), (3,)], [numbers(shape)], function)
    record.keep(f"instance{axes} mean", module.running_mean)
    record.keep(f"instance{axes} variance", module.running_var)
    module.eval()
    record.run(f"instance{axes} evaluation", [(3,), (3,)], [numbers(shape, 1)], function)

function, _ = affine(torch.nn.BatchNorm1d(3), "training")
record.run("batch features", [(3,), (3,)], [numbers((5, 3))], function)
bare = torch.nn.BatchNorm2d(3, affine=False, track_running_stats=False).double().eval()
record.run("batch bare", [], [numbers(shapes[2])], lambda p, x: bare(x[0]))
bare_instance = torch.nn.InstanceNorm2d(3).double()
record.run("instance bare", [], [numbers(shapes[2])], lambda p, x: bare_instance(x[0]))

function, _ = affine(torch.nn.GroupNorm(2, 4), "training")
record.run("group", [(4,), (4,)], [numbers((2, 4, 3, 2))], function)
function, _ = affine(torch.nn.LayerNorm(6), "training")
record.run("layer", [(6,), (6,)], [numbers((2, 3, 6))], function)
function, _ = affine(torch.nn.LayerNorm((3, 6)), "training")
record.run("layer two", [(3, 6), (3, 6)], [numbers((2, 3, 6))], function)
rms = torch.nn.RMSNorm(6, eps=1e-6).double()
record.run("rms", [(6,)], [numbers((2, 3, 6))], lambda p, x: functional_call(rms, {"weight": p[0]}, (x[0],)))


def weight_norm(p, x, dim):
    norm = torch._weight_norm(p[0], p[2], dim)
    return torch.nn.functional.linear(x[0], norm, p[1])


record.run("weight norm 0", [(3, 4), (3,), (3, 1)], [numbers((2, 4))], lambda p, x: weight_norm(p, x, 0))
record.run("weight norm 1", [(3, 4), (3,), (1, 4)], [numbers((2, 4))], lambda p, x: weight_norm(p, x, 1))
convolution = torch.nn.Conv2d(2, 3, 2).double()
convolution.weight.data = numbers((3, 2, 2, 2), 0, 0.5)
convolution.bias.data = numbers((3,), 1, 0.5)
convolution = parametrizations.weight_norm(convolution)
record.keep("weight norm begins", convolution.parametrizations.weight.original0)
record.keep("weight norm convolution", convolution(numbers((1, 2, 3, 3))))


def spectral(module, weight, bias, u, v, training):
    module.weight.data, module.bias.data = weight.detach().clone(), bias.detach().clone()
    module = parametrizations.spectral_norm(module).double()
    part = module.parametrizations.weight[0]
    part._u, part._v = u.clone(), v.clone()
    module.train(training)
    names = {"parametrizations.weight.original": weight, "bias": bias}
    return module, part, lambda x: functional_call(module, names, (x,))


for phase in ("training", "evaluation"):
    unit = torch.nn.functional.normalize
    kept = {}

    def run(p, x):
        u, v = unit(numbers((3,), 3), dim=0), unit(numbers((4,), 4), dim=0)
        _, kept["part"], call = spectral(torch.nn.Linear(4, 3).double(), p[0], p[1], u, v, phase == "training")
        return call(x[0])

    record.run(f"spectral {phase}", [(3, 4), (3,)], [numbers((2, 4))], run)
    record.keep(f"spectral {phase} u", kept["part"]._u)
    record.keep(f"spectral {phase} v", kept["part"]._v)
settled = numbers((3, 4), 0, 0.5)
record.keep("spectral settled", settled / torch.linalg.matrix_norm(settled, 2))
record.write()
