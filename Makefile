# oomctl: make builds it, make help tells what else there is.

PREFIX ?= /usr/local
DESTDIR ?=
# A second name to install: oomtune stands for oomctl tune.
ALIAS ?=
SWIFT ?= swift

SECONDS ?= 60
SEED ?=
KERNEL ?= newest
KILLS ?= 50

EXECUTABLE := .build/release/oomctl
TOOLCHAIN := $(shell $(SWIFT) -print-target-info 2>/dev/null | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1/bin|p')

# The package manager keeps a cache in the home folder, and fails where it can't.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/.build/home
$(shell mkdir -p "$(HOME)")
endif

# One static executable starts several times as fast as one with shared libraries, and runs in any
# container and rescue system. It needs the C library's static half (Debian: libc6-dev).
LIBC := $(shell { $(CC) -print-file-name=libc.a || $(TOOLCHAIN)/clang -print-file-name=libc.a; } 2>/dev/null)
ifneq ($(wildcard $(LIBC)),)
LINKAGE := -Xswiftc -static-executable
else
LINKAGE :=
NOTICE := @echo "make: no static C library (libc.a) here: $(EXECUTABLE) will need the shared one"
endif

# What start-up touches lies together (.link-order, by `make order`): half as many pages are mapped. Functions whose
# code is the same are one. What nothing uses is left out.
ifneq ($(wildcard $(TOOLCHAIN)/ld.lld),)
LINKAGE += -Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker --icf=all \
	-Xlinker --no-eh-frame-hdr -Xlinker -T -Xlinker $(CURDIR)/.without-unwinding \
	-Xlinker --symbol-ordering-file=$(CURDIR)/.link-order -Xlinker --no-warn-symbol-ordering
endif

# Regular expressions of the standard library aren't used: a tenth of the executable.
OPTIONS := --static-swift-stdlib $(LINKAGE) -Xswiftc -Xfrontend -Xswiftc -function-sections \
	-Xswiftc -Xfrontend -Xswiftc -disable-implicit-string-processing-module-import
BUILD := $(SWIFT) build -c release --product oomctl $(OPTIONS)

# Stated in the sources alone.
VERSION := $(shell sed -n 's/.*"oomctl \(.*\)\\n".*/\1/p' Sources/Core/Version.swift)
# The time that packaged files bear, by which packages of the same sources are the same.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || stat -c %Y Sources/Core/Version.swift)

PAIRS ?= 10000

.PHONY: all run test signals lint format bench fuzz lab campaign order docs install uninstall deb dist clean help
.DEFAULT_GOAL := all

all: ## build the executable at .build/release/oomctl
	$(NOTICE)
	$(BUILD)
	strip $(EXECUTABLE)

run: all ## build, then rank the processes of this machine
	$(EXECUTABLE) rank

test: ## run all tests
	$(SWIFT) test --disable-xctest

signals: all ## send PAIRS (10000) of signals to watch at random distances: is the terminal given back each time?
	OOMCTL_PROGRAM=$(CURDIR)/$(EXECUTABLE) OOMCTL_SIGNAL_PAIRS=$(PAIRS) OOMCTL_SEED=$(SEED) \
		$(SWIFT) test --disable-xctest --filter SignalPairTests

lint: ## check the format of all sources
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format: ## put all sources into that format
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

bench: all ## compare with ps and with a bare loop in C (as root; needs cc)
	Tests/Benchmark/run $(EXECUTABLE)

fuzz: ## throw damaged logs at their parser for SECONDS (60), from SEED (the time), then as libFuzzer makes them
	$(SWIFT) build -c release --product FuzzKernelLog $(OPTIONS)
	mkdir -p .build/fuzz/seeds
	cd .build/fuzz && ../release/FuzzKernelLog $(SECONDS) $(SEED)
	.build/release/FuzzKernelLog seeds .build/fuzz/seeds
	SWIFTC=$(TOOLCHAIN)/swiftc Tests/GuidedFuzz/run $(SECONDS) .build/fuzz/seeds

lab: all ## compare predictions and changes with real kernels and a real systemd, in QEMU (as root)
	Tests/KernelLab/run $(EXECUTABLE)
	Tests/KernelLab/system $(EXECUTABLE)

campaign: all ## compare KILLS (50) predictions with the KERNEL's (newest) choices, in populations at random from SEED
	Tests/KernelLab/campaign $(EXECUTABLE) --kernel $(KERNEL) --kills $(KILLS) $(if $(SEED),--seed $(SEED))

order: ## record anew which functions start-up touches (needs valgrind)
	rm -f $(EXECUTABLE)
	$(BUILD)
	Tests/Benchmark/record-order $(EXECUTABLE) > .link-order.new
	mv .link-order.new .link-order
	rm -f $(EXECUTABLE)

docs: ## build the documentation of all modules in .build/docs
	$(SWIFT) build --product oomctl -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir \
		-Xswiftc .build/symbols -Xswiftc -symbol-graph-minimum-access-level -Xswiftc package \
		--scratch-path .build/docs-build
	for folder in Sources/*/*.docc; do \
		module=$$(basename $$folder .docc) && \
		mkdir -p .build/symbols/$$module .build/docs && \
		cp .build/symbols/$$module.symbols.json .build/symbols/$$module/ && \
		$(TOOLCHAIN)/docc convert $$folder \
			--additional-symbol-graph-dir .build/symbols/$$module \
			--output-path .build/docs/$$module || exit 1; \
	done

install: all ## install executable, manual and completions below PREFIX (and DESTDIR); ALIAS=oomtune adds that name
	install -D -m 755 $(EXECUTABLE) $(DESTDIR)$(PREFIX)/bin/oomctl
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,$(dir $(PAGES)))
	$(EXECUTABLE) generate manual > $(DESTDIR)$(PREFIX)/$(MANUAL)
	$(EXECUTABLE) generate completions bash > $(DESTDIR)$(PREFIX)/$(BASH_COMPLETION)
	$(EXECUTABLE) generate completions zsh > $(DESTDIR)$(PREFIX)/$(ZSH_COMPLETION)
	$(EXECUTABLE) generate completions fish > $(DESTDIR)$(PREFIX)/$(FISH_COMPLETION)
	$(if $(ALIAS),ln -sf oomctl $(DESTDIR)$(PREFIX)/bin/$(ALIAS))

uninstall: ## remove what install installed
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/oomctl $(addprefix bin/,$(ALIAS)) $(PAGES))

deb: all ## make a Debian package in .build/packages
	SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH) .packaging/package deb $(EXECUTABLE) $(VERSION) .build/packages

dist: all ## make an archive of the static executable and its pages in .build/packages
	SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH) .packaging/package dist $(EXECUTABLE) $(VERSION) .build/packages

MANUAL := share/man/man8/oomctl.8
BASH_COMPLETION := share/bash-completion/completions/oomctl
ZSH_COMPLETION := share/zsh/site-functions/_oomctl
FISH_COMPLETION := share/fish/vendor_completions.d/oomctl.fish
PAGES := $(MANUAL) $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)

clean: ## remove all that was built
	rm -rf .build

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12
