package main

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// call is one request that came to a panel.
type call struct {
	came, answered time.Duration // since the panel was started
	action         string
	refused        bool // by the panel's limit
}

// calls keeps when requests came to a panel.
type calls struct {
	panel http.Handler
	start time.Time

	mu     sync.Mutex
	all    []call
	stalls []stall
}

// stall is a time in which the panel's own process didn't get to run: calls that came in it are counted when it ended.
type stall struct{ from, long time.Duration }

// Every tick the panel looks at the clock, and takes notice where it is so much later than it should be.
const tick, noticed = 5 * time.Millisecond, 10 * time.Millisecond

// watch notes when the process stood still.
func (c *calls) watch() {
	last := time.Since(c.start)
	for range time.Tick(tick) {
		now := time.Since(c.start)
		if long := now - last - tick; long >= noticed {
			c.mu.Lock()
			c.stalls = append(c.stalls, stall{last, long})
			c.mu.Unlock()
		}
		last = now
	}
}

// ServeHTTP lets the panel answer, and notes when the request was whole and when its answer was written.
func (c *calls) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client left
	}
	one := call{came: time.Since(c.start), action: actionOf(body)}
	r.Body = io.NopCloser(bytes.NewReader(body))
	code := &coded{ResponseWriter: w}
	c.panel.ServeHTTP(code, r)
	one.answered, one.refused = time.Since(c.start), code.code == http.StatusTooManyRequests
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, one)
}

// coded remembers an answer's code.
type coded struct {
	http.ResponseWriter
	code int
}

func (c *coded) WriteHeader(code int) {
	c.code = code
	c.ResponseWriter.WriteHeader(code)
}

// actionOf finds the action of a form. Actions are plain words, so nothing is escaped in them.
func actionOf(form []byte) string {
	for part := range bytes.SplitSeq(form, []byte("&")) {
		if value, is := bytes.CutPrefix(part, []byte("action=")); is {
			return string(value)
		}
	}
	return ""
}

// forget begins anew.
func (c *calls) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all, c.stalls = nil, nil
}

// tally is what a panel tells of the calls that came.
type tally struct {
	Actions   map[string]int
	FirstAdd  time.Time
	Span      time.Duration // from the first order to the last
	Sending   time.Duration // from the first order to the last one's answer
	Within    int           // calls of any kind in Span
	Settled   int           // calls of any kind, and orders among them, in Span without its first settling
	Orders    int
	Fullest   int           // most calls in any second that begins a second or more after the first order
	Stalled   time.Duration // the longest that the panel itself stood still in that second, or before it
	Permitted []int         // calls that the limit let pass, in each second since the first order
	Turned    []int         // calls that it turned away
}

// settling is the time after the first order in which the program looks what the first ten were charged, while nothing
// leaves: a second or two, whatever the sheet. What is measured of a short run is measured after it, for scripts too.
const settling = 3 * time.Second

// whole is how many calls a second there were from the first order to the last, and rate after the settling.
func (t tally) whole() float64 { return float64(t.Within-1) / t.Span.Seconds() }
func (t tally) rate() float64  { return t.settled(t.Settled) }

// orders is how many orders a second came after the settling.
func (t tally) orders() float64 { return t.settled(t.Orders) }

func (t tally) settled(n int) float64 {
	if t.Span <= settling {
		return t.whole()
	}
	return float64(n-1) / (t.Span - settling).Seconds()
}

// tally counts.
func (c *calls) tally() tally {
	c.mu.Lock()
	all, stalls := slices.Clone(c.all), slices.Clone(c.stalls)
	c.mu.Unlock()
	slices.SortFunc(all, func(a, b call) int { return int(a.came - b.came) })
	t := tally{Actions: map[string]int{}}
	first, last, answered := time.Duration(-1), time.Duration(0), time.Duration(0)
	for _, one := range all {
		t.Actions[one.action]++
		if one.action == "add" {
			if first < 0 {
				first = one.came
			}
			last, answered = one.came, max(answered, one.answered)
		}
	}
	if first < 0 {
		return t
	}
	t.FirstAdd, t.Span, t.Sending = c.start.Add(first), last-first, answered-first
	t.seconds(all, first)
	for _, one := range all {
		if one.came < first || one.came > last {
			continue
		}
		t.Within++
		if one.came >= first+settling {
			t.Settled++
			if one.action == "add" {
				t.Orders++
			}
		}
	}
	var begins time.Duration
	t.Fullest, begins = fullest(all, first+time.Second)
	for _, s := range stalls {
		if s.from < begins+time.Second && s.from+s.long > begins-time.Second {
			t.Stalled = max(t.Stalled, s.long)
		}
	}
	return t
}

// seconds counts the calls of each second since the first order.
func (t *tally) seconds(all []call, first time.Duration) {
	for _, one := range all {
		second := int((one.came - first) / time.Second)
		if one.came < first {
			continue
		}
		for len(t.Permitted) <= second {
			t.Permitted, t.Turned = append(t.Permitted, 0), append(t.Turned, 0)
		}
		if one.refused {
			t.Turned[second]++
		} else {
			t.Permitted[second]++
		}
	}
}

// fullest is the most calls in any second that begins at a moment or later, and when it begins. The calls are in order.
func fullest(all []call, from time.Duration) (most int, begins time.Duration) {
	end := 0
	for i, one := range all {
		for end < len(all) && all[end].came < one.came+time.Second {
			end++
		}
		if one.came >= from && end-i > most {
			most, begins = end-i, one.came
		}
	}
	return most, begins
}
