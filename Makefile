# Everything a developer runs. Each target sets up .venv by itself.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
RUN := .venv/bin/python -m

.PHONY: demo test check format lint types contracts train lock clean
.DEFAULT_GOAL := test

.venv/.ready: constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 (with venv) is needed"; exit 1; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv ..."
	@.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints.txt
	@.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/.ready
	@exec $(RUN) bot demo $(if $(AS),--as $(AS))

test: .venv/.ready contracts
	$(RUN) pytest

check: .venv/.ready
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	@$(MAKE) --no-print-directory test

format: .venv/.ready
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

contracts: .venv/.ready
	.venv/bin/lint-imports

train: .venv/.ready
	$(RUN) dialogs.language.training

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o constraints.txt

clean:
	rm -rf .venv .demo
