package batch_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// document is what one panel's document shows: its add forms, by type, and what it lacks.
type document struct {
	preset string
	adds   []string
	lacks  []string // as [sandbox.Config] names them
	delay  int      // a subscription's delay that the document doesn't name; 0: it names none
}

func documents() []document {
	return []document{
		{
			"igadda",
			[]string{
				"Default",
				"Package",
				"Custom Comments",
				"Custom Comments Package",
				"Mentions with Hashtags",
				"Comment Likes",
				"Comment Replies",
				"Poll",
				"Invites from Groups",
				"Subscriptions",
			},
			[]string{"refill_many", "refill_status_many", "cancel"},
			20,
		},
		{
			"igwish",
			[]string{
				"Default",
				"Package",
				"Custom Comments",
				"Mentions Custom List",
				"Mentions User Followers",
				"Comment Likes",
				"Subscriptions",
			},
			nil,
			7,
		},
		{"standard", []string{"Default", "Subscriptions"}, nil, 20},
		{
			"addsmm",
			[]string{
				"Default",
				"Custom Comments",
				"Mentions User Followers",
				"Comment Likes",
				"Comment Replies",
				"Poll",
				"Subscriptions",
			},
			nil,
			7,
		},
		{"sosyalmavi", []string{"Default"}, []string{"cancel"}, 0},
	}
}

// fieldsOf gives a valid order's fields by its type, much as the documents show one.
func fieldsOf(typ string) map[string]string {
	link := "https://example.com/" + strings.ReplaceAll(typ, " ", "-")
	ten := "good one\nlovely\nso nice\nwell done\ngreat\nwow\ntop\ncool\n:)\n;)"
	return map[string]map[string]string{
		"Default":                 {"service": "1", "link": link, "quantity": "100", "runs": "2", "interval": "5"},
		"Package":                 {"service": "110", "link": link},
		"Custom Comments":         {"service": "2", "link": link, "comments": ten},
		"Custom Comments Package": {"service": "113", "link": link, "comments": "good pic\ngreat photo\n:)"},
		"Mentions with Hashtags": {"service": "115", "link": link, "quantity": "1000", "usernames": "test\nexample",
			"hashtags": "#goodphoto"},
		"Mentions Custom List": {"service": "116", "link": link, "usernames": strings.ReplaceAll(ten, " ", "")},
		"Mentions User Followers": {"service": "118", "link": link, "quantity": "1000",
			"username": "https://example.com/test"},
		"Comment Likes":   {"service": "120", "link": link, "quantity": "100", "username": "test"},
		"Comment Replies": {"service": "121", "link": link, "username": "test", "comments": "good pic\ngreat photo"},
		"Poll":            {"service": "124", "link": link, "quantity": "100", "answer_number": "7"},
		"Invites from Groups": {"service": "406", "link": link, "quantity": "100",
			"groups": "https://vk.com/a\nhttps://vk.com/b"},
		"Subscriptions": {"service": "122", "username": "username", "min": "100", "max": "110", "posts": "5", "delay": "30",
			"expiry": "11/11/2099"},
	}[typ]
}

// sheetOf writes orders as a sheet.
func sheetOf(t *testing.T, all ...map[string]string) string {
	t.Helper()
	names := map[string]bool{}
	for _, f := range all {
		for name := range f {
			names[name] = true
		}
	}
	header := slices.Sorted(maps.Keys(names))
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{header}
	for _, f := range all {
		var row []string
		for _, name := range header {
			row = append(row, f[name])
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// worldOf is a world whose panel is what one document shows and nothing else. Orders stand still until they
// are told to end.
func worldOf(t *testing.T, d document) (w *world, end func()) {
	t.Helper()
	late := time.Duration(0)
	s, err := sandbox.New(
		sandbox.Config{FirstID: 23510, Lacks: d.lacks, Now: func() time.Time { return time.Now().Add(late) }},
	)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); server.Close() })
	p, known := panel.Preset(d.preset)
	if !known {
		t.Fatalf("no preset %s", d.preset)
	}
	p.URL = server.URL + "/api/v2"
	client, err := panel.New(p, panel.NewKey("sandbox"), nil)
	if err != nil {
		t.Fatal(err)
	}
	j := freshJournal(t)
	t.Cleanup(client.Close)
	w = &world{
		t,
		s,
		j,
		job{
			Journal: j,
			By:      "me",
			Account: desk.Account{Panel: client, Rate: pace.Rate{PerSecond: 1000}, Concurrency: 4},
		},
	}
	return w, func() { late = time.Hour }
}

// wire tells the calls that the panel got since the last time, as "action form" with their number. In some
// forms the ids of many are in one parameter.
func (w *world) wire(since int) string {
	calls := map[string]int{}
	for _, r := range w.sandbox.Requests()[since:] {
		form := ""
		for _, name := range []string{"order", "orders", "refill", "refills"} {
			if r.Form.Has(name) {
				form = " " + name
			}
		}
		calls[r.Action+form]++
	}
	var all []string
	for _, call := range slices.Sorted(maps.Keys(calls)) {
		all = append(all, fmt.Sprintf("%s ×%d", call, calls[call]))
	}
	return strings.Join(all, ", ")
}

