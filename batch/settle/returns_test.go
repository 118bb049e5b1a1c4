package settle

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// pieces is a row of so many pieces, of which a thousand cost 2.
func pieces(n string) journal.Entry {
	units := decimal.RequireFromString(n).Shift(-3)
	return journal.Entry{Service: "7", Rate: decimal.New(2, 0), Units: journal.Exactly(units),
		Params: []panel.Param{{Name: "service", Value: "7"}, {Name: "quantity", Value: n}}}
}

func charged(amount string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(amount))
}

func ended(n, status, charge, remains string) journal.Entry {
	e := pieces(n)
	e.Status, e.Charge, e.Remains = status, charged(charge), remains
	return e
}

func TestWhatIsLearnedOfOrdersThatGaveMoneyBack(t *testing.T) {
	two := []journal.Entry{ended("100", "Partial", "0.1", "50"), ended("300", "Partial", "0.4", "100")}
	three := append(two[:2:2], ended("400", "Partial", "0.6", "100"))
	for sentence, tt := range map[string]struct {
		first []journal.Entry
		last  journal.Entry
		want  ending
	}{
		"three agree":                    {two, ended("200", "Partial", "0.3", "50"), net},
		"two agree":                      {two, ended("200", "Partial", "0.3", ""), anyCharge},
		"the third ended in another way": {two, ended("200", "Canceled", "0", "200"), anyCharge},
		"one tells a gross charge":       {three, ended("200", "Partial", "0.4", "50"), anyCharge},
		"all tell gross charges": {[]journal.Entry{ended("100", "Partial", "0.2", "50"), ended("300", "Partial", "0.6", "9")},
			ended("200", "Partial", "0.4", "50"), gross},
		"two tell gross charges": {[]journal.Entry{ended("100", "Partial", "0.2", "50"), ended("300", "Partial", "0.6", "0")},
			ended("200", "Partial", "0.4", "50"), anyCharge},
		"of one more remains than was sent": {three, ended("200", "Partial", "0.4", "250"), anyCharge},
	} {
		learned := roundings{{way: exactly}}.learnReturns(append(tt.first[:len(tt.first):len(tt.first)], tt.last))
		if learned[journal.Partly] != tt.want || learned[journal.Failed] != anyCharge {
			t.Errorf("%s: %v", sentence, learned)
		}
	}
}

func TestWhoseAnOrderIsThatGaveMoneyBack(t *testing.T) {
	sent := time.UnixMilli(1_700_000_000_000)
	rate := decimal.New(2, 0)
	around := prices{priceFor("7", rate): {ofOurs(sent.Add(-time.Minute), 1), ofOurs(sent.Add(time.Minute), 1)}}
	around[priceFor("7", rate)][0].units = decimal.New(1, -2)
	for _, tt := range []struct {
		sentence, status, charge, remains string
		want                              fit
		gross                             bool
	}{
		{"it is charged for what doesn't remain of the row", "Partial", "0.4", "100", fitting, false},
		{"it would be charged more", "Partial", "0.3", "100", misfit, false},
		{"more remains of it than the row orders", "Partial", "0.2", "400", misfit, false},
		{"all of the row remains", "Canceled", "0", "300", fitting, false},
		{"all of another row remains", "Canceled", "0", "200", misfit, false},
		{"it isn't told what remains", "Canceled", "0", "", fitting, false},
		{"it is charged as all of the row", "Partial", "0.6", "100", fitting, true},
		{"it is charged as all of the row, and what remains isn't told", "Partial", "0.6", "", fitting, true},
		{"it is charged as less than all of the row", "Partial", "0.4", "100", misfit, true},
		{"it failed, and would be charged more", "Fail", "0.3", "100", misfit, false},
	} {
		k := learned{roundings: roundings{{way: exactly}}, prices: around,
			returns: map[journal.Standing]ending{journal.Partly: net, journal.Failed: net}}
		if tt.gross {
			k.returns[journal.Partly] = gross
		}
		x := suspect{began: sent, entry: pieces("300")}
		o := found{status: panel.Status{Status: tt.status, Remains: tt.remains, Charge: charged(tt.charge)}}
		if got := k.may(x, o); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.sentence, got, tt.want)
		}
		k.returns = nil
		if got := k.may(x, o); got != fitting {
			t.Errorf("%s, where nothing was learned: %v", tt.sentence, got)
		}
	}
}
