# The commands of this project. `make` alone lists them.
# Two cores are enough for each; `make test` is the one that a change must pass.

GO    ?= go
TOOLS := $(CURDIR)/.tools

# The program is one file without C. Tests start it, and are compiled alike: otherwise
# nearly everything would be compiled twice.
export CGO_ENABLED = 0

.PHONY: help test soak check bench demo generate setup build

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18

demo: ## a made-up city, ready to look at in a browser
	$(GO) run ./cmd/alongside demo

test: setup ## everything that a change must pass, under 20 minutes on two cores
	$(GO) test -timeout 25m ./...

soak: setup ## the same with the full counts; the result goes to docs/generated/soak.txt
	@tool/soak

check: ## format, vet, lint, generated files, dead code, conventions
	@TOOLS=$(TOOLS) tool/check/run

bench: ## figures, one a line, beside a plain commit, a plain answer, PocketBase and R
	@$(GO) run ./tool/bench
	@$(GO) run ./tool/bench/stat

generate: ## make again every file that a program writes
	@TOOLS=$(TOOLS) tool/generate

build: ## one binary, build/alongside
	CGO_ENABLED=0 $(GO) build -trimpath -o build/alongside ./cmd/alongside

setup: ## what the tests need from the machine; installs it on Debian
	@tool/setup
