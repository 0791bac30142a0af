"""The same options where other commands train: what comes out is what train gives."""
import json
import os
from pathlib import Path

from support import COMMAND, differ, expect, idx, near, option, read_csv, result, run, table, Training


CSV = "--data numbers.csv"
LIKE_TRAIN = {  # option: the words beside it, its own, and what the trained models are then evaluated on
    "data": ("", "--data circle", "--data circle --samples 30"), "samples": ("", "--samples 20", ""), "noise": ("", "--noise 0.4", ""),
    "data-seed": ("", "--data-seed 3", ""), "target": (CSV, "--target a", CSV + " --target a"),
    "task": (CSV + " --target c", "--task regression", CSV + " --target c --task regression"),
    "test-data": (CSV, "--test-data numbers.csv", CSV), "test-fraction": ("", "--test-fraction 0.2", ""),
    "validation-fraction": ("", "--validation-fraction 0.3", ""), "standardize": ("", "--standardize", ""),
    "data-dir": ("--data fashion-mnist --data-dir one", "--data-dir sets", "--data fashion-mnist --data-dir sets"),
    "hidden": ("", "--hidden 4", ""), "activation": ("", "--activation sigmoid", ""),
    "output-activation": ("--loss mse", "--output-activation tanh", ""), "dropout": ("", "--dropout 0.5", ""),
    "init": ("", "--init he-normal", ""), "loss": ("", "--loss mse", ""),
    "target-coding": ("--loss mse", "--target-coding plus-minus", ""),
    "optimizer": ("", "--optimizer adam", ""), "learning-rate": ("", "--learning-rate 0.3", ""),
    "momentum": ("", "--momentum 0.9", ""), "nesterov": ("--momentum 0.9", "--nesterov", ""),
    "weight-decay": ("", "--weight-decay 0.5", ""), "l1": ("", "--l1 0.5", ""),
    "decay-biases": ("--weight-decay 0.5", "--decay-biases", ""), "clip-norm": ("", "--clip-norm 0.01", ""),
    "schedule": ("", "--schedule step(1,0.5)", ""), "warmup": ("", "--warmup 2", ""),
    "batch-size": ("", "--batch-size 7", ""), "epochs": ("", "--epochs 5", ""),
    "patience": ("--noise 0.4 --epochs 200 --learning-rate 3 --validation-fraction 0.5", "--patience 1", "--noise 0.4"),
    "seed": ("", "--seed 3", ""), "no-shuffle": ("--batch-size 7", "--no-shuffle", ""),
}
DEFAULTS = {"--data": "moons", "--samples": "40", "--hidden": "3", "--activation": "identity", "--init": "pytorch",
            "--batch-size": "full", "--learning-rate": "0.1", "--epochs": "3"}


def merged(*texts):
    """The words of all, each option's last."""
    given = dict(DEFAULTS)
    for text in texts:
        words = text.split()
        for i, word in enumerate(words):
            if word.startswith("--"):
                given[word] = words[i + 1] if i + 1 < len(words) and not words[i + 1].startswith("--") else ""
    if given["--data"] in ("numbers.csv", "fashion-mnist"):
        given.pop("--samples")
    return " ".join(f"{name} {value}".strip() for name, value in given.items())


def epochs_of_comparison(words):
    number = len(os.listdir("."))
    run(f"compare {words} --seeds 1 --quiet --out comparison{number}")
    return read_csv(Path(f"comparison{number}", "epochs.csv").read_text())


def losses(rows):
    return [float(row["train_loss"]) for row in rows] + [float(row["test_loss"] or 0) for row in rows]


def like_train(name):
    base, own, evaluation = LIKE_TRAIN[name]

    def check():
        table(classes=False)
        idx("sets/fashion-mnist")
        idx("one/fashion-mnist")
        Path("one/fashion-mnist/train-images-idx3-ubyte").write_bytes(
            Path("one/fashion-mnist/train-images-idx3-ubyte").read_bytes()[:-16] + bytes(range(100, 116)))
        without, with_it = merged(base), merged(base, own)
        trained, other = Training(with_it), Training(without)
        if COMMAND == "compare":
            wanted, found = losses(trained.epochs), losses(epochs_of_comparison(with_it))
            near(found, wanted, "losses of the epochs", 1e-6)
            differ(losses(epochs_of_comparison(without)), found, "losses of the epochs")
        elif COMMAND == "parity":
            expect("no GPU" in run(f"parity {with_it}", 2, {"TINYMLP_CUDA_LIBRARY": "/nowhere.so"}).stderr, "needs a GPU")
            library = os.environ.get("EMULATED_LIBRARY")
            if library:
                found, plain = (result(f"parity {w}", environment={"TINYMLP_CUDA_LIBRARY": library})["train_loss"][0]
                                for w in (with_it, without))
                if name == "patience":  # the best weights, which it restores, do not show in the last epoch's loss
                    return
                near(found, trained.column("train_loss")[-1], "loss")
                if name != "test-data":  # which leaves no more to train on than a fraction that is drawn, here
                    differ(found, plain, "loss")
        else:  # collapse: what the folded model of it says is what the trained one says
            data = evaluation if "--data" in evaluation else f"--data moons --samples 30 {evaluation}"
            found = []
            for words, training in ((with_it, trained), (without, other)):
                linear = training.json["model"]["layers"][1:2] != ["sigmoid"] and "tanh" not in words
                said = result(f"collapse {words} --save folded{len(found)}.safetensors", status=0 if linear else 1) \
                    if linear else None
                if not linear:
                    found.append("not affine")
                    continue
                if name in ("data", "target", "task", "data-dir") and words == without:  # other columns, other rows
                    found.append(json.dumps(said, sort_keys=True))
                    continue
                folded = result(f"evaluate folded{len(found)}.safetensors {data}")
                near(folded["loss"], result(f"evaluate {training.path} {data}")["loss"], "loss", 1e-5)
                found.append(json.dumps(folded, sort_keys=True) + json.dumps(said["optimum"], sort_keys=True))
            differ(found[0], found[1], "what is said of both")
    return check


for like in LIKE_TRAIN:
    option("compare collapse parity", like)(like_train(like))
