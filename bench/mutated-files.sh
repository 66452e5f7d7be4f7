#!/bin/sh
# Reads mutated files of each format (10,000 unless told otherwise) and writes what became of them into
# docs/results/mutated-files.json; goes on where it stopped. DIST builds elsewhere than into dist/.
#   bench/mutated-files.sh [--count N] [--formats docx,pdf] [--out FILE] [--fresh]
set -eu
cd "$(dirname "$0")/.."
dist=${DIST:-dist}
npx tsc -p bench/tsconfig.json --outDir "$dist" --tsBuildInfoFile "$dist/.bench.tsbuildinfo"
exec nice -n 10 node "$dist/bench/mutated-files.js" "$@"
