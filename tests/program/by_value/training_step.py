"""train: the options of the optimizer, by the weights after a step or two."""
import math
from pathlib import Path

from support import (combined, differ, expect, MOONS, near, near_tensors, NETWORK, option, RATE, result, run, sign,
                     start, table, Training, UNINITIALIZED, write)


def one_step(words):
    """A run of one step with the words, one without, their start, and the gradient that the latter shows."""
    begin, plain, changed = start(), Training(f"{MOONS} --epochs 1"), Training(f"{MOONS} --epochs 1 {words}")
    return begin, plain, changed, combined(lambda a, b: (a - b) / RATE, begin, plain)


@option("train", "l1")
def l1():
    begin, plain, changed, _ = one_step("--l1 0.5")
    near_tensors(changed, combined(lambda w, p: p - RATE * 0.5 * sign(w), begin, plain), "weight")
    near_tensors(changed, plain.tensors, "bias")


@option("train", "weight-decay")
def weight_decay():
    begin, plain, changed, _ = one_step("--weight-decay 0.5")
    near_tensors(changed, combined(lambda w, p: p - RATE * 0.5 * w, begin, plain), "weight")
    near_tensors(changed, plain.tensors, "bias")


@option("train", "decay-biases")
def decay_biases():
    begin, plain, changed, _ = one_step("--weight-decay 0.5 --l1 0.25 --decay-biases")
    near_tensors(changed, combined(lambda w, p: p - RATE * (0.5 * w + 0.25 * sign(w)), begin, plain))


@option("train", "clip-norm")
def clip_norm():
    begin, _, changed, gradient = one_step("--clip-norm 0.01")
    norm = math.sqrt(sum(g * g for values in gradient.values() for g in values))
    expect(norm > 0.02, f"a gradient of norm {norm} shows nothing")
    taken = combined(lambda a, b: (a - b) / RATE, begin, changed)
    near(math.sqrt(sum(g * g for values in taken.values() for g in values)), 0.01, "norm", 1e-5)
    for name, values in gradient.items():
        near(taken[name], [g * 0.01 / norm for g in values], name, 1e-5)


@option("train", "learning-rate")
def learning_rate():
    begin, plain, changed, _ = one_step("")
    changed = Training(MOONS.replace(f"--learning-rate {RATE}", "--lr 0.3") + " --epochs 1")
    near_tensors(changed, combined(lambda w, p: w + 3 * (p - w), begin, plain))
    near(changed.column("learning_rate"), [0.3], "learning_rate")


@option("train", "momentum")
def momentum():
    begin, first = start(), Training(f"{MOONS} --epochs 1")
    plain, changed = Training(f"{MOONS} --epochs 2"), Training(f"{MOONS} --epochs 2 --momentum 0.9")
    near_tensors(changed, combined(lambda w, f, p: p + 0.9 * (f - w), begin, first, plain))


@option("train", "nesterov")
def nesterov():
    begin, plain, changed, _ = one_step("--momentum 0.9 --nesterov")
    near_tensors(changed, combined(lambda w, p: w + 1.9 * (p - w), begin, plain))


@option("train", "optimizer")
def optimizer():
    begin, _, _, gradient = one_step("")
    # The first step, where averages begin: PyTorch's formulas, with their epsilons and AdamW's own decay.
    for name, decay, step in (("adam", 0, lambda g: g / (abs(g) + 1e-8)), ("adamw", 0.01, lambda g: g / (abs(g) + 1e-8)),
                              ("rmsprop", 0, lambda g: g / (0.1 * abs(g) + 1e-8)),
                              ("adagrad", 0, lambda g: g / (abs(g) + 1e-10))):
        changed = Training(f"{MOONS} --epochs 1 --optimizer {name}")
        for tensor, values in gradient.items():
            shrunk = decay if tensor.endswith("weight") else 0
            wanted = [w - RATE * (shrunk * w + step(g)) for w, g in zip(begin.tensors[tensor], values)]
            near(changed.tensors[tensor], wanted, f"{name} {tensor}", 1e-5)


