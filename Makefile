# Every chore in one place. `make run` and `make test` need only Python 3.11+, git and make.
VENV := .venv
UV := .uv/bin/uv
READY := $(VENV)/.ready
# Trust the certificates this machine trusts, so that a company proxy does not break the set-up.
export UV_SYSTEM_CERTS := 1
export UV_PROJECT_ENVIRONMENT := $(VENV)
# The matrices of an answer are small: more threads cost more than they save.
export OPENBLAS_NUM_THREADS := 1

.PHONY: setup run test lint types check bench clean

setup: $(READY)

$(UV):
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.9"

$(READY): pyproject.toml uv.lock | $(UV)
	$(UV) sync --quiet --locked
	@touch $@

run: $(READY)
	@$(VENV)/bin/citebot run

test: $(READY)
	$(VENV)/bin/pytest

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(READY)
	$(VENV)/bin/mypy

check: lint types test

bench: $(READY)
	$(UV) sync --quiet --locked --group bench
	$(VENV)/bin/python -m bench

clean:
	rm -rf $(VENV) .uv .mypy_cache .pytest_cache .ruff_cache .hypothesis
