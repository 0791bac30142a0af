#!/usr/bin/env bash
# tests/configure/nvcc.sh SOURCES FOLDER: an nvcc that is too old, broken, or at odds with the compiler here leaves CUDA out,
# with the reason, and everything else is configured.
set -euo pipefail
sources=$1 folder=$2
rm -rf "$folder"
mkdir -p "$folder"

# expect NAME REASON BODY: configures with an nvcc whose program is BODY.
expect() {
  local nvcc=$folder/$1/nvcc log=$folder/$1/log
  mkdir -p "$folder/$1"
  printf '#!/bin/sh\n%s\n' "$3" >"$nvcc"
  chmod +x "$nvcc"
  if ! CUDACXX=$nvcc cmake -S "$sources" -B "$folder/$1/build" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$log" 2>&1 ||
    ! grep -qF "tinymlp: CUDA left out: $2" "$log"; then
    cat "$log"
    echo "FAILED: $1: CUDA should be left out: $2"
    exit 1
  fi
}

release() { echo "if [ \"\$1\" = --version ]; then echo 'Cuda compilation tools, release $1, V$1.0'; exit; fi"; }
expect broken "$folder/broken/nvcc does not tell its version: 3" 'exit 3'
expect absent-minded "$folder/absent-minded/nvcc does not tell its version: 0" 'echo hello'
expect old 'nvcc 11.8 does not know C++20: 12.0 is the first that does' "$(release 11.8)"
expect at-odds 'nvcc 12.4 cannot compile here (another host compiler: -DCMAKE_CUDA_HOST_COMPILER): x.h(4): error: unsupported' \
  "$(release 12.4); echo 'x.h(4): error: unsupported' >&2; exit 1"
echo passed
