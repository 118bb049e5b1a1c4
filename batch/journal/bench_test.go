package journal

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/panel"
)

// BenchmarkRow is what the books do of a row from the draft to its first status, 64 rows at once under way.
func BenchmarkRow(b *testing.B) {
	j, err := OpenNew(b)
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	wholeRows(b, j)
}

func wholeRows(b *testing.B, j *Journal) {
	account, err := j.OpenAccount(b.Context(), "https://panel.example", "p", "key")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	d, err := j.Draft(Batch{Panel: "p", Created: time.Now()})
	for i := range b.N {
		e := Entry{
			Line: i + 2, Panel: "p", Account: account.N, State: Queued, Service: fmt.Sprint(i % 5000), Request: "random",
			Target: fmt.Sprintf("%d https://example.com/p/%d", i%5000, i),
			Params: []panel.Param{{Name: "service", Value: "1"}, {Name: "link", Value: fmt.Sprint("https://example.com/p/", i)},
				{Name: "quantity", Value: "100"}},
			Cells: []string{"1", fmt.Sprint("https://example.com/p/", i), "100", "Client", "Campaign", "note", "", "", ""},
			Rate:  decimal.RequireFromString("1.23"), Units: Exactly(decimal.RequireFromString("0.5")),
		}
		e.Identity = Identify(panel.Service{ID: e.Service}, e.Params, "")
		e.Key = e.Identity.Key(account.N)
		if err == nil {
			err = d.Add(e)
		}
	}
	if err == nil {
		err = d.Finish(Reading{Accounts: []Account{{N: account.N, Panel: "p"}}})
	}
	if err != nil {
		b.Fatal(err)
	}
	batch, err := d.Admit(b.Context(), "b", Repeats{})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := j.KeepTotals(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	var g errgroup.Group
	g.SetLimit(64)
	for seq := int64(1); seq <= int64(b.N); seq++ {
		g.Go(func() error {
			began := time.Now()
			if err := j.Intend(batch, seq, began); err != nil {
				return err
			}
			j.Conclude(batch, Outcome{Seq: seq, State: Placed, Attempt: Attempt{Started: began, Ended: time.Now(),
				Verdict: "placed", HTTPStatus: 200, OrderID: fmt.Sprint(23501 + seq), Answer: `{"order":23501}`}})
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	if err := j.Flush(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "sent/s")
	var told []Checked
	for seq := int64(1); seq <= int64(b.N); seq++ {
		told = append(told, Checked{Seq: seq, At: time.Now(), Due: time.Now().Add(time.Hour), Status: panel.Status{
			Status: "Pending", Charge: decimal.NewNullDecimal(decimal.RequireFromString("0.615")), Currency: "USD",
			StartCount: "100", Remains: "100"}})
		if len(told) == 100 || seq == int64(b.N) {
			if _, err := j.Check(batch, told); err != nil {
				b.Fatal(err)
			}
			told = nil
		}
	}
}
