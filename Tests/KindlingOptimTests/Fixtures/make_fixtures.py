# SPDX-License-Identifier: Apache-2.0
"""Writes optimizers.json: parameters after 100 steps of PyTorch's and Keras' optimizers on fixed gradients, in double
precision.

usage: make_fixtures.py > optimizers.json      (PyTorch 2.15, Keras 3.15)

Every case has a vector of 5 and a matrix of 4 × 3, flattened one after the other; Muon has two matrices, wide and tall.
"""
import inspect
import json
import math
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch
from torch.optim import _muon

keras.config.set_floatx("float64")
STEPS = 100
SHAPES = [(5,), (4, 3)]
MATRICES = [(3, 4), (4, 3)]

# PyTorch makes matrices orthogonal in bfloat16; the same source with double precision is what can be compared.
source = inspect.getsource(_muon._zeropower_via_newtonschulz).replace("torch.bfloat16", "torch.float64")
exec(source, _muon.__dict__)


def numbers(shape, function):
    count = math.prod(shape)
    return torch.tensor([function(i) for i in range(count)], dtype=torch.float64).reshape(shape)


def start(shape):
    return numbers(shape, lambda i: 0.5 - 0.3 * i if len(shape) == 1 else math.cos(1.3 * i))


def gradient(step, shape):
    return numbers(shape, lambda i: math.sin(0.7 * step + i) + 0.1 * (i - 2))


def torch_steps(make, shapes=SHAPES):
    parameters = [start(shape).requires_grad_() for shape in shapes]
    optimizer = make(parameters)
    for step in range(STEPS):
        for parameter in parameters:
            parameter.grad = gradient(step, parameter.shape)
        optimizer.step()
    return sum((parameter.flatten().tolist() for parameter in parameters), [])


def keras_steps(optimizer):
    variables = [keras.Variable(start(shape).numpy(), dtype="float64") for shape in SHAPES]
    optimizer.build(variables)
    for step in range(STEPS):
        optimizer.apply([gradient(step, tuple(variable.shape)) for variable in variables])
    return sum((variable.value.flatten().tolist() for variable in variables), [])


