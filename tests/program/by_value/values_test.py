#!/usr/bin/env python3
"""What the program adds to the library, against values that are worked out here.

    values_test.py PROGRAM
"""
import csv
import io
import json
import math
import re
import subprocess
import sys
from pathlib import Path

sys.argv.append("")  # no command's options
import exact
from network import numbers_of, outputs
from support import PROGRAM, Training, differ, expect, failures, near, read_csv, result, run, safetensors, write

CHECKS = []


def value(function):
    CHECKS.append(function)
    return function


# Eight rows of two features that no line separates.
X = [[1, 2], [2, 1], [3, 5], [0, 1], [4, 4], [-1, 2], [2, 2.5], [5, 1]]
T = [3.5, 4.1, 11.2, 1.4, 12.1, 0.3, 5.9, 9.2]
CLASSES = [0, 1, 0, 0, 1, 1, 1, 0]


def rows(name, targets, x=None):
    lines = ["a,b,y"] + [",".join(map(str, list(row) + [t])) for row, t in zip(x or X, targets)]
    return write(name, "\n".join(lines) + "\n")


@value
def the_tuned_rate_does_not_see_the_test_rows():
    rows("train.csv", T * 3, X * 3)
    rows("test.csv", T)
    rows("shuffled.csv", T[3:] + T[:3])
    tuned = [result(f"compare --data train.csv --test-data {test} --activation tanh,identity --hidden 4 --seeds 3 --epochs 5 "
                    "--learning-rate auto --validation-fraction 0.3") for test in ("test.csv", "shuffled.csv")]
    rates = [[v["settings"]["learning-rate"] for v in one["variants"]] for one in tuned]
    differ([v["median"] for v in tuned[0]["variants"]], [v["median"] for v in tuned[1]["variants"]], "scores of other labels")
    by_name = [{v["variant"]: r for v, r in zip(one["variants"], rate)} for one, rate in zip(tuned, rates)]
    expect(by_name[0] == by_name[1], f"{by_name}")


@value
def the_linear_model_is_the_best_one_for_each_loss():
    numbers, classes = rows("numbers.csv", T), rows("classes.csv", [("no", "yes")[c] for c in CLASSES])
    for name, data, best in (("mse", numbers, exact.best_mse(X, T)), ("half-mse", numbers, exact.best_mse(X, T) / 2),
                             ("bce", classes, exact.best_bce(X, CLASSES)), ("mse", classes, exact.best_mse(X, CLASSES))):
        said = result(f"collapse --data {data} --hidden 3 --activation identity --loss {name} --epochs 1 --lr 0.01 --test-fraction 0")
        near(said["optimum"]["best_loss"], best, f"{name} of {data}", 1e-5)


@value
def a_comparison_scores_the_linear_model_on_the_test_rows():
    words = "compare --activation tanh --hidden 3 --epochs 1 --lr 0.01 --seeds 1"
    numbers, other = rows("numbers.csv", T), rows("other.csv", T[2:] + T[:2])
    w = exact.least_squares(X, T)  # which stands for the best model by these losses, too
    errors = [abs(exact.dot(row, w) - t) for row, t in zip(exact.with_one(X), T[2:] + T[:2])]
    for name, score in (("mse", exact.mean(e * e for e in errors)), ("mae", exact.mean(errors)),
                        ("huber", exact.mean(e * e / 2 if e < 1 else e - 0.5 for e in errors))):
        said = result(f"{words} --data {numbers} --test-data {other} --loss {name}")
        near(said["variants"][0]["linear_model"], score, name, 1e-5)
    names = [("no", "yes")[c] for c in CLASSES]
    classes, turned = rows("classes.csv", names), rows("turned.csv", names[1:] + names[:1])
    w = exact.logistic_regression(X, CLASSES)
    hits = [(exact.dot(row, w) > 0) == (name == "yes") for row, name in zip(exact.with_one(X), names[1:] + names[:1])]
    near(result(f"{words} --data {classes} --test-data {turned}")["variants"][0]["linear_model"], exact.mean(hits), "accuracy")


@value
def the_linear_model_of_bytes_is_the_best_one():
    pictures = [[10, 200], [30, 90], [250, 40], [90, 90], [17, 3], [200, 210], [77, 180], [120, 20]]
    for part in ("train", "t10k"):
        head = bytes.fromhex("00000803") + len(pictures).to_bytes(4, "big") + bytes.fromhex("0000000100000002")
        Path("set").mkdir(exist_ok=True)
        Path("set", f"{part}-images-idx3-ubyte").write_bytes(head + bytes(v for picture in pictures for v in picture))
        Path("set", f"{part}-labels-idx1-ubyte").write_bytes(bytes.fromhex("00000801") + len(pictures).to_bytes(4, "big") +
                                                             bytes(CLASSES))
    said = result("collapse --data set --hidden 3 --activation identity --epochs 1 --lr 0.01 --loss bce")
    best = exact.best_bce([[v / 255 for v in picture] for picture in pictures], CLASSES)
    near(said["optimum"]["best_loss"], best, "bce of bytes", 1e-5)


