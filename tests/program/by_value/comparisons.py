"""The options of comparisons and experiments."""
import json
import time
from pathlib import Path

from support import expect, near, option, read_csv, result, run, Training


@option("compare", "seeds")
def seeds():
    words = "compare --data moons --samples 40 --activation tanh --hidden 3 --epochs 2 --lr 0.1 --seed 5 --quiet --out"
    run(f"{words} c --seeds 3")
    rows = read_csv(Path("c/runs.csv").read_text())
    expect([row["seed"] for row in rows] == ["5", "6", "7"], f"{rows}")
    for row in rows:
        trained = Training(f"--data moons --samples 40 --activation tanh --hidden 3 --epochs 2 --lr 0.1 --seed {row['seed']}")
        near(float(row["test_loss"]), trained.column("test_loss")[-1], "the training with that seed")


@option("compare", "vary")
def vary():
    run("compare --data moons --samples 40 --activation tanh --vary hidden=3;4,4 --vary learning-rate=0.1,0.3 --epochs 2 "
        "--seeds 1 --quiet --out c")
    found = sorted(float(row["test_loss"]) for row in read_csv(Path("c/runs.csv").read_text()))
    wanted = sorted(Training(f"--data moons --samples 40 --activation tanh --hidden {h} --lr {r} --epochs 2").column("test_loss")[-1]
                    for h in ("3", "4,4") for r in ("0.1", "0.3"))
    near(found, wanted, "test losses")


@option("compare", "success")
def success():
    words = "compare --data moons --samples 40 --activation tanh --hidden 3 --epochs 20 --lr 0.5 --seeds 8"
    scores = None
    for least in (0.5, 0.9, 1.0):
        said = result(f"{words} --success {least} --out c --force")
        scores = [float(row["score"]) for row in read_csv(Path("c/runs.csv").read_text())]
        near(said["variants"][0]["success_rate"], sum(s >= least for s in scores) / 8, f"at least {least}")
    expect(min(scores) < 1, "all the same")


@option("compare", "jobs")
def jobs():
    words = "compare --data moons --samples 40 --activation tanh,relu --hidden 3 --epochs 20 --lr 0.5 --seeds 4 --quiet --out"
    run(f"{words} one --jobs 1")
    run(f"{words} two --jobs 2")
    expect(Path("one/runs.csv").read_text() == Path("two/runs.csv").read_text(), "results depend on it")
    run(f"{words} three --jobs 0", 2)


@option("compare", "out", "force", "json", "quiet")
def compare_output():
    words = "compare --data moons --samples 40 --activation tanh --hidden 3 --epochs 2 --lr 0.1 --seeds 2"
    run(f"{words} --quiet --out c")
    run(words.replace("tanh", "relu") + " --quiet --out c", 2)
    run(words.replace("tanh", "relu") + " --quiet --out c --force")
    expect(read_csv(Path("c/runs.csv").read_text())[0]["activation"] == "relu", "--force replaces it")
    expect(run(f"{words} --quiet").stderr == "" and run(words).stderr != "", "--quiet")
    said = json.loads(run(f"{words} --json").stdout.splitlines()[-1])
    expect(f"{said['variants'][0]['median']:.4f}" in run(words).stdout, "the same numbers")


@option("experiment", "out", "force", "json", "quiet", "jobs")
def experiment():
    run("experiment piecewise-linear --out e --quiet --jobs 1")
    records = json.loads(Path("e/experiments.json").read_text())
    run("experiment piecewise-linear --out e --quiet", 2)
    run("experiment piecewise-linear --out e --quiet --force --jobs 2")
    again = json.loads(Path("e/experiments.json").read_text())
    claims = lambda text: [c["measured"] for c in json.loads(text)["claims"]]
    said = run("experiment piecewise-linear --json --quiet")
    expect(said.stderr == "", "--quiet")
    expect(json.loads(said.stdout)["id"] == "piecewise-linear", "--json")
    expect(claims(said.stdout) == claims(json.dumps(next(r for r in again if r["id"] == "piecewise-linear"))), "--force")
    expect(claims(json.dumps(records[0])) == claims(json.dumps(again[0])), "results depend on --jobs")


@option("experiment", "with-fashion", "data-dir")
def experiment_data():
    error = run("experiment fashion-mnist --data-dir nothing --quiet", 2).stderr
    expect("nothing" in error, error)
    # Without Fashion-MNIST, all of them with it are refused before any runs.
    begin = time.monotonic()
    error = run("experiment all --with-fashion --data-dir nothing --quiet", 2).stderr
    expect("nothing" in error and time.monotonic() - begin < 5, error)
