# make run    install, build and start the service on 127.0.0.1:${PORT:-8080}
# make test   install, check and test everything (TypeScript and Python)
# make clean-data   run data-cleaning over SHARED/corpus into .work/clean
# make bundle       the whole recipe of distill/, PRESET=cpu|gpu|base|smoke, into BUNDLE
# make bench        figures of the runtime into docs/results (on a quiet machine, about 15 minutes)
# make evaluate     answers of the shipped bundle on SPLIT (dev or test), measured, into docs/results (docs/evaluation.md)

# The install script of onnxruntime-node fetches a GPU library; the CPU library is in the package.
export ONNXRUNTIME_NODE_INSTALL = skip

NPM_STAMP = node_modules/.installed
PIP_STAMP = .venv/.installed
BUILT = dist/.built
SOURCES = $(shell find documents data-cleaning evaluation model server cli client -name '*.ts')
PAGES = $(shell find web component -type f)

.PHONY: run build check test fuzz install clean clean-data evaluate bench bundle gate gate-confidence

SHARED ?= ../shared
CLEAN ?= .work/clean
SPLIT ?= dev
ANSWERS = .work/answers/$(SPLIT)

run: $(BUILT)
	@exec node dist/cli/main.js serve

build: $(BUILT)

install: $(NPM_STAMP) $(PIP_STAMP)

test: install check
	npx vitest run
	OMP_NUM_THREADS=2 .venv/bin/python -m pytest -q distill/tests
	$(MAKE) fuzz

# Requests generated from the OpenAPI document; EXAMPLES=5000 makes some 100,000 of them.
fuzz: $(BUILT) .venv-fuzz/.installed
	node test/fuzz/run.mjs

bench: install
	npm run -s bench

check: install
	npm run -s check
	.venv/bin/ruff check distill
	.venv/bin/ruff format --check distill

$(NPM_STAMP): package-lock.json
	npm ci --include=dev --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): $(NPM_STAMP) $(SOURCES) $(PAGES) package.json tsconfig.json tsconfig.build.json
	npm run -s build
	@touch $@

# torch goes first and by its exact number: that is the CPU build.
$(PIP_STAMP): distill/pyproject.toml
	test -x .venv/bin/python || python3 -m venv .venv
	.venv/bin/pip install -q torch==2.13.0
	.venv/bin/pip install -q -e 'distill[test]'
	@touch $@

clean-data: $(BUILT)
	node dist/data-cleaning/main.js run $(SHARED)/corpus --annotated $(SHARED)/annotated --out $(CLEAN)

# SETS: further folders with documents.ndjson (rows with "suitable": false and a kind), answered likewise.
evaluate: $(BUILT) $(PIP_STAMP)
	mkdir -p $(ANSWERS)
	.venv/bin/python -m distill documents --raw $(SHARED)/corpus --annotated $(SHARED)/annotated \
	  --split $(SPLIT) --all --out $(ANSWERS)/documents.ndjson
	for folder in $(ANSWERS) $(SETS); do for length in short medium; do \
	  node dist/cli/main.js batch $$folder/documents.ndjson --length $$length \
	    --out $$folder/$$length.ndjson || exit 1; done; done
	.venv/bin/python -m distill score --data $(CLEAN) --split $(SPLIT) \
	  --short $(ANSWERS)/short.ndjson --medium $(ANSWERS)/medium.ndjson --out docs/results/rouge-$(SPLIT).json
	node dist/evaluation/main.js $(ANSWERS) $(SETS) --split $(SPLIT) $(if $(TEACHER),--teacher $(TEACHER))

# PRESET: smoke, cpu, gpu or base; WORK: checkpoints and logs. Finished stages are skipped.
PRESET ?= cpu
WORK ?= .work/$(PRESET)
BUNDLE ?= model/bundle

bundle: $(BUILT) $(PIP_STAMP)
	test -f $(CLEAN)/clean.jsonl.zst || $(MAKE) clean-data
	.venv/bin/python -m distill recipe --preset $(PRESET) --data $(CLEAN) --work $(WORK) --bundle $(BUNDLE)

# Fits the gate of BUNDLE on its encoder (docs/gate.md); then, once suggestions were judged, its confidence.
GATE = .work/gate-fit
PRECISION ?= 0.85
gate: $(BUILT) $(PIP_STAMP)
	.venv/bin/python -m distill.gate rows --work $(GATE) --raw $(SHARED)/corpus --annotated $(SHARED)/annotated
	OMP_NUM_THREADS=1 node dist/model/features.js $(BUNDLE) < $(GATE)/rows.ndjson > $(GATE)/features.part
	mv $(GATE)/features.part $(GATE)/features.ndjson
	.venv/bin/python -m distill.gate suitability --work $(GATE) --bundle $(BUNDLE) --out docs/results/suitability.json

gate-confidence: $(PIP_STAMP)
	.venv/bin/python -m distill.gate confidence --bundle $(BUNDLE) --judged $(JUDGED) --precision $(PRECISION) \
	  $(if $(ANSWERED),--answers $(ANSWERED)) --out docs/results/confidence.json

# An environment of its own: schemathesis brings plugins for pytest.
.venv-fuzz/.installed:
	python3 -m venv .venv-fuzz
	.venv-fuzz/bin/pip install -q schemathesis==4.32.5
	@touch $@

clean:
	rm -rf dist node_modules .venv .venv-fuzz
