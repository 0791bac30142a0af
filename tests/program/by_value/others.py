"""The options of the other commands."""
import json
import math
import time
from pathlib import Path

from data_sets import generated
from support import differ, expect, idx, MOONS, near, option, read_csv, run, Training


def checks(words):
    return [json.loads(line) for line in run(f"gradcheck {words} --json --quiet").stdout.splitlines()]


@option("gradcheck", "activation", "layer", "loss")
def what_is_checked():
    for words, name in (("--activation tanh", "tanh"), ("--loss huber", "huber"), ("--layer Dense(3,2)", "Dense(3,2)")):
        found = [check["what"] for check in checks(words) if "what" in check]
        expect(found and all(name in check for check in found), f"{words}: {found}")


@option("gradcheck", "batch-size", "points")
def how_much_is_checked():
    model = Training(f"{MOONS} --epochs 1")  # 2-3-1 has 13 parameters in arrays of 6, 3, 3, 1
    points = lambda words: [c["points"] for c in checks(f"--model {model.path} --data moons --samples 40 {words}") if "points" in c]
    expect(points("--points 2")[:4] == [2, 2, 2, 1] and points("--points 0")[:4] == [6, 3, 3, 1], "points of the arrays")
    errors = [checks(f"--model {model.path} --data moons --samples 40 --batch-size {b}")[0]["gradient"] for b in (2, 5)]
    differ(errors[0], errors[1], "gradient of two rows and of five")


@option("gradcheck", "model")
def checked_model():
    model = Training(f"{MOONS} --epochs 1")
    expect(len(checks(f"--model {model.path} --data moons --samples 40")) > 0, "checks")
    run("gradcheck --model nowhere --data moons", 2)


@option("gradcheck", "inject")
def inject():
    names = [line.split()[0] for line in run("gradcheck --inject list").stdout.splitlines()]
    expect("forgotten-mean" in names, f"{names}")
    said = [run(f"gradcheck --inject {name}", 1) for name in names[:2]]  # a bug that is found is a failure
    differ(said[0].stdout, said[1].stdout, "bugs")


@option("activations", "range", "csv", "output", "json", "quiet", "figure", "overlay", "plot")
def curves():
    rows = read_csv(run("activations tanh --range -1:1:0.25 --csv").stdout)
    near([float(r["x"]) for r in rows], [-1 + 0.25 * k for k in range(8)], "x")
    near([float(r["tanh"]) for r in rows], [math.tanh(-1 + 0.25 * k) for k in range(8)], "tanh")
    near([float(r["tanh derivative"]) for r in rows], [1 - math.tanh(-1 + 0.25 * k) ** 2 for k in range(8)], "derivative")
    run("activations tanh --range -1:1:0.25 --output curve.csv --quiet")
    expect(read_csv(Path("curve.csv").read_text()) == rows, "--output")
    said = json.loads(run("activations tanh --range -1:1:0.25 --json --quiet").stdout)
    near(said["value"], [math.tanh(-1 + 0.25 * k) for k in range(8)], "--json")
    for name, words in (("one", ""), ("two", "--overlay")):
        run(f"activations tanh,sigmoid --figure {name}.svg {words}", 1)  # for there is no gnuplot
    scripts = [next(Path(".").glob(f"{n}*.gp")).read_text().replace("one", "").replace("two", "") for n in ("one", "two")]
    differ(scripts[0], scripts[1], "--overlay")
    expect(run("activations tanh --range -1:1:0.25 --quiet").stderr == "", "--quiet")
    expect(len(run("activations tanh --range -1:1:0.25 --plot").stdout.splitlines()) > 12, "--plot")


@option("data", "samples", "noise", "data-seed", "data-dir", "output")
def data():
    generated()
    run("data moons --samples 5 --output moons.csv")
    expect(Path("moons.csv").read_text() == run("data moons --samples 5").stdout, "--output")
    idx("sets/fashion-mnist")
    expect(len(run("data fashion-mnist --data-dir sets").stdout.splitlines()) == 7, "four rows, two, and the header")


@option("devices", "json")
def devices():
    expect("cpu" in json.loads(run("devices --json").stdout), "--json")


@option("bench", "seconds", "growth", "largest", "threads", "out", "force", "json", "quiet")
def bench():
    begin = time.monotonic()
    one = run("bench tiny-step --seconds 0.01 --threads 1 --json --quiet")
    short = time.monotonic() - begin
    begin = time.monotonic()
    run("bench tiny-step --seconds 1 --threads 1 --json --quiet")
    expect(time.monotonic() - begin > short + 0.5, "--seconds")
    expect(one.stderr == "" and run("bench tiny-step --seconds 0.01").stderr != "", "--quiet")
    for line in one.stdout.splitlines():
        json.loads(line)
    expect({json.loads(line).get("threads", 1) for line in one.stdout.splitlines()} == {1}, "--threads 1")
    words = "bench --growth --seconds 0.001 --quiet --json"
    sizes = lambda text: max(json.loads(line).get("size", 0) for line in text.splitlines())
    small = run(f"{words} --largest 64 --out g").stdout
    expect(0 < sizes(small) <= 64 < sizes(run(f"{words} --largest 128").stdout), "--largest")
    run(f"{words} --largest 64 --out g", 2)
    run(f"{words} --largest 64 --out g --force")
