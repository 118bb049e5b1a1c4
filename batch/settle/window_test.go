package settle

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// TestTheOrderOfARowThatWasKilledMayComeLater: nobody saw its request end, so it may lie among those that were sent
// after it, until late orders no longer appear.
func TestTheOrderOfARowThatWasKilledMayComeLater(t *testing.T) {
	began := time.Now()
	at := func(seconds int) time.Time { return began.Add(time.Duration(seconds) * time.Second) }
	l := &ledger{numeric: true, first: 10, last: 30, own: []ownOrder{
		{
			id:    10,
			began: at(0),
			ended: at(1),
		}, {id: 20, began: at(5), ended: at(6)}, {id: 30, began: at(400), ended: at(401)},
	}}
	l.index()
	for name, c := range map[string]struct {
		ended     time.Time
		candidate string
		high      int64
	}{
		"its answer named an order":     {at(3), "15", 20},
		"answered without an order":     {at(3), "", 30},      // an edge gave up, and the panel goes on
		"named one that lies elsewhere": {at(3), "88412", 30}, // its supplier's
		"never ended":                   {time.Time{}, "", 30},
		"ended late":                    {at(7), "", 30},
		"ended after all were sent":     {at(500), "", 0},
		"named when all were sent":      {at(500), "15", 0},
		"named, and its end not seen":   {time.Time{}, "15", 30},
	} {
		x := suspect{began: at(2), ended: c.ended, sent: journal.Attempt{Candidate: c.candidate}}
		if low, high := l.window(x, 180*time.Second); low != 10 || high != c.high {
			t.Errorf("%s: between %d and %d, want 10 and %d", name, low, high, c.high)
		}
	}
}

