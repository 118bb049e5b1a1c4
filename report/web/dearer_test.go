package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"bulkorder/samples/sandbox"
)

// TestWhatIsAcceptedIsShownAtItsPrice: a price rose, in the catalogue or in what was charged, and a person accepts it:
// the sum that they see is the one that leaves, and a large one is typed in.
func TestWhatIsAcceptedIsShownAtItsPrice(t *testing.T) {
	for name, shown := range map[string]bool{"the catalogue tells it": true, "the charges tell it": false} {
		t.Run(name, func(t *testing.T) {
			v := newVisit(t)
			var all []string
			for n := range 40 {
				all = append(all, fmt.Sprintf("1,%s%d,100", link, n))
			}
			sheet, _ := v.upload("a.csv", sheetOf(all...))
			batch := "/batches/" + v.place(sheet)
			price := sandbox.Price{Service: 1, Rate: "90"}
			if !shown {
				price.Shown = -1
			}
			must(t, v.panel.SetPrices([]sandbox.Price{price}))
			v.send()
			before := len(v.panel.Ledger())
			_, text := v.get(batch + "/offer?accept-price=on")
			said := form(text, "Send ")
			left := decimal.NewFromInt(int64(9 * (40 - before)))
			if before == 40 || said.Get("shown") != left.StringFixed(2)+" USD" || !strings.Contains(text, "90") {
				t.Fatalf("%d were ordered, %v: %s", before, said, text)
			}
			typed := strings.Contains(text, `id="sum"`)
			if typed != left.GreaterThanOrEqual(decimal.NewFromInt(typedFrom)) {
				t.Errorf("%s must be typed: %t", left, typed)
			}
			charged := func() (sum decimal.Decimal) {
				for _, o := range v.panel.Ledger()[before:] {
					sum = sum.Add(decimal.RequireFromString(o.Charge))
				}
				return sum
			}
			if v.post(batch+"/offer", said); v.at != batch+"/offer" {
				t.Error("a large sum needs no typing")
			}
			said.Set("sum", left.String())
			price.Rate = "95"
			if !shown { // what the charges don't tell yet can't be known
				price.Rate = "90"
			}
			must(t, v.panel.SetPrices([]sandbox.Price{price}))
			v.post(batch+"/offer", said)
			if v.send(); shown && !charged().IsZero() {
				t.Errorf("%s is charged at a price that nobody saw", charged())
			}
			if shown {
				_, text = v.get(batch + "/offer?accept-price=on")
				said = form(text, "Send ")
				said.Set("sum", strings.TrimSuffix(said.Get("shown"), " USD"))
				v.post(batch+"/offer", said)
				v.send()
			}
			if sum := charged().StringFixed(2) + " USD"; sum != said.Get("shown") {
				t.Errorf("%s is charged, %s was shown", sum, said.Get("shown"))
			}
		})
	}
}
