package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// brake slows down who tries passwords: after some wrong ones each further try has to wait, the longer the more there
// were.
type brake struct {
	mu    sync.Mutex
	tries map[string]tried
}

// tried is what came of the tries that one limit counts.
type tried struct {
	wrong int
	last  time.Time
}

// limit says how many wrong passwords are free, and how long the wait becomes at most after them.
type limit struct {
	who  string
	free int
	most time.Duration
	own  bool // a right password forgets the wrong ones before it
}

const (
	forgetting = time.Hour // after so long without a wrong try all is forgotten
	mostTried  = 10_000    // limits that are kept

	freeTries, nameWait      = 5, time.Minute       // of a name from one address, and of a device that is known
	freeAddress, addressWait = 20, 30 * time.Second // of an address, whatever the names
	freeName, anywhereWait   = 50, 10 * time.Second // of a name, wherever from: whoever knows it can make this grow
)

// limits are what a try is counted by. What others do to a name or at an address is nothing to a device on which its
// owner came in before: that counts for itself, and nobody else can keep the owner out.
func limits(name, address, device string) []limit {
	if device != "" {
		return []limit{{"device " + device, freeTries, nameWait, true}}
	}
	return []limit{
		{"pair " + name + " " + address, freeTries, nameWait, true},
		{"address " + address, freeAddress, addressWait, false},
		{"name " + name, freeName, anywhereWait, false},
	}
}

// take tells how long one has to wait by all limits; 0: one may try now, and that counts as wrong until it is found
// right. So many tries at once are no way around it.
func (b *brake) take(now time.Time, all ...limit) (wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range all {
		if t := b.tries[l.who]; t.wrong >= l.free && now.Sub(t.last) <= forgetting {
			wait = max(wait, min(time.Second<<min(t.wrong-l.free, 20), l.most)-now.Sub(t.last))
		}
	}
	if wait > 0 {
		return wait
	}
	if b.tries == nil {
		b.tries = map[string]tried{}
	}
	for _, l := range all {
		t := b.tries[l.who]
		if now.Sub(t.last) > forgetting {
			t.wrong = 0
		}
		if len(b.tries) >= mostTried {
			b.forget(now)
		}
		b.tries[l.who] = tried{t.wrong + 1, now}
	}
	return 0
}

// forget makes room: what is old goes, and where nothing is, the ones that tried least.
func (b *brake) forget(now time.Time) {
	for least := 0; len(b.tries) >= mostTried; least++ {
		for who, t := range b.tries {
			if now.Sub(t.last) > forgetting || t.wrong <= least {
				delete(b.tries, who)
			}
		}
	}
}

// right takes a try back that was right. The wrong ones before it are forgotten where they are the person's own; an
// address's aren't: whoever has a password of their own could try others' by turns.
func (b *brake) right(all ...limit) {
	b.mu.Lock()
	for _, l := range all {
		if l.own {
			delete(b.tries, l.who)
		}
	}
	b.mu.Unlock()
	b.forgive(all...)
}

// forgive takes tries back that nobody looked at.
func (b *brake) forgive(all ...limit) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range all {
		if t, is := b.tries[l.who]; is {
			t.wrong--
			b.tries[l.who] = t
		}
	}
}

// addressOf is where a request comes from; of IPv6 the network, since a person has all addresses of one. A proxy on this
// machine says from where it has the request: what it appends is the last that it says.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if said := r.Header.Values("X-Forwarded-For"); err == nil && ip.IsLoopback() && len(said) > 0 {
		last := said[len(said)-1]
		last = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		if from, wrong := netip.ParseAddr(last); wrong == nil {
			host, ip = last, from
		}
	}
	if err != nil || ip.Is4() || ip.Is4In6() {
		return host
	}
	net, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return host
	}
	return net.String()
}
