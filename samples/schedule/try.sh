#!/usr/bin/env bash
# Lets cron's own daemon run the crontab of this folder, each minute instead of each quarter of an hour, in a name space
# of its own beside whatever cron this machine has, until an order's status has changed; and a user's systemd the service
# and the timer, until another has. It needs root, cron and systemd, and takes up to four minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { echo "try: $*" >&2; exit 1; }

home=$(mktemp -d)
panel=
groups=/sys/fs/cgroup/systemd # of processes: the user's systemd works in one of its own
[ -d "$groups" ] || groups=/sys/fs/cgroup
daemon=
leave() {
	for process in $daemon $panel; do kill "$process" 2>/dev/null || true; done
	sleep 1 # until the group is empty
	find "$groups/bulkorder-try" -depth -type d -exec rmdir {} + 2>/dev/null || true
	rm -rf "$home"
}
trap leave EXIT
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
statuses() { bulkorder show --json | grep -o '"statuses":{[^}]*}'; }
# changes waits until the statuses are others than before.
changes() {
	for _ in $(seq 130); do
		now=$(statuses)
		[ "$now" = "$before" ] || return 0
		sleep 1
	done
	fail "$1 ran nothing in two minutes: the statuses are still $before"
}
before=$(statuses)

if ! unshare --mount --propagation private true 2>/dev/null; then
	echo "try: this machine gives no name spaces, so neither cron's daemon nor systemd's timer is tried"
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
changes "cron's daemon"
kill "$daemon" 2>/dev/null || true
wait "$daemon" 2>/dev/null || true
[ "$home/orders.results.xlsx" -nt "$home/orders.csv" ] || fail "the results weren't written again"
echo "try: cron's daemon asked: $before, then $now"

# The orders that cron followed may all be final by now.
printf 'service,link,quantity\n1,https://example.com/c,100\n' >"$home/more.csv"
bulkorder run "$home/more.csv" --yes --quiet --rate 10/s || fail "the orders aren't placed"
before=$(statuses)
units=$home/.config/systemd/user
mkdir -p "$units/bulkorder-refresh.timer.d" "$units/timers.target.wants"
cp samples/schedule/bulkorder-refresh.{service,timer} "$units"
ln -s ../bulkorder-refresh.timer "$units/timers.target.wants/" # as `systemctl enable` does
printf '[Timer]\nOnCalendar=\nOnCalendar=*:*:0/20\nRandomizedDelaySec=0\nAccuracySec=1s\n' \
	>"$units/bulkorder-refresh.timer.d/often.conf"
# A user's systemd wants to see that the system's own is there, and a group of processes to work in.
GROUPS_OF=$groups unshare --mount --propagation private sh -c '
	mkdir -p "$GROUPS_OF/bulkorder-try" 2>/dev/null && echo $$ >"$GROUPS_OF/bulkorder-try/cgroup.procs"
	mount -t tmpfs none /run && mkdir -p /run/systemd/system
	exec timeout 130 /lib/systemd/systemd --user --unit=timers.target' >"$home/systemd" 2>&1 </dev/null &
daemon=$!
changes "systemd's timer"
told=
for _ in $(seq 30); do
	told=$(systemctl --user show bulkorder-refresh.service -p Result,ExecMainStatus,TriggeredBy,ActiveState | paste -sd' ')
	case $told in *ActiveState=inactive*) break ;; esac
	sleep 1
done
kill "$daemon" 2>/dev/null || true
wait "$daemon" 2>/dev/null || true
for want in Result=success ExecMainStatus=0 ActiveState=inactive TriggeredBy=bulkorder-refresh.timer; do
	case " $told " in *" $want "*) ;; *) fail "systemd says of the service: $told, without $want" ;; esac
done
[ "$home/more.results.xlsx" -nt "$home/more.csv" ] || fail "the results weren't written again"
echo "try: systemd's timer asked: $before, then $now"
