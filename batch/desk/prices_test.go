package desk_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestWhatIsOfferedAtRisenPricesIsWhatIsCharged, whether the catalogue has them or only the orders were charged so.
func TestWhatIsOfferedAtRisenPricesIsWhatIsCharged(t *testing.T) {
	const sheet = "service,link,quantity\n1,https://example.com/a,100\n1,https://example.com/b,200\n" +
		"1,https://example.com/c,300\n"
	for name, price := range map[string]sandbox.Price{
		"in the catalogue": {Service: 1, Rate: "99"},
		"charged alone":    {Service: 1, Rate: "99", Shown: 1 << 20},
	} {
		for _, again := range []bool{false, true} {
			h, s := draftHouse(t)
			if price.Shown > 0 {
				setPrice(t, s, price)
			}
			out := h.run(h.process(), sheet, desk.Preparing{Name: "a"}, desk.Sending{Limit: 1})
			setPrice(t, s, price)
			d := h.process()
			word := desk.Word{AcceptPrice: true}
			var offer desk.Offer
			var err error
			send := func() (desk.Outcome, error) { return d.Resume(t.Context(), out.Batch, desk.Sending{Word: word}) }
			if again {
				draft, failed := d.Prepare(t.Context(), h.sheet(sheet), desk.Preparing{Name: "a", Word: word})
				if failed != nil {
					t.Fatal(failed)
				}
				offer, err = d.Offer(t.Context(), draft)
				send = func() (desk.Outcome, error) { return d.Place(t.Context(), draft, desk.Sending{Word: word}) }
			} else {
				offer, err = d.OfferResume(t.Context(), out.Batch, word)
			}
			for e, failed := range offer.Rows(t.Context()) {
				if cost, _ := e.Estimate(); failed != nil || e.State == journal.Queued &&
					!cost.Equal(e.Units.Low.Decimal.Mul(decimal.New(99, 0))) {
					t.Errorf("%s: row %s is shown at %s, %v", name, e.At(), cost, failed)
				}
			}
			before := decimal.RequireFromString(s.Balance())
			if err == nil {
				_, err = send()
			}
			charged := before.Sub(decimal.RequireFromString(s.Balance()))
			if err != nil || offer.ToSend.Rows != 2 || !offer.ToSend.Valid.Charge.Equal(charged) || charged.IsZero() {
				t.Errorf("%s, the sheet again %v: %d rows were offered at %s and charged %s, %v", name, again, offer.ToSend.Rows,
					offer.ToSend.Valid.Charge, charged, err)
			}
		}
	}
}

func setPrice(t *testing.T, s *sandbox.Sandbox, price sandbox.Price) {
	t.Helper()
	if err := s.SetPrices([]sandbox.Price{price}); err != nil {
		t.Fatal(err)
	}
}
