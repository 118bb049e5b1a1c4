// Package journaltest is one test of what package journal promises, for whatever database keeps it.
package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Contract tests a journal. open opens the same empty journal, again and again.
func Contract(t *testing.T, open func(t *testing.T) *journal.Journal) {
	for name, test := range map[string]func(*testing.T, *journal.Journal){
		"only queued rows can be intended":                    onlyQueuedIntended,
		"an order belongs to one row":                         orderBelongsToOne,
		"an order that the panel doesn't have is given up":    disowned,
		"what a panel lacks is kept by account":               lacksKept,
		"the newest orders tell what ids look like":           newestOrders,
		"what was being sent is in doubt afterwards":          recovered,
		"outcomes and intents of many workers":                manyWorkers,
		"a draft is not a batch":                              draftIsNoBatch,
		"an edition keeps what was sent":                      leaving,
		"an edition keeps what was to be sent":                shrinking,
		"an edition knows rows by what they order":            renamed,
		"rows of one file are one row, however edited":        mended,
		"a sheet that is edited orders what is new":           edited,
		"Refs that are changed in a copy":                     copied,
		"a word lets a row go that stands for another":        letGo,
		"links into one thing are one order":                  pointing,
		"what a person queued is none that was said no to":    saidToSend,
		"a refused row is edited beside one in doubt":         corrected,
		"a refused row waits until all was looked at":         unlooked,
		"a row to fix is fixed twice":                         fixed,
		"numbers that move up to what was ordered are asked":  movedUp,
		"Refs that stand beside other orders are told":        movedRefs,
		"the balance after a run":                             balanceAfterARun,
		"an edition keeps what may be ordered":                edition,
		"repeats of other batches are held":                   repeats,
		"an edition orders nothing again":                     editions,
		"a word covers what there was when it was said":       words,
		"what is found to be one account is one for all":      oneAccount,
		"what a panel tells before the end frees no cap":      pendingCharges,
		"a charge in another currency is no charge":           otherCurrency,
		"an account apart stays apart":                        apart,
		"what is held can be released for its reason alone":   released,
		"what is warned of waits for a word of its own":       asked,
		"what a batch has sent already is told of a draft":    sentBefore,
		"totals add up exactly":                               totals,
		"a batch is found by the beginning of its id":         found,
		"one process holds a batch":                           held,
		"statuses are kept and change nothing but the placed": checked,
		"requests about orders are kept before they leave":    requested,
		"an upload is the batch that it became":               bound,
	} {
		t.Run(name, func(t *testing.T) {
			j := open(t)
			defer func() {
				if err := j.Close(); err != nil {
					t.Error(err)
				}
			}()
			_, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key")
			must(t, err)
			test(t, j)
		})
	}
}

func onlyQueuedIntended(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(2))
	must(t, j.Intend(b, 1, time.Now()))
	if err := j.Intend(b, 1, time.Now()); !errors.Is(err, journal.ErrNotQueued) {
		t.Errorf("a row that is being sent was intended again: %v", err)
	}
	conclude(t, j, b, 2, journal.Refused)
	if err := j.Intend(b, 2, time.Now()); !errors.Is(err, journal.ErrNotQueued) {
		t.Errorf("a refused row was intended again: %v", err)
	}
	must(t, <-j.Conclude(b, journal.Outcome{Seq: 1, State: journal.Queued}))
	must(t, j.Intend(b, 1, time.Now()))
	if err := <-j.Conclude(b, journal.Outcome{Seq: 2, State: journal.Placed,
		Attempt: journal.Attempt{OrderID: "9"}}); err == nil {
		t.Error("a row that was not being sent has an outcome")
	}
	want(t, "states", states(t, j, b), "2:sending 3:refused ")
}

func orderBelongsToOne(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(2))
	must(t, place(t, j, b, 1, "23501"))
	if err := place(t, j, b, 2, "23501"); !errors.Is(err, journal.ErrOrderTaken) {
		t.Errorf("two rows have one order: %v", err)
	}
	all := entries(t, j, b)
	want(t, "the second row", []any{all[1].State, all[1].OrderID, all[1].Candidate}, []any{"in_doubt", "", "23501"})
	attempts, err := j.Attempts(t.Context(), b, 2)
	must(t, err)
	want(t, "attempts of the second row", len(attempts), 1)
}

