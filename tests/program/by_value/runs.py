"""train: the options of how it runs, and of what is kept and said."""
import json
import os
import signal
import subprocess
import time
from pathlib import Path

from support import (COMMAND, differ, expect, MOONS, near, option, PROGRAM, read_csv, result, run, safetensors, table,
                     Training, write)


@option("train", "max-seconds")
def max_seconds():
    words = "--data moons --samples 40 --batch-size 5 --epochs 1000000 --hidden 3"
    run(f"train {words} --max-seconds 0 --out stopped --quiet")
    state = safetensors.read(Path("stopped/checkpoint/state.safetensors").read_bytes())[1]
    expect(state["trainer.position"][2][:2] == [0, 1], f"after the first step: {state['trainer.position']}")
    begin = time.monotonic()
    run(f"train {words} --max-seconds 0.3 --quiet")
    expect(0.3 <= time.monotonic() - begin < 30, "it took that long")


@option("train", "checkpoint-seconds")
def checkpoint_seconds():
    for seconds, kept in (("0.01", True), ("1000", False)):
        words = f"train --data moons --samples 40 --epochs 100000000 --quiet --checkpoint-seconds {seconds} --out saved{seconds}"
        running = subprocess.Popen([PROGRAM] + words.split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        path, end = Path(f"saved{seconds}/checkpoint/state.safetensors"), time.monotonic() + (60 if kept else 0.5)
        while time.monotonic() < end and not path.exists():
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.wait()
        expect(path.exists() == kept, f"every {seconds} s")


@option("train", "resume")
def resume():
    whole, part = Training(f"{MOONS} --epochs 4"), Training(f"{MOONS} --epochs 2")
    differ(whole.tensors, part.tensors, "two epochs and four")
    run(f"train --resume {part.path} --epochs 4 --quiet")
    expect(Path(part.path, "model.safetensors").read_bytes() == Path(whole.path, "model.safetensors").read_bytes(), "model")


@option("train", "config")
def config():
    write("config.json", json.dumps({"data": "moons", "samples": 40, "hidden": "4", "epochs": 2, "activation": "relu"}))
    one = result("train --config config.json")
    near(one["train_loss"], result("train --data moons --samples 40 --hidden 4 --epochs 2 --activation relu")["train_loss"])
    expect(result("train --config config.json --epochs 1")["epochs"] == 1, "words come before the file")


@option("train", "diagnostics")
def diagnostics():
    words = "train --data moons --samples 40 --hidden 5,4 --epochs 2 --quiet --out"
    run(f"{words} plain")
    run(f"{words} looked --diagnostics")
    more = set(os.listdir("looked")) - set(os.listdir("plain"))
    tables = [read_csv(Path("looked", name).read_text()) for name in sorted(more) if name.endswith(".csv")]
    expect(any(row.get("epoch") == "2" for rows in tables for row in rows), f"of each epoch: {more}")
    expect(Path("plain/model.safetensors").read_bytes() == Path("looked/model.safetensors").read_bytes(), "looking changes it")


@option("train", "plot")
def plot():
    words = "train --data moons --samples 40 --hidden 5 --epochs 3"
    plain, drawn = run(words).stdout, run(f"{words} --plot").stdout
    expect(len(drawn.splitlines()) > len(plain.splitlines()) + 10, "a drawing has lines")


@option("train compare evaluate predict inspect collapse activations", "device")
def device():
    words = {"train": MOONS + " --epochs 1", "compare": "--data moons --samples 20 --activation tanh --seeds 1 --epochs 1 --lr 1",
             "collapse": MOONS + " --epochs 1", "activations": "tanh --range 0:1:0.5"}
    if COMMAND in ("evaluate", "predict", "inspect"):
        model = Training(f"--data {table()} --hidden 3 --epochs 1").path
        words[COMMAND] = f"{model} --data table.csv"
    nowhere = {"TINYMLP_CUDA_LIBRARY": "/nowhere.so", "TINYMLP_DEVICE": "auto"}
    run(f"{COMMAND} {words[COMMAND]} --device cpu", environment=nowhere)
    run(f"{COMMAND} {words[COMMAND]} --device auto", environment=nowhere)
    expect("/nowhere.so" in run(f"{COMMAND} {words[COMMAND]} --device cuda", 2, nowhere).stderr, "what is missing")


@option("bench", "device")
def bench_device():
    nowhere = {"TINYMLP_CUDA_LIBRARY": "/nowhere.so", "TINYMLP_DEVICE": "auto"}
    expect("/nowhere.so" in run("bench tiny-step --seconds 0.01 --device cuda", 2, nowhere).stderr, "what is missing")


@option("train", "threads")
def threads():
    for n in (1, 3):
        expect(Training(f"{MOONS} --epochs 1 --threads {n}").json["device"]["threads"] == n, f"{n} threads")


@option("evaluate predict inspect collapse activations", "threads")
def other_threads():
    run(f"{COMMAND} --threads 0", 2)
    words = {"collapse": MOONS + " --epochs 1", "activations": "tanh --range 0:1:0.5"}
    if COMMAND not in words:
        words[COMMAND] = f"{Training(f'--data {table()} --hidden 3 --epochs 1').path} --data table.csv"
    one, two = (run(f"{COMMAND} {words[COMMAND]} --threads {n}").stdout for n in (1, 2))
    expect(one == two, "results depend on it")


@option("train evaluate predict inspect collapse activations", "tf32")
def tf32():
    words = {"collapse": MOONS, "train": MOONS, "activations": "tanh"}
    error = run(f"{COMMAND} {words.get(COMMAND, 'model --data table.csv')} --tf32", 2, {"TINYMLP_DEVICE": "auto"}).stderr
    expect("--device cuda" in error, error)


@option("train", "out", "force", "json", "quiet")
def train_output():
    words = "train --data moons --samples 40 --hidden 3 --epochs 1"
    run(f"{words} --out run --quiet")
    before = Path("run/model.safetensors").read_bytes()
    expect("--force" in run(f"{words} --seed 1 --out run", 2).stderr, "a run is there")
    expect(Path("run/model.safetensors").read_bytes() == before, "it is left alone")
    run(f"{words} --seed 1 --out run --force --quiet")
    differ(Path("run/model.safetensors").read_bytes(), before, "replaced")
    said = run(words)
    expect(run(f"{words} --quiet").stderr == "" and said.stderr != "", "quiet")
    last = json.loads(run(f"{words} --json").stdout.splitlines()[-1])
    expect(last["event"] == "result" and f"{last['train_loss']:.6g}" in said.stdout, "the same numbers")
