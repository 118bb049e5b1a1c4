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

// tried is what came of the tries by one name, or from one address.
type tried struct {
	wrong int
	last  time.Time
}

const (
	freeTries  = 5
	forgetting = time.Hour // after so long without a wrong try all is forgotten
	mostTried  = 10_000    // names and addresses that are kept
	// Whoever knows a name can make its owner wait, and whoever sits in an office all others there: not long. It is 30
	// tries an hour at most from one address.
	nameWait, addressWait = time.Minute, 2 * time.Minute
)

// take tells how long a name or an address has to wait, at most so long; 0: it may try now, and that counts as wrong
// until it is found right. So many tries at once are no way around it.
func (b *brake) take(who string, most time.Duration, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.tries[who]
	if now.Sub(t.last) > forgetting {
		t.wrong = 0
	}
	if t.wrong >= freeTries {
		if wait := min(time.Second<<min(t.wrong-freeTries, 20), most) - now.Sub(t.last); wait > 0 {
			return wait
		}
	}
	if b.tries == nil {
		b.tries = map[string]tried{}
	}
	if len(b.tries) >= mostTried {
		b.forget(now)
	}
	b.tries[who] = tried{t.wrong + 1, now}
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

// right takes a try back that was right. A name's wrong tries before it are forgotten, an address's aren't: whoever has
// a password of their own could try others' by turns.
func (b *brake) right(name, address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.tries, name)
	if t, is := b.tries[address]; is {
		t.wrong--
		b.tries[address] = t
	}
}

// forgive takes tries back that nobody looked at.
func (b *brake) forgive(names ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, who := range names {
		if t, is := b.tries[who]; is {
			t.wrong--
			b.tries[who] = t
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
