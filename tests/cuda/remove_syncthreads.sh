#!/usr/bin/env bash
# tests/cuda/remove_syncthreads.sh BUILD: shows that the tests of the kernels notice every missing barrier. For each
# __syncthreads() in src/cuda/, it builds the emulated kernels without that one, in a copy, and expects a test to fail.
# BUILD is a configured build directory with the target cuda_emulated, whose commands are used.
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/src" "$work/objects"
cp -r src/. "$work/src"
# How one source is compiled, from the compilation database; src/ is then the copy's.
commands=$(jq -r '.[] | select(.command | test("cuda_emulated_device.dir")) | "\(.file)\t\(.directory)\t\(.command)"' \
  "$build/compile_commands.json" 2>/dev/null || true)
if [[ ! $commands ]]; then
  echo "$build has no compile_commands.json with the target cuda_emulated_device" >&2
  exit 2
fi

# compile FILE: of src/cuda/, from the copy, into objects/.
compile() {
  local directory command
  IFS=$'\t' read -r _ directory command <<<"$(grep -F "/src/cuda/$1"$'\t' <<<"$commands")"
  command=${command//$PWD\/src/$work\/src}
  (cd "$directory" && eval "${command/ -o */} -o $work/objects/$1.o -c $work/src/cuda/$1")
}

# The test program of BUILD, with the kernels' objects replaced by the copy's.
link() {
  local command
  command=$(cd "$build" && ninja -t commands cuda_emulated | grep -E -- '-o tests/cuda/cuda_emulated( |$)' | sed 's/ && cd .*//; s/^: && //')
  for object in "$work"/objects/*.o; do
    local name
    name=$(basename "$object" .o)
    command=$(sed -E "s#[^ ]*cuda_emulated_device.dir[^ ]*/$name.o#$object#" <<<"$command")
  done
  (cd "$build" && eval "${command/-o tests\/cuda\/cuda_emulated/-o $work/cuda_emulated}")
}

kernels=$(cd src/cuda && ls -- *.cu)
tests() { "$work/cuda_emulated" --gtest_filter='Cuda/CudaRows.*:Cuda/CudaFormulas.*' --gtest_brief=1; }

for kernel in $kernels; do compile "$kernel"; done
link
tests >/dev/null || { echo "the tests fail as it is" >&2; exit 1; }

barriers=$(grep -nE '^ *__syncthreads\(\);' src/cuda/*.cu src/cuda/*.cuh | cut -d: -f1,2)
count=0
for barrier in $barriers; do
  file=${barrier%:*} line=${barrier#*:}
  sed -i "${line}s/__syncthreads();//" "$work/$file"
  for kernel in $kernels; do  # a header's barrier is in all of them
    if [[ $file == *.cuh || $file == */$kernel ]]; then compile "$kernel"; fi
  done
  link
  if tests >"$work/log" 2>&1; then
    echo "no test notices that $barrier is gone" >&2
    exit 1
  fi
  if ! failed=$(grep -c '^\[  FAILED  \].*GetParam' "$work/log"); then
    echo "without $barrier the tests do not run:" >&2
    cat "$work/log" >&2
    exit 1
  fi
  echo "without $barrier: $failed tests fail"
  cp "$file" "$work/$file"
  for kernel in $kernels; do
    if [[ $file == *.cuh || $file == */$kernel ]]; then compile "$kernel"; fi
  done
  count=$((count + 1))
done
if ((count == 0)); then
  echo "there is no __syncthreads() to remove" >&2
  exit 1
fi
echo "each of $count barriers is needed, and tested"
