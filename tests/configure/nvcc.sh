#!/usr/bin/env bash
# tests/configure/nvcc.sh SOURCES FOLDER: an nvcc that is too old, broken, or at odds with the compiler here leaves CUDA out,
# with the reason, and everything else is configured.
set -euo pipefail
sources=$1 folder=$2
unset CXX CXXFLAGS  # with libc++ nvcc is not even asked
rm -rf "$folder"
mkdir -p "$folder"

# expect NAME REASON BODY: configures with an nvcc whose program is BODY.
expect() {
  local nvcc=$folder/$1/nvcc log=$folder/$1/log
  mkdir -p "$folder/$1"
  printf '#!/bin/sh\n%s\n' "$3" >"$nvcc"
  chmod +x "$nvcc"
  if ! CUDACXX=$nvcc${options:-} cmake -S "$sources" -B "$folder/$1/build" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$log" 2>&1 ||
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
cannot='cannot build a program here (another host compiler: -DCMAKE_CUDA_HOST_COMPILER, other GPUs: -DCMAKE_CUDA_ARCHITECTURES)'
expect at-odds "nvcc 12.4 $cannot: x.h(4): error: unsupported" \
  "$(release 12.4); echo 'x.h(4): error: unsupported' >&2; exit 1"
# It compiles, but the machine has no cuBLAS: only a program that is linked tells.
expect compiles-only "nvcc 12.4 $cannot: ld: cannot find -lcublasLt" \
  "$(release 12.4); case \" \$* \" in *' -c '*) exit 0;; *' -lcublasLt '*) echo 'ld: cannot find -lcublasLt' >&2; exit 1;; esac"
# Which GPUs it compiles for is part of what it has to know.
CUDAARCHS='20-real;90' expect architectures "nvcc 12.4 $cannot: nvcc fatal: Unsupported gpu architecture 'compute_20'" \
  "$(release 12.4); case \" \$* \" in *' --generate-code=arch=compute_20,code=sm_20 --generate-code=arch=compute_90,code=sm_90 --generate-code=arch=compute_90,code=compute_90 '*)
    echo \"nvcc fatal: Unsupported gpu architecture 'compute_20'\" >&2; exit 1;; esac"
CUDAARCHS=native expect no-gpu "nvcc 12.4 $cannot: nvcc warning : Cannot find valid GPU for '-arch=native'" \
  "$(release 12.4); case \" \$* \" in *' -arch=native '*) echo \"nvcc warning : Cannot find valid GPU for '-arch=native'\" >&2;; esac"
# CUDACXX may bring options along, which every call gets.
options=' --its-option' expect with-options "nvcc 12.4 $cannot: error: seen" \
  "$(release 12.4); case \" \$* \" in *' --its-option '*) echo 'error: seen' >&2; exit 1;; esac"
if CUDACXX=$folder/nowhere/nvcc cmake -S "$sources" -B "$folder/nowhere" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$folder/log" 2>&1 &&
  grep -qF "tinymlp: CUDA left out: there is no program $folder/nowhere/nvcc (CUDACXX)" "$folder/log"; then
  echo passed
else
  cat "$folder/log"
  echo 'FAILED: a CUDACXX that is not there'
  exit 1
fi
