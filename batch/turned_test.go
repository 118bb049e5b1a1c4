package batch_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// TestARequestThatCameTwice: the panel took the first, and the answer to the second says that it wasn't taken. The
// balance tells, and the row isn't sent again.
func TestARequestThatCameTwice(t *testing.T) {
	for _, fault := range []string{
		"add:error=Not enough funds on balance:after:n=2",
		"add:error=You have active order with this link. Please wait until order being completed.:after:n=2",
		"add:403:after:n=2",
		"add:404:after:n=2",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Config{Balance: "100"}, fault)
			w.job.Concurrency, w.job.Late = 1, time.Millisecond
			out := w.run(rows(4))
			for range 3 {
				out = w.resume(out.Batch)
			}
			if states := out.Totals.States; states[journal.InDoubt] != 1 ||
				states[journal.Placed]+states[journal.Queued] != 3 {
				t.Errorf("%v", states)
			}
			w.onceEach()
		})
	}
}

// onceEach wants no link ordered twice.
func (w *world) onceEach() {
	w.t.Helper()
	count := map[string]int{}
	for _, o := range w.sandbox.Ledger() {
		if count[o.Fields["link"]]++; count[o.Fields["link"]] == 2 {
			w.t.Errorf("%s is ordered twice", o.Fields["link"])
		}
	}
}

// TestARequestThatWasTurnedAwayIsSentAgain, when the balance shows that nothing was charged for it.
func TestARequestThatWasTurnedAwayIsSentAgain(t *testing.T) {
	for fault, stop := range map[string]batch.Stop{
		"add:error=You have active order with this link. Please wait until order being completed.:before:n=2": batch.Done,
		"add:error=Not enough funds on balance:before:n=2":                                                    batch.Waiting,
		"add:403:before:n=2": batch.Unreachable,
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Config{Balance: "100"}, fault)
			w.job.Concurrency, w.job.Late = 1, time.Millisecond
			out := w.run(rows(4))
			if out.End.Stop != stop {
				t.Errorf("stopped by %q: %s", out.End.Stop, out.End.Words)
			}
			w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 4})
			w.onceEach()
		})
	}
}

// TestTheBalanceOfASharedAccountDecidesNothing: somebody else orders meanwhile for as much as the row costs.
func TestTheBalanceOfASharedAccountDecidesNothing(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:error=Not enough funds on balance:before:n=2")
	w.job.Concurrency, w.job.Late = 1, time.Millisecond
	w.theirs(100)
	out, err := w.job.Run(t.Context(), w.open(rows(4)), "orders.csv")
	if err == nil {
		out, err = w.job.Resume(t.Context(), out.Batch)
	}
	if err != nil || out.Totals.States[journal.InDoubt] != 1 || out.Totals.States[journal.Placed] != 3 {
		t.Errorf("%v, %v", out.Totals.States, err)
	}
}

// TestTheBalanceDecidesNothingWhereOthersOrder: what they got back could hide the row's charge, so that it isn't seen
// that nothing was charged.
func TestTheBalanceDecidesNothingWhereOthersOrder(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:403:before:n=2")
	w.job.Concurrency, w.job.Late, w.job.Panel.Panel.Exclusive = 1, time.Millisecond, panel.Shared
	w.turnedAway("0")
}

// TestTheBalanceDecidesNothingWhereIdsAreNoNumbers: what was paid in hides the row's charge, and nobody can look for
// its order.
func TestTheBalanceDecidesNothingWhereIdsAreNoNumbers(t *testing.T) {
	w := newWorld(t, like(t, sandbox.Config{Balance: "100"}, "letters"), "add:403:after:n=2")
	w.job.Concurrency, w.job.Late = 1, time.Millisecond
	w.turnedAway("0.09")
}

// turnedAway runs a sheet whose second row is turned away, pays something in, and wants the row to stay in doubt.
func (w *world) turnedAway(paid string) {
	w.t.Helper()
	out, err := w.job.Run(w.t.Context(), w.open(rows(5)), "orders.csv")
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.sandbox.Pay(paid); err != nil {
		w.t.Fatal(err)
	}
	for range 3 {
		if out, err = w.job.Resume(w.t.Context(), out.Batch); err != nil {
			w.t.Fatal(err)
		}
		if _, err := w.settler(out.Batch).Settle(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
	if out.Totals.States[journal.InDoubt] != 1 || out.Totals.States[journal.Placed] != 4 {
		w.t.Errorf("%v", out.Totals.States)
	}
	w.onceEach()
}

// TestARunThatIsInterruptedWhileItWasToldToWait: the row that was taken all the same isn't sent again by the next run.
func TestARunThatIsInterruptedWhileItWasToldToWait(t *testing.T) {
	faults := []string{"add:429:retry=30:after:n=2"}
	timeless(t, sandbox.Config{Balance: "100"}, nil, faults, func(t *testing.T, w *world) {
		out := w.interrupted(rows(3))
		again := w.resume(out.Batch)
		if again.Totals.States[journal.InDoubt] != 1 || again.Totals.States[journal.Placed] != 2 {
			t.Errorf("%v", again.Totals.States)
		}
		w.onceEach()
	})
}

// TestThreeDoubtsInARow stop a run only where the balance doesn't show that none of them was charged.
func TestThreeDoubtsInARow(t *testing.T) {
	for fault, want := range map[string]struct {
		stop   batch.Stop
		placed int
	}{
		"add:503:before:n=2-4": {batch.Done, 5},
		"add:503:after:n=2-4":  {batch.Ill, 1},
		"add:error=Something that nobody has ever heard:before:n=2-6": {batch.Done, 3},
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Config{Balance: "100"}, fault)
			w.job.Concurrency = 1
			out := w.run(rows(8))
			if out.End.Stop != want.stop || out.Totals.States[journal.Placed] != want.placed {
				t.Errorf("stopped by %q, %v: %s", out.End.Stop, out.Totals.States, out.End.Words)
			}
			w.onceEach()
		})
	}
}

