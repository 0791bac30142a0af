#!/usr/bin/env python3
"""Every option of the program bites: for each of every command's, two requests that differ in it alone differ in what it
is for, by a value that is worked out here.

    options_test.py PROGRAM COMMAND

Fails where an option of COMMAND's --help has no entry here, where an entry names none, and where an entry does not hold.
"""
import re
import sys

from support import COMMAND, ENTRIES, expect, failures, option, run
import comparisons, data_sets, like_train, models, network, others, runs, training_step  # noqa: E401,F401 they fill ENTRIES


@option("train evaluate predict inspect compare collapse experiment gradcheck activations data devices parity bench", "help")
def help_page():
    expect(run(f"{COMMAND} --help").stdout.count(f"tinymlp {COMMAND} ") >= 2, "its page, with examples")


def main():
    found = re.findall(r"^ {2,6}(?:-\w, )?--([a-z0-9-]+)", run(f"{COMMAND} --help").stdout, re.MULTILINE)
    known = [name for command, name in ENTRIES if command == COMMAND]
    failed = [f"--{name} has no entry here" for name in found if name not in known]
    failed += [f"there is no option --{name}" for name in known if name not in found]
    checks = {}  # each once, under the first of its options
    for name in found:
        check = ENTRIES.get((COMMAND, name))
        if check and check not in checks.values():
            checks[f"--{name}"] = check
    failed += failures(checks.items())
    print("\n".join(failed))
    print(f"{len(found)} options of {COMMAND}, {len(failed)} failures")
    sys.exit(failed != [])


if __name__ == "__main__":
    main()
