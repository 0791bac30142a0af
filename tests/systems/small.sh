#!/usr/bin/env bash
# tests/systems/small.sh: a fresh clone builds and runs the demo with one core, 2 GB of memory and no compiler cache. Needs
# root, to set the limit; the packages are there already. Takes twenty minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
limit=$((2 << 30)) group=tinymlp-small root=/sys/fs/cgroup

if [[ -e $root/cgroup.controllers ]]; then
  folder=$root/$group limit_file=memory.max peak_file=memory.peak
else
  folder=$root/memory/$group limit_file=memory.limit_in_bytes peak_file=memory.max_usage_in_bytes
fi
mkdir -p "$folder"
trap 'rmdir "$folder"' EXIT
echo "$limit" >"$folder/$limit_file"
if [[ -e $folder/memory.swap.max ]]; then echo 0 >"$folder/memory.swap.max"; fi

clone=build/systems/small
rm -rf "$clone"
git clone -q . "$clone"
status=0
(
  echo "$BASHPID" >"$folder/cgroup.procs"
  cd "$clone"
  CCACHE_DISABLE=1 exec taskset -c 0 ./dev demo
) || status=$?
echo "small: status $status, $SECONDS s, $(($(cat "$folder/$peak_file") >> 20)) MiB at most with what was read and written"
exit "$status"
