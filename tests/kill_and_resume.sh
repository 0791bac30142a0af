#!/usr/bin/env bash
# tests/kill_and_resume.sh TINYMLP [KILLS]: trains, and kills the program with SIGKILL again and again, at random moments
# of its start, its work and its writing; it goes on each time. At the end the run must be, byte for byte, the one that
# nobody killed. RANDOM_SEED=N repeats the moments of an earlier call.
set -euo pipefail
program=$(realpath "$1")
kills=${2:-60}
RANDOM=${RANDOM_SEED:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

fail() {
  echo "kill_and_resume: $*" >&2
  exit 1
}

# A checkpoint every few milliseconds, so that many kills strike while one is written.
settings=(--data spiral --samples 400 --hidden 40 --momentum 0.9 --validation-fraction 0.2 --patience 1000000
  --epochs 6000 --seed 3 --checkpoint-seconds 0.005 --threads 1)
"$program" train --quiet "${settings[@]}" --out whole >/dev/null

unfinished=0
for ((killed = 0; killed < kills; ++killed)); do
  if [[ -e run/run.json ]]; then
    "$program" train --quiet --resume run >out 2>err &
  else
    "$program" train --quiet "${settings[@]}" --out run --force >out 2>err &
  fi
  process=$!
  sleep "$(printf '0.%03d' $((RANDOM % 120)))"
  kill -KILL "$process" 2>/dev/null || true
  status=0
  wait "$process" 2>/dev/null || status=$?
  case $status in
    137) ;;
    0) break ;; # it was faster
    *) fail "exit status $status after $killed kills: $(cat err)" ;;
  esac
  if compgen -G 'run/.tinymlp-*' >/dev/null || compgen -G 'run/checkpoint/.tinymlp-*' >/dev/null; then
    unfinished=$((unfinished + 1))
  fi
done
"$program" train --quiet --resume run >/dev/null || fail "the run does not go on after $killed kills"

cmp run/model.safetensors whole/model.safetensors || fail "another model after $killed kills"
cmp <(sed 's/,[^,]*$//' run/metrics.csv) <(sed 's/,[^,]*$//' whole/metrics.csv) || fail "other metrics"
if compgen -G 'run/.tinymlp-*' >/dev/null || compgen -G 'run/checkpoint/.tinymlp-*' >/dev/null; then
  fail "a partial file is left"
fi
echo "$killed kills, $unfinished of them within the writing of a file: the same run"
