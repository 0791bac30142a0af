"""Writes exchange/: networks as PyTorch saves them, and what PyTorch predicts with them.

    /usr/bin/python3 tests/reference/make_state_dicts.py

It needs PyTorch, is run once by hand (written with PyTorch 1.13), and its output is checked in:
- NAME.safetensors: the state_dict of an nn.Sequential, F32, with its names; nothing tells of activations or classes.
- rows.csv: four features under a header. All numbers are multiples of 1/256.
- NAME.csv: what `tinymlp predict NAME.safetensors --data rows.csv`, with the options of the case, is to print: PyTorch's
  outputs in float32, for classes after its softmax or sigmoid, in double.
"""

import csv
import os

import torch
from make_training_references import write_safetensors
from torch import nn

DIRECTORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exchange")
ROWS, FEATURES = 37, 4
CASES = {  # name: layers, and what the outputs are
    "linear": ([nn.Linear(4, 1)], "number"),
    "tanh": ([nn.Linear(4, 7), nn.Tanh(), nn.Linear(7, 5), nn.Tanh(), nn.Linear(5, 1)], "number"),
    "gelu": ([nn.Linear(4, 9), nn.GELU(), nn.Linear(9, 1)], "logit"),
    "relu": ([nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 3)], "logits"),
}


def shares(y, kind):
    """The chance of each class, (rows, classes), in double."""
    y = y.double()
    return torch.softmax(y, 1) if kind == "logits" else torch.cat([torch.sigmoid(-y), torch.sigmoid(y)], 1)


def main():
    torch.manual_seed(5)
    torch.set_num_threads(1)
    os.makedirs(DIRECTORY, exist_ok=True)
    x = torch.round(torch.randn(ROWS, FEATURES) * 256) / 256
    with open(os.path.join(DIRECTORY, "rows.csv"), "w", newline="", encoding="ascii") as file:
        csv.writer(file, lineterminator="\n").writerows([["a", "b", "c", "d"], *x.tolist()])
    for name, (layers, kind) in CASES.items():
        network = nn.Sequential(*layers).eval()
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.mul_(2)  # so that the activations bend
            y = network(x)
        write_safetensors(os.path.join(DIRECTORY, name + ".safetensors"), network.state_dict())
        with open(os.path.join(DIRECTORY, name + ".csv"), "w", newline="", encoding="ascii") as file:
            writer = csv.writer(file, lineterminator="\n")
            if kind == "number":
                writer.writerows([["prediction"], *([value] for value in y[:, 0].tolist())])
                continue
            of_class = shares(y, kind)
            writer.writerow(["prediction", *(f"p({i})" for i in range(of_class.shape[1]))])
            for row in of_class:
                writer.writerow([int(row.argmax()), *row.tolist()])


if __name__ == "__main__":
    main()