func lacksKept(t *testing.T, j *journal.Journal) {
	for range 2 {
		must(t, j.Lack(1, panel.StatusMany))
	}
	must(t, j.Lack(1, panel.CancelMany))
	lacks, err := j.Lacks(t.Context(), 1)
	must(t, err)
	want(t, "what the panel lacks", lacks, []panel.Form{panel.StatusMany, panel.CancelMany})
}

func newestOrders(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(3))
	for seq, id := range map[int64]string{1: "23501", 2: "23507", 3: "23502"} {
		must(t, place(t, j, b, seq, id))
	}
	ids, err := j.NewestOrders(t.Context(), 1, 2)
	must(t, err)
	want(t, "the newest orders", fmt.Sprint(ids), "[23502 23507]")
	others, err := j.NewestOrders(t.Context(), 2, 2)
	must(t, err)
	want(t, "another account's orders", len(others), 0)
}

func recovered(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(3))
	must(t, j.Intend(b, 2, time.Now()))
	n, err := j.Recover(b)
	must(t, err)
	want(t, "rows found", n, 1)
	want(t, "states", states(t, j, b), "2:queued 3:in_doubt 4:queued ")
	queued, err := j.Queued(t.Context(), b, "p", 0, 10)
	must(t, err)
	want(t, "rows to be sent", len(queued), 2)
	attempts, err := j.Attempts(t.Context(), b, 2)
	must(t, err)
	if len(attempts) != 1 || !attempts[0].Ended.IsZero() || attempts[0].Verdict != "interrupted" {
		t.Errorf("attempts: %+v", attempts)
	}
}

func manyWorkers(t *testing.T, j *journal.Journal) {
	const n, workers = 400, 16
	b := admit(t, j, "a", rows(n))
	work := make(chan int64)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for seq := range work {
				if err := j.Intend(b, seq, time.Now()); err != nil {
					t.Error(err)
				}
				j.Conclude(
					b,
					journal.Outcome{
						Seq:     seq,
						State:   journal.Placed,
						Attempt: journal.Attempt{OrderID: fmt.Sprint(seq)},
					},
				)
			}
		})
	}
	for seq := range int64(n) {
		work <- seq + 1
	}
	close(work)
	wg.Wait()
	must(t, j.Note(b, journal.Run{})) // written after all outcomes
	totals, err := j.Totals(t.Context(), b)
	must(t, err)
	want(t, "placed", totals.States[journal.Placed], n)
}

func balanceAfterARun(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(1))
	after := func() decimal.NullDecimal {
		t.Helper()
		now, err := j.Batch(t.Context(), b.ID)
		must(t, err)
		return now.BalanceAfter
	}
	must(t, j.Note(b, journal.Run{Started: time.Now()}))
	must(t, j.Note(b, journal.Run{BalanceAfter: decimal.NewNullDecimal(decimal.New(5, 0))}))
	must(t, j.Note(b, journal.Run{Ended: time.Now()}))
	want(t, "after a run", after().Decimal.String(), "5")
	must(t, j.Note(b, journal.Run{Started: time.Now()}))
	want(t, "known while the next one sends", after().Valid, false)
}

func draftIsNoBatch(t *testing.T, j *journal.Journal) {
	d := draft(t, j, rows(3))
	all, err := j.Batches(t.Context())
	must(t, err)
	want(t, "batches", len(all), 0)
	must(t, d.Discard())
	b := admit(t, j, "a", rows(2))
	want(t, "states", states(t, j, b), "2:queued 3:queued ")
}

func repeats(t *testing.T, j *journal.Journal) {
	first := rows(5)
	for i := range first[3:] {
		first[3+i].Ref = fmt.Sprint(i)
	}
	a := admit(t, j, "a", first)
	must(t, place(t, j, a, 1, "1"))
	conclude(t, j, a, 2, journal.InDoubt)
	conclude(t, j, a, 3, journal.Refused)
	must(t, place(t, j, a, 4, "4"))
	must(t, place(t, j, a, 5, "5"))

	b := admit(t, j, "b", first)
	want(t, "states", states(t, j, b), "2:held 3:held 4:held 5:held 6:held ")
	for _, e := range entries(t, j, b) {
		if e.State == journal.Held && e.Note == "" {
			t.Errorf("row %d does not say why it is held", e.Line)
		}
	}
	must(t, j.Decide(a, 2, journal.Decision{State: journal.Placed, OrderID: "2", How: journal.Forced}))
	b = admit(t, j, "b", first)
	want(t, "states once nothing is in doubt", states(t, j, b), "2:held 3:held 4:queued 5:held 6:held ")
	allowed, err := draft(t, j, first).Admit(t.Context(), "c", journal.Repeats{Allow: true})
	must(t, err)
	want(t, "states where repeats are allowed", states(t, j, allowed), "2:queued 3:queued 4:queued 5:held 6:held ")
	later, err := draft(
		t,
		j,
		first[:1],
	).Admit(t.Context(), "d", journal.Repeats{Since: time.Now().Add(time.Hour), Under: "print"})
	must(t, err)
	want(t, "states of the same sheet, wanted again", states(t, j, later), "2:queued ")
}

