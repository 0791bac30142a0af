"""Writes losses.json, optimizers.json, schedules.json, initializers.json: PyTorch's numbers for the parts of training.

    /usr/bin/python3 data/reference/make_training_parts.py

It needs PyTorch, is run once by hand (written with PyTorch 1.13), and its output is checked in. Inputs are multiples of
1/256, so that they are the same in decimal, float and double; results are computed in float64.

- losses.json: cases: loss, shape (batch, outputs), prediction and target (row by row; classes as one-hot rows), value,
  gradient by the prediction. They include both sides of every kink and the kinks themselves.
- optimizers.json: cases of ten steps in five epochs of two: an optimizer's settings, schedule and warm-up, the clipping,
  the learning rate of each step, and all parameters after steps 1, 2 and 10. At the top: initial parameters, of which
  the first are weights, the gradients of the ten steps, the loss that a plateau sees after each epoch.
- schedules.json: cases of the learning rate's factor in every step of thirty epochs of three steps.
- initializers.json: standard deviation and largest size of PyTorch's draws for weights of several shapes.
"""

import json
import os

import torch
from torch import nn
from torch.optim import lr_scheduler

DIRECTORY = os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def grid(tensor):
    return torch.round(tensor * 256) / 256


def numbers(tensor):
    return [int(x) if x == int(x) else x for x in tensor.detach().reshape(-1).tolist()]


def write(name, contents):
    """A line for each case."""
    with open(os.path.join(DIRECTORY, name), "w") as file:
        if isinstance(contents, dict):
            head = {key: value for key, value in contents.items() if key != "cases"}
            file.write(json.dumps(head)[:-1] + ', "cases": [\n')
            file.write(",\n".join(json.dumps(case) for case in contents["cases"]) + "\n]}\n")
        else:
            file.write("[\n" + ",\n".join(json.dumps(case) for case in contents) + "\n]\n")


# --------------------------------------------------------------------------------------------------------------- losses

LOSSES = {
    "mse": nn.MSELoss(),
    "half-mse": lambda y, t: 0.5 * nn.functional.mse_loss(y, t),
    "mae": nn.L1Loss(),
    "huber": nn.HuberLoss(delta=1.0),
    "bce": nn.BCEWithLogitsLoss(),
    "cross-entropy": nn.CrossEntropyLoss(),
    "hinge": lambda y, t: nn.functional.relu(1 - t * y).mean(),
}


def loss_cases():
    generator = torch.Generator().manual_seed(1)
    cases = []
    for loss, function in LOSSES.items():
        for rows, columns in [(1, 1), (7, 3), (13, 1), (5, 2), (3, 17)]:
            if loss == "cross-entropy" and columns == 1:
                continue
            y = grid(4 * torch.randn(rows, columns, generator=generator))
            t = grid(2 * torch.randn(rows, columns, generator=generator))
            if loss == "bce":
                t = (t > 0).double()
            elif loss == "hinge":
                t = torch.where(t > 0, 1.0, -1.0)
                y = grid(y / 3)
            elif loss == "cross-entropy":
                t = nn.functional.one_hot(t.argmax(1), columns).double()
            if rows * columns > 5 and loss in ("mse", "half-mse", "mae", "huber", "hinge"):
                for i, error in enumerate([0.0, 1.0, -1.0, 1 / 256, -1 / 256]):  # at and around the kinks
                    if loss == "hinge":
                        y.view(-1)[i] = t.view(-1)[i] * (1 + error)
                    else:
                        y.view(-1)[i] = t.view(-1)[i] + error
            y.requires_grad_()
            value = function(y, t)
            value.backward()
            cases.append({
                "loss": loss,
                "shape": [rows, columns],
                "prediction": numbers(y),
                "target": numbers(t),
                "value": value.item(),
                "gradient": numbers(y.grad),
            })
    return cases


# ------------------------------------------------------------------------------------------------ optimizers, schedules

WEIGHTS, PARAMETERS, STEPS_PER_EPOCH, EPOCHS = 7, 11, 2, 5
PLAIN = {
    "learning_rate": 0.1,
    "momentum": 0.0,
    "nesterov": False,
    "weight_decay": None,
    "decay_biases": False,
    "l1": 0.0,
    "clip_norm": 0.0,
    "schedule": "constant",
    "warmup": 0,
}
SCHEDULES = ["constant", "step(2,0.5)", "exponential(0.9)", "cosine", "plateau(0,0.5)"]
EPOCH_LOSSES = [1.0, 0.99995, 0.75, 0.8125, 0.78125]  # the second is no improvement to speak of


