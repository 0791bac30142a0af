#!/usr/bin/env bash
# tests/systems/arm64.sh PROGRAM: builds for 64-bit Arm in a Debian 12 of its own, and runs under qemu-user the library's
# tests in float and double, with the random draws and the hashes of generated data that every machine must give, and the
# demo's small trainings, beside those of PROGRAM, which was built for this machine. Needs root, debootstrap and Debian's
# packages; JOBS: compilers at a time. Takes half an hour on two cores.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/systems/trees.sh
. tests/systems/trees.sh
program=$1

system=debian-12
packages=(cmake ninja-build g++-aarch64-linux-gnu qemu-user-static libeigen3-dev libcxxopts-dev nlohmann-json3-dev libxsimd-dev
  librandom123-dev zlib1g-dev:arm64 libgtest-dev:arm64 libstdc++6:arm64)
((EUID == 0)) || die "it needs root: systems live in folders with their own root"
make_tree "$system" || die "Debian 12's packages can't be had: see build/systems/$system.log"
if [[ ! -e $trees/arm64/srv/arm64 ]]; then copy_tree "$system" arm64; fi  # else what is built there goes on
system=arm64
in_tree "$system" bash -c 'dpkg --add-architecture arm64 && apt-get -q update' >>"build/systems/$system.log" 2>&1
install_in "$system" "${packages[@]}" || die "the cross compiler can't be had: see build/systems/$system.log"

# shellcheck disable=SC2016  # the inner shell expands it
in_tree "$system" bash -c '
  set -euo pipefail
  mkdir -p /srv/arm64
  cmake -S /mnt -B /srv/arm64 -G Ninja -DCMAKE_BUILD_TYPE=Release -DTINYMLP_ARCHITECTURE=native "-DTINYMLP_WERROR=$1" \
    -DCMAKE_TOOLCHAIN_FILE=/mnt/cmake/aarch64-linux-gnu.cmake
  cmake --build /srv/arm64 -j "$2" --target plain random parts float float_threads double gradients tinymlp_program
  # Whole programs: starting one for each test takes an emulator longer than most tests.
  for program in plain random program/parts float float_threads double gradients; do
    qemu-aarch64-static /srv/arm64/tests/$program --gtest_brief=1
  done
  qemu-aarch64-static /srv/arm64/tinymlp devices' arm64 "${CI:+ON}" "${JOBS:-2}" 2>&1 | tee build/systems/arm64.txt

# The demo's small trainings: data, activation, test accuracy here and there. Rounding differs, what is learnt does not.
accuracy() { sed -nE 's/.*"test_accuracy":([-+.0-9eE]+).*/\1/p' | tail -n 1; }
failed=0
for data in xor spiral; do
  for activation in identity relu tanh; do
    words=(train --data "$data" --activation "$activation" --epochs 500 --quiet --json)
    here=$("$program" "${words[@]}" --device cpu | accuracy)
    there=$(in_tree "$system" qemu-aarch64-static /srv/arm64/tinymlp "${words[@]}" | accuracy)
    printf '%-8s %-10s %s %s\n' "$data" "$activation" "$here" "$there" | tee -a build/systems/arm64.txt
    awk -v a="$here" -v b="$there" 'BEGIN { exit !(a - b <= 0.03 && b - a <= 0.03) }' || failed=1
  done
done
((failed == 0)) || die "trainings on Arm end elsewhere than here"