@value
def collapse_folds_as_by_hand():
    words = f"--data {rows('numbers.csv', T)} --hidden 3,2 --activation identity --epochs 3 --lr 0.005 --test-fraction 0 --init pytorch"
    trained = Training(words)
    said = result(f"collapse {trained.path} --data numbers.csv --test-fraction 0 --save folded.safetensors")
    _, tensors = safetensors.read(Path("folded.safetensors").read_bytes())
    # The images of 0 and of the unit vectors are the folded bias and columns.
    zero, first, second = (y[0] for y in outputs(trained, [[0, 0], [1, 0], [0, 1]]))
    weights = [first - zero, second - zero]
    near(tensors["0.weight"][2], weights, "weights", 1e-5)
    near(tensors["0.bias"][2], [zero], "bias", 1e-5)
    near(said["singular_values"], [math.hypot(*weights)], "singular value", 1e-5)
    expect((said["rank"], said["folded_parameters"], said["parameters"]) == (1, 3, 9 + 8 + 3), "rank and parameters")
    loss = exact.mean((y[0] - t) ** 2 for y, t in zip(outputs(trained, X), T))
    near(said["optimum"]["loss"], loss, "loss", 1e-5)
    near(said["optimum"]["gap"], loss - exact.best_mse(X, T), "gap", 1e-4)
    best = exact.least_squares(X, T)
    apart = math.dist(weights + [zero], best) / math.hypot(*best)
    near(said["optimum"]["relative_weight_distance"], apart, "relative distance of the weights", 1e-4)
    near(said["data"]["largest_output"], max(abs(y[0]) for y in outputs(trained, X)), "largest output", 1e-5)


@value
def the_confusion_table_counts():
    kinds = ["red", "green", "blue"]
    labels = [kinds[k] for k in (0, 0, 0, 0, 1, 1, 2, 0)]
    data = rows("kinds.csv", labels)
    trained = Training(f"--data {data} --hidden 3 --epochs 9 --lr 0.3 --test-fraction 0")
    predicted = [row["prediction"] for row in read_csv(run(f"predict {trained.path} --data {data}").stdout)]
    said, text = result(f"evaluate {trained.path} --data {data}"), run(f"evaluate {trained.path} --data {data}").stdout
    names = said["classes"]
    expect(names == sorted(kinds), "classes are sorted")
    counts = [[sum((a, b) == (t, p) for a, b in zip(labels, predicted)) for p in names] for t in names]
    expect(said["confusion"] == counts, f"{said['confusion']}, not {counts}")
    expect(counts != [list(column) for column in zip(*counts)], f"a symmetric case shows little: {counts}")
    for i, name in enumerate(names):
        line = next(x for x in text.split("confusion matrix")[1].splitlines()[2:] if x.split()[:1] == [name])
        expect(line.split()[1:] == [str(n) for n in counts[i]], f"{line}")
        hits, of_it, as_it = counts[i][i], sum(counts[i]), sum(row[i] for row in counts)
        found = next(c for c in said["per_class"] if c["class"] == name)
        near(found["precision"], hits / as_it if as_it else 0, f"precision of {name}")
        near(found["recall"], hits / of_it, f"recall of {name}")
        near(found["f1"], 2 * hits / (of_it + as_it), f"F1 of {name}")
        expect(found["rows"] == of_it, "rows")
    near(said["accuracy"], sum(counts[i][i] for i in range(3)) / 8, "accuracy")
    near(said["macro"]["f1"], exact.mean(c["f1"] for c in said["per_class"]), "macro F1")


@value
def measures_of_numbers():
    data = rows("numbers.csv", T)
    trained = Training(f"--data {data} --hidden 3 --epochs 2 --lr 0.01 --test-fraction 0")
    said = result(f"evaluate {trained.path} --data {data}")
    errors = [y[0] - t for y, t in zip(outputs(trained, X), T)]
    near(said["loss"], exact.mean(e * e for e in errors), "loss", 1e-5)
    near(said["mae"], exact.mean(map(abs, errors)), "mae", 1e-5)
    spread = exact.mean((t - exact.mean(T)) ** 2 for t in T)
    near(said["r2"], 1 - exact.mean(e * e for e in errors) / spread, "r2", 1e-5)


@value
def a_run_that_goes_on_reports_what_a_whole_one_does():
    words = "--data moons --samples 60 --noise 0.4 --hidden 30 --validation-fraction 0.5 --lr 1 --patience 8"
    whole = Training(f"{words} --epochs 200")
    losses = whole.column("validation_loss")
    best = losses.index(min(losses)) + 1
    expect(len(losses) == best + 8, f"it ends after {len(losses)} epochs, the best being {best}")
    part = Training(f"{words} --epochs {best + 3}")
    expect(part.json["metrics"]["best_epoch"] == best, f"{part.json['metrics']}")
    run(f"train --resume {part.path} --epochs 200 --quiet")
    resumed = json.loads(Path(part.path, "run.json").read_text())
    for key, wanted in whole.json["metrics"].items():
        if key == "seconds":
            seconds = sum(float(row["seconds"]) for row in read_csv(Path(part.path, "metrics.csv").read_text()))
            near(resumed["metrics"][key], seconds, "seconds of both parts", 1e-4)
        else:
            expect(resumed["metrics"][key] == wanted, f"{key}: {resumed['metrics'][key]}, not {wanted}")
    expect(resumed["metrics"]["best_epoch"] == best, "found before the stop")
    lines = [[c for n, c in row.items() if n != "seconds"] for row in read_csv(Path(part.path, "metrics.csv").read_text())]
    expect(lines == [[c for n, c in row.items() if n != "seconds"] for row in whole.epochs], "epochs")


