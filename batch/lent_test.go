package batch_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// TestAnOrderAtAnotherPriceIsntTakenForAnotherRows: the fifth row is ordered at another price than all others, and not
// answered; the sixth isn't ordered, and would cost just that. Where the order is given to the sixth row, nobody says
// of the fifth that it has none.
func TestAnOrderAtAnotherPriceIsntTakenForAnotherRows(t *testing.T) {
	const discount, double = "0.81", "1.8"
	for _, tt := range []struct {
		name         string
		rate         string // of the fifth row's order; that of the catalogue is 0.9
		fifth, sixth int
		how          journal.How
	}{
		{"panels charge less from a quantity on", discount, 1000, 900, ""},
		{"the price moved for one order, which nobody can see", double, 200, 400, journal.Inferred},
	} {
		config := sandbox.Config{Speed: 100, Prices: []sandbox.Price{
			{Service: 1, Rate: tt.rate, After: 4, Shown: -1}, {Service: 1, Rate: "0.9", After: 5, Shown: -1},
		}}
		faults := []string{"add:closed:after:n=5", "add:closed:before:n=6"}
		timeless(t, config, nil, faults, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			out := w.run(priced(100, 200, 300, 400, tt.fifth, tt.sixth, 500, 600, 700, 800))
			w.forget("DELETE FROM sightings")
			time.Sleep(10 * time.Minute) // all orders are done
			order := w.orderFor("6")
			for range 2 {
				s, err := w.settler(out.Batch).Settle(t.Context())
				if err != nil || len(s.Conclusions) == 0 || s.Conclusions[0].Entry.Line != 6 || s.Conclusions[0].How != "" ||
					!strings.Contains(s.Conclusions[0].Words, order) {
					t.Fatalf("%s: %+v, %v", tt.name, s, err)
				}
				if f := s.Conclusions[0].Finding; f.NotPlaced || f.Placed != "" {
					t.Errorf("%s: %+v", tt.name, f)
				}
				if len(s.Conclusions) == 2 && s.Conclusions[1].How != tt.how {
					t.Errorf("%s: %+v", tt.name, s.Conclusions[1])
				}
			}
			word := settle.Word{Lines: []parse.Line{{N: 6}}, Reason: "as settle found"}
			var standing *settle.StandingError
			err := w.settler(out.Batch).Force(t.Context(), word)
			if !errors.As(err, &standing) || !slices.Contains(standing.Orders, order) {
				t.Errorf("%s: %v", tt.name, err)
			}
			taken := word
			taken.OrderID = order
			if tt.how != "" {
				err := w.settler(out.Batch).Force(t.Context(), taken)
				if !errors.Is(err, journal.ErrOrderTaken) || !strings.Contains(err.Error(), "row 7 of batch") {
					t.Errorf("%s: %v", tt.name, err)
				}
			}
			word.Although = []string{order}
			word.Agree = func(string) error { return nil }
			if err := w.settler(out.Batch).Force(t.Context(), word); err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		})
	}
}
