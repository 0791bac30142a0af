"""Writes activations.txt: what PyTorch makes of numbers, as values that tinymlp's activations are compared with.

    /usr/bin/python3 data/reference/make_activations.py

It needs PyTorch, is run once by hand (written with PyTorch 1.13), and its output is checked in. Each line is

    ACTIVATION X VALUE DERIVATIVE

in double precision, the derivative by autograd: 41 numbers from -8 to 8, which float holds exactly and which lie off
every kink; then ±1e4 and ±0. Where PyTorch has no such activation, the formula stands here.
"""

import os

import torch
from torch import nn
from torch.nn import functional


def squareplus(b):
    def value(x):
        root = torch.sqrt(x * x + b)
        return torch.where(x < 0, b / 2 / (root - x), (x + root) / 2)  # the two are equal; the first does not cancel

    return value


def prelu(slope):
    return lambda x: functional.prelu(x, torch.tensor([slope], dtype=x.dtype))


ACTIVATIONS = {
    "identity": nn.Identity(),
    "relu": nn.ReLU(),
    "leaky-relu": nn.LeakyReLU(),
    "leaky-relu(0.5)": nn.LeakyReLU(0.5),
    "prelu": prelu(0.25),
    "prelu(-0.5)": prelu(-0.5),
    "relu6": nn.ReLU6(),
    "sigmoid": nn.Sigmoid(),
    "hard-sigmoid": lambda x: torch.clamp(x + 3, 0, 6) / 6,  # nn.Hardsigmoid's derivative has 1/6 in float
    "log-sigmoid": nn.LogSigmoid(),
    "tanh": nn.Tanh(),
    "hard-tanh": nn.Hardtanh(),
    "hard-tanh(-2,0.5)": nn.Hardtanh(-2.0, 0.5),
    "softsign": nn.Softsign(),
    "softplus": nn.Softplus(threshold=100.0),
    "squareplus": squareplus(4.0),
    "squareplus(0.5)": squareplus(0.5),
    "elu": nn.ELU(),
    "elu(0.5)": nn.ELU(0.5),
    "selu": nn.SELU(),
    "celu": nn.CELU(),
    "celu(2)": nn.CELU(2.0),
    "gelu": nn.GELU(),
    "gelu-tanh": nn.GELU(approximate="tanh"),
    "silu": nn.SiLU(),
    "swish": lambda x: x * torch.sigmoid(x),
    "swish(1.5)": lambda x: x * torch.sigmoid(1.5 * x),
    "mish": nn.Mish(),
    "hard-swish": nn.Hardswish(),
    "tanhshrink": nn.Tanhshrink(),
    "softshrink": nn.Softshrink(),
    "softshrink(1)": nn.Softshrink(1.0),
    "hardshrink": nn.Hardshrink(),
    "hardshrink(1)": nn.Hardshrink(1.0),
    "sin": torch.sin,
    "gaussian": lambda x: torch.exp(-x * x),
}
KINKS = [-3, -2, -1, -0.5, 0, 0.5, 1, 3, 6]


def numbers():
    grid = [round((-8 + 0.4 * i) * 64) / 64 for i in range(41)]  # multiples of 1/64
    grid = [x + 1 / 64 if x in KINKS else x for x in grid]
    return grid + [1e4, -1e4, 0.0, -0.0]


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "activations.txt")
    with open(path, "w") as file:
        file.write("# activation x value derivative: by make_activations.py with PyTorch %s\n" % torch.__version__)
        for name, function in ACTIVATIONS.items():
            x = torch.tensor(numbers(), dtype=torch.float64, requires_grad=True)
            y = function(x)
            (derivative,) = torch.autograd.grad(y.sum(), x)
            for row in zip(x.tolist(), y.tolist(), derivative.tolist()):
                file.write("%s %r %r %r\n" % ((name,) + row))


if __name__ == "__main__":
    main()
