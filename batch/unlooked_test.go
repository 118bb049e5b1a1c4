package batch_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// farApart gives orders ids that lie so far apart, as where many order beside us; one tells of one order a call.
func farApart(step int, one bool, between front) front {
	return func(f url.Values, next func(url.Values) string) string {
		switch {
		case f.Get("action") == "add":
			return between(f, func(f url.Values) string {
				answer := next(f)
				m := anOrder.FindStringSubmatch(answer)
				if m == nil {
					return answer
				}
				id, _ := strconv.Atoi(m[1])
				return fmt.Sprintf(`{"order":%d}`, id*step)
			})
		case f.Get("action") != "status":
			return between(f, next)
		case f.Get("orders") != "" && one:
			return `{"error":"Incorrect request"}`
		}
		all := map[string]json.RawMessage{}
		absent := next(url.Values{"key": f["key"], "action": {"status"}, "order": {"1"}})
		for id := range strings.SplitSeq(f.Get("orders")+f.Get("order"), ",") {
			asked, _ := strconv.Atoi(id)
			all[id] = json.RawMessage(absent)
			if asked%step == 0 {
				all[id] = json.RawMessage(next(url.Values{"key": f["key"], "action": {"status"},
					"order": {strconv.Itoa(asked / step)}}))
			}
		}
		if id := f.Get("order"); id != "" {
			return string(all[id])
		}
		text, _ := json.Marshal(all)
		return string(text)
	}
}

// TestARefusedRowAmongManyIDs: where its order would stand more ids lie than a run looks at, so that the row waits
// until they are looked at, or a person did that.
func TestARefusedRowAmongManyIDs(t *testing.T) {
	refused := func(f url.Values, next func(url.Values) string) string {
		if f.Get("action") == "add" && strings.HasSuffix(f.Get("link"), "/5") {
			return `{"error":"Invalid link"}`
		}
		return next(f)
	}
	for name, c := range map[string]struct {
		step    int
		one     bool // the panel tells of one order a call
		between front
		waits   bool
		alarm   string // the order that it names after the ids were looked at
	}{
		"it was ordered":             {1500, false, refusing("5", "0.09", false, &moved{}), true, "35256000"},
		"it wasn't":                  {1500, false, refused, true, ""},
		"ids lie close":              {5, false, refused, false, ""},
		"a call tells of one":        {40, true, refused, true, ""},
		"more than can be looked at": {1500, true, refusing("5", "0.09", false, &moved{}), true, journal.UnknownOrder},
	} {
		between := farApart(c.step, c.one, c.between)
		timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			w.job.Results = filepath.Join(t.TempDir(), "results.xlsx")
			out, err := w.job.Run(t.Context(), w.open(rows(12)), "orders.csv")
			written := w.job.Written
			if err != nil || len(out.Totals.Alarms) != 0 ||
				(out.Totals.Owed != nil && out.Totals.Owed.Unlooked) != c.waits {
				t.Fatalf("%s: %+v, %+v, %v", name, out.Totals.Owed, out.Totals.Alarms, err)
			}
			for range 2 {
				time.Sleep(time.Hour)
				if out, err = w.job.Resettle(t.Context(), out.Batch, false); err != nil || out.Totals.Owed != nil {
					t.Fatalf("%s: %+v, %v", name, out.Totals.Owed, err)
				}
				if got := len(out.Totals.Alarms); got > 1 || (got == 1) != (c.alarm != "") ||
					got == 1 && out.Totals.Alarms[0].OrderID != c.alarm {
					t.Errorf("%s: %+v", name, out.Totals.Alarms)
				}
			}
			// What is to be corrected is in the results once it is known that it may be.
			if again := w.job.Written > written; again != (c.waits && c.alarm == "") {
				t.Errorf("%s: results are written again: %v", name, again)
			}
		})
	}
}

// TestSettlingInPieces: a panel tells of one order a call, and where the rows in doubt may have their orders more ids
// lie than are asked about at once. A settlement says where it stands, and the next one goes on.
func TestSettlingInPieces(t *testing.T) {
	lost := func(f url.Values, next func(url.Values) string) string {
		answer, link := next(f), f.Get("link")
		if f.Get("action") == "add" && (strings.HasSuffix(link, "/4") || strings.HasSuffix(link, "/9")) {
			return gone
		}
		return answer
	}
	timelessBehind(t, sandbox.Config{Speed: -1}, farApart(220, true, lost), nil, nil, func(t *testing.T, w *world) {
		w.job.Concurrency = 1
		w.job.Limit = 5
		out, err := w.job.Run(t.Context(), w.open(rows(13)), "orders.csv")
		for range 2 {
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			out, err = w.job.Resume(t.Context(), out.Batch)
		}
		if err != nil || out.Totals.States[journal.InDoubt] != 2 {
			t.Fatalf("%v, %v", out.Totals.States, err)
		}
		time.Sleep(time.Hour)
		for _, want := range []struct {
			left  int
			words string // of the last row
		}{{1, "goes on with it"}, {0, "is no other row's"}} {
			if out, err = w.job.Resettle(t.Context(), out.Batch, false); err != nil {
				t.Fatal(err)
			}
			all := out.Settlement.Conclusions
			if out.Totals.States[journal.InDoubt] != want.left || !strings.Contains(all[len(all)-1].Words, want.words) {
				t.Errorf("%v, want %d in doubt: %+v", out.Totals.States, want.left, all)
			}
		}
		w.onceEach()
	})
}