class LambWithDecay(torch.optim.Optimizer):
    """You and others 2019, algorithm 2, with the identity for φ: weight decay joins the direction."""

    def __init__(self, parameters, lr, decay):
        super().__init__(parameters, {"lr": lr, "decay": decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                t = state["t"] = state.get("t", 0) + 1
                m = state["m"] = 0.9 * state.get("m", torch.zeros_like(p)) + 0.1 * p.grad
                v = state["v"] = 0.999 * state.get("v", torch.zeros_like(p)) + 0.001 * p.grad**2
                u = m / (1 - 0.9**t) / ((v / (1 - 0.999**t)).sqrt() + 1e-7) + group["decay"] * p
                p -= group["lr"] * p.norm() / u.norm() * u


class Lookahead(torch.optim.Optimizer):
    """Zhang and others 2019, algorithm 1."""

    def __init__(self, parameters, inner, interval, pace):
        super().__init__(parameters, {})
        self.inner, self.interval, self.pace, self.count = inner(parameters), interval, pace, 0
        self.slow = [p.detach().clone() for p in parameters]

    @torch.no_grad()
    def step(self):
        self.inner.step()
        self.count += 1
        if self.count % self.interval == 0:
            for p, slow in zip(self.param_groups[0]["params"], self.slow):
                slow += self.pace * (p - slow)
                p.copy_(slow)


T = torch.optim
CASES = {
    "sgd": lambda p: T.SGD(p, lr=0.05),
    "sgd momentum": lambda p: T.SGD(p, lr=0.05, momentum=0.9),
    "sgd dampening": lambda p: T.SGD(p, lr=0.05, momentum=0.9, dampening=0.3),
    "sgd nesterov": lambda p: T.SGD(p, lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.02),
    "adam": lambda p: T.Adam(p, lr=0.02),
    "adam decay": lambda p: T.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.05),
    "adam amsgrad": lambda p: T.Adam(p, lr=0.02, betas=(0.9, 0.9), weight_decay=0.05, amsgrad=True),
    "adamw": lambda p: T.AdamW(p, lr=0.02, weight_decay=0.1),
    "adamw amsgrad": lambda p: T.AdamW(p, lr=0.02, betas=(0.9, 0.9), weight_decay=0.1, amsgrad=True),
    "adamax": lambda p: T.Adamax(p),
    "adamax decay": lambda p: T.Adamax(p, lr=0.02, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.05),
    "nadam": lambda p: T.NAdam(p),
    "nadam decay": lambda p: T.NAdam(p, lr=0.02, weight_decay=0.05, momentum_decay=0.01),
    "nadam decoupled": lambda p: T.NAdam(p, lr=0.02, weight_decay=0.05, decoupled_weight_decay=True),
    "radam": lambda p: T.RAdam(p),
    "radam decay": lambda p: T.RAdam(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.05),
    "radam decoupled": lambda p: T.RAdam(p, lr=0.02, weight_decay=0.05, decoupled_weight_decay=True),
    "rmsprop": lambda p: T.RMSprop(p),
    "rmsprop momentum": lambda p: T.RMSprop(p, lr=0.02, alpha=0.9, momentum=0.9, weight_decay=0.05),
    "rmsprop centered": lambda p: T.RMSprop(p, lr=0.02, centered=True),
    "rmsprop centered momentum": lambda p: T.RMSprop(p, lr=0.02, alpha=0.9, momentum=0.5, centered=True),
    "adagrad": lambda p: T.Adagrad(p),
    "adagrad decay": lambda p: T.Adagrad(
        p, lr=0.1, lr_decay=0.01, weight_decay=0.05, initial_accumulator_value=0.1, eps=1e-8),
    "adadelta": lambda p: T.Adadelta(p),
    "adadelta decay": lambda p: T.Adadelta(p, lr=0.5, rho=0.95, eps=1e-5, weight_decay=0.05),
    "adafactor": lambda p: T.Adafactor(p),
    "adafactor decay": lambda p: T.Adafactor(p, lr=0.3, beta2_decay=-0.6, eps=(1e-4, 0.1), d=1.5, weight_decay=0.05),
    "lamb decay": lambda p: LambWithDecay(p, lr=0.02, decay=0.05),
    "lookahead": lambda p: Lookahead(p, lambda q: T.Adam(q, lr=0.05), 6, 0.7),
}
MUON = {
    "muon": lambda p: T.Muon(p),
    "muon match": lambda p: T.Muon(p, lr=0.02, weight_decay=0.05, momentum=0.8, nesterov=False, ns_steps=3,
                                   adjust_lr_fn="match_rms_adamw"),
    "muon spectral": lambda p: T.Muon(p, lr=0.02, adjust_lr_fn="spectral_unclamped"),
}
KERAS = {
    "lion": lambda: keras.optimizers.Lion(learning_rate=0.01),
    "lion decay": lambda: keras.optimizers.Lion(learning_rate=0.01, beta_1=0.8, beta_2=0.95, weight_decay=0.05),
    "lamb": lambda: keras.optimizers.Lamb(learning_rate=0.02),
}

result = {name: torch_steps(make) for name, make in CASES.items()}
result |= {name: torch_steps(make, MATRICES) for name, make in MUON.items()}
result |= {name: keras_steps(make()) for name, make in KERAS.items()}


def averages(function, decay=None):
    """PyTorch's averages of weights that follow 20 steps of gradient descent."""
    weights = torch.nn.Linear(4, 3, bias=False, dtype=torch.float64)
    with torch.no_grad():
        weights.weight.copy_(start((4, 3)).reshape(3, 4))
    average = torch.optim.swa_utils.AveragedModel(weights, multi_avg_fn=function)
    for step in range(20):
        with torch.no_grad():
            weights.weight -= 0.1 * gradient(step, (4, 3)).reshape(3, 4)
        average.update_parameters(weights)
    return average.module.weight.flatten().tolist()


result["average exponential"] = averages(torch.optim.swa_utils.get_ema_multi_avg_fn(0.9))
result["average mean"] = averages(None)


def clipped(maximum):
    parameters = [start(shape).requires_grad_() for shape in SHAPES]
    for parameter in parameters:
        parameter.grad = gradient(3, parameter.shape)
    norm = torch.nn.utils.clip_grad_norm_(parameters, maximum)
    return [norm.item()] + sum((parameter.grad.flatten().tolist() for parameter in parameters), [])


result["clip norm"] = clipped(0.5)
result["clip norm above"] = clipped(100)
print(json.dumps(result))