// TestEveryActionOfEveryDocument: each is used as the document shows it; what a document lacks is done by
// single calls, or named and not sent.
func TestEveryActionOfEveryDocument(t *testing.T) {
	for _, d := range documents() {
		for _, typ := range d.adds {
			t.Run(d.preset+"/add, "+typ, func(t *testing.T) {
				w, _ := worldOf(t, d)
				f := fieldsOf(typ)
				w.want(w.run(sheetOf(t, f)), batch.Done, map[journal.State]int{journal.Placed: 1})
				if got := w.sandbox.Ledger()[0]; !maps.Equal(got.Fields, f) {
					t.Errorf("the panel got %v, the sheet has %v", got.Fields, f)
				}
			})
		}
		if d.delay > 0 {
			t.Run(d.preset+"/add, Subscriptions, a delay that isn't in it", func(t *testing.T) {
				w, _ := worldOf(t, d)
				f := fieldsOf("Subscriptions")
				f["delay"] = fmt.Sprint(d.delay)
				w.want(w.run(sheetOf(t, f)), batch.Done, map[journal.State]int{journal.Invalid: 1})
			})
		}
		lacks := func(form string) bool { return slices.Contains(d.lacks, form) }
		either := func(many bool, form string) string {
			if many {
				return form + "s ×1"
			}
			return form + " ×3"
		}
		for _, c := range []struct {
			action string
			rows   int
			do     func(w *world, b journal.Batch, end func())
			wire   string
			check  func(w *world, b journal.Batch)
		}{
			{"services", 1, func(w *world, _ journal.Batch, _ func()) { w.job.Panel.Services(t.Context()) }, "services ×1", nil},
			{"balance", 1, func(w *world, _ journal.Batch, _ func()) { w.job.Panel.Balance(t.Context()) }, "balance ×1", nil},
			{"status, one", 1, func(w *world, b journal.Batch, _ func()) { w.refresh(b, false) }, "status order ×1", isPending},
			{"status, many", 3, func(w *world, b journal.Batch, _ func()) { w.refresh(b, false) }, "status orders ×1",
				isPending},
			{"refill, one", 1, refillEnded, "refill order ×1, services ×1, status order ×1", hasRefill},
			{"refill, many", 3, refillEnded, "refill " + either(!lacks("refill_many"), "order") +
				", services ×1, status orders ×1", hasRefill},
			{"refill_status, one", 1, refillStatus, "refill order ×1, refill_status refill ×1, services ×1, status order ×2",
				refillPending},
			{"refill_status, many", 3, refillStatus, "refill " + either(!lacks("refill_many"), "order") + ", refill_status " +
				either(!lacks("refill_status_many"), "refill") +
				", services ×1, status orders ×2", refillPending},
			{"cancel", 3, func(w *world, b journal.Batch, _ func()) { w.request(b, journal.Cancel, batch.Choice{}) },
				"cancel orders ×1, services ×1", isCanceled},
		} {
			t.Run(d.preset+"/"+c.action, func(t *testing.T) {
				w, end := worldOf(t, d)
				b := w.run(rows(c.rows)).Batch
				before := len(w.sandbox.Requests())
				if lacks(c.action) {
					_, err := w.job.Request(
						t.Context(),
						b,
						journal.Cancel,
						batch.Choice{},
						false,
					)
					var lacking *panel.Lacking
					if !errors.As(err, &lacking) || !strings.Contains(err.Error(), d.preset) ||
						!strings.Contains(err.Error(), "cancel") ||
						len(w.sandbox.Requests()) != before {
						t.Errorf("%v, %s", err, w.wire(before))
					}
					return
				}
				c.do(w, b, end)
				if got := w.wire(before); got != c.wire {
					t.Errorf("calls: %s, want %s", got, c.wire)
				}
				if c.check != nil {
					c.check(w, b)
				}
			})
		}
	}
}

func (w *world) each(b journal.Batch, what string, holds func(journal.Entry) bool) {
	w.t.Helper()
	for e, err := range w.journal.Entries(w.t.Context(), b) {
		if err != nil || !holds(e) {
			w.t.Errorf("row %d: %s: %+v, %v", e.Line, what, e, err)
		}
	}
}

func isPending(w *world, b journal.Batch) {
	w.each(
		b,
		"Pending",
		func(e journal.Entry) bool { return e.Status == "Pending" && e.Charge.Valid && e.StartCount != "" },
	)
}

func refillEnded(w *world, b journal.Batch, end func()) {
	end()
	w.request(b, journal.Refill, batch.Choice{})
}

func hasRefill(w *world, b journal.Batch) {
	w.each(b, "a refill", func(e journal.Entry) bool { return strings.HasSuffix(e.Refill, ": asked for") })
}

func refillStatus(w *world, b journal.Batch, end func()) {
	refillEnded(w, b, end)
	w.refresh(b, false)
}

func refillPending(w *world, b journal.Batch) {
	w.each(b, "the refill's status", func(e journal.Entry) bool { return strings.HasSuffix(e.Refill, ": Pending") })
}

func isCanceled(w *world, b journal.Batch) {
	w.refresh(b, false)
	w.each(b, "Canceled", func(e journal.Entry) bool { return e.Status == "Canceled" && e.Charge.Decimal.IsZero() })
}
