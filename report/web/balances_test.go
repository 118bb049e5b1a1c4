package web

import (
	"strings"
	"testing"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/samples/sandbox"
)

// TestHowAnAccountStandsIsOfNow: who comes to the first page sees what was spent just now, and of a slow panel how old it
// is what it said last.
func TestHowAnAccountStandsIsOfNow(t *testing.T) {
	v := newVisit(t)
	s := &Server{Desk: v.desk, stands: map[string]stand{}}
	a, err := v.desk.Accounts.Meant(t.Context())
	must(t, err)
	panels := []desk.KnownPanel{{Name: a.Name(), Key: "environment"}}
	stands := func() string { return s.standsOf(panels)[a.Name()] }
	older := func(age time.Duration) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stands[a.Name()] = stand{words: s.stands[a.Name()].words, at: time.Now().Add(-age)}
	}
	if got := stands(); !strings.HasPrefix(got, "1,000.00 USD") {
		t.Errorf("first: %q", got)
	}
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,1000"))
	v.place(sheet)
	v.send()
	older(2 * standAge)
	got := stands()
	for deadline := time.Now().Add(10 * time.Second); !strings.HasPrefix(got, "999.10 USD"); got = stands() {
		if time.Now().After(deadline) {
			t.Fatalf("after an order: %q", got)
		}
		time.Sleep(10 * time.Millisecond)
	}
	slow, err := sandbox.ParseFault("balance:slow=2s:before")
	must(t, err)
	must(t, v.panel.SetFaults([]sandbox.Fault{slow}))
	older(3 * time.Minute)
	began := time.Now()
	if got := stands(); !strings.HasPrefix(got, "999.10 USD") || !strings.Contains(got, ", about 3 min ") {
		t.Errorf("of a slow panel: %q", got)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("the page waited %s", took)
	}
}
