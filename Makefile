# Órdenes de Calpulli. Hacen falta Python 3.11 o posterior, git y make; lo demás lo trae ops/bootstrap.py a esta carpeta.
# Variables: PORT, DATABASE_URL, CALPULLI_STATE, PYTHON (el intérprete que se usará).

PYTHON ?= python3
N ?= 60
J ?= 2
name ?=
over ?=
of ?=
# El intérprete de arranque; bootstrap.py busca otro si este es anterior a 3.11.
START := $(shell for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do command -v $$p && break; done)
BOOTSTRAP = $(if $(START),$(START) ops/bootstrap.py,echo "Falta Python 3.11 o posterior: instálelo y repita la orden." && false)
RUN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: demo stop test test-all check bench fuzz fuzz-formulas package messages requirements clean help setup setup-dev setup-browser

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: setup ## prepara todo, siembra la demostración y la sirve en 127.0.0.1 (PORT=8000)
	@.venv/bin/calpulli demo

stop: ## detiene el sitio y la base de datos
	@if [ -x .venv/bin/calpulli ]; then .venv/bin/calpulli stop; else echo "No hay nada en marcha."; fi

test: setup-dev ## pruebas sin navegador ni tamaños grandes (5 minutos o menos); de un paquete: make test of=planning
	@$(RUN) -m pytest -m "not browser and not slow" $(if $(of),tests/$(of))

test-all: setup-browser ## todas las pruebas: navegador, tamaños generados, interrupciones (J=2 procesos a la vez)
	@$(RUN) -m pytest -n $(J) --dist loadfile

check: setup-dev ## formato, tipos, contratos, migraciones, traducciones y documentos
	@$(RUN) ops/check.py

bench: setup-dev ## mediciones; escribe build/bench.json
	@$(RUN) tests/bench/run.py

fuzz: setup-dev ## paquetes alterados al azar contra el verificador, durante N segundos (N=60)
	@$(RUN) tests/fuzz/run.py --seconds $(N)

fuzz-formulas: setup-dev ## fórmulas al azar contra los tres programas que las calculan, durante N segundos (N=60)
	@$(RUN) tests/fuzz/formulas.py --seconds $(N)

package: setup-dev ## crea un paquete nuevo: make package name=territory over=people
	@$(RUN) ops/package.py "$(name)" "$(over)"

messages: setup-dev ## escribe src/calpulli/locale/django.pot, la lista de textos por traducir
	@$(RUN) ops/translations.py extract

requirements: setup-dev ## vuelve a fijar requirements/*.txt a partir de *.in
	@$(RUN) ops/lock.py

clean: stop ## borra lo que se construyó (entorno, herramientas, salidas); los datos quedan, salvo con DATA=1
	@if [ "$(DATA)" = 1 ] && [ -x .venv/bin/calpulli ]; then .venv/bin/calpulli erase; fi
	@rm -rf .venv .tools build node_modules .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
	@find src tests ops -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

setup:
	@$(BOOTSTRAP) site

setup-dev:
	@$(BOOTSTRAP) dev

setup-browser:
	@$(BOOTSTRAP) browser