class Rates:
    """PyTorch's schedulers for a schedule and a warm-up on one optimizer."""

    def __init__(self, optimizer, schedule, warmup, steps_per_epoch, epochs):
        warmup_steps = warmup * steps_per_epoch
        name, _, inside = schedule.rstrip(")").partition("(")
        values = [float(value) for value in inside.split(",")] if inside else []
        self.each_step, self.each_epoch, self.plateau = [], [], None
        warm = lr_scheduler.LinearLR(optimizer, 1 / warmup_steps, total_iters=max(1, warmup_steps - 1)) if warmup else None
        if name == "cosine":
            cosine = lr_scheduler.CosineAnnealingLR(optimizer, steps_per_epoch * epochs - warmup_steps)
            if warm:
                cosine = lr_scheduler.SequentialLR(optimizer, [warm, cosine], [warmup_steps])
            self.each_step.append(cosine)
        elif warm:
            self.each_step.append(warm)
        if name == "step":
            self.each_epoch.append(lr_scheduler.StepLR(optimizer, int(values[0]), values[1]))
        elif name == "exponential":
            self.each_epoch.append(lr_scheduler.ExponentialLR(optimizer, values[0]))
        elif name == "plateau":
            self.plateau = lr_scheduler.ReduceLROnPlateau(optimizer, patience=int(values[0]), factor=values[1])

    def step_done(self):
        for scheduler in self.each_step:
            scheduler.step()

    def epoch_done(self, loss):
        for scheduler in self.each_epoch:
            scheduler.step()
        if self.plateau:
            self.plateau.step(loss)


def make_optimizer(case, weights, biases):
    decay = case["weight_decay"]
    if decay is None:
        decay = 0.01 if case["optimizer"] == "adamw" else 0.0  # PyTorch's defaults
    groups = [
        {"params": weights, "weight_decay": decay},
        {"params": biases, "weight_decay": decay if case["decay_biases"] else 0.0},
    ]
    rate = case["learning_rate"]
    if case["optimizer"] == "sgd":
        return torch.optim.SGD(groups, lr=rate, momentum=case["momentum"], nesterov=case["nesterov"])
    if case["optimizer"] == "rmsprop":
        return torch.optim.RMSprop(groups, lr=rate, momentum=case["momentum"])
    return {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "adagrad": torch.optim.Adagrad}[case["optimizer"]](
        groups, lr=rate)


def prepare_gradients(case, weights, biases):
    """What happens to gradients before the optimizer sees them: clipping, then the l1 penalty."""
    if case["clip_norm"] > 0:
        nn.utils.clip_grad_norm_(weights + biases, case["clip_norm"])
    if case["l1"] > 0:
        for parameter in weights + (biases if case["decay_biases"] else []):
            parameter.grad += case["l1"] * torch.sign(parameter.detach())


def optimizer_cases():
    settings = []
    for optimizer in ["sgd", "adam", "adamw", "rmsprop", "adagrad"]:
        plain = dict(PLAIN, optimizer=optimizer)
        kinds = [plain]
        if optimizer in ("sgd", "rmsprop"):
            kinds.append(dict(plain, momentum=0.9))
        if optimizer == "sgd":
            kinds.append(dict(plain, momentum=0.9, nesterov=True))
        for kind in kinds:
            settings += [
                kind,
                dict(kind, weight_decay=0.25),
                dict(kind, weight_decay=0.25, decay_biases=True),
                dict(kind, l1=0.25),
                dict(kind, clip_norm=0.75),
                dict(kind, weight_decay=0.125, l1=0.25, decay_biases=True, clip_norm=0.5),
            ]
        settings += [dict(plain, schedule=schedule) for schedule in SCHEDULES[1:]]
        settings += [dict(plain, schedule=schedule, warmup=2) for schedule in SCHEDULES]
    return settings


