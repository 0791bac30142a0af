#!/usr/bin/env bash
# tests/systems/run.sh [ROW...]: the README's two commands, as a new user gives them on other systems: each in a folder of
# its own, from a fresh clone, without nvcc, with the system's compiler and with others. Prints a table, which stays in
# build/systems/table.md. Takes a quarter of an hour a row on two cores; needs root, debootstrap and the systems' packages.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/systems/trees.sh
. tests/systems/trees.sh

# Name, system, CXX, CXXFLAGS (- for none), packages that the compiler needs beside those that ./dev installs.
rows() {
  cat <<'TABLE'
debian-12                debian-12      -          -
debian-13                debian-13      -          -
debian-testing           debian-testing -          -
ubuntu-24.04             ubuntu-24.04   -          -
ubuntu-26.04             ubuntu-26.04   -          -
debian-12-clang-libc++   debian-12      clang++-19 -stdlib=libc++ clang-19 libc++-19-dev libc++abi-19-dev libunwind-19-dev googletest
debian-13-clang          debian-13      clang++-19 -              clang-19
debian-testing-clang     debian-testing clang++-22 -              clang-22
debian-testing-clang-libc++ debian-testing clang++-22 -stdlib=libc++ clang-22 libc++-22-dev libc++abi-22-dev libunwind-22-dev googletest
TABLE
}

# What runs in the system: every line of the two commands' output begins with the seconds since git clone.
# shellcheck disable=SC2016  # the inner shell expands it
visit='
  clone=/srv/$1
  export CXX=$2 CXXFLAGS=$3
  if [[ $CXX == - ]]; then unset CXX; fi
  if [[ $CXXFLAGS == - ]]; then unset CXXFLAGS; fi
  SECONDS=0
  git config --global safe.directory "*"  # the repository may be another user'"'"'s
  git clone -q /mnt "$clone" && cd "$clone" || exit
  for verb in demo test; do
    echo "$SECONDS == $verb"
    ./dev "$verb" 2>&1 | while IFS= read -r line; do echo "$SECONDS $line"; done
    echo "$SECONDS == $verb: status ${PIPESTATUS[0]}"
  done'

# at ROW PATTERN: the seconds of the first line that matches.
at() { awk -v pattern="$2" '$0 ~ pattern { print $1; exit }' "build/systems/$1.txt"; }

# version SYSTEM PACKAGE: as 13.2.
version() {
  local text
  # shellcheck disable=SC2016  # dpkg-query expands it
  text=$(in_tree "$1" dpkg-query -W -f='${Version}' "$2" 2>/dev/null | sed -E 's/^[0-9]+://; s/[-+~].*//') || true
  echo "${text:-none}"
}

table_head() {
  echo '| system | compiler | CMake | Eigen | xsimd | libxsmm | cxxopts | GoogleTest | gnuplot | packages | first training | demo | tests passed | all |'
  echo '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|'
}

# table_line ROW: out of what the visit left. Times are seconds since git clone.
table_line() {
  local row=$1 system=visit-$1 compiler passed package versions=()
  compiler=$(sed -nE 's/^set\(CMAKE_CXX_COMPILER_(ID|VERSION) "(.*)"\)/\2/p' \
    "$trees/$system/srv/$row"/build/release/CMakeFiles/*/CMakeCXXCompiler.cmake 2>/dev/null | tr '\n' ' ' || true)
  passed=$(sed -nE 's/^[0-9]+ .*% tests passed, ([0-9]+) tests? failed out of ([0-9]+)/\1 \2/p' "build/systems/$row.txt" |
    awk '{ print $2 - $1 " of " $2 }')
  for package in cmake libeigen3-dev libxsimd-dev libxsmm-dev libcxxopts-dev libgtest-dev gnuplot-nox; do
    versions+=("$(version "$system" "$package")")
  done
  printf '| %s ' "$row" "$compiler" "${versions[@]}" "$(at "$row" 'building release') s" \
    "$(at "$row" 'What the activation changes') s" "$(at "$row" '== demo: status 0') s" "${passed:-none}" \
    "$(at "$row" '== test: status 0') s"
  echo '|'
}

main() {
  local row system compiler flags packages failed=()
  for row; do [[ $(rows) == *"$row "* ]] || die "there is no row '$row': $(rows | cut -d' ' -f1 | tr '\n' ' ')"; done
  ((EUID == 0)) || die "it needs root: systems live in folders with their own root"
  mkdir -p build/systems
  table_head >build/systems/table.md
  while read -r row system compiler flags packages; do
    if (($# > 0)) && [[ " $* " != *" $row "* ]]; then continue; fi
    # shellcheck disable=SC2086  # packages are words
    if ! make_tree "$system" || ! copy_tree "$system" "visit-$row" ||
      { [[ $packages ]] && ! install_in "visit-$row" $packages; }; then
      say "$row can't be tried here: see build/systems/*.log"
      echo "| $row | not tried: its packages could not be had |" >>build/systems/table.md
      continue
    fi
    say "visiting $row: build/systems/$row.txt"
    in_tree "visit-$row" bash -c "$visit" visit "$row" "$compiler" "$flags" >"build/systems/$row.txt" 2>&1 || true
    table_line "$row" | tee -a build/systems/table.md >&2
    [[ $(at "$row" '== demo: status 0') && $(at "$row" '== test: status 0') ]] || failed+=("$row")
  done < <(rows)
  cat build/systems/table.md
  if ((${#failed[@]} > 0)); then die "failed: ${failed[*]}"; fi
}

main "$@"
