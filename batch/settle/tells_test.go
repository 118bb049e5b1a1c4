package settle

import (
	"testing"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// TestWhatAPanelShowsProvesOfItsKind: a panel may fulfil another service by the one of which it showed orders of ours
// as they were sent, and tell drip-feeds otherwise than other orders.
func TestWhatAPanelShowsProvesOfItsKind(t *testing.T) {
	entry := func(service, runs string) journal.Entry {
		e := journal.Entry{Rate: decimal.New(1, 0), Units: journal.Exactly(decimal.New(1, 0))}
		e.Params = []panel.Param{{Name: "service", Value: service}, {Name: "quantity", Value: "100"}}
		if runs != "" {
			e.Params = append(e.Params, panel.Param{Name: "runs", Value: runs})
		}
		return e
	}
	shown := func(service, quantity string) panel.Status {
		return panel.Status{Status: "Pending", Service: service, Quantity: quantity,
			Charge: decimal.NewNullDecimal(decimal.New(1, 0))}
	}
	var own []journal.Entry
	var now []panel.Status
	for range fewest {
		own, now = append(own, entry("1", "")), append(now, shown("1", "100"))
	}
	k := learned{roundings: roundings{{2, up}}, tells: learnTells(own, now)}
	for _, tt := range []struct {
		sentence string
		entry    journal.Entry
		status   panel.Status
		want     fit
	}{
		{"as it was sent", entry("1", ""), shown("1", "100"), fitting},
		{"another service", entry("1", ""), shown("2", "100"), misfit},
		{"another quantity", entry("1", ""), shown("1", "500"), misfit},
		{"another service than one of which nothing was shown", entry("2", ""), shown("1", "100"), strange},
		{"another quantity than a drip-feed's", entry("1", "5"), shown("1", "500"), strange},
	} {
		if got := k.mayBe(suspect{entry: tt.entry}, found{status: tt.status}); got != tt.want {
			t.Errorf("%s: %d", tt.sentence, got)
		}
	}
	own, now = append(own, entry("2", "")), append(now, shown("1", "100"))
	k.tells = learnTells(own, now)
	if got := k.mayBe(suspect{entry: entry("1", "")}, found{status: shown("2", "100")}); got != fitting {
		t.Errorf("where one service is shown as another: %d", got)
	}
}
