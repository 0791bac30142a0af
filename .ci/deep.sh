# shellcheck shell=bash
# The longer checks, ./dev deep: sourced by ./dev, whose functions they call.

# The thread sanitizer of g++ 12 does not start where the kernel randomizes addresses too freely.
with_fixed_addresses() {
  if setarch "$(uname -m)" -R true 2>/dev/null; then setarch "$(uname -m)" -R "$@"; else "$@"; fi
}

# The programs in double are the same sources again.
check_asan() {
  build asan plain random parts float float_threads program comparing grading terminal
  if [[ -e build/asan/tests/cuda ]]; then build asan cuda_emulated; fi  # else there is no nvcc, as the build has said
  # Whole trainings run the same kernels over and over, and take minutes here.
  local trainings='OfXorAndSpiralAgrees|ForEveryActivationAndLoss|EveryOptimizerScheduleAndDropout|EveryActivationThatBends'
  trainings+='|DoNotDependOnTheNumberOfJobs|PlanesShow|BenchTimesTasks|CrossEntropyOfManyRows|AddUpWhatManyBlocksHave'
  # Transcripts are of builds with all optimizations, which round otherwise; these options' tests train a hundred networks.
  run_tests asan -L 'plain|float|program|cuda' -E "$trainings|^recorded|^on_gpu|^options\.(bench|collapse|compare|parity)"
}
check_tsan() {
  with_fixed_addresses ./dev build tsan float_threads
  with_fixed_addresses ctest --preset tsan -j1 --no-tests=error -L threads
}
check_portable() {
  build package
  run_tests package -L 'plain|float'
  run_tests package -R '^recorded'  # transcripts are made by the release build, for one processor
}
check_no-libxsmm() {
  build no-libxsmm float float_threads double gradients
  run_tests no-libxsmm -L 'float|double'
}
check_clang() {
  local -x CI=true  # warnings are what it is for
  build clang tinymlp tinymlp_double tinymlp_program random
  run_tests clang -R '^random\.'
}

# A project that uses the installed library, and one of which the library is a part.
check_consumer() {
  local here=$PWD/build/consumer kind
  build package
  rm -rf "$here"
  quietly consumer-install cmake --install build/package --prefix "$here/installed"
  if grep -rF -e "$PWD" "$here"/installed/lib*/cmake; then die "the installed package names this checkout"; fi
  for kind in -DCMAKE_PREFIX_PATH="$here/installed" -DTINYMLP_SOURCE="$PWD"; do
    quietly consumer-configure cmake -S tests/consumer -B "$here/build" -G Ninja -DCMAKE_BUILD_TYPE=Release "$kind"
    quietly consumer-build cmake --build "$here/build"
    ctest --test-dir "$here/build" --output-on-failure --no-tests=error
    rm -rf "$here/build"
  done
}

# The tests of the CUDA kernels notice each barrier that is missing.
check_barriers() {
  build release
  if [[ ! -e build/release/tests/cuda ]]; then
    say "left out: there is no nvcc"
    return
  fi
  tests/cuda/remove_syncthreads.sh build/release
}

# The program's tests, with what --device auto means: the GPU, which is emulated.
check_emulated-gpu() {
  build release
  if [[ ! -e build/release/tests/cuda ]]; then
    say "left out: there is no nvcc"
    return
  fi
  local -x TINYMLP_DEVICE=cuda TINYMLP_CUDA_LIBRARY=$PWD/build/release/tests/cuda/libcuda_emulated_library.so
  run_tests release -L program -E '^recorded|^configure' --timeout 900  # which go by no environment, or build nothing
}

# The tests notice small mistakes in what they test.
check_mutations() {
  tests/mutations/run.sh
  tests/mutations/listed.py
}
check_mutants() { tests/mutations/mutants.py "$@"; }

# A run that is killed at any moment goes on to the same end.
check_kill() {
  build release tinymlp_program
  tests/kill_and_resume.sh build/release/tinymlp
}

# Reports, opened in a browser as a reader does.
check_reports() {
  local here=$PWD/build/reports tool
  for tool in node npm chromium; do
    if ! command -v "$tool" >/dev/null; then
      apt_get install --no-install-recommends "${tool/#node/nodejs}" || die "apt-get could not install $tool"
    fi
  done
  build release tinymlp_program
  rm -rf "$here/pages"
  mkdir -p "$here/pages"
  build/release/tinymlp train --quiet --data spiral --epochs 100 --validation-fraction 0.2 --diagnostics \
    --out "$here/pages/run"
  build/release/tinymlp experiment activation-curves xor4 vanishing-gradient initialization --quiet \
    --out "$here/pages/experiments"
  build/release/tinymlp compare --quiet --data moons --activation tanh,relu --seeds 8 --epochs 20 \
    --out "$here/pages/comparison"
  cp tests/report/package.json "$here"
  quietly reports-npm npm install --prefix "$here" --no-audit --no-fund --no-package-lock
  node tests/report/check.mjs "$here/node_modules/playwright-core/index.mjs" "$here"/pages/*/report.html
}

# The README's two commands on other systems; a table of them.
check_systems() {
  install_packages systems
  tests/systems/run.sh "$@"
}
check_arm64() {
  install_packages systems
  build release tinymlp_program
  JOBS=$(jobs) tests/systems/arm64.sh build/release/tinymlp
}
check_old-x86() {
  install_packages systems
  build package plain random parts float float_threads gradients tinymlp_program
  tests/systems/old_x86.sh build/package
}
check_small() { tests/systems/small.sh; }

deep_checks=(asan tsan portable no-libxsmm clang consumer barriers emulated-gpu mutations mutants kill reports systems arm64 old-x86 small)
deep() {
  local check
  case ${1:-} in
    systems | mutants)  # alone they take arguments: rows of the table; how many, where
      install_packages ci
      "check_$1" "${@:2}"
      return ;;
  esac
  for check in "${@:-${deep_checks[@]}}"; do
    if [[ " ${deep_checks[*]} " != *" $check "* ]]; then die "unknown check '$check': one of ${deep_checks[*]}"; fi
  done
  install_packages ci
  for check in "${@:-${deep_checks[@]}}"; do
    say "== $check"
    "check_$check"
  done
}
