package batch_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// TestTwoWorldsThatLookAlike: in the one the panel ordered a row and not the other, in the other it is the other way
// round, and no answer tells them apart. Whatever decided about these rows would be wrong in one of the worlds.
func TestTwoWorldsThatLookAlike(t *testing.T) {
	canceled := func(id, answer string) string { // as if all had been given back before anybody could look
		if begin := strings.Index(answer, `"`+id+`":{`); begin >= 0 {
			end := begin + strings.Index(answer[begin:], "}")
			is := fmt.Sprintf(`"%s":{"charge":"0","status":"Canceled","remains":"0","currency":"USD"`, id)
			return answer[:begin] + is + answer[end:]
		}
		return answer
	}
	for name, c := range map[string]struct {
		like       string
		quantities [2]int
		speed      float64
		shown      func(id, answer string) string // how the order that is there is told of; nil: as it is
	}{
		"equal rows":             {"", [2]int{100, 100}, -1, nil},
		"rounded to equal cents": {"cents", [2]int{1010, 1012}, 1e6, nil},
		"canceled at once":       {"", [2]int{100, 300}, 1e6, canceled},
	} {
		var told [2][]string
		for i := range told {
			config := sandbox.Config{Speed: c.speed}
			if c.like != "" {
				config = like(t, config, c.like)
			}
			var order string
			var sent []url.Values
			var mu sync.Mutex
			between := func(f url.Values, next func(url.Values) string) string {
				mu.Lock()
				defer mu.Unlock()
				link := f.Get("link")
				switch lost := strings.HasSuffix(link, "/6") || strings.HasSuffix(link, "/7"); {
				case f.Get("action") == "add" && lost:
					if sent = append(sent, f); len(sent) == 2 { // as requests that wait behind the panel's edge are taken late
						order = anOrder.FindStringSubmatch(next(sent[i]))[1]
					}
					return gone
				case f.Get("action") != "status":
					return next(f)
				}
				answer := next(f)
				if c.shown != nil {
					answer = c.shown(order, answer)
				}
				told[i] = append(told[i], f.Get("orders")+f.Get("order")+" "+answer)
				return answer
			}
			timelessBehind(t, config, between, nil, nil, func(t *testing.T, w *world) {
				w.job.Panel.Panel.Exclusive = panel.Alone
				w.job.Concurrency = 1
				sheet := "service,link,quantity\n"
				for row := 2; row < 20; row++ {
					quantity := 100
					if row == 6 || row == 7 {
						quantity = c.quantities[row-6]
					}
					sheet += fmt.Sprintf("1,https://example.com/%d,%d\n", row, quantity)
				}
				out, err := w.job.Run(t.Context(), w.open(sheet), "orders.csv")
				if err == nil {
					time.Sleep(time.Hour)
					mu.Lock()
					told[i] = nil // when what is asked while rows leave is asked is another matter
					mu.Unlock()
					out, err = w.job.Resettle(t.Context(), out.Batch, false)
				}
				if err != nil || out.Totals.States[journal.InDoubt] != 2 {
					t.Errorf("%s: %v, %v", name, out.Totals.States, err)
				}
			})
		}
		if !slices.Equal(told[0], told[1]) {
			t.Errorf("%s: the panel tells the worlds apart:\n%s\n%s", name, told[0], told[1])
		}
	}
}
