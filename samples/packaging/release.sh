#!/usr/bin/env bash
# What is given to people, in dist/release: an archive for each system, .deb and .rpm, checksums, and what the program is
# made of. Of one commit it makes the same bytes each time: dates are the commit's, owners are root, names are sorted.
# It needs a clean clone, Go, GNU tar, gzip and zip. TARGETS names some of the systems alone.
set -euo pipefail
cd "$(dirname "$0")/../.."

nfpm=github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.0
read -ra targets <<<"${TARGETS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64}"

if [ -n "$(git status --porcelain)" ]; then
	echo "release: the clone has changes that are in no commit" >&2
	exit 1
fi
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
DATE=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
# A tag such as v1.2.0, or the commit's day and name behind 0.0.0.
tag=$(git describe --tags --exact-match 2>/dev/null || true)
VERSION=${tag#v}
VERSION=${VERSION:-0.0.0-$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S).$(git rev-parse --short=12 HEAD)}
out=$PWD/dist/release
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
rm -rf "$out" && mkdir -p "$out"
export SOURCE_DATE_EPOCH DATE VERSION CGO_ENABLED=0 GOFLAGS=-buildvcs=true TZ=UTC

sorted_tar() { # FOLDER, in which all is packed
	tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$1" -c . | gzip -9n
}

echo "release: $VERSION"
for target in "${targets[@]}"; do
	system=${target%/*} arch=${target#*/}
	name=bulkorder_${VERSION}_${system}_$arch
	folder=$build/$name
	mkdir -p "$folder/samples"
	GOOS=$system GOARCH=$arch go build -trimpath -ldflags '-s -w' -o "$folder/" .
	cp README.md "$folder/"
	cp samples/config.toml samples/orders.csv samples/orders.xlsx "$folder/samples/"
	if [ "$system" = windows ]; then
		find "$folder" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
		(cd "$build" && find "$name" | LC_ALL=C sort | zip -qX "$out/$name.zip" -@)
	else
		sorted_tar "$folder" >"$out/$name.tar.gz"
	fi
done

export DOCS=$build/docs
mkdir -p "$DOCS"
host=$build/host
GOOS= GOARCH= go build -trimpath -ldflags '-s -w' -o "$host" .
if "$host" --version | grep -q development; then
	echo "release: Go finds no commit here that it could name; use a clone, not a worktree" >&2
	exit 1
fi
"$host" man "$DOCS/man"
gzip -9n "$DOCS"/man/*.1
"$host" completion bash >"$DOCS/bulkorder.bash"
"$host" completion zsh >"$DOCS/_bulkorder"
"$host" completion fish >"$DOCS/bulkorder.fish"
for target in "${targets[@]}"; do
	arch=${target#linux/}
	[ "$arch" != "$target" ] || continue
	export ARCH=$arch BUILT=$build/bulkorder_${VERSION}_linux_$arch
	for kind in deb rpm; do
		GOFLAGS= go run "$nfpm" package -f samples/packaging/nfpm.yaml -p "$kind" -t "$out/" >/dev/null
	done
done
GOFLAGS= go run ./samples/packaging/parts "$host" >"$out/bulkorder_$VERSION.cdx.json"
(cd "$out" && sha256sum -- * >SHA256SUMS)
ls -l "$out"
