# make run    install, build and start the service on 127.0.0.1:${PORT:-8080}
# make test   install, check and test everything (TypeScript and Python)

# The install script of onnxruntime-node fetches a GPU library; the CPU library is in the package.
export ONNXRUNTIME_NODE_INSTALL = skip

NPM_STAMP = node_modules/.installed
PIP_STAMP = .venv/.installed
BUILT = dist/.built
SOURCES = $(shell find documents data-cleaning model server cli -name '*.ts')

.PHONY: run build check test install clean

run: $(BUILT)
	@exec node dist/cli/main.js serve

build: $(BUILT)

install: $(NPM_STAMP) $(PIP_STAMP)

test: install check
	npx vitest run
	OMP_NUM_THREADS=2 .venv/bin/python -m pytest -q distill/tests

check: install
	npm run -s check
	.venv/bin/ruff check distill
	.venv/bin/ruff format --check distill

$(NPM_STAMP): package-lock.json
	npm ci --include=dev --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): $(NPM_STAMP) $(SOURCES) package.json tsconfig.json tsconfig.build.json
	npm run -s build
	@touch $@

# torch goes first and by its exact number: that is the CPU build.
$(PIP_STAMP): distill/pyproject.toml
	test -x .venv/bin/python || python3 -m venv .venv
	.venv/bin/pip install -q torch==2.13.0
	.venv/bin/pip install -q -e 'distill[test]'
	@touch $@

clean:
	rm -rf dist node_modules .venv
