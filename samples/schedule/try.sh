#!/usr/bin/env bash
# Lets cron's own daemon run the crontab of this folder, each minute instead of each quarter of an hour, in a name space
# of its own beside whatever cron this machine has, until an order's status has changed; and has systemd look at the
# units. It needs root, cron and systemd's systemd-analyze, and takes up to two minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { echo "try: $*" >&2; exit 1; }

home=$(mktemp -d)
panel=
trap '[ -z "$panel" ] || kill "$panel" 2>/dev/null; rm -rf "$home"' EXIT
mkdir -p "$home/.local/bin" "$home/.config/bulkorder" "$home/runtime"
go build -o "$home/.local/bin/bulkorder" .
export HOME=$home XDG_RUNTIME_DIR=$home/runtime PATH=$home/.local/bin:$PATH
unset XDG_STATE_HOME XDG_CONFIG_HOME XDG_DATA_HOME

systemd-analyze --user verify samples/schedule/*.service samples/schedule/*.timer || fail "systemd doesn't take the units"
echo "try: systemd takes the units"

bulkorder sandbox --listen 127.0.0.1:0 --speed 20 2>"$home/panel" &
panel=$!
for _ in $(seq 100); do grep -q listens "$home/panel" && break; sleep 0.1; done
url=$(grep -o 'http://[^; ]*' "$home/panel") || fail "the sample panel doesn't start: $(cat "$home/panel")"
echo sandbox >"$home/.config/bulkorder/mine.key"
chmod 600 "$home/.config/bulkorder/mine.key"
printf 'panel = "mine"\n[panels.mine]\nurl = "%s"\nkey_file = "%s/.config/bulkorder/mine.key"\n' "$url" "$home" \
	>"$home/.config/bulkorder/config.toml"
printf 'service,link,quantity\n1,https://example.com/a,100\n1,https://example.com/b,200\n' >"$home/orders.csv"
bulkorder run "$home/orders.csv" --yes --quiet --rate 10/s || fail "the orders aren't placed"
before=$(bulkorder show --json | grep -o '"statuses":{[^}]*}')

if ! unshare --mount --propagation private true 2>/dev/null; then
	echo "try: this machine gives no name spaces, so cron's daemon isn't tried"
	exit
fi
# cron keeps its environment almost empty; of ours it gets the home alone, which the user's own has by itself.
unshare --mount --propagation private sh -c '
	mount -t tmpfs none /etc/cron.d && mount -t tmpfs none /var/spool/cron && mount -t tmpfs none /run
	mount --bind /dev/null /etc/crontab
	mkdir -m 1730 /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs
	{ echo "HOME=$HOME"; sed "s#^\*/15 #* #" samples/schedule/crontab; } >/var/spool/cron/crontabs/root
	chmod 600 /var/spool/cron/crontabs/root
	exec timeout 130 cron -f' &
daemon=$!
for _ in $(seq 130); do
	now=$(bulkorder show --json | grep -o '"statuses":{[^}]*}')
	[ "$now" = "$before" ] || break
	sleep 1
done
kill "$daemon" 2>/dev/null || true
wait "$daemon" 2>/dev/null || true
[ "$now" != "$before" ] || fail "cron's daemon ran nothing in two minutes: the statuses are still $before"
[ "$home/orders.results.xlsx" -nt "$home/orders.csv" ] || fail "the results weren't written again"
echo "try: cron's daemon asked: $before, then $now"
