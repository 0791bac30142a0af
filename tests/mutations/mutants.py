#!/usr/bin/env python3
"""mutants.py [--count N] [--seed S] [--folder F]...: how much the tests notice. Small mistakes (edits.py) are made in lines,
drawn at random, that tests run: one at a time, in a copy of the sources, of which what depends on it is built; the groups of
tests that run the line are run, quick ones first, until one fails. Prints the share that is noticed by folder, and each edit
that is not, as a diff. An edit that does not compile, or after which every program is the same to the last byte, is no mutant."""
import argparse
import difflib
import json
import os
import random
import threading
import time
from pathlib import Path

import edits
import groups
from worker import ROOT, WORK, Worker

FOLDERS = ["src", "include", "experiments"]


def state_of(source, folders):
    """Files and what is in them."""
    files = sorted(f for folder in folders for f in Path(source, folder).rglob("*") if f.is_file())
    return "".join(f"{f.relative_to(source)} {groups.digest(f)}\n" for f in files)


def of_each(names, title, state, measure, workers):
    """measure(name, worker) of each group, several at once; remembered below WORK until the state is another."""
    kept, found = WORK / f"{title}.json", {}
    if kept.exists() and (known := json.loads(kept.read_text()))["state"] == state:
        found = known["found"]
    missing, lock = [name for name in names if name not in found], threading.Lock()
    if missing:
        print(f"mutants: {title} of {len(missing)} groups of tests", flush=True)

    def work(worker):
        while True:
            with lock:
                if not missing:
                    return
                name = missing.pop()
            value = measure(name, worker)
            with lock:
                found[name] = value
                kept.write_text(json.dumps({"state": state, "found": found}))

    in_threads(work, workers)
    return {name: found[name] for name in names}


def what_tests_run(workers):
    """Which lines each group runs, as long as the code is the same; its seconds, in which it passes."""
    first, names = workers[0], sorted(workers[0].groups)
    covered = first.source / "build/covered"
    code = state_of(first.source, FOLDERS)
    in_covered = {}

    def lines(name, worker):
        with lock:
            if not in_covered:
                first.make("coverage", covered, "-DCMAKE_CXX_FLAGS_DEBUG=-O2 --coverage")  # whole trainings run, too
                in_covered.update(groups.groups_of(covered))
        return groups.lines_run(in_covered[name], first.source, first.source / "build", worker.scratch / "covered")

    def seconds(name, worker):
        begin = time.monotonic()
        how = groups.run_group(worker.groups[name], 3600, worker.scratch / "unchanged")
        if how:
            print(f"mutants: {name} {how} without any mutant: see {worker.scratch / 'unchanged'}.log", flush=True)
            os._exit(1)
        return time.monotonic() - begin

    lock = threading.Lock()
    return (of_each(names, "lines", code, lines, workers),
            of_each(names, "seconds", code + state_of(first.source, ["tests"]), seconds, workers))


def in_threads(function, items):
    threads = [threading.Thread(target=function, args=[item]) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def draw(by_group, folders, generator):
    """Edits without end of the candidates, each as (path, line, edit, text)."""
    places = sorted({(path, line) for lines in by_group.values() for path, numbers in lines.items() for line in numbers
                     if any(path.startswith(f"{folder}/") for folder in folders)})
    generator.shuffle(places)
    texts = {}
    for path, line in places:
        if path not in texts:
            text = (WORK / "0" / path).read_text()
            texts[path] = text, edits.code_of(text)
        found = edits.edits(*texts[path], line)
        if found:
            kind = generator.choice(sorted({e.kind for e in found}))
            yield path, line, generator.choice([e for e in found if e.kind == kind]), texts[path][0]


def main():
    parser = argparse.ArgumentParser(prog="./dev deep mutants")
    parser.add_argument("--count", type=int, default=100, help="mutants (100)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of the draws (another one each time)")
    parser.add_argument("--folder", action="append", help=f"where, several times for several ({' '.join(FOLDERS)})")
    asked = parser.parse_args()
    folders = [f.rstrip("/") for f in asked.folder or FOLDERS]
    for folder in folders:
        if folder.split("/")[0] not in FOLDERS or not (ROOT / folder).is_dir():
            parser.error(f"{folder} is no folder of {', '.join(FOLDERS)} (--folder)")
    if asked.count < 1:
        parser.error("give at least one mutant (--count)")
    workers = [Worker(i) for i in range(max(1, (os.cpu_count() or 1)))]
    print(f"mutants: builds {len(workers)} copies", flush=True)
    for worker in workers:
        worker.prepare()
    by_group, seconds = what_tests_run(workers)
    print(f"mutants: {asked.count} in {' '.join(folders)}, seed {asked.seed}", flush=True)

    drawn, lock, results = enumerate(draw(by_group, folders, random.Random(asked.seed))), threading.Lock(), {}

    def counted():
        return [r for _, r in sorted(results.items()) if r[0] not in ("does not compile", "the same")]

    def work(worker):
        while True:
            with lock:
                number, (path, line, edit, text) = next(drawn, (None, (None,) * 4))
                if number is None or len(counted()) >= asked.count:
                    return
            begin = time.monotonic()
            changed = text[:edit.start] + edit.text + text[edit.end:]
            # In headers gcov leaves out lines of code that is put into its callers: there the file decides.
            names = sorted(name for name, lines in by_group.items()
                           if line in lines.get(path, []) or path in lines and not path.endswith(".cpp"))
            outcome, name = worker.outcome(path, changed, names, seconds)
            diff = "".join(difflib.unified_diff(text.splitlines(True), changed.splitlines(True), path, path, n=1))
            with lock:
                results[number] = outcome, path, f"{edit.kind}, seen by no test of {', '.join(names)}\n{diff}"
                print(f"{number} {path}:{line} {edit.kind}: {name} {outcome}, {time.monotonic() - begin:.0f} s", flush=True)

    in_threads(work, workers)
    found = counted()[:asked.count]
    survivors = [r for r in found if r[0] == "SURVIVES"]
    lines = [f"\n{r[2]}" for r in survivors]
    lines.append(f"\n{'folder':40} mutants noticed share")
    for folder in [*sorted({str(Path(r[1]).parent) for r in found}), "all"]:
        here = [r for r in found if folder in ("all", str(Path(r[1]).parent))]
        noticed = sum(r[0] != "SURVIVES" for r in here)
        lines.append(f"{folder:40} {len(here):7} {noticed:7} {100 * noticed / max(1, len(here)):4.0f} %")
    left_out = len(results) - len(counted())
    lines.append(f"seed {asked.seed}; {left_out} edits besides did not compile or changed no program")
    print("\n".join(lines))
    (WORK / f"report-{asked.seed}.txt").write_text("\n".join(lines) + "\n")


main()
