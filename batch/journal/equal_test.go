package journal

import (
	"testing"
	"time"
)

// TestThousandsOfEqualRows: each is judged, and refused or sent, without being compared with all the others. That took
// minutes for 8,000 of them.
func TestThousandsOfEqualRows(t *testing.T) {
	const n = 3000
	j, _ := books(t, time.Now())
	like := Identity{Content: hash("c"), Alias: hash("a")}
	account, err := j.OpenAccount(t.Context(), "https://panel.example", "p", "key")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	d, err := j.Draft(Batch{Panel: "p", Created: began})
	for i := range n {
		like.Nth = i + 1
		e := Entry{
			Line: i + 2, Panel: "p", Account: account.N, Identity: like, Key: like.Key(account.N), State: Queued,
		}
		if err == nil {
			err = d.Add(e)
		}
	}
	if err == nil {
		err = d.Finish(Reading{Accounts: []Account{{N: account.N, Panel: "p"}}})
	}
	if err == nil {
		err = d.Judge("equal", Repeats{Since: began.Add(-time.Hour)})
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), "equal", Repeats{Since: began.Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for seq := int64(1); seq <= 200; seq++ {
		if err := j.Intend(b, seq, began); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("judging %d equal rows and sending 200 of them took %s", n, took)
	}
}
