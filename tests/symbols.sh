#!/usr/bin/env bash
# tests/symbols.sh LIBRARY...: no static library of ours has functions of Eigen's under Eigen's own name, which a linker
# would take for those of files that are compiled for another processor (src/own_eigen.h).
set -euo pipefail
symbols=$(nm -C "$@" 2>/dev/null)
grep -q 'tinymlp_kernels_eigen::' <<<"$symbols" || { echo 'FAILED: no symbols of Eigen at all?'; exit 1; }
if grep -m 5 -E '(^|[^_[:alnum:]])Eigen::' <<<"$symbols"; then
  echo 'FAILED: the symbols above are Eigen'"'"'s: include own_eigen.h instead of Eigen'
  exit 1
fi
