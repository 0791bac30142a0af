#!/usr/bin/env bash
# tests/mutations/copy_sources.sh FOLDER: makes FOLDER a copy of the sources as they are. Only changed files are copied, so that
# what was built there before is still good; what is below FOLDER/build stays.
set -euo pipefail
cd "$(dirname "$0")/../.."
copy=$1
mkdir -p "$copy"
files=$(mktemp)
trap 'rm "$files"' EXIT

git ls-files --cached --others --exclude-standard | sort >"$files"
while read -r file; do
  if [[ -f $file ]] && ! cmp -s "$file" "$copy/$file"; then
    mkdir -p "$copy/$(dirname "$file")"
    cp "$file" "$copy/$file"
  fi
done <"$files"
(cd "$copy" && find . -path ./build -prune -o -type f -printf '%P\n' | sort | comm -13 "$files" - | xargs -r -d '\n' rm)