// TestOrdersThatWereInferredBoundNothing: what was guessed about one row is no witness about another.
func TestOrdersThatWereInferredBoundNothing(t *testing.T) {
	j, err := journal.Open(t.Context(), filepath.Join(t.TempDir(), "journal.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	d, err := j.Draft(journal.Batch{Panel: "p", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for line := range 3 {
		if err := d.Add(journal.Entry{Line: line + 2, Panel: "p", Key: fmt.Sprint(line), State: journal.Queued}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(journal.Reading{}); err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), "b", journal.Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for seq, state := range map[int64]journal.State{1: journal.Placed, 2: journal.InDoubt, 3: journal.InDoubt} {
		if err := j.Intend(b, seq, now); err != nil {
			t.Fatal(err)
		}
		attempt := journal.Attempt{Started: now, Ended: now.Add(time.Second)}
		if state == journal.Placed {
			attempt.OrderID = "10"
		}
		if err := <-j.Conclude(b, journal.Outcome{Seq: seq, State: state, Attempt: attempt}); err != nil {
			t.Fatal(err)
		}
	}
	for seq, how := range map[int64]journal.How{2: journal.Inferred, 3: journal.Forced} {
		decision := journal.Decision{At: now, How: how, State: journal.Placed, OrderID: fmt.Sprint(10 * seq)}
		if err := j.Decide(b, seq, decision); err != nil {
			t.Fatal(err)
		}
	}
	client, err := panel.New(panel.Panel{Name: "p", URL: "http://127.0.0.1:1/"}, panel.NewKey("key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := (&Settler{Journal: j, Batch: b, Panel: client}).ledger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(l.own) != 1 || l.own[0].id != 10 || len(l.claimed) != 3 {
		t.Errorf("%d orders bound the windows of others, and %d are claimed", len(l.own), len(l.claimed))
	}
}

// TestAWideWindowOfAnotherBatchKeepsNobodyFromSettling: what may lie anywhere can't be looked for, and need not be.
func TestAWideWindowOfAnotherBatchKeepsNobodyFromSettling(t *testing.T) {
	asked := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := map[string]any{"error": "Incorrect order ID"}
		if orders := r.PostFormValue("orders"); orders != "" {
			answer = map[string]any{}
			for _, id := range strings.Split(orders, ",") {
				asked[id] = true
				answer[id] = map[string]string{"error": "Incorrect order ID"}
			}
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	defer server.Close()
	client, err := panel.New(panel.Panel{Name: "p", URL: server.URL}, panel.NewKey("key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	p := &prober{panel: client, pace: pace.New(pace.Rate{PerSecond: 1000}), known: map[int64]panel.Status{}}
	l := &ledger{numeric: true, first: 10, last: 2_000_000, claimed: map[int64]bool{}}
	own := suspect{low: 1_000_000, high: 1_000_010}
	wide := suspect{low: 10, high: 2_000_000, beside: true}
	if ids, err := p.unclaimed(t.Context(), l, []suspect{wide, wide, own}); err != nil || len(ids) != 9+elsewhere ||
		len(asked) != len(ids) || !asked["1000009"] {
		t.Errorf("%d ids, %d asked, %v", len(ids), len(asked), err)
	}
	wide.beside = false
	const most = mostCalls * panel.Many
	ids, err := p.unclaimed(t.Context(), l, []suspect{wide})
	putOff, alone := p.putOff(l, wide)
	if err != nil || len(ids) != most+1 || !p.short || !putOff || !alone {
		t.Errorf("two million ids of a row's own: %d are asked for, short %v, put off %v, wide %v, %v", len(ids), p.short,
			putOff, alone, err)
	}
	p = &prober{panel: client, pace: pace.New(pace.Rate{PerSecond: 1000}), known: map[int64]panel.Status{}}
	looked := suspect{low: 10, high: most + 100, entry: journal.Entry{Finding: &journal.Finding{}}}
	if _, err := p.unclaimed(t.Context(), l, []suspect{looked, own}); err != nil {
		t.Fatal(err)
	}
	if off, _ := p.putOff(l, own); off {
		t.Error("a row that nobody looked for is put off for one that was looked for")
	}
	if off, alone := p.putOff(l, looked); !off || !alone {
		t.Errorf("a row of more ids than are asked for: put off %v, wide %v", off, alone)
	}
}

// TestAnOrderMadeWithAnotherKeyIsNoOtherRows: the account of the older key may be the same, and its row has the order.
func TestAnOrderMadeWithAnotherKeyIsNoOtherRows(t *testing.T) {
	j, client := emptyBooks(t)
	var batches []journal.Batch
	for i, key := range []string{"old", "new"} {
		k, err := j.OpenAccount(t.Context(), "http://127.0.0.1:1/", "p", key)
		if err != nil {
			t.Fatal(err)
		}
		batches = append(batches, placedOn(t, j, key, k.N, fmt.Sprint(10+i)))
	}
	l, err := (&Settler{Journal: j, Batch: batches[1], Panel: client}).ledger(t.Context())
	if err != nil || len(l.own) != 1 || l.first != 11 || !l.claimed[10] || !l.claimed[11] {
		t.Errorf("%+v, %v", l, err)
	}
}

// TestAnOrderAtAnotherAddressMayBeAnyones: the account there may be this one under another address, unless both have an
// order of one id.
func TestAnOrderAtAnotherAddressMayBeAnyones(t *testing.T) {
	for _, tt := range []struct {
		there []string
		want  bool
	}{{[]string{"10"}, true}, {[]string{"10", "11"}, false}} {
		j, client := emptyBooks(t)
		here, err := j.OpenAccount(t.Context(), "http://127.0.0.1:1/", "p", "key")
		if err != nil {
			t.Fatal(err)
		}
		there, err := j.OpenAccount(t.Context(), "http://localhost:1/", "q", "key")
		if err != nil {
			t.Fatal(err)
		}
		for _, order := range tt.there {
			placedOn(t, j, "there"+order, there.N, order)
		}
		l, err := (&Settler{Journal: j, Batch: placedOn(t, j, "here", here.N, "11"), Panel: client}).ledger(t.Context())
		if err != nil || l.beside[10] != tt.want || l.claimed[10] {
			t.Errorf("%v there: %+v, %v", tt.there, l, err)
		}
	}
}

// emptyBooks are books of nothing, and a panel that nobody asks.
func emptyBooks(t *testing.T) (*journal.Journal, *panel.Client) {
	t.Helper()
	j, err := journal.Open(t.Context(), filepath.Join(t.TempDir(), "journal.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	client, err := panel.New(panel.Panel{Name: "p", URL: "http://127.0.0.1:1/"}, panel.NewKey("key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return j, client
}

// placedOn admits a batch of one row, which is placed on an account.
func placedOn(t *testing.T, j *journal.Journal, id string, account int64, order string) journal.Batch {
	t.Helper()
	now := time.Now()
	d, err := j.Draft(journal.Batch{Panel: "p", URL: "http://127.0.0.1:1/", Created: now})
	if err != nil {
		t.Fatal(err)
	}
	e := journal.Entry{Line: 2, Panel: "p", Account: account, Key: id, State: journal.Queued}
	if err := d.Add(e); err != nil {
		t.Fatal(err)
	}
	if err := d.Finish(journal.Reading{}); err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), id, journal.Repeats{})
	if err == nil {
		err = j.SendOn(b, "p", account)
	}
	if err == nil {
		err = j.Intend(b, 1, now)
	}
	if err == nil {
		a := journal.Attempt{Started: now, Ended: now.Add(time.Second), OrderID: order}
		err = <-j.Conclude(b, journal.Outcome{Seq: 1, State: journal.Placed, Attempt: a})
	}
	if err != nil {
		t.Fatal(err)
	}
	if b, err = j.Batch(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhoWaitsIsToldUntilWhen(t *testing.T) {
	var told []string
	s := &Settler{Busy: func(what string) func() {
		told = append(told, what)
		return func() { told = append(told, "done") }
	}}
	moment := time.Now().Add(10 * time.Millisecond)
	if err := s.until(t.Context(), moment); err != nil || time.Now().Before(moment) {
		t.Errorf("until %v it waited till %v, error %v", moment, time.Now(), err)
	}
	if want := []string{"late orders may appear until " + moment.Local().Format(time.TimeOnly), "done"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}
