# Shared by the scripts in this folder; sourced, never run.
# shellcheck shell=bash

repo="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
state="$repo/.local"                # everything the scripts install or write; git-ignored
uv="$state/tools/bin/uv"
test_env="$state/test"              # Home Assistant as pinned by the test kit
newest_env="$state/newest"          # newest Home Assistant: demo and end-to-end tests

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
