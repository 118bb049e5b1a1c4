package journaltest

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

func checked(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(3))
	must(t, place(t, j, b, 1, "1"))
	must(t, place(t, j, b, 2, "2"))
	now := time.UnixMilli(1_000_000)
	isOpen := func(words string, until time.Time, seqs ...int64) {
		t.Helper()
		open, err := j.Open(t.Context(), b, "p", until)
		must(t, err)
		got := []int64{}
		for _, f := range open {
			got = append(got, f.Seq)
		}
		want(t, words, got, seqs)
	}
	isOpen("never asked", now, 1, 2)
	status := panel.Status{
		Status:     "In progress",
		Charge:     decimal.NewNullDecimal(decimal.NewFromInt(3)),
		StartCount: "5",
		Remains:    "7",
		Currency:   "USD",
	}
	check(t, j, b, 1, journal.Checked{Seq: 1, At: now, Due: now.Add(time.Hour), Status: status})
	isOpen("due", now, 2)
	isOpen("all, the one due first first", time.Time{}, 2, 1)
	check(
		t,
		j,
		b,
		0,
		journal.Checked{Seq: 1, At: now.Add(time.Second), Due: now, Status: panel.Status{Status: "In progress"}},
	)
	e := entries(t, j, b)[0]
	want(
		t,
		"what isn't told again stays",
		[]any{
			e.Status,
			e.Charge.Decimal,
			e.StartCount,
			e.Remains,
			e.Currency,
			e.CheckedAt.UnixMilli(),
			e.ChangedAt.UnixMilli(),
		},
		[]any{"In progress", 3, "5", "7", "USD", 1_001_000, 1_000_000},
	)
	check(
		t,
		j,
		b,
		1,
		journal.Checked{
			Seq:    1,
			At:     now.Add(time.Minute),
			Due:    now.Add(time.Hour),
			Status: panel.Status{Error: "Incorrect order ID"},
		},
	)
	check(
		t,
		j,
		b,
		0,
		journal.Checked{
			Seq:    1,
			At:     now.Add(time.Minute),
			Due:    now.Add(time.Hour),
			Status: panel.Status{Error: "Incorrect order ID"},
		},
	)
	e = entries(t, j, b)[0]
	want(t, "an error stands beside the status", []any{e.Status, e.Silence}, []any{"In progress", "Incorrect order ID"})
	check(
		t,
		j,
		b,
		1,
		journal.Checked{
			Seq: 1,
			At:  now.Add(time.Hour),
			Status: panel.Status{
				Status:  "Partial",
				Charge:  decimal.NewNullDecimal(decimal.NewFromInt(1)),
				Remains: "4",
			},
		},
	)
	isOpen("a final order isn't asked again", time.Time{}, 2)
	check(t, j, b, 0, journal.Checked{Seq: 3, At: now, Due: now, Status: status}) // not placed
	past, err := j.Statuses(t.Context(), b, 1)
	must(t, err)
	want(
		t,
		"history",
		[]any{
			len(past),
			past[0].Charge.Decimal,
			past[0].Remains,
			past[1].Status,
			past[1].Charge.Decimal,
			past[1].StartCount,
			past[1].At.UnixMilli(),
		},
		[]any{2, 3, "7", "Partial", 1, "5", 1_000_000 + 3_600_000},
	)
}

// check stores what the panel says of one order, and tells whether it was news.
func check(t *testing.T, j *journal.Journal, b journal.Batch, news int, c journal.Checked) {
	t.Helper()
	before, err := j.Batch(t.Context(), b.ID)
	must(t, err)
	n, err := j.Check(b, []journal.Checked{c})
	must(t, err)
	want(t, "news", n, news)
	after, err := j.Batch(t.Context(), b.ID)
	must(t, err)
	want(t, "a new revision", after.Revision > before.Revision, news > 0)
}

func requested(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(5))
	for seq := int64(1); seq <= 4; seq++ {
		must(t, place(t, j, b, seq, fmt.Sprint(seq)))
	}
	now := time.UnixMilli(1_800_000_000_000) // as large as times are: a smaller one fits into more types
	ask := func(words string, action journal.Action, again bool, seqs ...int64) []journal.Request {
		t.Helper()
		asked, err := j.Ask(b, action, []int64{1, 2, 3, 4, 5}, "me", now, again)
		must(t, err)
		got := []int64{}
		for _, r := range asked {
			got = append(got, r.Seq)
		}
		want(t, words, got, seqs)
		return asked
	}
	asked := ask("only placed rows", journal.Refill, false, 1, 2, 3, 4)
	ask("none twice while it is under way", journal.Refill, false)
	asked[0].State, asked[0].Ref, asked[0].Due = journal.Taken, "77", now.Add(time.Hour)
	asked[1].State, asked[1].Words = journal.Declined, "not available"
	asked[2].State = journal.Unasked
	must(t, j.Answer(b, asked[:3], now))
	doubts, err := j.RecoverRequests(t.Context(), b, now)
	must(t, err)
	want(t, "interrupted", doubts, 1)
	texts := func() (all []any) {
		for _, e := range entries(t, j, b)[:4] {
			all = append(all, e.Refill)
		}
		return all
	}
	want(t, "refills of the rows", texts(), []any{"77: asked for", "refused: not available", "", "in doubt"})
	ask("what is open or in doubt isn't asked again", journal.Refill, false, 2, 3)
	open, err := j.OpenRefills(t.Context(), b, "p", now)
	must(t, err)
	want(t, "due", len(open), 0)
	open, err = j.OpenRefills(t.Context(), b, "p", time.Time{})
	must(t, err)
	want(t, "open", []any{len(open), open[0].Ref}, []any{1, "77"})
	open[0].Status, open[0].Due = "Completed", time.Time{}
	for _, news := range []int{1, 0} {
		n, err := j.CheckRefills(b, open, now)
		must(t, err)
		want(t, "news", n, news)
	}
	want(t, "refills of the rows", texts()[0], "77: Completed")
	all, err := j.Requests(t.Context(), b, 1)
	must(t, err)
	want(
		t,
		"the row's requests",
		[]any{len(all), all[0].State, all[0].Status, all[0].By, all[0].N},
		[]any{1, "taken", "Completed", "me", 1},
	)
	must(
		t,
		j.Answer(
			b,
			[]journal.Request{
				{Seq: 2, N: 2, Action: journal.Refill, State: journal.Declined},
				{Seq: 3, N: 2, Action: journal.Refill, State: journal.Declined},
			},
			now,
		),
	)
	ask("a refill that ended can be asked for again", journal.Refill, false, 1, 2, 3)
	ask("a person's word asks again in spite of doubt", journal.Refill, true, 1, 2, 3, 4)
	cancels := ask("another action is another request", journal.Cancel, false, 1, 2, 3, 4)
	cancels[0].State = journal.Taken
	must(t, j.Answer(b, cancels[:1], now))
	ask("a cancellation that was taken isn't asked for again", journal.Cancel, false)
}
