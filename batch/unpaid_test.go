package batch_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/samples/sandbox"
)

var aBalance = regexp.MustCompile(`"balance":"([0-9.]+)"`)

// ofAnother lets the adds for some links make orders of another account, which the panel shows nevertheless, and ends
// those for others without an answer: the first ones after they made their order.
func ofAnother(t *testing.T, strangers, ours []string) front {
	cost := decimal.Zero // that other accounts paid
	return func(form url.Values, next func(url.Values) string) string {
		is := func(all []string) bool {
			for _, name := range all {
				if strings.HasSuffix(form.Get("link"), "/"+name) {
					return true
				}
			}
			return false
		}
		switch said := next; {
		case form.Get("action") == "add" && is(strangers):
			form.Set("link", "https://example.com/anothers/"+form.Get("link")[len("https://example.com/"):])
			said(form)
			quantity, err := decimal.NewFromString(form.Get("quantity"))
			if err != nil {
				t.Error(err)
			}
			cost = cost.Add(quantity.Mul(decimal.RequireFromString("0.0009")))
			return gone
		case form.Get("action") == "add" && is(ours):
			said(form)
			return gone
		}
		answer := next(form)
		return aBalance.ReplaceAllStringFunc(answer, func(text string) string {
			told := decimal.RequireFromString(aBalance.FindStringSubmatch(text)[1])
			return fmt.Sprintf(`"balance":"%s"`, told.Add(cost))
		})
	}
}

// TestAnOrderThatNobodyOfUsPaidIsntOurs, though only we order on the account: panels show orders of other accounts.
func TestAnOrderThatNobodyOfUsPaidIsntOurs(t *testing.T) {
	for _, tt := range []struct {
		sentence        string
		strangers, ours []string // by link: whose adds make another account's order, and whose make one of ours
		found           bool
		rows            int
	}{
		{"one row, and another account's order", []string{"6"}, nil, false, 1},
		{"one row, and its own", nil, []string{"6"}, true, 1},
		{"two rows, and one of the orders is another account's", []string{"7"}, []string{"6"}, false, 2},
		{"two rows, and their own", nil, []string{"6", "7"}, true, 2},
		{"two rows, and two orders of others", []string{"6", "7"}, nil, false, 2},
	} {
		between := ofAnother(t, tt.strangers, tt.ours)
		timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			out, err := w.job.Run(t.Context(), w.open(rows(20)), "orders.csv")
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			s, err := w.settler(out.Batch).Settle(t.Context())
			if err != nil || s.Alarm != "" || s.Advice != "" || len(s.Conclusions) != tt.rows {
				t.Fatalf("%s: %+v, %v", tt.sentence, s, err)
			}
			for _, c := range s.Conclusions {
				told := strings.Contains(c.Words, "left the balance that no order of ours explains")
				if (c.How != "") != tt.found || told == tt.found || c.Finding.Placed != "" || c.Finding.NotPlaced {
					t.Errorf("%s: row %d: %+v", tt.sentence, c.Entry.Line, c)
				}
			}
		})
	}
}
