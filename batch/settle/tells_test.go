package settle

import (
	"strings"
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

// TestWordsOfWhatIsShownOtherwise: an order whose charge is as the row's would be may be its own though the panel shows
// another service, or another link, of it.
func TestWordsOfWhatIsShownOtherwise(t *testing.T) {
	const link = "https://example.com/some/long/page"
	entry := journal.Entry{Rate: decimal.New(1, 0), Units: journal.Exactly(decimal.New(1, 0))}
	entry.Params = []panel.Param{{Name: "service", Value: "1"}, {Name: "link", Value: link}}
	shown := func(id int64, link, charge string) found {
		return found{id: id, status: panel.Status{Status: "In progress", Link: link,
			Charge: decimal.NewNullDecimal(decimal.RequireFromString(charge))}}
	}
	kinds := map[orderKind]bool{orderKindOf(entry): true}
	k := learned{roundings: roundings{{2, up}}, tells: shownAs{"link": kinds}, bounded: true}
	x := suspect{entry: entry, low: 1, high: 10, known: true, searched: true}
	for _, tt := range []struct {
		sentence  string
		order     found
		words     string
		alarm     string
		elsewhere bool // it speaks against the row's not being placed, where it lies behind the row's window
	}{
		{"as it was sent", shown(5, link, "1"), "may be its own", "", true},
		{"another link", shown(5, "https://example.com/x", "1"), "doesn't show what the row ordered", "no row ordered", true},
		{"another charge", shown(5, "https://example.com/x", "7"), "isn't its own", "can be no row's", false},
		{"a link that is cut", shown(5, link[:25], "1"), "may be its own", "", true},
	} {
		m := match([]suspect{x}, []found{tt.order}, k)
		if words := m.undecided(0, m.can[0]); !strings.Contains(words, tt.words) {
			t.Errorf("%s: %s", tt.sentence, words)
		}
		if alarm := m.alarm(); (alarm == "") != (tt.alarm == "") || !strings.Contains(alarm, tt.alarm) {
			t.Errorf("%s: %s", tt.sentence, alarm)
		}
		tt.order.id = 50
		k.strangers = []found{tt.order}
		if lack := match([]suspect{x}, nil, k).lacks(0); (lack != "") != tt.elsewhere {
			t.Errorf("%s, elsewhere: %s", tt.sentence, lack)
		}
		k.strangers = nil
	}
}
