# shellcheck shell=bash
# Other systems, each in a folder below build/systems/trees: sourced by the scripts beside it, run from the top folder, as
# root. What a tree has mounted is seen by the commands that run in it and by nobody else, and is gone with them.

trees=$PWD/build/systems/trees

say() { printf '%s\n' "$*" >&2; }
die() {
  say "tests/systems: error: $*"
  exit 1
}

# Name, suite, and where it is no suite of Debian's whose script debootstrap has: another's that serves.
tree_table() {
  cat <<'TABLE'
debian-12      bookworm
debian-13      trixie
debian-testing testing
ubuntu-24.04   noble    gutsy
ubuntu-26.04   resolute gutsy
TABLE
}

# in_tree NAME COMMAND [ARGUMENTS]: as root in that system, with this repository at /mnt, to be read.
in_tree() {
  local tree=$trees/$1
  shift
  # shellcheck disable=SC2016  # the inner shell expands it
  unshare --mount --propagation private bash -c '
    tree=$1 repository=$2
    shift 2
    mount -t proc proc "$tree/proc" && mount --rbind /dev "$tree/dev" && mount --bind "$repository" "$tree/mnt" || exit 125
    exec chroot "$tree" env -i HOME=/srv LANG=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive \
      PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"' in_tree "$tree" "$PWD" "$@" </dev/null
}

# install_in NAME PACKAGE...: what people have who have nothing of ours.
install_in() {
  local name=$1
  shift
  in_tree "$name" apt-get -q -y install --no-install-recommends "$@" >>"build/systems/$name.log" 2>&1
}

# make_tree NAME: unless it is there. Fails where the system's packages can't be had.
make_tree() {
  local name=$1 tree=$trees/$1 suite script keyring arguments=(--variant=minbase)
  if [[ -e $tree/complete ]]; then return; fi
  read -r suite script < <(tree_table | sed -n "s/^$name  *//p") || die "there is no system '$name'"
  mkdir -p "$tree" build/systems
  say "making $name in $tree"
  if [[ $name == ubuntu-* ]]; then
    arguments+=("--components=main,universe")
    keyring=usr/share/keyrings/ubuntu-archive-keyring.gpg
    if [[ ! -e /$keyring ]]; then  # Debian 12 has no package of it
      make_tree debian-13 && install_in debian-13 ubuntu-archive-keyring || return
      arguments+=(--keyring="$trees/debian-13/$keyring")
    fi
  fi
  debootstrap "${arguments[@]}" "$suite" "$tree" "" ${script:+"$script"} >"build/systems/$name.log" 2>&1 || return
  # Proxies are this machine's; a mirror that lags behind will do for a system that is thrown away.
  { apt-config dump | grep -E '^Acquire::(http|https|ftp)::' || true; } >"$tree/etc/apt/apt.conf.d/90machine"
  echo 'Acquire::Check-Valid-Until "false";' >>"$tree/etc/apt/apt.conf.d/90machine"
  in_tree "$name" apt-get -q update >>"build/systems/$name.log" 2>&1 && install_in "$name" git ca-certificates || return
  touch "$tree/complete"
}

# copy_tree NAME COPY: a copy of that system, as it is without us; it stays, to be looked at.
copy_tree() {
  rm -rf "${trees:?}/$2"
  cp -a --reflink=auto "$trees/$1" "$trees/$2"
}
