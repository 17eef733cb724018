# make            set everything up, build the bundled dataset into out/ and print who carries most
# make test       all checks and tests but the slow ones
# make test-all   all tests
# make bench      documents read and extracted per second; CORPUS=folder for documents of your own
# make data       write data/plans anew from the documents in CORPUS=folder, and what the docs take from it
# make docs       write what docs/ and the READMEs take from the code anew
# make site       write the documentation site of the ontology into dist/site
# make picture    draw docs/view.png anew, with Chromium
# make lock       write requirements.lock anew, with the newest versions that pyproject.toml allows
# make clean      remove what the others made

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
READY := .venv/ready
CORPUS ?= $(KG_CORPUS)
CHROMIUM ?= chromium

.PHONY: all test test-all bench data docs site picture lock clean

all: $(READY)
	@$(BIN)/kg build -o out

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is needed: install it, or name it with PYTHON=…" >&2; exit 1; }
	@echo "setting up .venv with $(PYTHON)"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --editable .
	@test -f visualize/query/dist/page.js || echo "note: npm's registry was not reached, so the query page of kg serve is a plain text box; make clean all tries again"
	@touch $@

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -rs -m "not slow"

test-all: $(READY)
	$(BIN)/pytest -n auto -rs

bench: $(READY)
	@KG_CORPUS="$(CORPUS)" $(BIN)/python benchmarks/extract.py

data: $(READY)
	@test -d "$(CORPUS)" || { echo "make: name the folder of the documents: make data CORPUS=folder" >&2; exit 1; }
	@rm -rf data/plans.new
	@$(BIN)/kg extract --facts-only -o data/plans.new "$(CORPUS)"
	@rm -rf data/plans && mv data/plans.new data/plans
	@$(MAKE) --no-print-directory docs

docs: $(READY)
	@$(BIN)/python docs/generate.py

site: $(READY)
	@$(BIN)/kg docs -o dist/site

picture: $(READY)
	@scratch=$$(mktemp -d) && $(BIN)/kg view 民政 -o $$scratch/view.html && \
	$(CHROMIUM) --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --user-data-dir=$$scratch/profile \
		--hide-scrollbars --window-size=1400,900 --virtual-time-budget=3000 --screenshot=docs/view.png file://$$scratch/view.html; \
	rm -rf $$scratch

lock: $(READY)
	@$(BIN)/pip install -qq --disable-pip-version-check uv
	@echo '# The versions that `make` installs, with the hashes of their files; `make lock` writes this file anew.' > requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --quiet >> requirements.lock

clean:
	rm -rf .venv out dist .mypy_cache .pytest_cache .ruff_cache .hypothesis visualize/query/dist visualize/query/node_modules
