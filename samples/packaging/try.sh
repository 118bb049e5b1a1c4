#!/usr/bin/env bash
# Installs the package for Debian in this system, and does with it what a person would who has nothing else: orders the
# sample sheet, again to no effect, and makes a client's PDF. It needs root, dpkg, man, and what release.sh needs; at the
# end the package is taken out again. Systems that leave manuals out are asked for them.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { echo "try: $*" >&2; exit 1; }
ends() { # CODE COMMAND...: the command must end with this code
	local want=$1 code=0
	shift
	"$@" || code=$?
	[ "$code" = "$want" ] || fail "$* ended with $code, expected $want"
}

TARGETS=linux/$(dpkg --print-architecture) samples/packaging/release.sh
(cd dist/release && sha256sum -c --quiet SHA256SUMS)
dpkg --path-include='/usr/share/*' -i dist/release/*.deb
commit=$(git rev-parse --short=12 HEAD)
empty=$(mktemp -d)
trap 'dpkg -r bulkorder >/dev/null; rm -rf "$empty"' EXIT
export XDG_STATE_HOME=$empty/state XDG_CONFIG_HOME=$empty/config
cd "$empty"

cp /usr/share/doc/bulkorder/orders.xlsx .
ends 4 bulkorder run orders.xlsx --panel sandbox --rate 10/s --yes --quiet # three rows are mistakes on purpose
ends 4 bulkorder run orders.xlsx --panel sandbox --rate 10/s --yes --quiet
placed=$(bulkorder show --json | grep -o '"placed":[0-9]*' | head -n 1)
[ "$placed" = '"placed":21' ] || fail "$placed after the second run, expected 21"
ends 0 bulkorder report --client "bakery nord" --pdf
[ "$(head -c 5 "orders.Bakery Nord.pdf")" = %PDF- ] || fail "the client's report is no PDF"

[ "$(bulkorder --version)" = "$(bulkorder version)" ] || fail "two versions"
bulkorder --version | grep -q "$commit" || fail "the version names another commit"
for page in bulkorder bulkorder-run bulkorder-settle; do
	warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -l "/usr/share/man/man1/$page.1.gz" 2>&1 >/dev/null)
	[ -z "$warnings" ] || fail "man $page: $warnings"
done
[ -f /usr/share/bash-completion/completions/bulkorder ] || fail "no completion for bash"
echo "try: the package works"
