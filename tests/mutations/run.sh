#!/usr/bin/env bash
# tests/mutations/run.sh [FIRST [LAST]]: shows that the tests notice small mistakes. Each line of mutations.txt is applied to
# a copy of the sources below build/mutations/, the test program that it names is built, and some test in it must fail. A
# mutation that no longer applies, or that does not compile, is an error. FIRST and LAST choose lines by their numbers.
set -euo pipefail
cd "$(dirname "$0")/../.."
first=${1:-1} last=${2:-999}
work=$PWD/build/mutations
copy=$work/source
tests/mutations/copy_sources.sh "$copy"
cmake -S "$copy/tests/mutations" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
  -DTINYMLP_ARCHITECTURE=native -DTINYMLP_USE_CUDA=OFF >"$work/configure.log" 2>&1 || { tail -n 20 "$work/configure.log" >&2; exit 1; }

build() { cmake --build "$work/build" -j "$(nproc)" --target "$1" >"$work/build.log" 2>&1; }
# test_fails PROGRAM FILTER: whether a test fails, or the program dies, or hangs.
test_fails() { ! timeout 300 "$work/build/$1" --gtest_filter="${2:-*}" --gtest_brief=1 >"$work/test.log" 2>&1; }
fail() {
  echo "mutation $number, $file: $edit: $1" >&2
  failed=$((failed + 1))
}

count=0 failed=0 number=0
declare -A passes  # programs whose tests pass as they are
while IFS=@ read -r file edit program filter; do
  if [[ -z $file || $file == '#'* ]]; then continue; fi
  number=$((number + 1))
  if ((number < first || number > last)); then continue; fi
  count=$((count + 1))
  if [[ ! ${passes[$program $filter]:-} ]]; then
    build "$program" || { cat "$work/build.log" >&2; exit 1; }
    if test_fails "$program" "$filter"; then
      cat "$work/test.log" >&2
      fail "its tests fail without the mutation"
      continue
    fi
    passes[$program $filter]=1
  fi
  cp "$copy/$file" "$work/original"
  sed -i -E "$edit" "$copy/$file"
  if cmp -s "$work/original" "$copy/$file"; then
    fail "does not apply: mend mutations.txt"
    continue
  fi
  if ! build "$program"; then
    fail "does not compile: $(grep -m1 error: "$work/build.log" || true)"
  elif test_fails "$program" "$filter"; then
    if grep -q '^\[  FAILED  \]' "$work/test.log"; then
      echo "$number, $file: $edit: $(grep -c '^\[  FAILED  \].*(' "$work/test.log") tests fail in $program"
    else
      echo "$number, $file: $edit: $program dies: $(tail -n 1 "$work/test.log")"
    fi
  else
    fail "no test in $program notices"
  fi
  cp "$work/original" "$copy/$file"
done <tests/mutations/mutations.txt
if ((failed > 0)); then
  echo "$failed of $count mutations are not as they should be" >&2
  exit 1
fi
if ((count == 0)); then
  echo "there is no mutation $first" >&2
  exit 1
fi
echo "each of $count mutations is noticed"
