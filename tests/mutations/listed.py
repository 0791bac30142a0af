#!/usr/bin/env python3
"""listed.py: makes the mistakes of program.txt, each of which the group of tests that it names must notice."""
import subprocess
import sys
from pathlib import Path

from worker import Worker

GIVEN = 600  # seconds for a group


def main():
    worker = Worker(0)
    print("mutations: builds a copy of the program", flush=True)
    worker.prepare()
    lines = [line for line in (Path(__file__).parent / "program.txt").read_text().splitlines() if line and line[0] != "#"]
    failed = 0
    for number, line in enumerate(lines, 1):
        path, edit, group = line.split("@")
        text = (worker.source / path).read_text()
        changed = subprocess.run(["sed", "-E", edit], input=text, text=True, capture_output=True, check=True).stdout
        outcome, _ = ("does not apply", "") if changed == text else worker.outcome(path, changed, [group], {group: GIVEN / 5})
        noticed = outcome not in ("does not apply", "does not compile", "the same", "SURVIVES")
        failed += not noticed
        print(f"{number}, {path}: {edit}: {group} {outcome}" + ("" if noticed else ": NOT NOTICED"), flush=True)
    sys.exit(f"{failed} of {len(lines)} mistakes are not noticed" if failed else 0)


main()
