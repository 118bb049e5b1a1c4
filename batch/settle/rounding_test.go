package settle

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// TestARoundingIsLearnedFromOwnOrders: whatever it is, it is among those that are left, and what is left gives the
// charges that were seen.
func TestARoundingIsLearnedFromOwnOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, truth := range everyRounding() {
		var all []journal.Priced
		for range 200 {
			cost := decimal.New(1+r.Int64N(9_000_000), -6)
			all = append(all, journal.Priced{Estimate: cost, Charge: truth.of(cost)})
		}
		left, against := learnRoundings(all)
		if against != nil || !slices.Contains(left, truth) {
			t.Errorf("%v: left %v, against %+v", truth, left, against)
		}
		for _, other := range left {
			for _, p := range all {
				if !other.of(p.Estimate).Equal(p.Charge) {
					t.Errorf("%v is left, and gives %s where %s was charged", other, other.of(p.Estimate), p.Charge)
				}
			}
		}
	}
}

func TestWhatIsLeftOfRoundings(t *testing.T) {
	pair := func(estimate, charge string) journal.Priced {
		return journal.Priced{Estimate: decimal.RequireFromString(estimate), Charge: decimal.RequireFromString(charge)}
	}
	for _, tt := range []struct {
		sentence string
		pairs    []journal.Priced
		words    string
		cost     string
		fits     []string
		not      []string
	}{
		{"charges are exact as far as they were seen", []journal.Priced{pair("0.09", "0.09"), pair("1.5", "1.5")},
			"not rounded, or to 2 or more places", "0.0123", []string{"0.0123", "0.01", "0.02", "0.012"},
			[]string{"0.03", "0", "0.0124"}},
		{"a fraction of a cent is charged", []journal.Priced{pair("0.0012345", "0.0012345")},
			"not rounded, or to 7 or more places", "0.0123", []string{"0.0123"}, []string{"0.02", "0.01"}},
		{"cents, upwards", []journal.Priced{pair("0.0013", "0.01"), pair("0.051", "0.06")},
			"rounded up to 2 places", "0.0123", []string{"0.02"}, []string{"0.01", "0.0123"}},
		{"cents, half up", []journal.Priced{pair("0.014", "0.01"), pair("0.016", "0.02"), pair("0.025", "0.03")},
			"rounded half up to 2 places", "0.035", []string{"0.04"}, []string{"0.03", "0.035"}},
		{"four places, downwards", []journal.Priced{pair("0.00129", "0.0012")},
			"rounded down to 4 places", "0.01239", []string{"0.0123"}, []string{"0.0124"}},
		{"a panel that counts in floats",
			[]journal.Priced{pair("0.3", "0.30000000000000004"), pair("0.1234567", "0.1234567")},
			"not rounded, or to 7 or more places", "0.7", []string{"0.7"}, []string{"0.8"}},
		{"charges that contradict each other", []journal.Priced{pair("0.014", "0.01"), pair("0.014", "0.02")},
			"rounded in no way that is known", "", nil, nil},
	} {
		left, against := learnRoundings(tt.pairs)
		if left.String() != tt.words || (against != nil) != (len(left) == 0) {
			t.Errorf("%s: %v, against %+v", tt.sentence, left, against)
		}
		of := func(charge string) bool {
			return slices.ContainsFunc(left.charges(decimal.RequireFromString(tt.cost)), func(c decimal.Decimal) bool {
				return same(c, decimal.RequireFromString(charge))
			})
		}
		for _, charge := range tt.fits {
			if !of(charge) {
				t.Errorf("%s: %s is no charge of %s", tt.sentence, charge, tt.cost)
			}
		}
		for _, charge := range tt.not {
			if of(charge) {
				t.Errorf("%s: %s is a charge of %s", tt.sentence, charge, tt.cost)
			}
		}
	}
}

// TestAStatusThatIsNotUnderstoodTeachesAsFarAsTheOthersAgree: it may say that money was given back.
func TestAStatusThatIsNotUnderstoodTeachesAsFarAsTheOthersAgree(t *testing.T) {
	told := func(status, estimate, charge string) journal.Priced {
		return journal.Priced{Estimate: decimal.RequireFromString(estimate), Charge: decimal.RequireFromString(charge),
			Status: status}
	}
	for _, tt := range []struct {
		sentence string
		told     []journal.Priced
		odd      []string
		against  bool
	}{
		{"a part of the charge", []journal.Priced{told("Kısmi", "1.4", "1"), told("Beklemede", "1.6", "1.6"),
			told("Pending", "0.015", "0.015")}, []string{"Kısmi"}, false},
		{"no status is understood", []journal.Priced{told("Beklemede", "1.6", "1.6"), told("Kısmi", "1.4", "0.7"),
			told("Beklemede", "1.5", "1.5")}, []string{"Kısmi"}, false},
		{"one that is understood disagrees", []journal.Priced{told("Beklemede", "1.6", "1.6"), told("Pending", "1.4", "0.7")},
			nil, true},
	} {
		left, against, odd := learnCharges(tt.told)
		if got := slices.Collect(maps.Keys(odd)); !slices.Equal(got, tt.odd) || (against != nil) != tt.against {
			t.Errorf("%s: odd are %q, against %v", tt.sentence, got, against)
		}
		if !tt.against && !left.agree(decimal.RequireFromString("0.3"), decimal.RequireFromString("0.3")) {
			t.Errorf("%s: %s", tt.sentence, left)
		}
	}
}