// TestManyDoubtsStopARun, whatever their answers say.
func TestManyDoubtsStopARun(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:error=Something that nobody has ever heard:before")
	w.job.Concurrency = 1
	out := w.run(rows(60))
	if n := out.Totals.States[journal.InDoubt]; out.End.Stop != batch.Ill || n != 25 {
		t.Errorf("stopped by %q with %d rows in doubt: %s", out.End.Stop, n, out.End.Words)
	}
}

// TestRowsThatTheBalanceCoversGoOn, and those that it doesn't are told.
func TestRowsThatTheBalanceCoversGoOn(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "1"})
	w.job.Concurrency = 1
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i, quantity := range []int{100, 5000, 200, 3000, 100} { // 0.09, 4.5, 0.18, 2.7, 0.09
		fmt.Fprintf(&b, "1,https://example.com/%d,%d\n", i, quantity)
	}
	out := w.run(b.String())
	w.want(out, batch.FundsShort, map[journal.State]int{journal.Placed: 3, journal.Queued: 2})
	if n := w.actions("add"); n != 4 {
		t.Errorf("%d requests: one row tells that the balance is short, the other that it doesn't cover isn't tried", n)
	}
	if !strings.Contains(out.End.Words, "2 rows wait") {
		t.Errorf("it is told as %q", out.End.Words)
	}
}

// TestManyLinksWithOrdersOfOthers: their rows wait until the balance shows that none of them was charged, and the run
// goes on.
func TestManyLinksWithOrdersOfOthers(t *testing.T) {
	const active = "You have active order with this link. Please wait until order being completed."
	var faults []string
	for n := 2; n <= 60; n += 2 {
		faults = append(faults, fmt.Sprintf("add:error=%s:before:n=%d", active, n))
	}
	timeless(t, sandbox.Config{Balance: "100"}, nil, faults, func(t *testing.T, w *world) {
		began := time.Now()
		w.want(w.run(rows(60)), batch.Done, map[journal.State]int{journal.Placed: 60})
		w.onceEach()
		if took := time.Since(began); took > 20*time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}

// TestWhatABalanceMayHide: the row was ordered, and the balance shows it later than it should.
func TestWhatABalanceMayHide(t *testing.T) {
	const active = "add:error=You have active order with this link. Please wait until order being completed.:after:n=2"
	for name, lag := range map[string]time.Duration{
		"a second": time.Second, "two and a half": 2500 * time.Millisecond, "a minute": time.Minute,
	} {
		t.Run(name, func(t *testing.T) {
			timeless(
				t,
				sandbox.Config{Balance: "100", BalanceLate: lag},
				nil,
				[]string{active},
				func(t *testing.T, w *world) {
					out := w.run(rows(6))
					if out.Totals.States[journal.InDoubt] != 1 || out.Totals.States[journal.Placed] != 5 {
						t.Errorf("%v", out.Totals.States)
					}
					w.onceEach()
				},
			)
		})
	}
}

// TestARequestThatCameTwiceAfterAnother: what an earlier request came to, which couldn't count, says nothing of this
// one.
func TestARequestThatCameTwiceAfterAnother(t *testing.T) {
	const active = "add:error=You have active order with this link. Please wait until order being completed.:after:n=2"
	for _, first := range []string{"add:error=Invalid API key:before:n=1", "add:429:before:n=1:retry=1"} {
		w := newWorld(t, sandbox.Config{Balance: "100"}, first, active)
		w.job.Late = time.Millisecond
		out := w.run(rows(1))
		out = w.resume(out.Batch)
		if out.Totals.States[journal.InDoubt] != 1 {
			t.Errorf("%s: %v", first, out.Totals.States)
		}
		w.onceEach()
	}
}

// TestARefusalThatTheBalanceContradicts: the panel said no, and ordered. The row isn't to be corrected and ordered
// again.
func TestARefusalThatTheBalanceContradicts(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:error=Incorrect link:after:n=2")
	out := w.run(rows(4))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 3, journal.InDoubt: 1})
	clear := newWorld(t, sandbox.Config{Balance: "100"}, "add:error=Incorrect link:before:n=2", "add:503:after:n=3")
	out = clear.run(rows(4))
	clear.want(out, batch.Done, map[journal.State]int{journal.Placed: 2, journal.Refused: 1, journal.InDoubt: 1})
}

