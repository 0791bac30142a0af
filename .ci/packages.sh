# shellcheck shell=bash
# The packages that ./dev needs, and how they are installed: sourced by it.

# Name, who needs it (run: everyone; ci: the checks; peers: the comparison with them; systems: other systems and
# processors), whether it can be done without, and what for.
packages() {
  cat <<'TABLE'
cmake                 run required configures the build
ninja-build           run required runs it
g++                   run required compiles
pkg-config            run required finds libraries
libeigen3-dev         run required matrix products, and the reference for all others'
libcxxopts-dev        run required reads the command line
libgtest-dev          run required runs the tests
nlohmann-json3-dev    run required reads and writes JSON
zlib1g-dev            run required reads gzipped data sets
libxsimd-dev          run required activations on SIMD registers
librandom123-dev      run required counter-based random numbers
libxsmm-dev           run optional matrix products in builds without AVX-512; without it Eigen's, which are slower
libbenchmark-dev      run optional runs the benchmarks
python3-numpy         run optional checks that NumPy alone reads the models
gnuplot-nox           run optional draws the figures; without it their data remain
dataset-fashion-mnist run optional the demo's real images
ccache                run optional makes building again fast
clang-format-19       ci  required the format
clang-tidy-19         ci  required finds mistakes
clang-19              ci  required a second compiler's warnings
gcovr                 ci  required counts the lines that tests run
jq                    ci  required reads the compilation database
shellcheck            ci  required finds mistakes in scripts
git                   ci  required lists the tracked files
python3-torch         peers required PyTorch
libopenblas0-pthread  peers required makes PyTorch's matrix products fast
libtorch-dev          peers required PyTorch's C++ library
python3-sklearn       peers required scikit-learn
libfann-dev           peers required FANN
debootstrap           systems required makes another system in a folder
qemu-user-static      systems required runs what is built for another processor
TABLE
}

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }
available() { [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[^\(]* ]]; }

# apt_get ARGUMENTS: as root, silent unless it fails.
apt_get() {
  local run=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "packages are missing, and installing them needs root or sudo: apt-get $*"
    run=(sudo)
    if [[ ! -t 0 ]]; then run+=(-n); fi  # nobody is there to type a password
  fi
  mkdir -p build/logs
  if ! "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" \
    >build/logs/apt.log 2>&1 </dev/null; then
    tail -n 15 build/logs/apt.log >&2
    return 1
  fi
}

# install_packages run|ci|peers|systems: what is missing of the table, of the kinds run and this.
install_packages() {
  local name kind need missing=() absent=()
  if ! command -v dpkg-query apt-get >/dev/null; then
    die "packages are installed by apt-get, which this system lacks: see README.md, 'Building by hand'"
  fi
  while read -r name kind need _; do
    if [[ $kind == run || $kind == "$1" ]] && ! installed "$name"; then missing+=("$name:$need"); fi
  done < <(packages)
  if ((${#missing[@]} == 0)); then return; fi

  for name in "${missing[@]}"; do
    if ! available "${name%:*}"; then
      say "updating the lists of packages"
      apt_get update || die "apt-get update failed"
      break
    fi
  done
  local wanted=()
  for name in "${missing[@]}"; do
    if available "${name%:*}"; then
      wanted+=("${name%:*}")
    else
      absent+=("${name%:*}")
      if [[ $name == *:required ]]; then
        die "this system's package lists have no ${name%:*}: README.md names the systems that do (on Ubuntu, 'universe' has it)"
      fi
    fi
  done
  if ((${#absent[@]} > 0)); then say "going on without ${absent[*]}, which this system does not have"; fi
  if ((${#wanted[@]} == 0)); then return; fi
  say "installing$( ((EUID == 0)) || echo ' through sudo') ${wanted[*]}"
  apt_get install --no-install-recommends "${wanted[@]}" ||
    { apt_get update && apt_get install --no-install-recommends "${wanted[@]}"; } ||  # the lists were old
    die "apt-get could not install ${wanted[*]}"
}
