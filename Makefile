# zkcli: `make demo` and `make test` do every step by themselves, installing what is missing.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
BINARY = .build/release/zkcli

# Most of a one-shot run is the start of the process. What is linked statically need not be found, mapped and relocated
# at each start: C++'s runtime as well as Swift's, at fixed addresses. And the fewer pages the code has, the fewer faults.
ARCHIVES = .build/archives
RELEASE = -c release --static-swift-stdlib --product zkcli --disable-local-rpath \
	-Xswiftc -no-toolchain-stdlib-rpath -Xswiftc -L$(ARCHIVES) \
	-Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xswiftc -Osize -Xlinker --icf=safe \
	-Xlinker -no-pie -Xlinker --gc-sections -Xlinker --as-needed -Xlinker --no-export-dynamic

.PHONY: help build demo test lint format generate bench install uninstall clean

help:
	@echo "make demo       try zkcli on a throw-away ZooKeeper"
	@echo "make test       run all tests, with a real ZooKeeper"
	@echo "make build      build the release binary, $(BINARY)"
	@echo "make install    install binary, man page and completions under DESTDIR and PREFIX ($(PREFIX))"
	@echo "make uninstall  remove them"
	@echo "make lint       check the style; make format mends it"
	@echo "make generate   write man page and completions anew from the command specs"
	@echo "make bench      compare with zkCli.sh, cli_mt and a C program"
	@echo "make clean      remove what was built"

build:
	@scripts/install-dependencies build
	@mkdir -p $(ARCHIVES)
	@echo "building zkcli, a minute or two the first time"
	@$(SWIFT) build $(RELEASE)

demo: build
	@scripts/install-dependencies server
	@scripts/demo $(BINARY)

# The programs under test are the ones that ship: the optimiser is part of them.
test: build
	@scripts/install-dependencies server terminal
	$(SWIFT) build --build-tests
	ZKCLI_BINARY="$(CURDIR)/$(BINARY)" $(SWIFT) test --skip-build

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	@if command -v shellcheck >/dev/null; then shellcheck scripts/install-dependencies scripts/zookeeper-server scripts/demo scripts/demo-tour Benchmarks/run .ci/run completions/zkcli.bash; fi

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

generate: build
	@mkdir -p man completions
	$(BINARY) --generate man > man/zkcli.1
	$(BINARY) --generate bash > completions/zkcli.bash
	$(BINARY) --generate zsh > completions/_zkcli
	$(BINARY) --generate fish > completions/zkcli.fish

bench: build
	@scripts/install-dependencies server bench
	@Benchmarks/run $(BINARY)

# Builds only what is not built, so that `make build` as a user and `make install` as root go together.
$(BINARY):
	$(MAKE) build

install: $(BINARY)
	install -D -s -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/zkcli
	install -D -m 644 man/zkcli.1 $(DESTDIR)$(PREFIX)/share/man/man1/zkcli.1
	install -D -m 644 completions/zkcli.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/zkcli
	install -D -m 644 completions/_zkcli $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_zkcli
	install -D -m 644 completions/zkcli.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/zkcli.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/zkcli
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/zkcli.1
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/zkcli
	rm -f $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_zkcli
	rm -f $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/zkcli.fish

clean:
	rm -rf .build
