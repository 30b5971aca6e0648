# Every target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo test lint bench export gen clean
help:  ## Lists the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(STAMP): pyproject.toml constraints.txt
	@sh .ci/gl
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP)  ## Draws looks on two public-domain portraits into out/
	$(BIN)/python -m benchmarks.demo out

lint: $(STAMP)  ## ruff, mypy, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# A thread a process: on two cores more of them only wait for each other.
test: lint  ## Everything that must hold
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

bench: $(STAMP)  ## Prints and stores every published figure
	$(BIN)/python -m benchmarks.frame
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.light
	$(BIN)/python -m benchmarks.parse
	$(BIN)/python -m benchmarks.hair
	$(BIN)/python -m benchmarks.hair_reading
	$(BIN)/python -m benchmarks.inverse
	$(BIN)/python -m benchmarks.export

export: $(STAMP)  ## Exports every network to ONNX, Core ML and TFLite, measures each file, writes the device bundle
	$(BIN)/prink-export models --out out/artifacts; red=$$?; \
	$(BIN)/prink-export bundle --models out/artifacts --out out/prink.bundle --zip && exit $$red

gen: $(STAMP)  ## Writes the generated files (shaders, mesh, parameter table)
	$(BIN)/prink-export gen

clean:  ## Removes what the other targets made
	rm -rf $(VENV) out dist