@value
def a_constant_column_is_nothing():
    x = [[0.1, row[0]] for row in X[:7]]  # seven times 0.1 is not 0.7, nor its mean 0.1
    data = rows("constant.csv", T[:7], x)
    trained = Training(f"--data {data} --standardize --hidden 3 --activation tanh --epochs 1 --lr 0.01 --test-fraction 0")
    scaling = trained.model["input_scaling"]
    mean = exact.mean(row[1] for row in x)
    deviation = math.sqrt(exact.mean((row[1] - mean) ** 2 for row in x))
    scaled = [[0, (row[1] - mean) / deviation] for row in x]
    found = [float(row["prediction"]) for row in read_csv(run(f"predict {trained.path} --data {data}").stdout)]
    near(found, [y[0] for y in outputs(trained, scaled)], f"predictions, scaled by {scaling}", 1e-5)
    moved = rows("moved.csv", T[:7], [[0.1 + 1e-9, row[1]] for row in x])
    near([float(row["prediction"]) for row in read_csv(run(f"predict {trained.path} --data {moved}").stdout)], found,
         "a column that hardly moves", 1e-3)


@value
def labels_come_back_as_they_were():
    labels = ["a\rb", 'say "x"', "one, two", "line\nfeed", " blanks ", "é"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["a, b", "c", "kind"])
    for i in range(12):
        writer.writerow([i, i * i % 7, labels[i % 6]])
    Path("odd.csv").write_bytes(text.getvalue().encode())
    trained = Training("--data odd.csv --hidden 3 --epochs 2 --test-fraction 0")
    expect(trained.json["data"]["classes"] == sorted(labels), f"{trained.json['data']['classes']}")
    expect(trained.model["features"] == ["a, b", "c"], "features")
    run(f"predict {trained.path} --data odd.csv --output predicted.csv")
    with open("predicted.csv", newline="", encoding="utf-8") as file:
        predicted = list(csv.reader(file))
    expect(predicted[0] == ["prediction"] + [f"p({label})" for label in sorted(labels)], f"{predicted[0]}")
    expect(all(row[0] in labels for row in predicted[1:]) and len(predicted) == 13, "predictions")


@value
def names_are_text_in_reports():
    name = "<b>x&y.csv"
    rows(name, [("<i>no", "</script>yes")[c] for c in CLASSES])
    for words, page in ((["train", "--data", name, "--hidden", "3", "--epochs", "2", "--quiet", "--out", "run"], "run"),
                        (["compare", "--data", name, "--activation", "tanh", "--hidden", "3", "--epochs", "2", "--lr", "0.1",
                          "--seeds", "2", "--quiet", "--out", "comparison"], "comparison")):
        run(words)
        text = Path(page, "report.html").read_text()
        expect("&lt;b&gt;x&amp;y.csv" in text or "&lt;b>x&amp;y.csv" in text, f"{page}: the name is not there")
        for markup in ("<b>x", "<i>no", "</script>yes"):
            expect(markup not in text, f"{page}: {markup} is markup")
        opened, closed = len(re.findall(r"<script\b", text)), text.count("</script>")
        expect(opened == closed, f"{page}: {opened} scripts begin, {closed} end")


@value
def what_cannot_be_written_is_an_error():
    if not Path("/dev/full").exists():
        return
    for words in ("--version", "activations relu", "data moons --samples 3", "train --data xor4 --epochs 3 --quiet"):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM] + words.split(), stdout=full, stderr=subprocess.PIPE, text=True)
        expect(done.returncode == 1 and "cannot be written" in done.stderr, f"{words}: status {done.returncode}: {done.stderr}")


@value
def epochs_are_told_as_they_pass():
    process = subprocess.Popen([PROGRAM] + "train --data moons --samples 20000 --epochs 100000 --json --max-seconds 60".split(),
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        told = [json.loads(process.stdout.readline()) for _ in range(3)]
        expect(process.poll() is None, "the training has ended before it tells of its first epochs")
        expect([t.get("epoch") for t in told][-1] in (2, 3), f"{told}")
    finally:
        process.kill()
        process.communicate()


def main():
    failed = failures((check.__name__, check) for check in CHECKS)
    print("\n".join(failed))
    print(f"{len(CHECKS)} checks, {len(failed)} failures")
    sys.exit(failed != [])


if __name__ == "__main__":
    main()
