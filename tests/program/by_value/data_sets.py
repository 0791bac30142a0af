"""train: the options of the data, by the rows that are used."""
import math
from pathlib import Path

from network import numbers_of
from support import differ, expect, idx, near, option, result, run, table, Training, write


def points(words):
    """What `tinymlp data` writes: rows of numbers, in the order in which they are drawn."""
    return [[float(x) for x in line.split(",")] for line in run(f"data {words}").stdout.splitlines()[1:]]


def used_points(words):
    """The rows that a training draws, of both parts, in no order."""
    training = Training(f"{words} --hidden none --epochs 0 --test-fraction 0")
    text = Path(training.path, "boundary-points.csv").read_text()
    return sorted([round(float(x), 5) for x in line.split(",")[:2]] for line in text.splitlines())


@option("train", "data", "samples", "noise", "data-seed")
def generated():
    for words in ("moons", "xor", "moons --samples 30", "moons --noise 0", "moons --data-seed 3",
                  "moons --samples 30 --noise 0.3 --data-seed 9"):
        wanted = sorted([round(x, 5) for x in row[:2]] for row in points(words))
        near(used_points(f"--data {words}"), wanted, words, 3e-5)
    expect(len(points("moons --samples 30")) == 30, "rows")
    for x, y, label in points("moons --noise 0 --samples 50"):  # two half circles of radius 1
        near(math.hypot(x - label, y - 0.5 * label), 1, "radius", 1e-6)
    differ(points("moons --data-seed 3"), points("moons --data-seed 4"), "seeds")


def parts(words):
    data = Training(f"{words} --hidden none --epochs 0").json["data"]
    return data["training_rows"], data["validation_rows"], data["test_rows"]


@option("train", "test-fraction", "validation-fraction")
def fractions():
    for words, wanted in (("", (20, 0, 20)), ("--test-fraction 0.25", (30, 0, 10)), ("--test-fraction 0", (40, 0, 0)),
                          ("--validation-fraction 0.2", (16, 4, 20)),
                          ("--validation-fraction 0.5 --test-fraction 0.1", (18, 18, 4))):
        expect(parts(f"--data moons --samples 40 {words}") == wanted, f"{words}: {parts(f'--data moons --samples 40 {words}')}")
    rows = table(40)
    losses = [Training(f"--data {rows} --hidden 3 --epochs 1 --validation-fraction 0.5 --data-seed {s}").column("validation_loss")
              for s in (1, 2)]
    differ(losses[0], losses[1], "the seed draws the validation rows")
    # Row k has the target 2^(k/2), and the network gives 0: by a part's sum of squares one knows its rows.
    bits = write("bits.csv", "x,y\n" + "".join(f"1,{2 ** (k / 2)!r}\n" for k in range(16)))
    drawn = []
    for seed in (1, 2):
        one = Training(f"--data {bits} --test-data {bits} --task regression --hidden 2 --activation identity --init zeros --loss mse "
                       f"--learning-rate 0 --epochs 1 --validation-fraction 0.25 --data-seed {seed}")
        trained, validated = round(12 * one.column("train_loss")[0]), round(4 * one.column("validation_loss")[0])
        expect(trained + validated == 2 ** 16 - 1 and bin(validated).count("1") == 4, f"rows {trained:b} and {validated:b}")
        drawn.append(validated)
    differ(*drawn, "the seed draws the validation rows, where the test rows are given")


@option("train", "target", "task")
def target():
    rows = table(12)
    for name, number, others in (("a", "0", ["b", "c", "y"]), ("c", "2", ["a", "b", "y"])):
        numeric = write("plain.csv", Path(rows).read_text().replace("no", "0.5").replace("yes", "0.25"))
        for words in (name, number):
            training = Training(f"--data {numeric} --target {words} --hidden none --epochs 0 --task regression")
            expect(training.model["features"] == others and training.model["target"] == name, f"{words}: {training.model}")
    by_task = [Training(f"--data plain.csv --target c --hidden none --epochs 0 {w}").json["data"]["task"]
               for w in ("", "--task regression", "--task classification", "--task auto")]
    expect(by_task == ["classification", "regression", "classification", "classification"], f"{by_task}")


@option("train", "test-data")
def test_data():
    rows = table(12)
    write("test.csv", "a,b,c,y\n0.5,3,1,no\n-0.5,2.5,0,yes\n0.25,2,2,no\n")
    training = Training(f"--data {rows} --test-data test.csv --hidden 3 --epochs 1")
    expect(training.json["data"]["test_rows"] == 3 and training.json["data"]["training_rows"] == 12, "rows")
    near(result(f"evaluate {training.path} --data test.csv")["loss"], training.column("test_loss")[0], "test_loss")


@option("train", "standardize")
def standardize():
    rows = table(12)
    training = Training(f"--data {rows} --standardize --hidden 3 --epochs 0 --test-fraction 0")
    columns = list(zip(*numbers_of(rows)[0]))
    means = [sum(c) / 12 for c in columns]
    near(training.model["input_scaling"]["mean"], means, "mean", 1e-6)
    near(training.model["input_scaling"]["deviation"],
         [math.sqrt(sum((v - m) ** 2 for v in c) / 12) for c, m in zip(columns, means)], "deviation", 1e-6)
    expect(Training(f"--data {rows} --hidden 3 --epochs 0").model["input_scaling"]["mean"] == [], "not unless asked")


@option("train", "data-dir")
def data_dir():
    idx("sets/fashion-mnist")
    training = Training("--data fashion-mnist --data-dir sets --hidden 2 --epochs 1")
    expect((training.json["data"]["training_rows"], training.json["data"]["features"]) == (4, 4), "what lies there")
    expect("nothing" in run("train --data fashion-mnist --data-dir nothing", 2).stderr, "where it looked")
