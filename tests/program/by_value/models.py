"""The options of the commands that take a model."""
import json
import math
import os
import re
import struct
from pathlib import Path

from like_train import merged
from network import numbers_of, outputs
from support import (COMMAND, differ, expect, Failure, idx, MOONS, near, option, RATE, read_csv, result, run,
                     safetensors, table, Training, write)


MODEL_DATA = {"data": "--data xor", "samples": "--samples 20", "noise": "--noise 0.4", "data-seed": "--data-seed 3",
              "test-fraction": "--test-fraction 0.2"}


def model_data(name):
    def check():
        own = MODEL_DATA[name]
        trained = Training(merged("--activation tanh", own))
        base = f"{trained.path} --data {'circle' if name == 'data' else 'moons'} --samples 40"
        with_it = f"{base} {own}" if name not in ("data", "samples") else f"{trained.path} {merged('', own)}"
        with_it = re.sub(r"--(hidden|activation|init|batch-size|learning-rate|epochs) \S+ ?", "", with_it)
        if COMMAND == "evaluate":
            said, other = result(f"evaluate {with_it}"), result(f"evaluate {base}")
            near(said["loss"], trained.column("test_loss")[-1], "the training's test loss")
            expect(said["rows"] == trained.json["data"]["test_rows"], "rows")
        elif COMMAND == "inspect":
            said, other = result(f"inspect {with_it}"), result(f"inspect {base}")
            expect(said["rows"] == trained.json["data"]["test_rows"], f"rows: {said}")
        else:
            with_it, base = f"--model {with_it}", f"--model {base}"
            said, other = run(f"gradcheck {with_it} --json --quiet").stdout, run(f"gradcheck {base} --json --quiet").stdout
        differ(said, other, "what is said")
    return check


for like in MODEL_DATA:
    option("evaluate inspect gradcheck", like)(model_data(like))


@option("evaluate inspect gradcheck", "target", "task", "test-data", "validation-fraction", "standardize", "data-dir")
def model_tables():
    rows, model = table(12), Training(f"--data {table(12)} --hidden 3 --epochs 1")
    begin = f"{COMMAND} {'--model ' if COMMAND == 'gradcheck' else ''}"
    turned = write("turned.csv", "y,a,b,c\n" + "\n".join(
        ",".join([line.split(",")[3]] + line.split(",")[:3]) for line in Path(rows).read_text().splitlines()[1:]) + "\n")
    plain = run(f"{begin}{model.path} --data {rows} --json --quiet").stdout
    for words in ("--target y", "--target 0"):
        found = run(f"{begin}{model.path} --data {turned} {words} --json --quiet").stdout
        expect(found.replace("turned.csv", "table.csv") == plain, f"{words}: {found}, not {plain}")
    run(f"{begin}{model.path} --data {rows} --task regression", 2)
    write("few.csv", "\n".join(Path(rows).read_text().splitlines()[:6]) + "\n")
    few = run(f"{begin}{model.path} --data few.csv --json --quiet").stdout
    tested = run(f"{begin}{model.path} --data {rows} --test-data few.csv --json --quiet").stdout
    expect(tested.replace("table.csv", "few.csv") == few, f"--test-data: {tested}, not {few}")
    # A file that does not say how its features were scaled.
    bare = Path("bare.safetensors")
    metadata, tensors = safetensors.read(Path(model.path, "model.safetensors").read_bytes())
    bare.write_bytes(written(tensors))
    scaled, unscaled = (run(f"{begin}{bare} --data {rows} --activation relu {w} --json --quiet").stdout
                        for w in ("--standardize", ""))
    differ(scaled, unscaled, "--standardize")
    narrower = run(f"{begin}{bare} --data {rows} --activation relu --standardize --test-fraction 0.5 --validation-fraction 0.5 "
                   "--json --quiet").stdout
    differ(narrower, run(f"{begin}{bare} --data {rows} --activation relu --standardize --test-fraction 0.5 --json --quiet").stdout,
           "--validation-fraction")
    idx("sets/fashion-mnist")
    images = Training("--data fashion-mnist --data-dir sets --hidden 2 --epochs 1")
    run(f"{begin}{images.path} --data fashion-mnist --data-dir sets")
    run(f"{begin}{images.path} --data fashion-mnist --data-dir nothing", 2)


def written(tensors):
    """A safetensors file without metadata."""
    header, data = {}, b""
    for name, (kind, shape, values) in tensors.items():
        packed = struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


