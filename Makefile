# The only commands of the course. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help lab test test-fast coverage venv lint lock notebooks compare real twice exercises nbgrader grade bundle mutants hostile fuzz bench-grader stops bench bench-backends bench-mnist bench-kills bench-production bench-widgets bench-panorama bench-sensitivity bench-seeds bench-automl bench-nas bench-decks bank bank-check test-colab picture site slides badges question-bank clean

PORT ?= 8888
LAB_IP ?= localhost
JOBS ?= 1
ROWS ?= 4
OUT ?= notas
RUN := .venv/bin/python
export PYTHON

##@ Everybody
help:  ## list the commands
	@awk -F ':.*## ' '/^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Students
lab: .venv/.lab  ## open the course in JupyterLab (PORT=8888); without a screen it prints the address
	@$(RUN) tools/open_lab.py --port $(PORT) --ip $(LAB_IP)

test: .venv/.test  ## run every test, with the data that come with the course and no network
	$(RUN) -m pytest --durations=20

venv: .venv/.lab  ## make .venv with the packages of requirements.txt (PYTHON=... to choose one)

##@ Instructors
bundle: .venv/.lab  ## pack what students get, without solutions: build/curso.zip
	@$(RUN) -m tools.bundle

site: .site/.ready  ## build the course's site, to be read offline or published: build/site/
	@.site/bin/python tools/site/build.py build/site

slides: .slides/.ready  ## build slides of each lesson's core path, to be shown offline: build/slides/
	@$(RUN) -m tools.slides.build build/slides

badges: $(if $(REPO),.venv/.lab)  ## point the Colab links at a repository: make badges REPO=owner/name
	@test -n "$(REPO)" || { echo "Which repository? make badges REPO=owner/name" >&2; exit 2; }
	$(RUN) -m tools.badges $(REPO)

question-bank: .venv/.lab  ## write the questions of instructor/preguntas as Moodle XML and GIFT: build/preguntas/
	@$(RUN) -m tools.question_bank

exercises: .venv/.test  ## run the solutions and make the exercises from them
	$(RUN) -m tools.make_exercises

##@ Graders
grade: $(if $(SUBMISSIONS),.venv/.lab)  ## mark a folder of submissions: make grade SUBMISSIONS=folder [DRY=1] [OUT=notas] [EXERCISE="02 03"] [EXCEL=es] [SHEET=moodle.csv] [EXTRA=--sin-aislamiento]
	@test -n "$(SUBMISSIONS)" || { echo "Which submissions? make grade SUBMISSIONS=folder, or the platform's zip (exercises/grading.md)" >&2; exit 2; }
	@$(RUN) -m course_utils.grading "$(SUBMISSIONS)" --out "$(OUT)" $(if $(SEED),--seed $(SEED)) $(if $(EXERCISE),--exercise $(EXERCISE)) $(if $(DRY),--dry-run) $(if $(EXCEL),--excel $(EXCEL)) $(if $(SHEET),--sheet "$(SHEET)") $(EXTRA)

nbgrader: .venv/.test .nbgrader/.ready  ## grade all exercises and solutions with stock nbgrader
	NBGRADER_ALL=1 $(RUN) -m pytest tests/grader/test_nbgrader.py

mutants: .venv/.test  ## try every question's right and wrong answers under many seeds (QUESTIONS="breed evolve")
	$(RUN) -m benchmarks.mutants $(QUESTIONS)
	$(RUN) -m tools.write_tables

hostile: .venv/.lab  ## grade every odd and hostile submission, and all solutions and blank exercises (CASES="bucle 12": these cases, and the solution of lesson 12)
	$(RUN) -m benchmarks.hostile $(CASES)
	$(RUN) -m tools.write_tables

fuzz: .venv/.lab  ## read, name and show 12 000 damaged notebooks, zips and names
	$(RUN) -m benchmarks.fuzz

bench-grader: .venv/.lab  ## grade 200 submissions, kill it half-way, go on, compare
	$(RUN) -m benchmarks.grader
	$(RUN) -m tools.write_tables

##@ Maintainers: the code
test-fast: .venv/.test  ## run what needs no notebook, browser, sandbox or training (under two minutes)
	$(RUN) -m pytest tests -m "not browser and not slow" --durations=20

coverage: .venv/.test  ## print which share of course_utils' lines and branches test-fast runs
	$(RUN) -m coverage run -m pytest tests -m "not browser and not slow" -q
	$(RUN) -m coverage combine --quiet
	$(RUN) -m coverage report

lint: .venv/.test  ## check style, types and the order of imports
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	.venv/bin/lint-imports --no-logo --no-cache

lock: .venv/.test  ## compile requirements.txt and tests/requirements.txt anew from pyproject.toml
	sh tools/lock.sh

test-colab: .venv/.test  ## run the lessons and exercises in Colab's package versions (COLAB="--half 0")
	$(RUN) -m tools.run_colab $(COLAB)

clean:  ## remove the environment and caches; downloads in datasets/cache stay
	rm -rf .venv .nbgrader .site .slides .pytest_cache .mypy_cache .ruff_cache .coverage* build *.egg-info

