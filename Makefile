# Everything here needs Go alone; `make help` lists what there is.

GO        ?= go
BINARY    := bulkorder$(if $(filter Windows_NT,$(OS)),.exe)
FUZZTIME  ?= 30s
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZES    := parse:FuzzCSV parse:FuzzXLSX parse:FuzzMassOrder parse/book:FuzzRows batch/panel:FuzzAdd batch/panel:FuzzReads batch/panel:FuzzBlot batch/journal:FuzzOpen
CRASHES     := TestACrashAtEverySystemCall|TestADiskThatFailsAtEveryCall
# Figures and whole days, which the race detector makes minutes of; one goroutine at a time does their work.
UNRACED     := TestFiveDays|TestEveryActionOfEveryDocument|TestOrdersAreAskedAboutTheLess|TestLooksCostFewCalls|TestSettlingOnPanels|TestSettlingFindsWhatWasPlaced|TestTwoHundredDoubts|TestTenThousandOrders|TestALimit|TestAPanelThatRefusesAtRandom|TestAStall|TestWhatIsToldOfTheOne|TestWrongAnswersChange|TestATrialTells|TestWhatMakesASheet|TestRowsThatAWorkbook|TestWhatSheetsMean|TestFaultsInPairs|TestAllOfItOnPostgres
# Where goroutines share something.
RACED       := ./batch ./batch/plan ./batch/pace ./batch/settle ./batch/follow ./batch/desk ./batch/fleet ./batch/journal/... ./batch/panel ./parse ./report/command ./report/notice ./report/web ./samples/sandbox
export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: build demo page test crashes race lint fuzz mutants bench bench-million bench-inner soak cross release package schedules clean help

build: ## build the program into this folder
	$(GO) build -trimpath -o $(BINARY) .

demo: build ## check the sample workbook, order it from the sample panel, and write the results
	@rm -rf demo && mkdir demo && cp samples/orders.xlsx demo/
	@echo '$$ bulkorder check orders.xlsx --panel sandbox'
	@-cd demo && XDG_STATE_HOME="$$PWD/state" ../$(BINARY) check orders.xlsx --panel sandbox
	@echo
	@echo '$$ bulkorder run orders.xlsx --panel sandbox --rate 10/s --yes --quiet'
	@cd demo && XDG_STATE_HOME="$$PWD/state" ../$(BINARY) run orders.xlsx --panel sandbox --rate 10/s --yes --quiet; \
		code=$$?; test $$code -eq 4 || { echo "exit code $$code, expected 4: three rows are mistakes on purpose"; exit 1; }
	@echo
	@echo "Three rows are mistakes on purpose. Open demo/orders.results.xlsx."

page: build ## show the page in a browser, over the sample panel
	@mkdir -p demo
	XDG_STATE_HOME="$$PWD/demo/state" ./$(BINARY) serve --panel sandbox

test: ## run the tests; most of them wait for disks and clocks, so many at once
	GOGC=400 $(GO) test -timeout 20m -p 4 -parallel 8 -skip '$(CRASHES)' ./...

crashes: ## end the program at every system call, and let every write fail (needs strace)
	$(GO) test -count 1 -parallel 8 -run '$(CRASHES)' ./samples/stories

race: ## run the tests that many goroutines take part in, with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -timeout 20m -race -short -skip '$(UNRACED)' $(RACED)

lint: ## gofmt, go vet, staticcheck, go mod tidy
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w ."; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) mod tidy -diff

fuzz: ## fuzz each target for FUZZTIME (30s)
	@set -e; for f in $(FUZZES); do echo "$$f"; $(GO) test -run '^$$' -fuzz "^$${f##*:}$$" -fuzztime $(FUZZTIME) ./$${f%%:*}; done

mutants: ## break each safety rule in turn; fails if the tests don't notice
	$(GO) run ./batch/mutants

bench: ## measure all goals side by side, a quarter of an hour; ONLY=3,7 some of them; QUICK=1 small sizes
	$(GO) run ./samples/bench $(if $(ONLY),-only $(ONLY)) $(if $(QUICK),-quick)

bench-million: ## measure what is said of a million rows
	$(GO) run ./samples/bench -million $(if $(ONLY),-only $(ONLY)) $(if $(QUICK),-quick)

bench-inner: ## time the inner loops COUNT times (6), for benchstat; BENCH names some
	$(GO) test -run '^$$' -bench $(or $(BENCH),.) -benchmem -count $(or $(COUNT),6) ./...

soak: ## kill the program CYCLES times (10000), workers and servers for ROUNDS (5000), then random commands for SECONDS (600); SEED replays
	BULKORDER_KILLS=$(or $(CYCLES),10000) BULKORDER_SEED=$(SEED) $(GO) test -count 1 -timeout 0 -run TestKilledAtRandomMoments -v ./samples/stories
	BULKORDER_PAIRS=all $(GO) test -count 1 -timeout 0 -run TestFaultsInPairs -v ./batch
	BULKORDER_ROUNDS=$(or $(ROUNDS),5000) BULKORDER_SEED=$(SEED) $(GO) test -count 1 -timeout 0 -run TestWorkersThatDie -v ./samples/stories
	BULKORDER_MODEL_SECONDS=$(or $(SECONDS),600) BULKORDER_SEED=$(SEED) $(GO) test -count 1 -timeout 0 -run TestTheModel -v ./samples/stories

cross: ## build for the systems that people use
	@set -e; for t in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do \
		echo $$t; CGO_ENABLED=0 GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) build -trimpath -o dist/bulkorder-$${t%/*}-$${t#*/}$$(test $${t%/*} = windows && echo .exe) .; done

release: ## archives, packages, checksums and the list of parts, for all systems, in dist/release (needs GNU tar, zip)
	samples/packaging/release.sh

package: ## build the package for Debian, install it here, use it and take it out again (needs root)
	samples/packaging/try.sh

schedules: ## run the sample crontab with cron's own daemon, and have systemd look at the units (needs root)
	samples/schedule/try.sh

clean: ## remove what the others made
	rm -rf $(BINARY) demo dist

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15