@option("train", "schedule")
def schedule():
    for text, rates in (("constant", [1, 1, 1, 1]), ("step(2,0.5)", [1, 1, 0.5, 0.5]),
                        ("exponential(0.9)", [1, 0.9, 0.81, 0.729]),
                        ("cosine", [(1 + math.cos(math.pi * k / 4)) / 2 for k in range(4)])):
        run_of = [Training(f"{MOONS} --epochs {n} --schedule {text}") if text != "cosine" else None for n in (3, 4)]
        whole = run_of[1] or Training(f"{MOONS} --epochs 4 --schedule {text}")
        near(whole.column("learning_rate"), [RATE * r for r in rates], text, 1e-6)
        if run_of[0]:  # the fourth step is that much of a step at the full rate
            full = Training(f"{UNINITIALIZED} --epochs 1 --init {run_of[0].path}/model.safetensors")
            near_tensors(whole, combined(lambda a, b, r=rates[3]: a + r * (b - a), run_of[0], full))
    words = "--data moons --samples 40 --validation-fraction 0.5 --epochs 6 --learning-rate 0"
    near(Training(f"{words} --schedule plateau(1,0.5)").column("learning_rate"), [0] * 6, "plateau at 0")
    plateau = Training("--data moons --samples 40 --noise 0.4 --validation-fraction 0.5 --epochs 30 --lr 3 --schedule plateau(1,0.5)")
    rate, best, bad, wanted = 3.0, math.inf, 0, []
    for loss in plateau.column("validation_loss"):
        wanted.append(rate)
        if loss < best * (1 - 1e-4):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > 1:
            rate, bad = rate / 2, 0
    near(plateau.column("learning_rate"), wanted, "plateau")
    expect(wanted[-1] < 3, "the plateau was never reached")


@option("train", "warmup")
def warmup():
    slow = Training(f"{MOONS} --epochs 4 --warmup 3")
    # Step k of n has the share k / n; one step an epoch.
    near(slow.column("learning_rate"), [RATE / 3, RATE * 2 / 3, RATE, RATE], "learning_rate", 1e-6)
    begin, plain, _, _ = one_step("")
    near_tensors(Training(f"{MOONS} --epochs 3 --warmup 3 --max-seconds 0"), combined(lambda w, p: w + (p - w) / 3, begin, plain))


@option("train", "batch-size", "no-shuffle")
def batches():
    rows = table(20, classes=False)
    lines = Path(rows).read_text().splitlines()
    words = f"{NETWORK} --learning-rate {RATE} --epochs 1 --test-fraction 0"
    whole = Training(f"--data {rows} {words} --batch-size 15 --no-shuffle")  # 15 rows, then 5
    write("first.csv", "\n".join(lines[:16]) + "\n")
    write("second.csv", "\n".join(lines[:1] + lines[16:]) + "\n")
    first = Training(f"--data first.csv {words} --batch-size full --no-shuffle")
    second = Training(f"--data second.csv {words} --batch-size full --no-shuffle --init {first.path}/model.safetensors")
    near_tensors(whole, second.tensors)
    differ(Training(f"--data {rows} {words} --batch-size 15").tensors, whole.tensors, "shuffled or not")
    near(whole.column("train_loss"), [(15 * first.column("train_loss")[0] + 5 * second.column("train_loss")[0]) / 20])


@option("train", "epochs")
def epochs():
    for n in (0, 1, 3):
        expect(len(Training(f"{MOONS} --epochs {n}").epochs) == n, f"{n} epochs")


@option("train", "seed")
def seed():
    one, other = start(f"{MOONS} --seed 1"), start(f"{MOONS} --seed 2")
    differ(one.tensors, other.tensors, "initial weights")
    near_tensors(start(f"{MOONS} --seed 1"), one.tensors)
    words = UNINITIALIZED.replace("--no-shuffle", "").replace("--batch-size full", "--batch-size 7")
    trained = [Training(f"{words} --epochs 1 --init {one.path}/model.safetensors --seed {s}").tensors for s in (1, 2)]
    differ(trained[0], trained[1], "order of the rows")


@option("train", "patience")
def patience():
    words = "--data moons --samples 40 --validation-fraction 0.5 --epochs 9 --learning-rate 0"
    for n in (1, 3):
        expect(len(Training(f"{words} --patience {n}").epochs) == 1 + n, f"the first is the best, then {n} more")
    stopped = Training("--data moons --samples 40 --noise 0.4 --hidden 30 --validation-fraction 0.5 --epochs 300 --lr 1 --patience 2")
    losses = stopped.column("validation_loss")
    expect(len(losses) < 300 and losses.index(min(losses)) == len(losses) - 3, f"it ends after {len(losses)} epochs")
    near(result(f"evaluate {stopped.path} --data moons --samples 40 --noise 0.4")["loss"],
         stopped.column("test_loss")[len(losses) - 3], "the best weights' loss")
