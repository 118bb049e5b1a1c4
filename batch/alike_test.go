package batch_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

var anOrder = regexp.MustCompile(`"order":"?([0-9]+)`)

// lastOfAll answers the adds for two links, which come at once, with the last id of the panel's table.
func lastOfAll(links ...string) front {
	var mu sync.Mutex
	ids := map[string]int{}
	last := func() (id int, all bool) {
		mu.Lock()
		defer mu.Unlock()
		for _, n := range ids {
			id = max(id, n)
		}
		return id, len(ids) == len(links)
	}
	return func(f url.Values, next func(url.Values) string) string {
		for _, link := range links {
			if f.Get("action") != "add" || !strings.HasSuffix(f.Get("link"), "/"+link) {
				continue
			}
			if m := anOrder.FindStringSubmatch(next(f)); m != nil {
				id, _ := strconv.Atoi(m[1])
				mu.Lock()
				ids[link] = id
				mu.Unlock()
			}
			for {
				id, all := last()
				if all {
					return fmt.Sprintf(`{"order":%d}`, id)
				}
				time.Sleep(time.Millisecond)
			}
		}
		return next(f)
	}
}

// TestTwoRowsWithOneAnswerAreOneSet: the panel gave both the last order of its table, so that neither's id is known,
// unless their charges tell.
func TestTwoRowsWithOneAnswerAreOneSet(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		second   int // quantity of the second row; that of the first is 100
		alone    panel.Exclusive
	}{
		{"alike in all", 100, panel.Alone}, {"with charges of their own", 150, panel.Alone},
		{"and nobody said that only we order", 100, panel.NotSaid},
	} {
		timelessBehind(t, sandbox.Config{Speed: -1}, lastOfAll("6", "7"), nil, nil, func(t *testing.T, w *world) {
			w.job.Panel.Panel.Exclusive = tt.alone
			w.job.Concurrency = 4
			quantities := make([]int, 20)
			for i := range quantities {
				quantities[i] = 100
			}
			quantities[5] = tt.second
			out, err := w.job.Run(t.Context(), w.open(priced(quantities...)), "orders.csv")
			if err != nil || out.End.Stop != batch.Alarm {
				t.Fatalf("%s: stopped by %q, %v", tt.sentence, out.End.Stop, err)
			}
			time.Sleep(time.Hour)
			w.job.Concurrency = 1
			if out, err = w.job.Resume(t.Context(), out.Batch); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			if tt.alone == panel.NotSaid {
				w.forget("DELETE FROM moments") // nothing proves it then
			}
			s, err := w.job.Resettle(t.Context(), out.Batch, false)
			alarms, lost := w.journal.Alarms(t.Context(), out.Batch)
			if tt.alone == panel.NotSaid {
				if err != nil || lost != nil || s.Totals.States[journal.InDoubt] != 1 || len(alarms) != 1 ||
					alarms[0].OrderID != "23506" || !strings.Contains(alarms[0].Words, "may be either's") {
					t.Errorf("%s: %v, %v, %+v, %+v", tt.sentence, err, lost, s.Totals.States, alarms)
				}
				return
			}
			if err != nil || s.Settlement.Alarm != "" || s.Totals.States[journal.Placed] != 20 {
				t.Fatalf("%s: %v, %+v", tt.sentence, err, s.Settlement)
			}
			w.audit(out.Batch)
			if lost != nil || len(alarms) > 0 {
				t.Errorf("%s: %+v, %v", tt.sentence, alarms, lost)
			}
		})
	}
}
