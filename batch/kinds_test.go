package batch_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// apart gives the orders of service 102 ids of their own, from one on, as panels do that have a table for them.
func apart(first int, between front) front {
	inside := map[string]string{} // by the id that is told
	named := map[string]string{}
	return func(f url.Values, next func(url.Values) string) string {
		if between == nil {
			between = func(f url.Values, next func(url.Values) string) string { return next(f) }
		}
		switch f.Get("action") {
		case "add":
			return between(f, func(f url.Values) string {
				answer := next(f)
				m := anOrder.FindStringSubmatch(answer)
				if m == nil || f.Get("service") != "102" {
					return answer
				}
				id := strconv.Itoa(first + len(inside))
				inside[id], named[m[1]] = m[1], id
				return fmt.Sprintf(`{"order":%s}`, id)
			})
		case "status":
			ids := strings.Split(f.Get("orders")+f.Get("order"), ",")
			all := map[string]json.RawMessage{}
			for _, id := range ids {
				asked := id
				switch {
				case inside[id] != "":
					asked = inside[id]
				case named[id] != "":
					asked = "1"
				}
				all[id] = json.RawMessage(next(url.Values{"key": f["key"], "action": {"status"}, "order": {asked}}))
			}
			if f.Get("order") != "" {
				return string(all[f.Get("order")])
			}
			text, err := json.Marshal(all)
			if err != nil {
				return err.Error()
			}
			return string(text)
		}
		return between(f, next)
	}
}

// lastly lets an add make its order, and ends without an answer; what is paid in at once hides its charge.
func lastly(link string, before bool) front {
	paid := false
	return func(f url.Values, next func(url.Values) string) string {
		if f.Get("action") == "add" && strings.HasSuffix(f.Get("link"), "/"+link) && !paid {
			if paid = true; !before {
				next(f)
			}
			return gone
		}
		answer := next(f)
		if paid && f.Get("action") == "balance" {
			return aBalance.ReplaceAllString(answer, `"balance":"9$1"`) // 90,000 more
		}
		return answer
	}
}

// TestAWindowTellsNothingOfAServiceThatWasNeverSeenThere: its orders may have their ids elsewhere, and the balance
// can't tell since money was paid in.
func TestAWindowTellsNothingOfAServiceThatWasNeverSeenThere(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		services []int // of rows 2, 3, …
		apart    int   // the panel gives orders of service 102 ids of their own, from this one on; 0: it doesn't
		never    bool  // the row's request makes no order
		want     bool  // it is said that the order isn't there
	}{
		{"no other order of its service", []int{1, 1, 1, 1, 102, 1, 1}, 900001, false, false},
		{"one before all others", []int{102, 1, 1, 1, 102, 1, 1}, 10, false, false},
		{"one after all others", []int{1, 1, 1, 1, 102, 1, 1, 102}, 900001, false, false},
		{"one among the others", []int{1, 1, 102, 1, 102, 1, 1}, 0, true, true},
		{"its service alone", []int{102, 102, 102, 102, 102, 102, 102}, 0, true, true},
		{"its service around it", []int{1, 1, 1, 102, 102, 102, 102}, 0, true, true},
	} {
		between := lastly("6", tt.never)
		if tt.apart > 0 {
			between = apart(tt.apart, between)
		}
		timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			sheet := "service,link,quantity\n"
			for i, service := range tt.services {
				sheet += fmt.Sprintf("%d,https://example.com/%d,100\n", service, i+2)
			}
			out, err := w.job.Run(t.Context(), w.open(sheet), "orders.csv")
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			s, err := w.settler(out.Batch).Settle(t.Context())
			if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" {
				t.Fatalf("%s: %+v, %v", tt.sentence, s, err)
			}
			c := s.Conclusions[0]
			if c.Finding.NotPlaced != tt.want || strings.Contains(c.Words, "no order is there") != tt.want {
				t.Errorf("%s: %q, %+v", tt.sentence, c.Words, c.Finding)
			}
			err = w.settler(out.Batch).Force(t.Context(), settle.Word{Lines: []parse.Line{{N: 6}}, Reason: "as settle found"})
			if (err == nil) != tt.want {
				t.Errorf("%s: a word that it isn't there: %v", tt.sentence, err)
			}
		})
	}
}
