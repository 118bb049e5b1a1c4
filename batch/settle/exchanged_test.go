package settle

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// TestRowsThatWereGivenEachOthersOrders: charges tell it, whatever was exchanged with what.
func TestRowsThatWereGivenEachOthersOrders(t *testing.T) {
	type row struct{ service, approved, charge string }
	for name, c := range map[string]struct {
		rows []row
		want string // the rows of the rounds, from 1
	}{
		"two":                          {[]row{{"1", "0.1", "0.9"}, {"1", "0.9", "0.1"}, {"1", "0.1", "0.1"}}, "[[1 2]]"},
		"three in a round":             {[]row{{"1", "0.10", "0.15"}, {"1", "0.15", "0.20"}, {"1", "0.20", "0.10"}}, "[[1 2 3]]"},
		"of two services":              {[]row{{"1", "0.1", "0.2"}, {"2", "0.2", "0.1"}}, "[[1 2]]"},
		"of little":                    {[]row{{"1", "0.001", "0.0020"}, {"1", "0.002", "0.0010"}}, "[[1 2]]"},
		"two pairs":                    {[]row{{"1", "1", "2"}, {"1", "2", "1"}, {"1", "3", "4"}, {"1", "4", "3"}}, "[[1 2] [3 4]]"},
		"a price that rose":            {[]row{{"1", "0.1", "0.2"}, {"1", "0.2", "0.4"}, {"1", "0.4", "0.8"}}, "[]"},
		"one that rose, one that fell": {[]row{{"1", "0.1", "0.2"}, {"2", "0.3", "0.1"}}, "[]"},
		"what is rounded":              {[]row{{"1", "0.1049", "0.11"}, {"1", "0.1051", "0.10"}}, "[]"},
		"nothing":                      {[]row{{"1", "0.1", "0.1"}}, "[]"},
	} {
		var all []journal.Charged
		for i, r := range c.rows {
			all = append(all, journal.Charged{Seq: int64(i + 1), Panel: "p", Service: r.service,
				Approved: decimal.RequireFromString(r.approved), Charge: decimal.RequireFromString(r.charge)})
		}
		rounds := [][]int64{}
		for _, round := range exchanges(all) {
			var seqs []int64
			for _, c := range round {
				seqs = append(seqs, c.Seq)
			}
			rounds = append(rounds, seqs)
		}
		if got := fmt.Sprint(rounds); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
