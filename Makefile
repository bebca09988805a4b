# Every target works from a fresh clone, makes what it needs, and is quick the second time.
# Changed by PORT=, HOST=, ONLY=, PYTHON=; see `make help`.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
LOCAL := $(PY) -m cre.local
INSTALLED := $(VENV)/installed

export HOST PORT ONLY

.PHONY: help demo test proof check promises bench stop clean venv lock messages pictures
.DEFAULT_GOAL := help

help:
	@echo "make demo      the whole product at http://127.0.0.1:8000 (PORT= and HOST= change it); Ctrl-C ends it"
	@echo "make stop      end a demo that runs elsewhere"
	@echo "make test      all tests on real servers (ARGS= goes to pytest)"
	@echo "make proof     the same with many more random worlds and inputs, then every check taken away once"
	@echo "make check     format, lint, types, import contracts, migrations, settings, templates, catalogues"
	@echo "make promises  which promises of the platform are held by tests"
	@echo "make bench     figures, one JSON object a line (ONLY=name for one)"
	@echo "make pictures  take the pictures of the README anew from a running demo"
	@echo "make messages  collect new sentences for the translators"
	@echo "make lock      write requirements/*.txt anew (UPGRADE=1 for newer versions)"
	@echo "make clean     stop everything and remove what was made here"

venv: $(INSTALLED)

$(INSTALLED): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed and $(PYTHON) is not it. Install it, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the locked requirements into $(VENV) …" >&2
	@$(PY) -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(INSTALLED)
	@$(LOCAL) demo

stop:
	@if [ -x $(PY) ]; then $(LOCAL) stop; else echo "Nothing of this clone was ever started."; fi

test: $(INSTALLED)
	@$(LOCAL) test -n 2 --maxschedchunk 4 $(ARGS)

proof: $(INSTALLED)
	@PROOF=1 $(LOCAL) test -n 2 --maxschedchunk 4 $(ARGS)
	@$(LOCAL) run test -- $(PY) -m tests.mutants

check: $(INSTALLED)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()"
	$(LOCAL) run dev -- $(PY) manage.py makemigrations --check --dry-run
	$(LOCAL) run dev -- env -u DEBUG ALLOWED_HOSTS=exchange.example.org $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m djlint --quiet --lint templates
	$(LOCAL) run dev -- $(PY) manage.py field_classes --check
	$(LOCAL) run dev -- $(PY) manage.py check_catalogues

promises: $(INSTALLED)
	@$(LOCAL) run test -- $(PY) -m tests.promises

bench: $(INSTALLED)
	@$(LOCAL) run bench -- $(PY) -m tests.bench

pictures: $(INSTALLED)
	@$(PY) -m tests.browser.pictures http://127.0.0.1:$${PORT:-8000}

messages: $(INSTALLED)
	@command -v xgettext >/dev/null || { echo "xgettext is missing. On Debian: apt-get install gettext" >&2; exit 1; }
	@$(LOCAL) run dev -- $(PY) manage.py makemessages --all --no-location --no-wrap \
	  --ignore '.venv/*' --ignore '.data/*' --ignore 'tests/*'

lock: $(INSTALLED)
	@for name in base embedded dev; do \
	  $(PY) -m uv pip compile --quiet $(if $(UPGRADE),--upgrade) --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --universal --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt && \
	  sed -i "1i # Locked by \`make lock\` from $$name.in; do not edit." requirements/$$name.txt || exit 1; \
	done

clean:
	@if [ -x $(PY) ]; then $(LOCAL) clean; fi
	@rm -rf $(VENV) .data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
