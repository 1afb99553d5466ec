# Needs make and Python 3.11 or newer with venv; everything else is installed into .venv.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input

# A stamp carries the checksum of what it stands for, so that a change installs again.
stamp = $(VENV)/.$(1)-$(shell cksum < $(1) | cut -d' ' -f1)
RUNTIME := $(call stamp,requirements.txt)
DEVELOPMENT := $(call stamp,requirements-dev.txt)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard intake/translations/*/LC_MESSAGES/*.po))
TEMPLATE := $(VENV)/messages.pot
SHARED := --numprocesses 3 --dist worksteal # two cores, and some of it is waiting
# Tests write gigabytes that nobody needs afterwards: into memory, where there is plenty of it.
ROOM = $$(df -k --output=avail /dev/shm 2>/dev/null | tail -1)
SCRATCH := $(shell [ "$(ROOM)" -gt 8000000 ] 2>/dev/null && \
	! grep -q '/dev/shm .*noexec' /proc/mounts && echo env TMPDIR=/dev/shm)

# Commands start by the hundred, and half of a start is compiling where nothing may be kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo test coverage check bench proof audit clean

run: $(RUNTIME) $(CATALOGUES)
	@exec $(BIN)/intake run

demo: $(RUNTIME) $(CATALOGUES)
	@exec $(BIN)/intake demo

test: $(DEVELOPMENT) $(CATALOGUES)
	$(SCRATCH) $(BIN)/pytest $(SHARED)

coverage: $(DEVELOPMENT) $(CATALOGUES) # the same tests, half as fast again
	$(BIN)/coverage erase
	$(SCRATCH) $(BIN)/coverage run -m pytest $(SHARED)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(DEVELOPMENT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/djlint templates --lint
	$(BIN)/pybabel --quiet extract --no-location --mapping pyproject.toml --output-file $(TEMPLATE) .
	@set -e; for locale in ru kk; do \
		$(BIN)/pybabel --quiet update --check --ignore-pot-creation-date \
			--input-file $(TEMPLATE) --output-dir intake/translations --locale $$locale; \
	done

bench: $(DEVELOPMENT) $(CATALOGUES)
	$(BIN)/python -m tests.bench

proof: $(DEVELOPMENT) $(CATALOGUES)
	$(SCRATCH) $(BIN)/pytest tests/proof tests/case/test_histories.py tests/web/test_random_journeys.py --proof=long $(SHARED)

audit: $(DEVELOPMENT)
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements-dev.txt

clean: # everything that was made here, but never instance/
	rm -rf $(VENV) dist build .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find intake tests -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The checkout itself is put on the path, with the command that a wheel would install.
$(RUNTIME): | $(BIN)/python
	$(PIP) install --require-hashes --only-binary :all: --requirement requirements.txt
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/checkout.pth"
	@printf '%s\n' '#!$(CURDIR)/$(BIN)/python' 'from intake.cli import main' 'main()' > $(BIN)/intake
	@chmod +x $(BIN)/intake
	@touch $@

$(DEVELOPMENT): $(RUNTIME)
	$(PIP) install --require-hashes --only-binary :all: --requirement requirements-dev.txt
	@touch $@

%.mo: %.po $(RUNTIME)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@.new
	@mv $@.new $@ # whole or not at all, for who reads it now