def ten_steps(case, initial, gradients):
    weights = [initial[:WEIGHTS].clone().requires_grad_()]
    biases = [initial[WEIGHTS:].clone().requires_grad_()]
    optimizer = make_optimizer(case, weights, biases)
    rates = Rates(optimizer, case["schedule"], case["warmup"], STEPS_PER_EPOCH, EPOCHS)
    used, after = [], {}
    for step in range(STEPS_PER_EPOCH * EPOCHS):
        used.append(optimizer.param_groups[0]["lr"])
        weights[0].grad, biases[0].grad = gradients[step, :WEIGHTS].clone(), gradients[step, WEIGHTS:].clone()
        prepare_gradients(case, weights, biases)
        optimizer.step()
        rates.step_done()
        if (step + 1) % STEPS_PER_EPOCH == 0:
            rates.epoch_done(EPOCH_LOSSES[step // STEPS_PER_EPOCH])
        if step + 1 in (1, 2, 10):
            after[step + 1] = numbers(torch.cat(weights + biases))
    return dict(case, rates=used, after=after)


def optimizers():
    generator = torch.Generator().manual_seed(2)
    initial = grid(torch.randn(PARAMETERS, generator=generator))
    initial[3] = 0.0  # has no sign
    gradients = grid(torch.randn(10, PARAMETERS, generator=generator))
    gradients[2:5] *= 4
    gradients[:, 5] = 0.0  # of a dead unit
    return {
        "weights": WEIGHTS,
        "steps_per_epoch": STEPS_PER_EPOCH,
        "epochs": EPOCHS,
        "epoch_losses": EPOCH_LOSSES,
        "initial": numbers(initial),
        "gradients": [numbers(step) for step in gradients],
        "cases": [ten_steps(case, initial, gradients) for case in optimizer_cases()],
    }


def schedules():
    steps_per_epoch, epochs = 3, 30
    generator = torch.Generator().manual_seed(3)
    losses = grid(1 + 0.5 * torch.rand(epochs, generator=generator) - 0.02 * torch.arange(epochs))
    losses[20:] = losses[19]
    cases = []
    for schedule in ["constant", "step(4,0.5)", "step(1,0.9)", "exponential(0.95)", "cosine", "plateau(0,0.5)",
                     "plateau(3,0.1)"]:
        for warmup in [0, 1, 5]:
            optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
            rates = Rates(optimizer, schedule, warmup, steps_per_epoch, epochs)
            used = []
            for step in range(steps_per_epoch * epochs):
                used.append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                rates.step_done()
                if (step + 1) % steps_per_epoch == 0:
                    rates.epoch_done(losses[step // steps_per_epoch].item())
            cases.append({"schedule": schedule, "warmup": warmup, "rates": used})
    return {"steps_per_epoch": steps_per_epoch, "epochs": epochs, "epoch_losses": numbers(losses), "cases": cases}


# --------------------------------------------------------------------------------------------------------- initializers

INITIALIZERS = {
    "he-normal": lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu"),
    "he-uniform": lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu"),
    "xavier-normal": nn.init.xavier_normal_,
    "xavier-uniform": nn.init.xavier_uniform_,
    "lecun-normal": lambda w: nn.init.kaiming_normal_(w, nonlinearity="linear"),
    "orthogonal": nn.init.orthogonal_,
    "normal(0.25)": lambda w: nn.init.normal_(w, std=0.25),
    "uniform(0.5)": lambda w: nn.init.uniform_(w, -0.5, 0.5),
    "zeros": nn.init.zeros_,
}


def initializers():
    torch.manual_seed(4)
    cases = []
    for out, inputs in [(300, 200), (200, 300), (7, 3000), (3000, 7)]:
        for name, initialize in INITIALIZERS.items():
            w = torch.empty(out, inputs)
            initialize(w)
            cases.append({"initializer": name, "shape": [out, inputs], "deviation": w.std(unbiased=False).item(),
                          "largest": w.abs().max().item()})
        layer = nn.Linear(inputs, out)
        cases.append({"initializer": "pytorch", "shape": [out, inputs],
                      "deviation": layer.weight.std(unbiased=False).item(), "largest": layer.weight.abs().max().item(),
                      "bias_deviation": layer.bias.std(unbiased=False).item(),
                      "bias_largest": layer.bias.abs().max().item()})
    return cases


def main():
    write("losses.json", loss_cases())
    write("optimizers.json", optimizers())
    write("schedules.json", schedules())
    write("initializers.json", initializers())


if __name__ == "__main__":
    main()
