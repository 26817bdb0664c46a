# Everything a developer runs. Each target sets up .venv by itself.
# make knows AS as the assembler; here it is who you are in the demo, when you say so.
AS :=
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
RUN := .venv/bin/python -m

.PHONY: demo test check format lint types contracts bench fuzz soak kill races train lock clean
.DEFAULT_GOAL := test

.venv/.ready: constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 (with venv) is needed"; exit 1; }
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "Setting up .venv ..."
	@.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints.txt
	@.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/.ready
	@exec $(RUN) bot demo $(if $(AS),--as $(AS))

# Three processes at once: a third of the time goes to waiting. The tests of one module stay together.
# Without bytecode each process would compile all of them again.
test: export PYTHONDONTWRITEBYTECODE :=
test: .venv/.ready contracts
	$(RUN) pytest -n 3 --dist loadfile --no-loadscope-reorder

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

bench: .venv/.ready
	$(RUN) tests.bench.edge
	OMP_NUM_THREADS=1 PYTHONPATH=. .venv/bin/python tests/bench/understanding.py
	$(RUN) tests.bench.identifying
	$(RUN) tests.bench.announcing
	$(RUN) tests.bench.sharing
	$(RUN) tests.bench.registering
	$(RUN) tests.bench.composing
	$(RUN) tests.bench.polling
	$(RUN) tests.bench.searching
	$(RUN) tests.bench.reading

fuzz: .venv/.ready
	$(RUN) tests.fuzz.run

soak: .venv/.ready
	$(RUN) tests.bench.soak
	$(RUN) tests.storage.seat_machine
	BOT_ARCHIVE=10000 $(RUN) pytest -q tests/storage/test_scale.py
	BOT_REPORT_ACTS=2000 $(RUN) pytest -q -s tests/storage/test_report_machine.py
	BOT_SUMMARIES=60 BOT_KILLS=12 $(RUN) pytest -q -s tests/bot/test_summary_kills.py
	BOT_VOTERS=1000 BOT_ACTS=2 BOT_KILLS=12 $(RUN) pytest -q -s tests/bot/test_poll_kills.py

kill: .venv/.ready
	BOT_KILL_NOTICES=300 BOT_KILLS=24 $(RUN) pytest tests/bot/test_outbox_kills.py -s

races: .venv/.ready
	$(RUN) tests.bench.races

train: .venv/.ready
	$(RUN) dialogs.language.training

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o constraints.txt

clean:
	rm -rf .venv .demo
