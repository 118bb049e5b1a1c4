package desk_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

func draftHouse(t *testing.T) (*house, *sandbox.Sandbox) {
	t.Helper()
	h := newHouse(t)
	s, url := h.panel("k", sandbox.Config{Balance: "100"})
	h.flag("url", url)
	h.env["BULKORDER_KEY"] = "k"
	return h, s
}

// dearer raises the price of the panel's first service.
func dearer(t *testing.T, s *sandbox.Sandbox) {
	t.Helper()
	if err := s.SetPrices([]sandbox.Price{{Service: 1, Rate: "99"}}); err != nil {
		t.Fatal(err)
	}
}

// TestADraftLiesUntilItsProcessIsGone: another process offers it, judged by then, and places it.
func TestADraftLiesUntilItsProcessIsGone(t *testing.T) {
	h, s := draftHouse(t)
	ctx := t.Context()
	first := h.process()
	draft, err := first.Prepare(ctx, h.sheet(threeRows), desk.Preparing{Path: "orders.csv"})
	if err == nil {
		err = draft.Keep("monday")
	}
	if err = errors.Join(err, first.Close()); err != nil {
		t.Fatal(err)
	}
	dearer(t, s)
	// Another sheet with one of its rows is ordered meanwhile.
	h.run(h.process(), "service,link,quantity\n102,https://example.com/c,100\n", desk.Preparing{}, desk.Sending{})
	later := h.process()
	if _, err := later.OpenDraft(ctx, "tuesday", desk.Preparing{}); !errors.Is(err, journal.ErrNoBatch) {
		t.Errorf("another draft's name: %v", err)
	}
	if draft, err = later.OpenDraft(ctx, "monday", desk.Preparing{}); err != nil {
		t.Fatal(err)
	}
	held := new(journal.HeldError)
	if !errors.As(second(h.process().OpenDraft(ctx, "monday", desk.Preparing{})), &held) {
		t.Error("two processes have the draft at hand")
	}
	offer, err := later.Offer(ctx, draft)
	if err != nil || offer.ToSend.Rows != 0 || offer.Totals.States[journal.Held] != 3 ||
		offer.Batch.Sheet != "orders.csv" {
		t.Errorf("two rows are dearer and one is ordered: %+v, %v", offer.Totals.States, err)
	}
	out, err := later.Place(ctx, draft, desk.Sending{})
	if err != nil || out.Totals.States[journal.Held] != 3 || len(s.Ledger()) != 1 {
		t.Errorf("%v, %d orders, %v", out.Totals.States, len(s.Ledger()), err)
	}
	if out, err = later.Resume(ctx, out.Batch, desk.Sending{Word: desk.Word{AcceptPrice: true}}); err != nil ||
		out.Totals.States[journal.Placed] != 2 || len(s.Ledger()) != 3 {
		t.Errorf("%v, %d orders, %v", out.Totals.States, len(s.Ledger()), err)
	}
}

// TestAPriceThatRisesWhileThePromptWaits: nothing is sent at it.
func TestAPriceThatRisesWhileThePromptWaits(t *testing.T) {
	h, s := draftHouse(t)
	d := h.process()
	draft, err := d.Prepare(t.Context(), h.sheet(threeRows), desk.Preparing{})
	if err != nil {
		t.Fatal(err)
	}
	if offer, err := d.Offer(t.Context(), draft); err != nil || offer.ToSend.Rows != 3 {
		t.Fatalf("%+v, %v", offer.ToSend, err)
	}
	dearer(t, s)
	out, err := d.Place(t.Context(), draft, desk.Sending{Afresh: true})
	if err != nil || out.Totals.States[journal.Held] != 2 || out.Totals.States[journal.Placed] != 1 {
		t.Errorf("%v, %v", out.Totals.States, err)
	}
}

// TestATrialLeavesNothing: a check makes no journal, and where there is one no batch.
func TestATrialLeavesNothing(t *testing.T) {
	h, _ := draftHouse(t)
	trial := func() desk.Offer {
		t.Helper()
		d := h.process()
		draft, err := d.Prepare(t.Context(), h.sheet(threeRows), desk.Preparing{Trial: true})
		if err != nil {
			t.Fatal(err)
		}
		offer, err := d.Offer(t.Context(), draft)
		if err = errors.Join(err, draft.Discard()); err != nil {
			t.Fatal(err)
		}
		return offer
	}
	if offer := trial(); offer.ToSend.Rows != 3 {
		t.Errorf("%+v", offer.ToSend)
	}
	if _, err := os.Stat(h.journal); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a journal was made: %v", err)
	}
	h.run(h.process(), threeRows, desk.Preparing{Name: "a"}, desk.Sending{})
	if offer := trial(); offer.ToSend.Rows != 0 || offer.Totals.States[journal.Held] != 3 {
		t.Errorf("all three are ordered: %+v", offer.Totals.States)
	}
	all, err := h.process().History(context.Background(), desk.Picked{})
	if err != nil || len(all) != 1 {
		t.Errorf("%d batches, %v", len(all), err)
	}
}

// TestTheSameSheetAfterARise: what is dearer than the batch approved is offered only to who accepts that.
func TestTheSameSheetAfterARise(t *testing.T) {
	h, s := draftHouse(t)
	h.run(h.process(), threeRows, desk.Preparing{Name: "a"}, desk.Sending{Limit: 1})
	dearer(t, s)
	for _, tt := range []struct {
		accept          bool
		offered, orders int
	}{{false, 1, 2}, {true, 1, 3}} {
		d := h.process()
		o := desk.Preparing{Name: "a", Word: desk.Word{AcceptPrice: tt.accept}}
		draft, err := d.Prepare(t.Context(), h.sheet(threeRows), o)
		if err != nil {
			t.Fatal(err)
		}
		offer, err := d.Offer(t.Context(), draft)
		if err != nil || offer.ToSend.Rows != tt.offered {
			t.Errorf("accepted: %v, %d rows are offered, %v", tt.accept, offer.ToSend.Rows, err)
		}
		_, err = d.Place(t.Context(), draft, desk.Sending{Word: o.Word})
		if err != nil || len(s.Ledger()) != tt.orders {
			t.Errorf("accepted: %v, %d orders, %v", tt.accept, len(s.Ledger()), err)
		}
	}
}
