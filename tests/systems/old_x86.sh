#!/usr/bin/env bash
# tests/systems/old_x86.sh BUILD: a portable build, run on processors of qemu-user's that have no more than x86-64-v2 (2008)
# and x86-64-v3 (2013): an instruction that they lack ends a test. The library's tests, and the demo's small trainings.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1

for processor in Nehalem Haswell; do
  emulated() { qemu-x86_64-static -cpu "$processor" "$@"; }
  echo "== $processor"
  emulated "$build/tinymlp" devices
  for program in plain random program/parts float float_threads gradients; do
    emulated "$build/tests/$program" --gtest_brief=1
  done
  for data in xor spiral; do
    for activation in identity relu tanh; do
      emulated "$build/tinymlp" train --data "$data" --activation "$activation" --epochs 500 --quiet --json
    done
  done
done
