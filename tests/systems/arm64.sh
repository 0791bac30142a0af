#!/usr/bin/env bash
# tests/systems/arm64.sh: builds for 64-bit Arm in a Debian 12 of its own, and runs under qemu-user the library's tests in
# float and double and the demo's small trainings. Needs root, debootstrap and Debian's packages; takes half an hour.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/systems/trees.sh
. tests/systems/trees.sh

system=debian-12
packages=(cmake ninja-build g++-aarch64-linux-gnu qemu-user-static libeigen3-dev libcxxopts-dev nlohmann-json3-dev libxsimd-dev
  librandom123-dev zlib1g-dev:arm64 libgtest-dev:arm64)
((EUID == 0)) || die "it needs root: systems live in folders with their own root"
make_tree "$system" || die "Debian 12's packages can't be had: see build/systems/$system.log"
in_tree "$system" bash -c 'dpkg --add-architecture arm64 && apt-get -q update' >>"build/systems/$system.log" 2>&1
install_in "$system" "${packages[@]}" || die "the cross compiler can't be had: see build/systems/$system.log"

# What runs in the system.
# shellcheck disable=SC2016  # the inner shell expands it
in_tree "$system" bash -c '
  set -euo pipefail
  mkdir -p /srv/arm64
  cmake -S /mnt -B /srv/arm64 -G Ninja -DCMAKE_BUILD_TYPE=Release -DTINYMLP_WERROR='"${CI:+ON}"' \
    -DCMAKE_TOOLCHAIN_FILE=/mnt/cmake/aarch64-linux-gnu.cmake
  cmake --build /srv/arm64 -j '"${JOBS:-2}"' --target plain random float float_threads double gradients tinymlp_program
  ctest --test-dir /srv/arm64 -j "$(nproc)" --output-on-failure --no-tests=error -L "plain|float|double" -E "^allocation"
  tinymlp() { qemu-aarch64-static /srv/arm64/tinymlp "$@"; }
  tinymlp devices
  for data in xor spiral; do
    for activation in identity relu tanh; do
      tinymlp train --data "$data" --activation "$activation" --epochs 500 --quiet --json
    done
  done' 2>&1 | tee build/systems/arm64.txt
