"""Writes networks/: what PyTorch computes for four small networks, as values that tinymlp's are compared with by name.

    /usr/bin/python3 data/reference/make_network_references.py

It needs PyTorch and NumPy, is run once by hand (written with PyTorch 1.13, NumPy 1.24), and its output is checked in.
Each networks/NAME.json holds
- layers: the network as tinymlp's make_layer() names its layers; the tensors are numbered by the layers' places in it;
- parameters: the initial ones by name, weights of shape (out, in); inputs: (7, 3);
- outputs: what each layer gives for the inputs;
- losses: for each loss its targets (7, 2), its value, the gradients of all parameters and of the inputs by name, and
  training: the loss before each of ten steps of gradient descent, all seven rows in each.

All is computed in float64. Parameters, inputs and targets are multiples of 1/256, the same in decimal, float and double.
A network is kept only if no layer's input and no prediction is nearer than MARGIN to a kink of what comes next, in any
of the ten steps, and if the same in float32 agrees within LARGEST_DIFFERENCE, so that a wrong formula can be told from
another order of rounding.
"""

import json
import os

import numpy
import torch
from torch import nn
from torch.nn import functional

BATCH, INPUTS, OUTPUTS = 7, 3, 2
STEPS, LEARNING_RATE = 10, 0.1
MARGIN = 1e-4
LARGEST_DIFFERENCE = 1e-5  # of the largest number of its tensor
DIRECTORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "networks")


class Formula(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


# By tinymlp's names: the module, and where its slope or value jumps.
ACTIVATIONS = {
    "identity": (nn.Identity, []),
    "relu": (nn.ReLU, [0]),
    "leaky-relu(0.1)": (lambda: nn.LeakyReLU(0.1), [0]),
    "sigmoid": (nn.Sigmoid, []),
    "tanh": (nn.Tanh, []),
    "gelu": (nn.GELU, []),
    "silu": (nn.SiLU, []),
    "softplus": (nn.Softplus, []),
    "prelu": (nn.PReLU, [0]),
    "relu6": (nn.ReLU6, [0, 6]),
    # nn.Hardsigmoid's derivative has 1/6 in float
    "hard-sigmoid": (lambda: Formula(lambda x: torch.clamp(x + 3, 0, 6) / 6), [-3, 3]),
    "log-sigmoid": (nn.LogSigmoid, []),
    "hard-tanh": (nn.Hardtanh, [-1, 1]),
    "softsign": (nn.Softsign, []),
    "squareplus": (lambda: Formula(lambda x: (x + torch.sqrt(x * x + 4)) / 2), []),
    "elu(0.5)": (lambda: nn.ELU(0.5), [0]),
    "selu": (nn.SELU, [0]),
    "celu(2)": (lambda: nn.CELU(2.0), []),
    "gelu-tanh": (lambda: nn.GELU(approximate="tanh"), []),
    "swish(1.5)": (lambda: Formula(lambda x: x * torch.sigmoid(1.5 * x)), []),
    "mish": (nn.Mish, []),
    "hard-swish": (nn.Hardswish, [-3, 3]),
    "tanhshrink": (nn.Tanhshrink, []),
    "softshrink(0.1)": (lambda: nn.Softshrink(0.1), [-0.1, 0.1]),
    "hardshrink(0.1)": (lambda: nn.Hardshrink(0.1), [-0.1, 0.1]),
    "sin": (lambda: Formula(torch.sin), []),
    "gaussian": (lambda: Formula(lambda x: torch.exp(-x * x)), []),
}

# By tinymlp's names: the function, what its targets are, and where its slope jumps, given the targets.
LOSSES = {
    "mse": (functional.mse_loss, "numbers", lambda t: []),
    "half-mse": (lambda y, t: 0.5 * functional.mse_loss(y, t), "numbers", lambda t: []),
    "mae": (functional.l1_loss, "numbers", lambda t: [t]),
    "huber": (functional.huber_loss, "numbers", lambda t: [t - 1, t + 1]),
    "hinge": (lambda y, t: (1 - t * y).clamp(min=0).mean(), "signs", lambda t: [t]),
    "bce": (functional.binary_cross_entropy_with_logits, "bits", lambda t: []),
    "cross-entropy": (lambda y, t: functional.cross_entropy(y, t.argmax(1)), "one-hot", lambda t: []),
}

# 3 inputs, 2 outputs; an activation behind the last layer in the last.
NETWORKS = {
    "bounded": ["Dense(3, 5)", "tanh", "Dense(5, 4)", "hard-tanh", "Dense(4, 6)", "softsign", "Dense(6, 3)", "sigmoid",
                "Dense(3, 5)", "hard-sigmoid", "Dense(5, 4)", "relu6", "Dense(4, 2)"],
    "rectified": ["Dense(3, 5)", "relu", "Dense(5, 4)", "leaky-relu(0.1)", "Dense(4, 6)", "prelu", "Dense(6, 3)",
                  "elu(0.5)", "Dense(3, 5)", "selu", "Dense(5, 4)", "celu(2)", "Dense(4, 2)"],
    "smooth": ["Dense(3, 5)", "gelu", "Dense(5, 4)", "silu", "Dense(4, 6)", "softplus", "Dense(6, 3)", "gelu-tanh",
               "Dense(3, 5)", "swish(1.5)", "Dense(5, 4)", "mish", "Dense(4, 3)", "hard-swish", "Dense(3, 5)",
               "squareplus", "Dense(5, 2)"],
    "others": ["Dense(3, 5)", "identity", "Dense(5, 4)", "sin", "Dense(4, 6)", "tanhshrink", "Dense(6, 5)", "gaussian",
               "Dense(5, 4)", "softshrink(0.1)", "Dense(4, 6)", "hardshrink(0.1)", "Dense(6, 1)", "log-sigmoid",
               "Dense(1, 2)", "tanh"],
}


def to_grid(numbers):
    return numpy.round(numpy.asarray(numbers) * 256) / 256


def make_module(text):
    if text.startswith("Dense"):
        inputs, outputs = text[len("Dense(") : -1].split(", ")
        return nn.Linear(int(inputs), int(outputs))
    return ACTIVATIONS[text][0]()


def kinks_of(text):
    return [] if text.startswith("Dense") else ACTIVATIONS[text][1]


def make_targets(kind, random):
    if kind == "numbers":
        return to_grid(random.uniform(-1, 1, (BATCH, OUTPUTS)))
    if kind == "bits":
        return numpy.float64(random.integers(0, 2, (BATCH, OUTPUTS)))
    if kind == "signs":
        return numpy.float64(random.integers(0, 2, (BATCH, OUTPUTS)) * 2 - 1)
    return numpy.eye(OUTPUTS)[random.integers(0, OUTPUTS, BATCH)]


def distance(values, places):
    """How near any of the values comes to any of the places, which are numbers or tensors like the values."""
    return min([(values - place).abs().min().item() for place in places], default=float("inf"))


def pass_through(network, layers, x):
    """Each layer's output, and how near a layer's input comes to one of its kinks."""
    outputs, margin = [], float("inf")
    for module, text in zip(network, layers):
        margin = min(margin, distance(x, kinks_of(text)))
        x = module(x)
        outputs.append(x)
    return outputs, margin


def run(layers, parameters, inputs, name, targets, dtype):
    """Outputs, loss, gradients and ten losses of a network under a loss, and the smallest margin of all."""
    function, _, kinks = LOSSES[name]
    network = nn.Sequential(*[make_module(text) for text in layers]).to(dtype)
    network.load_state_dict({key: torch.tensor(value) for key, value in parameters.items()})
    x = torch.tensor(inputs, dtype=dtype, requires_grad=True)
    t = torch.tensor(targets, dtype=dtype)
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)
    result, smallest = {"training": []}, float("inf")
    for step in range(STEPS):
        outputs, margin = pass_through(network, layers, x)
        smallest = min(smallest, margin, distance(outputs[-1].detach(), kinks(t)))
        loss = function(outputs[-1], t)
        optimizer.zero_grad()
        x.grad = None
        loss.backward()
        if step == 0:
            result["outputs"] = [output.detach().tolist() for output in outputs]
            result["loss"] = loss.item()
            result["gradients"] = {key: value.grad.tolist() for key, value in network.named_parameters()}
            result["gradients"]["input"] = x.grad.tolist()
        result["training"].append(loss.item())
        optimizer.step()
    return result, smallest