// TestARefusalAmongManyThatTheBalanceContradicts is an alarm, which is told once: too many rows to be put in doubt may
// be the one that was ordered.
func TestARefusalAmongManyThatTheBalanceContradicts(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:error=Incorrect link:after:n=2",
		"add:error=Incorrect link:before:n=3-31")
	w.job.Concurrency = 1
	out, err := w.job.Run(t.Context(), w.open(rows(33)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 3, journal.Refused: 30})
	const says = "0.09 left the balance that no order of ours explains, and the panel refused 30 rows (3 to 32)"
	alarms := out.Totals.Alarms
	if len(alarms) != 1 || !strings.Contains(alarms[0].Words, says) || !strings.Contains(out.Twice, says) {
		t.Fatalf("%+v, %q", alarms, out.Twice)
	}
	n, err := w.journal.AnswerAlarms(out.Batch, alarms[0].Seq, []string{journal.UnknownOrder}, "me", "seen", time.Now())
	if n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if again, err := w.settlement(out.Batch); err != nil || again.Twice != "" || len(again.Totals.Alarms) > 0 {
		t.Errorf("%+v, %v", again.Totals.Alarms, err)
	}
}

// settlement settles a batch as the command does.
func (w *world) settlement(b journal.Batch) (desk.Outcome, error) {
	return w.job.desk().Settle(w.t.Context(), b, desk.Settling{Late: w.job.Late})
}

// TestAnotherBatchBetween: a row that was told to wait, though it was ordered, isn't sent again after another batch's
// run.
func TestAnotherBatchBetween(t *testing.T) {
	const other = "service,link,quantity\n1,https://example.com/o,100\n"
	faults := []string{"add:429:retry=30:after:n=2"}
	timeless(t, sandbox.Config{Balance: "100"}, nil, faults, func(t *testing.T, w *world) {
		out := w.interrupted(rows(3))
		if _, err := w.job.Run(t.Context(), w.open(other), "o.csv"); err != nil {
			t.Fatal(err)
		}
		again, err := w.job.Resume(t.Context(), out.Batch)
		if err != nil || again.Totals.States[journal.InDoubt] != 1 || again.Totals.States[journal.Placed] != 2 {
			t.Errorf("%v, %v", again.Totals.States, err)
		}
		w.onceEach()
	})
}

// TestTheLastRow: nothing was sent after it, so an old balance can't be told from one that shows no charge.
func TestTheLastRow(t *testing.T) {
	const active = "add:error=You have active order with this link. Please wait until order being completed.:before:n=2"
	timeless(t, sandbox.Config{Balance: "100"}, nil, []string{active}, func(t *testing.T, w *world) {
		out := w.run(rows(2))
		w.want(out, batch.Done, map[journal.State]int{journal.Placed: 1, journal.InDoubt: 1})
		w.run("service,link,quantity\n1,https://example.com/other,100\n")
		time.Sleep(10 * time.Minute)
		w.resume(out.Batch)
		time.Sleep(10 * time.Minute)
		w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 2})
		w.onceEach()
	})
}

// TestAnOrderThatStandsThere: whatever the balance says, a row isn't sent again while an order is there that may be its
// own. What somebody paid in hides its charge.
func TestAnOrderThatStandsThere(t *testing.T) {
	timeless(t, sandbox.Config{Balance: "100"}, nil, []string{"add:403:after:n=2"}, func(t *testing.T, w *world) {
		out := w.run(rows(4))
		if err := w.sandbox.Pay("0.09"); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			time.Sleep(10 * time.Minute)
			out = w.resume(out.Batch)
		}
		if out.Totals.States[journal.InDoubt] != 1 || out.Totals.States[journal.Placed] != 3 {
			t.Errorf("%v", out.Totals.States)
		}
		w.onceEach()
	})
}

// interrupted runs a sheet for ten seconds.
func (w *world) interrupted(text string) desk.Outcome {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), 10*time.Second)
	defer stop()
	out, err := w.job.Run(ctx, w.open(text), "orders.csv")
	if err != nil || out.End.Stop != batch.Interrupted {
		w.t.Fatalf("%q, %v", out.End.Stop, err)
	}
	return out
}

// TestARefusalThatTheBalanceContradictsLater: when the run ended the panel hadn't told what its other orders were
// charged.
func TestARefusalThatTheBalanceContradictsLater(t *testing.T) {
	c := sandbox.Config{Balance: "100.0001", Speed: -1, ChargeLate: time.Minute}
	timeless(t, c, nil, []string{"add:error=Incorrect link:after:n=12"}, func(t *testing.T, w *world) {
		out, err := w.job.Run(t.Context(), w.open(rows(20)), "orders.csv")
		if err != nil || out.Totals.States[journal.Refused] != 1 {
			t.Fatalf("%v, %v", out.Totals.States, err)
		}
		time.Sleep(10 * time.Minute)
		if r, _ := w.refresh(out.Batch, false); r.Totals.States[journal.InDoubt] != 1 {
			t.Errorf("%v", r.Totals.States)
		}
	})
}
