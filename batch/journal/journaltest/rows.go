package journaltest

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// row makes an entry to be sent.
func row(line int) journal.Entry {
	link := fmt.Sprintf("https://example.com/%d", line)
	return journal.Entry{
		Line:     line,
		Cells:    []string{"1", link, "100"},
		Panel:    "p",
		Account:  1,
		Key:      "key-" + link,
		Identity: journal.Identity{Content: "content-" + link, Nth: 1},
		Service:  "1",
		Target:   "1 " + link,
		Params: []panel.Param{
			{Name: "service", Value: "1"},
			{Name: "link", Value: link},
		},
		Rate:  decimal.RequireFromString("0.0000001"),
		Units: journal.Exactly(decimal.RequireFromString("0.1")),
		State: journal.Queued,
	}
}

func rows(n int) []journal.Entry {
	var all []journal.Entry
	for line := 2; line < n+2; line++ {
		all = append(all, row(line))
	}
	return all
}

func draft(t *testing.T, j *journal.Journal, entries []journal.Entry) *journal.Draft {
	t.Helper()
	return draftOf(t, j, "", entries)
}

// draftOf is [draft] of a file with these bytes.
func draftOf(t *testing.T, j *journal.Journal, digest string, entries []journal.Entry) *journal.Draft {
	t.Helper()
	d, err := j.Draft(
		journal.Batch{
			Panel:   "p",
			Sheet:   "s.csv",
			Digest:  digest,
			Columns: []string{"Service", "Link", "Quantity"},
			Created: time.Now(),
		},
	)
	must(t, err)
	for _, e := range entries {
		must(t, d.Add(e))
	}
	must(t, d.Finish(journal.Reading{Fingerprint: "print", Worksheet: "s.csv",
		Services: []journal.Service{
			{
				Panel: "p",
				Service: panel.Service{
					ID:   "1",
					Name: "Followers",
					Type: "Default",
					Rate: decimal.RequireFromString("0.0000001"),
					Min:  1,
					Max:  1000,
				},
			},
		}}))
	return d
}

func admit(t *testing.T, j *journal.Journal, id string, entries []journal.Entry) journal.Batch {
	t.Helper()
	b, err := draft(t, j, entries).Admit(t.Context(), id, journal.Repeats{Since: time.Now().Add(-time.Hour)})
	must(t, err)
	return b
}

func place(t *testing.T, j *journal.Journal, b journal.Batch, seq int64, order string) error {
	t.Helper()
	must(t, j.Intend(b, seq, time.Now()))
	return <-j.Conclude(
		b,
		journal.Outcome{
			Seq:     seq,
			State:   journal.Placed,
			Attempt: journal.Attempt{Started: time.Now(), Ended: time.Now(), Verdict: "placed", OrderID: order},
		},
	)
}

func conclude(t *testing.T, j *journal.Journal, b journal.Batch, seq int64, state journal.State) {
	t.Helper()
	must(t, j.Intend(b, seq, time.Now()))
	must(t, <-j.Conclude(b, journal.Outcome{Seq: seq, State: state, Note: "note"}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func entries(t *testing.T, j *journal.Journal, b journal.Batch) []journal.Entry {
	t.Helper()
	var all []journal.Entry
	for e, err := range j.Entries(t.Context(), b) {
		must(t, err)
		all = append(all, e)
	}
	return all
}

// states gives the state of each row, in order.
func states(t *testing.T, j *journal.Journal, b journal.Batch) string {
	t.Helper()
	s := ""
	for _, e := range entries(t, j, b) {
		s += fmt.Sprintf("%d:%s ", e.Line, e.State)
	}
	return s
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}