def difference(a, b):
    """The largest one between two results, as a share of the largest number of its tensor."""
    if isinstance(a, dict):
        return max(difference(a[key], b[key]) for key in a)
    if isinstance(a, list) and a and isinstance(a[0], list) and isinstance(a[0][0], list):
        return max(difference(x, y) for x, y in zip(a, b))
    a, b = numpy.asarray(a), numpy.asarray(b)
    return float(abs(a - b).max() / max(abs(a).max(), 1e-30))


def dump(value, indent=""):
    """JSON with a line for each tensor."""
    if not isinstance(value, dict):
        return json.dumps(value)
    inner = indent + "  "
    lines = [inner + json.dumps(key) + ": " + dump(each, inner) for key, each in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + indent + "}"


def make_network(layers, seed):
    """The network's file, or None if this seed does not meet the conditions above."""
    random = numpy.random.default_rng(seed)
    parameters = {}
    for key, value in nn.Sequential(*[make_module(text) for text in layers]).state_dict().items():
        parameters[key] = to_grid(random.uniform(-1, 1, tuple(value.shape)))
    inputs = to_grid(random.uniform(-2, 2, (BATCH, INPUTS)))
    file = {"layers": layers, "parameters": {key: value.tolist() for key, value in parameters.items()}}
    file["inputs"], file["outputs"], file["losses"] = inputs.tolist(), None, {}
    for name, (_, kind, _) in LOSSES.items():
        targets = make_targets(kind, random)
        result, margin = run(layers, parameters, inputs, name, targets, torch.float64)
        in_float, _ = run(layers, parameters, inputs, name, targets, torch.float32)
        if not (margin >= MARGIN and difference(result, in_float) <= LARGEST_DIFFERENCE):
            return None
        file["outputs"] = result.pop("outputs")
        file["losses"][name] = {"targets": targets.tolist(), **result}
    return file


def main():
    torch.set_num_threads(1)
    os.makedirs(DIRECTORY, exist_ok=True)
    for number, (name, layers) in enumerate(NETWORKS.items()):
        seeds = range(1000 * number, 1000 * number + 1000)
        file = next(filter(None, (make_network(layers, seed) for seed in seeds)), None)
        if file is None:
            raise SystemExit("no seed will do for " + name)
        with open(os.path.join(DIRECTORY, name + ".json"), "w") as out:
            out.write(dump(file) + "\n")
        print(name, "has", len(file["losses"]), "losses,", os.path.getsize(out.name), "bytes")


if __name__ == "__main__":
    main()