func released(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(4))
	must(t, <-j.HoldBack(b, 1, journal.OverCap, "cap"))
	must(t, <-j.HoldBack(b, 2, journal.Duplicate, "duplicate"))
	held, err := j.HoldService(
		b,
		journal.Service{Panel: "p", Service: panel.Service{ID: "1"}},
		journal.Dearer,
		"its price rose",
	)
	must(t, err)
	want(t, "dearer rows", held, 2)
	n, err := j.Release(b, journal.OverCap, journal.Dearer)
	must(t, err)
	want(t, "released", n, 3)
	want(t, "states", states(t, j, b), "2:queued 3:held 4:queued 5:queued ")
	must(t, j.AcceptPrice(b, journal.Service{Panel: "p", Service: panel.Service{ID: "1"}}, decimal.NewFromInt(2)))
	services, err := j.Services(t.Context(), b)
	must(t, err)
	want(t, "the approved price", []any{services[0].Rate, entries(t, j, b)[0].Rate}, []any{2, 2})
}

func totals(t *testing.T, j *journal.Journal) {
	all := rows(1000)
	all[998].State, all[999].State = journal.Invalid, journal.Skipped
	all[997].Units = journal.Units{}
	b := admit(t, j, "a", all)
	must(t, place(t, j, b, 1, "1"))
	check(
		t,
		j,
		b,
		1,
		journal.Checked{
			Seq:    1,
			At:     time.Now(),
			Status: panel.Status{Status: "Completed", Charge: decimal.NewNullDecimal(decimal.RequireFromString("0.1"))},
		},
	)
	conclude(t, j, b, 2, journal.InDoubt)
	got, err := j.Totals(t.Context(), b)
	must(t, err)
	// 997 rows of 0.1 times 0.0000001: floats would not add up to it.
	want(t, "estimate", got.Valid.Charge, "0.00000997")
	want(
		t,
		"rows",
		[]any{got.Rows, got.Valid.Rows, got.Unknown, got.Charged, got.Uncharged},
		[]any{1000, 998, 1, "0.1", 0},
	)
	want(t, "committed", got.Committed, "0.10000001")
	want(t, "statuses", []any{got.Statuses["Completed"].Rows, got.Open}, []any{1, 0})
}

func found(t *testing.T, j *journal.Journal) {
	if _, err := j.Batch(t.Context(), ""); !errors.Is(err, journal.ErrNoBatch) {
		t.Errorf("an empty journal gives %v", err)
	}
	admit(t, j, "abc1", rows(1))
	admit(t, j, "abc2", rows(1))
	for _, id := range []string{"abc1", ""} {
		b, err := j.Batch(t.Context(), id)
		must(t, err)
		want(t, "batch "+id, b.ID, map[string]string{"abc1": "abc1", "": "abc2"}[id])
	}
	for _, id := range []string{"abc", "x"} {
		if _, err := j.Batch(t.Context(), id); !errors.Is(err, journal.ErrNoBatch) {
			t.Errorf("%q gives %v", id, err)
		}
	}
}

func held(t *testing.T, j *journal.Journal) {
	f, err := j.HoldFollowing("a", journal.Holder{PID: 41})
	must(t, err)
	defer f.Release()
	h, err := j.Hold("a", journal.Holder{PID: 42, Host: "here", User: "me", Since: time.Now()})
	must(t, err)
	var other *journal.HeldError
	if _, err := j.Hold("a", journal.Holder{PID: 43}); !errors.As(err, &other) || other.By.PID != 42 {
		t.Errorf("held twice: %v", err)
	}
	b, err := j.Hold("b", journal.Holder{})
	must(t, err)
	must(t, b.Release())
	must(t, h.Release())
	again, err := j.Hold("a", journal.Holder{})
	must(t, err)
	must(t, again.Release())
}