##@ Maintainers: the lessons
notebooks: .venv/.lab  ## run all lessons, store their outputs and measured times
	$(RUN) -m tools.run_notebooks
	$(RUN) -m tools.run_notebooks --budget rapido --data embedded --compare none --record
	$(RUN) -m tools.write_tables

compare: .venv/.lab  ## run all lessons again and fail if an output differs from the stored one
	$(RUN) -m tools.run_notebooks --compare stored

real: .venv/.lab  ## run all lessons in the class budget, on real data where they are found
	$(RUN) -m tools.run_notebooks --data auto --compare none

twice: .venv/.lab  ## run all lessons twice in the class budget and compare the two runs (35 minutes)
	$(RUN) -m tools.run_notebooks --data auto --compare twice

stops: .venv/.lab  ## stop every long cell of the lessons, go on below it, run it again (LESSONS="notebooks/03*")
	$(RUN) -m benchmarks.stops $(LESSONS)
	$(RUN) -m tools.write_tables

picture: .venv/.test  ## take the README's picture of the course (needs chromium)
	$(RUN) -m tools.take_picture

##@ Maintainers: measurements and the trial bank
bench: .venv/.lab  ## measure and write benchmarks/RESULTS.md
	$(RUN) -m benchmarks.imports
	$(RUN) -m benchmarks.vectorize
	$(RUN) -m benchmarks.replay
	$(RUN) -m benchmarks.tournament
	$(RUN) -m tools.write_tables

bench-backends: .venv/.test  ## measure TensorFlow against JAX on the networks of the course
	$(RUN) -m benchmarks.backends
	$(RUN) -m tools.write_tables

bench-mnist: .venv/.lab  ## train the deck's two MNIST networks on all 60,000 images, and reuse one for other digits (lesson 12)
	$(RUN) -m benchmarks.mnist
	$(RUN) -m benchmarks.transfer
	$(RUN) -m tools.write_tables

bench-production: .venv/.lab  ## repeat lesson 12's gates and drift checks, ask the resolver for TFX (five minutes)
	$(RUN) -m benchmarks.production
	$(RUN) -m benchmarks.tfx
	$(RUN) -m tools.write_tables

bench-kills: .venv/.lab  ## kill workers under Dask, Optuna and Keras Tuner, and time one search on two cores
	$(RUN) -m benchmarks.kills
	$(RUN) -m benchmarks.scaling
	$(RUN) -m tools.write_tables

bench-widgets: .venv/.test  ## measure how fast the explorers redraw in JupyterLab (needs chromium)
	$(RUN) -m tools.explorer_lab
	$(RUN) -m tools.write_tables

bench-panorama: .venv/.lab  ## try the abandoned libraries (needs the network), and the living ones against chance: for lesson 13
	$(RUN) -m benchmarks.graveyard
	PYTHONHASHSEED=0 $(RUN) -m benchmarks.panorama

bench-sensitivity: .venv/.lab  ## train a small network 220 times, one change at a time: for lesson 06
	$(RUN) -m benchmarks.sensitivity

bench-seeds: .venv/.lab  ## train with ten seeds what lessons 06, 09 and 10 train once (30 minutes)
	$(RUN) -m benchmarks.short_search
	$(RUN) -m benchmarks.regularizers
	$(RUN) -m benchmarks.newswires
	$(RUN) -m benchmarks.imdb
	$(RUN) -m benchmarks.small_images

bench-automl: .venv/.lab  ## race FLAML and TPOT against a tuned forest and a linear model, for lesson 11 (an hour and a half)
	$(RUN) -m benchmarks.automl

bench-nas: .venv/.lab  ## search lesson 11's tables 400 times with TPE, and let twenty networks inherit weights
	$(RUN) -m benchmarks.nas

bench-decks: .venv/.lab  ## time the decks' own procedures beside the lessons' searches: goes on where it stopped (two hours; a row needs its table of the trial bank)
	$(RUN) -m benchmarks.decks
	$(RUN) -m tools.write_tables

bank: .venv/.lab  ## train what is missing of the trial bank, for hours; interrupt it at will (JOBS=1)
	nice -n 19 $(RUN) -m tools.trial_bank.make --jobs $(JOBS)

bank-check: .venv/.lab  ## train a random sample of the trial bank again and compare (ROWS=4)
	$(RUN) -m tools.trial_bank.check --rows $(ROWS)

.venv/.lab: requirements.txt pyproject.toml tools/make_venv.sh tools/lab_settings.json tools/export_settings.json
	@sh tools/make_venv.sh requirements.txt $@

.venv/.test: tests/requirements.txt .venv/.lab
	@sh tools/make_venv.sh tests/requirements.txt $@

.nbgrader/.ready: tests/nbgrader.txt .venv/.test
	$(RUN) -m venv .nbgrader
	.nbgrader/bin/python -m pip install --quiet --no-deps -r tests/nbgrader.txt
	@touch $@

.site/.ready: tools/site/requirements.txt .venv/.lab
	$(RUN) -m venv .site
	.site/bin/python -m pip install --quiet --no-deps -r tools/site/requirements.txt
	@touch $@

.slides/.ready: tools/slides/requirements.txt .venv/.lab
	$(RUN) -m pip install --quiet --no-deps --upgrade --target .slides -r tools/slides/requirements.txt
	@touch $@
