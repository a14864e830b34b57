# What people do daily.  `make brief` and `make test` need Python 3.11 or later and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
EXAMPLE := examples/2022-11-15
BRIEF := build/brief-2022-11-15
# The archive of the examples: they are no days of a desk.
OWN := BRIEFING_PATHS_ARCHIVE=$(CURDIR)/build/archive.sqlite3

.PHONY: brief test eval bench lint types format docs train clean

brief: $(READY)  ## environment, install, and a brief of the example day
	@mkdir -p build
	$(OWN) $(BIN)/briefing daily $(EXAMPLE) --date 2022-11-15 -o $(BRIEF).md -o $(BRIEF).html
	@echo "The same brief as a page: $(CURDIR)/$(BRIEF).html"
	@echo "$(CURDIR)/$(BRIEF).md"

test: lint types  ## everything that CI runs
	$(BIN)/briefing models fetch smollm2
	OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile
	$(BIN)/python -m evals gate

# DATA=folder adds what cannot be shipped (docs/evaluation.md).
eval: $(DEV)  ## refuses a drop of what summaries, slots and stories score
	$(BIN)/python -m evals gate $(if $(DATA),--data $(DATA))

bench: $(BENCH)  ## the default summariser beside others: docs/benchmark.md and its picture
	$(BIN)/briefing models fetch smollm2
	$(BIN)/python -m bench $(if $(DATA),--data $(DATA))

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(DEV)
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY)  ## the reference of commands and the picture in the README
	$(BIN)/python docs/reference.py > docs/cli.md
	$(OWN) $(BIN)/briefing daily $(EXAMPLE) --date 2022-11-15 -o build/picture.html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir=build/chromium \
	  --window-size=1120,1180 --screenshot=docs/brief.png build/picture.html

train: $(DEV)  ## the default model anew, from ARTICLES=file.jsonl[.xz] with a text and a summary a line
	$(BIN)/python -m training $(ARTICLES) --work build/training

clean:
	rm -rf build dist $(VENV)

# torch from here is the build without GPU libraries; any other pulls gigabytes.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(DEV): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	@touch $@

# Only `make bench` needs what we compare with.
$(BENCH): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group bench
	@touch $@