@option("evaluate inspect predict", "activation", "loss", "target-coding")
def foreign_models():
    rows = table(12)
    model = Training(f"--data {rows} --hidden 3 --activation tanh --epochs 1 --test-fraction 0 --loss mse")
    _, tensors = safetensors.read(Path(model.path, "model.safetensors").read_bytes())
    Path("bare.safetensors").write_bytes(written(tensors))
    words = f"{COMMAND} bare.safetensors --data {rows} --target y"
    if COMMAND == "predict":
        Path("features.csv").write_text("\n".join(line.rsplit(",", 1)[0] for line in Path(rows).read_text().splitlines()) + "\n")
        words = f"{COMMAND} bare.safetensors --data features.csv --task regression"
        said = [run(f"{words} {w}").stdout for w in ("--activation tanh --loss mse", "--activation relu --loss mse")]
        y = outputs(model, numbers_of(rows)[0])
        near([float(row["prediction"]) for row in read_csv(said[0])], [v[0] for v in y], "tanh", 1e-5)
        differ(said[0], said[1], "--activation")
        return
    runs = {w: result(f"{words} {w}") for w in (
        "--activation tanh --loss mse", "--activation relu --loss mse", "--activation tanh --loss bce",
        "--activation tanh --loss mse --target-coding plus-minus")}
    said = list(runs.values())
    for i in range(1, 4):
        differ(said[0], said[i], list(runs)[i])
    if COMMAND == "evaluate":
        x, t = numbers_of(rows)
        y, t = [v[0] for v in outputs(model, x)], [float(v == "yes") for v in t]
        near(said[0]["loss"], sum((a - b) ** 2 for a, b in zip(y, t)) / 12, "mse", 1e-5)
        near(said[2]["loss"], sum(math.log1p(math.exp(a)) - a * b for a, b in zip(y, t)) / 12, "bce", 1e-5)
        near(said[3]["loss"], sum((a - 2 * b + 1) ** 2 for a, b in zip(y, t)) / 12, "plus-minus", 1e-5)


@option("predict", "data", "target", "task", "output", "json", "quiet")
def predict():
    rows = table(12)
    model = Training(f"--data {rows} --hidden 3 --activation tanh --epochs 1 --test-fraction 0")
    said = read_csv(run(f"predict {model.path} --data {rows}").stdout)
    for row, y in zip(said, outputs(model, numbers_of(rows)[0])):
        near(float(row["p(yes)"]), 1 / (1 + math.exp(-y[0])), "probability", 1e-6)
        expect(row["prediction"] == ("yes" if y[0] > 0 else "no"), "prediction")
    run(f"predict {model.path} --data {rows} --output out.csv")
    expect(read_csv(Path("out.csv").read_text()) == said, "--output")
    expect(run(f"predict {model.path} --data {rows} --quiet").stderr == "", "--quiet")
    lines = [json.loads(line) for line in run(f"predict {model.path} --data {rows} --json").stdout.splitlines()]
    expect(len(lines) == 12, "--json: an object a row")
    write("other.csv", Path(rows).read_text().replace("a,b,c,y", "a,b,c,z"))
    expect(read_csv(run(f"predict {model.path} --data other.csv --target z").stdout) == said, "--target")
    _, tensors = safetensors.read(Path(model.path, "model.safetensors").read_bytes())
    Path("bare.safetensors").write_bytes(written(tensors))
    numbers = read_csv(run(f"predict bare.safetensors --data {rows} --target y --activation tanh --task regression").stdout)
    classes = read_csv(run(f"predict bare.safetensors --data {rows} --target y --activation tanh --task classification").stdout)
    near([float(row["prediction"]) for row in numbers], [y[0] for y in outputs(model, numbers_of(rows)[0])], "--task", 1e-5)
    differ(numbers, classes, "--task")


@option("evaluate inspect gradcheck collapse parity", "json", "quiet")
def model_output():
    words = {"collapse": f"collapse {MOONS} --epochs 1"}.get(COMMAND)
    if COMMAND == "parity":
        library = os.environ.get("EMULATED_LIBRARY")
        if not library:
            return
        os.environ["TINYMLP_CUDA_LIBRARY"] = library
        words = f"parity {MOONS} --epochs 1"
    if not words:
        model = Training(f"{MOONS} --epochs 1")
        words = f"{COMMAND} {'--model ' if COMMAND == 'gradcheck' else ''}{model.path} --data moons --samples 40"
    expect(run(f"{words} --quiet").stderr == "", "--quiet")
    for line in run(f"{words} --json").stdout.splitlines():
        expect(isinstance(json.loads(line), dict), "--json")
    try:
        json.loads(run(words).stdout.splitlines()[0])
        raise Failure("JSON unasked")
    except ValueError:
        pass


@option("inspect", "learning-rate")
def inspect_rate():
    model = Training(f"{MOONS} --epochs 1")
    words = f"inspect {model.path} --data moons --samples 40"
    ratio = lambda said: [x["update_ratio"] for x in said["layers"] if x.get("update_ratio") is not None]
    own, double = ratio(result(words)), ratio(result(f"{words} --learning-rate {2 * RATE}"))
    expect(own != [], "no ratio")
    near(double, [2 * r for r in own], "ratio of update to weight", 1e-5)


@option("collapse", "save")
def collapse_save():
    words = MOONS.replace("tanh", "identity") + " --epochs 2"
    model = Training(words)
    run(f"collapse {words} --save folded.safetensors --quiet")
    near(result("evaluate folded.safetensors --data moons --samples 40")["loss"], model.column("test_loss")[-1], "loss", 1e-5)


@option("parity", "tolerance")
def tolerance():
    library = os.environ.get("EMULATED_LIBRARY")
    if library:
        words = f"parity {MOONS} --epochs 20 --json --quiet --tolerance "
        run(words + "0.01", 0, {"TINYMLP_CUDA_LIBRARY": library})
        run(words + "0", 1, {"TINYMLP_CUDA_LIBRARY": library})
