# SPDX-License-Identifier: Apache-2.0
"""Writes operations-sequences.json: recurrent networks as PyTorch computes them, each sequence by itself.

    python make_sequences.py
"""
import torch
from torch import _VF as kernels

from rows import real, row, write

MODES = {
    "recurrent": (1, kernels.rnn_tanh), "recurrent relu": (1, kernels.rnn_relu), "lstm": (4, kernels.lstm),
    "gru": (3, kernels.gru),
}


def weights(gates, inputs, hidden, biases=2):
    rows = gates * hidden
    matrices = [real(rows, inputs) / 2, real(rows, hidden) / 2]
    return matrices + [real(rows) / 2 for _ in range(biases)]


def run(mode, biases=True, states=0, lengths=None, reversed=False, batch_first=False):
    """A function of (input, weights…, initial states…): the outputs, then the last states, one after another."""
    kernel = MODES[mode][1]

    def function(x, *rest):
        count = 4 if biases else 2
        parameters, initial = list(rest[:count]), rest[count:]
        x = x.transpose(0, 1) if batch_first else x
        steps, batch, hidden = x.shape[0], x.shape[1], parameters[1].shape[1]
        outputs, finals = [], []
        for n in range(batch):
            length = steps if lengths is None else lengths[n]
            zero = torch.zeros(1, 1, hidden, dtype=x.dtype)
            state = [s[n].reshape(1, 1, -1) for s in initial] or [zero] * (2 if mode == "lstm" else 1)
            part = torch.zeros(0, 1, hidden, dtype=x.dtype)
            if length > 0:
                own = x[:length, n:n + 1]
                own = own.flip(0) if reversed else own
                start = tuple(state) if mode == "lstm" else state[0]
                part, *state = kernel(own, start, parameters, biases, 1, 0.0, True, False, False)
                part = part.flip(0) if reversed else part
            outputs.append(torch.cat([part, torch.zeros(steps - length, 1, hidden, dtype=x.dtype)]))
            finals.append(torch.cat([s.reshape(1, -1) for s in state], 1))
        output = torch.cat(outputs, 1)
        output = output.transpose(0, 1) if batch_first else output
        last = torch.cat(finals)
        parts = [last[:, :hidden], last[:, hidden:]] if mode == "lstm" else [last]
        return torch.cat([output.flatten()] + [part.flatten() for part in parts])

    return function


for mode, (gates, _) in MODES.items():
    count = 2 if mode == "lstm" else 1
    row(mode, run(mode), real(3, 2, 3), *weights(gates, 3, 2))
    row(f"{mode} without biases", run(mode, biases=False), real(2, 1, 2), *weights(gates, 2, 3, 0))
    row(f"{mode} of one number", run(mode), real(1, 1, 1), *weights(gates, 1, 1))
    row(f"{mode} from a state", run(mode), real(2, 3, 2), *weights(gates, 2, 2), *[real(3, 2) for _ in range(count)])
    row(f"{mode} batch first", run(mode, batch_first=True), real(2, 3, 2), *weights(gates, 2, 2))
    row(f"{mode} reversed", run(mode, reversed=True), real(3, 2, 2), *weights(gates, 2, 2))
    row(f"{mode} of lengths", run(mode, lengths=[2, 4, 0]), real(5, 3, 2), *weights(gates, 2, 2),
        *[real(3, 2) for _ in range(count)])
    row(f"{mode} of lengths reversed", run(mode, lengths=[1, 3], reversed=True, batch_first=True), real(2, 3, 2),
        *weights(gates, 2, 2))
    row(f"{mode} of no sequences", lambda x, *rest: (x.sum() + sum(r.sum() for r in rest)) * torch.zeros(0).double(),
        torch.zeros(2, 0, 2, dtype=torch.float64), *weights(gates, 2, 2))
    row(f"{mode} of no steps", lambda x, *rest: rest[-1].flatten() if mode != "lstm" else torch.cat(
        [rest[-2].flatten(), rest[-1].flatten()]), torch.zeros(0, 2, 2, dtype=torch.float64), *weights(gates, 2, 2),
        *[real(2, 2) for _ in range(count)])

write("operations-sequences")
