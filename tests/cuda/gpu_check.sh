#!/usr/bin/env bash
# The CUDA device on a real GPU, in some minutes, on a machine that has neither our packages nor a network.
#
#   gpu_check.sh prepare FOLDER  where the project builds: puts into FOLDER the programs for any x86-64-v3 processor, the
#                                sources, and what building these needs. Carry FOLDER to the GPU.
#   gpu_check.sh run FOLDER      there: runs FOLDER's programs, or, where they do not run, builds from its sources; prints a
#                                table last. Results: FOLDER/results/summary.txt, and a log for each part beside it.
#
# LIMIT=420: seconds for all of it; a part that would begin later is left out. PARTS="tests parity sanitizer bench": which.
# Nothing of the GPU's settings is changed. ./dev gpu-check is the same.
set -euo pipefail
verb=${1:-} folder=${2:-}

die() {
  echo "gpu_check: error: $*" >&2
  exit 2
}

# -------------------------------------------------------------------------------------------------------------- prepare

prepare() {
  local top build=$folder/build name
  top=$(git rev-parse --show-toplevel)
  mkdir -p "$folder/include" "$folder/lib/cmake" "$folder/share/cmake" "$folder/programs/tests"
  for name in eigen3 nlohmann xsimd Random123 gtest cxxopts.hpp zlib.h; do
    cp -rL "/usr/include/$name" "$folder/include/"
  done
  cp -L /usr/include/*/zconf.h "$folder/include/" 2>/dev/null || cp -L /usr/include/zconf.h "$folder/include/"
  cp -rL /usr/share/eigen3 "$folder/share/"
  cp -rL /usr/share/cmake/nlohmann_json "$folder/share/cmake/"
  cp -rL "$(dirname "$(find /usr/lib /usr/share -name 'cxxopts-config.cmake' -print -quit)")" "$folder/lib/cmake/"
  for name in libgtest.a libgtest_main.a libz.a; do cp -L "$(find /usr/lib -name "$name" -print -quit)" "$folder/lib/"; done
  rm -rf "$folder/sources"
  mkdir "$folder/sources"
  git -C "$top" archive HEAD | tar x -C "$folder/sources"
  cmake -S "$folder/sources" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DTINYMLP_ARCHITECTURE=x86-64-v3 >"$folder/prepare.log" 2>&1 || { tail -n 30 "$folder/prepare.log" >&2; die 'the configuration failed'; }
  if ! cmake --build "$build" -j "${JOBS:-2}" --target tinymlp_program cuda_gpu tinymlp_cuda >>"$folder/prepare.log" 2>&1; then
    grep -F 'left out' "$folder/prepare.log" >&2
    tail -n 30 "$folder/prepare.log" >&2
    die 'the build failed'
  fi
  cp "$build/tinymlp" "$build/libtinymlp_cuda.so" "$folder/programs/"
  cp "$build/tests/cuda_gpu" "$folder/programs/tests/"
  strip "$folder/programs/tinymlp" "$folder/programs/libtinymlp_cuda.so" "$folder/programs/tests/cuda_gpu"
  rm -rf "$build"
  cp "$0" "$folder/gpu_check.sh"
  du -sh "$folder"
}

# ------------------------------------------------------------------------------------------------------------------ run

table=() failed=0

row() {
  table+=("$(printf '%-44s %s' "$1" "$2")")
  printf '%s\n' "${table[-1]}"
}

# part NAME SECONDS COMMAND...: its output goes to results/NAME.log. Sets status.
# Fails where no time was left for it.
part() {
  local name=$1 limit=$2 left=$((${LIMIT:-420} - SECONDS))
  shift 2
  if ((left < 15)); then
    failed=1  # what was not tried has not passed
    row "$name" 'left out: no time'
    return 1
  fi
  status=0
  timeout -k 5 "$((limit < left ? limit : left))" "$@" >"$results/$name.log" 2>&1 || status=$?
  if ((status != 0)); then failed=1; fi
}

# number NAME KEY: out of the last line of JSON in that log.
number() { sed -n "s/.*\"$2\": *\(\[[^]]*\]\|[-+.0-9eE]*\).*/\1/p" "$results/$1.log" | tail -n 1; }

# cuBLASLt where the program itself does not look: in a Python wheel, in another toolkit's folder.
find_cublas() {
  local found
  if ldconfig -p 2>/dev/null | grep -q libcublasLt || ls /usr/local/cuda*/lib64/libcublasLt.so* >/dev/null 2>&1; then return; fi
  found=$(timeout 20 find /opt /usr /home "$HOME" -name 'libcublasLt.so.*' -print -quit 2>/dev/null || true)
  if [[ $found ]]; then export LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${found%/*}; fi
}

find_programs() {
  programs=$folder/programs
  if "$programs/tinymlp" --version >"$results/version.log" 2>&1; then
    row programs "carried along: $(cat "$results/version.log")"
    return
  fi
  programs=$folder/built
  local here
  here=$(cd "$folder" && pwd)
  part configure 90 env CPLUS_INCLUDE_PATH="$here/include" cmake -S "$folder/sources" -B "$programs" -DCMAKE_BUILD_TYPE=Release \
    -DTINYMLP_ARCHITECTURE=native -DTINYMLP_USE_LIBXSMM=OFF "-DCMAKE_PREFIX_PATH=$here" "-DCMAKE_INCLUDE_PATH=$here/include" \
    "-DCMAKE_LIBRARY_PATH=$here/lib" "-DZLIB_LIBRARY=$here/lib/libz.a" "-DZLIB_INCLUDE_DIR=$here/include" || finish
  if ((status == 0)); then
    part compile 300 cmake --build "$programs" -j "$(nproc)" --target tinymlp_program cuda_gpu tinymlp_cuda || finish
  fi
  row programs "built from source: status $status"
  ((status == 0)) || finish
}

check_tests() {
  part tests 200 "$programs/tests/cuda_gpu" --gtest_brief=1 || return 0
  row 'the tests of the CUDA device' "status $status; $(grep -E '^\[  (PASSED|FAILED|SKIPPED)' "$results/tests.log" | tr '\n' ' ')"
}

check_parity() {
  local options i=0
  while read -r options; do
    i=$((i + 1))
    # shellcheck disable=SC2086  # options are words
    part "parity$i" 40 "$programs/tinymlp" parity $options --json || continue
    row "parity $options" "status $status; losses $(number "parity$i" train_loss), apart by $(number "parity$i" largest_loss_difference)"
  done <<'LIST'
--data xor --activation tanh --epochs 20
--data spiral --activation relu --loss cross-entropy --optimizer adam --learning-rate 0.01 --batch-size 17 --epochs 20
--data spiral --hidden 9,9,9 --activation gelu --optimizer adamw --clip-norm 1 --dropout 0.2 --learning-rate 0.01 --batch-size 13 --epochs 10
--data xor --hidden 10 --samples 12000 --batch-size full --epochs 5
--data mnist1d --hidden 257 --batch-size 300 --epochs 3
LIST
}

check_sanitizer() {
  if ! command -v compute-sanitizer >/dev/null; then
    failed=1  # what was not tried has not passed; PARTS without it does not ask for it
    row compute-sanitizer 'not found'
    return
  fi
  local tool
  for tool in memcheck racecheck initcheck synccheck; do
    part "$tool" 60 compute-sanitizer --tool "$tool" --error-exitcode 9 "$programs/tinymlp" train --data spiral --samples 80 \
      --hidden 9,7 --activation gelu --optimizer adam --dropout 0.2 --clip-norm 1 --batch-size 13 --epochs 3 --device cuda --quiet ||
      continue
    row "compute-sanitizer, $tool" "status $status; $(grep SUMMARY "$results/$tool.log" | tail -n 1)"
  done
}

check_bench() {
  part bench 90 "$programs/tinymlp" bench --device cuda --seconds 1 || return 0
  row 'bench --device cuda' "status $status; see bench.log"
  local device
  for device in cpu cuda; do
    part "steps-$device" 40 "$programs/tinymlp" train --data spiral --samples 4096 --hidden 16,16 --activation tanh \
      --batch-size 32 --epochs 60 --device "$device" --threads 1 --quiet --json || continue
    row "2-16-16-1 in batches of 32, 3840 steps, $device" "status $status; $(number "steps-$device" seconds) s"
  done
}

finish() {
  echo
  echo "=== summary, $SECONDS s"
  printf '%s\n' "${table[@]}" | tee "$results/summary.txt"
  exit "$failed"
}

run() {
  PATH=$PATH:/usr/local/cuda/bin  # where CUDA's installers put nvcc and compute-sanitizer
  find_cublas
  results=$folder/results
  rm -rf "$results"
  mkdir -p "$results"
  row GPU "$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null || echo 'nvidia-smi does not tell')"
  find_programs
  part devices 60 "$programs/tinymlp" devices || finish
  row devices "status $status; $(grep '^cuda' "$results/devices.log")"
  if ! grep -q '^cuda.*capability' "$results/devices.log"; then
    failed=1
    finish
  fi
  local name
  for name in ${PARTS:-tests parity sanitizer bench}; do "check_$name"; done
  finish
}

[[ $folder ]] || die 'usage: gpu_check.sh prepare|run FOLDER'
case $verb in
  prepare | run) "$verb" ;;
  *) die "unknown verb '$verb': prepare or run" ;;
esac
