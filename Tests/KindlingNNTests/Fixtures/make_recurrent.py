# SPDX-License-Identifier: Apache-2.0
"""usage: make_recurrent.py > recurrent.json      (PyTorch 2.x)"""
import torch
from torch.func import functional_call
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from reference import Record, numbers

record = Record()
I, H, N, T = 3, 2, 3, 4
x = numbers((N, T, I))
gates = {"RNN": 1, "GRU": 3, "LSTM": 4}
lengths = torch.tensor([4, 2, 3])


def shapes(gates, layers, directions, bias=True):
    """Our order: the layers, then the reversed ones."""
    result = []
    for _ in range(directions):
        for layer in range(layers):
            inputs = I if layer == 0 else H * directions
            result += [(gates * H, inputs), (gates * H, H)] + ([(gates * H,)] * 2 if bias else [])
    return result


def names(p, layers, directions, bias=True):
    result, place = {}, 0
    for direction in range(directions):
        for layer in range(layers):
            for kind in ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if bias else []):
                result[f"{kind}_l{layer}{'_reverse' if direction else ''}"] = p[place]
                place += 1
    return result


for kind, count in gates.items():
    for layers, directions in [(1, 1), (2, 2)]:
        module = getattr(torch.nn, kind)(I, H, layers, batch_first=True, bidirectional=directions == 2).double()
        state = (layers * directions, N, H)
        initial = [numbers(state, 3, 0.5)] + ([numbers(state, 4, 0.5)] if kind == "LSTM" else [])

        def run(p, i, packed=False):
            given = tuple(i[1:]) if kind == "LSTM" else i[1]
            source = pack_padded_sequence(i[0], lengths, batch_first=True, enforce_sorted=False) if packed else i[0]
            output, last = functional_call(module, names(p, layers, directions), (source, given))
            if packed:
                output, _ = pad_packed_sequence(output, batch_first=True)
            last = last if kind == "LSTM" else (last,)
            return torch.cat([output.flatten()] + [s.flatten() for s in last])

        name = f"{kind} {layers} {directions}"
        record.run(name, shapes(count, layers, directions), [x] + initial, run)
        record.run(f"{name} packed", shapes(count, layers, directions), [x] + initial, lambda p, i: run(p, i, True))
    bare = getattr(torch.nn, kind)(I, H, bias=False, batch_first=True).double()
    record.run(f"{kind} bare", shapes(count, 1, 1, False), [x],
               lambda p, i: functional_call(bare, names(p, 1, 1, False), (i[0],))[0])
    cell = getattr(torch.nn, f"{kind}Cell")(I, H).double()
    cell_names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    initial = [numbers((N, H), 3, 0.5)] + ([numbers((N, H), 4, 0.5)] if kind == "LSTM" else [])

    def step(p, i):
        given = tuple(i[1:]) if kind == "LSTM" else i[1]
        result = functional_call(cell, dict(zip(cell_names, p)), (i[0], given))
        return torch.cat(result if kind == "LSTM" else (result,))

    record.run(f"{kind} cell", shapes(count, 1, 1), [x[:, 0]] + initial, step)
relu = torch.nn.RNN(I, H, nonlinearity="relu", batch_first=True).double()
record.run("RNN relu", shapes(1, 1, 1), [x], lambda p, i: functional_call(relu, names(p, 1, 1), (i[0],))[0])
record.write()
