#!/bin/sh
# Reads N mutated files of each format (10,000 unless told otherwise) and prints what became of them:
#   bench/mutated-files.sh [N]
set -eu
cd "$(dirname "$0")/.."
MUTATED_FILES=${1:-10000} exec npx vitest run test/documents/fuzz.test.ts --disable-console-intercept
