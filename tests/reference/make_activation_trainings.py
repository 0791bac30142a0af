"""Writes training/training-activations.json: make_training_references.py's cases for the activations that it lacks.

    /usr/bin/python3 tests/reference/make_activation_trainings.py

The same data, initial weights and conditions; each activation under four losses, and prelu, whose slopes are learned
and decay with the weights, under momentum and weight decay, too. The initial weights of a network with prelu are those
of the other activations' and 0.25 for each slope, in files of their own.
"""

import json
import os
import struct

import make_training_references as references
import numpy
import torch
from torch import nn


class Formula(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


ACTIVATIONS = {
    "prelu": nn.PReLU,
    "relu6": nn.ReLU6,
    "hard-sigmoid": nn.Hardsigmoid,
    "log-sigmoid": nn.LogSigmoid,
    "hard-tanh": nn.Hardtanh,
    "softsign": nn.Softsign,
    "squareplus": lambda: Formula(lambda x: (x + torch.sqrt(x * x + 4)) / 2),
    "elu": nn.ELU,
    "elu(0.5)": lambda: nn.ELU(0.5),
    "selu": nn.SELU,
    "celu(2)": lambda: nn.CELU(2.0),
    "gelu-tanh": lambda: nn.GELU(approximate="tanh"),
    "swish(1.5)": lambda: Formula(lambda x: x * torch.sigmoid(1.5 * x)),
    "mish": nn.Mish,
    "hard-swish": nn.Hardswish,
    "tanhshrink": nn.Tanhshrink,
    "softshrink(0.1)": lambda: nn.Softshrink(0.1),
    "hardshrink(0.1)": lambda: nn.Hardshrink(0.1),
    "sin": lambda: Formula(torch.sin),
    "gaussian": lambda: Formula(lambda x: torch.exp(-x * x)),
}


def read_safetensors(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        data = file.read()
    state = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
        state[name] = torch.from_numpy(values.copy())
    return state


def list_cases():
    """(task, activation, hidden, batch size, optimizer) of all cases."""
    tasks = references.TASKS
    for i, activation in enumerate(ACTIVATIONS):
        for j, task in enumerate(tasks[:3] + [tasks[3 + i % 2 * 4]]):
            batch_size = references.BATCH_SIZES[(i // 4 - j) % 4]
            yield task, activation, references.WIDTHS[(i + j) % 4], batch_size, references.PLAIN
    for i, optimizer in enumerate(references.OPTIMIZERS):
        yield tasks[i], "prelu", references.WIDTHS[i % 4], references.BATCH_SIZES[i % 5], optimizer


def initial_state(widths, activation):
    """The name of the file that holds it, and it."""
    plain = "init-%s.safetensors" % "-".join(map(str, widths))
    state = read_safetensors(os.path.join(references.DIRECTORY, plain))
    if activation != "prelu":
        return plain, state
    name = plain.replace("init-", "init-prelu-")
    for layer in range(len(widths) - 2):
        state["%d.weight" % (2 * layer + 1)] = torch.tensor([0.25])
    references.write_safetensors(os.path.join(references.DIRECTORY, name), state)
    return name, state


def main():
    torch.set_num_threads(1)
    references.ACTIVATIONS.update(ACTIVATIONS)
    data, cases, largest = references.make_data(), [], 0.0
    for number, ((name, loss), activation, hidden, batch_size, optimizer) in enumerate(list_cases()):
        outputs = 3 if name == "three-classes" else 2 if (name, loss) == ("two-classes", "cross-entropy") else 1
        init, state = initial_state([data[name][0].shape[1]] + hidden + [outputs], activation)
        case = {
            "id": "a%02d %s %s %s %s batch %d"
            % (number, name, loss, activation, "-".join(map(str, hidden)), batch_size),
            "data": name + ".csv",
            "init": init,
            "hidden": hidden,
            "activation": activation,
            "loss": loss,
            "learning_rate": None,
            **optimizer,
            "batch_size": batch_size,
            "epochs": references.EPOCHS,
        }
        case, difference = references.train_at_a_good_rate(case, data[name], state)
        largest = max(largest, difference)
        cases.append(case)
        print("%-64s rate %-5g float against double %.1e" % (case["id"], case["learning_rate"], difference), flush=True)
    with open(os.path.join(references.DIRECTORY, "training-activations.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print("%d cases, largest difference %.1e" % (len(cases), largest))


if __name__ == "__main__":
    main()
