package journal

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestWhatARoundingExplainsIsNoRise(t *testing.T) {
	for _, c := range []struct {
		name, approved, charge string
		above                  bool
	}{
		{"as approved", "0.09", "0.09", false},
		{"less", "0.09", "0.08", false},
		{"rounded up to cents", "0.091", "0.1", false},
		{"a small order rounded up to a cent", "0.0005", "0.01", false},
		{"rounded up to four places", "0.27811", "0.2782", false},
		{"a float's end", "0.09", "0.09000000000000001", false},
		{"a hundredfold", "0.09", "9", true},
		{"a hundredfold of little", "0.0009", "0.09", true},
		{"a twentieth, told exactly", "0.09", "0.0945", true},
		{"two cents", "0.09", "0.11", true},
		{"a cent, and not by rounding", "0.09", "0.1", true},
		{"a cent, exactly from cents", "1.00", "1.01", true},
	} {
		got := Charged{Approved: decimal.RequireFromString(c.approved), Charge: decimal.RequireFromString(c.charge)}.Above()
		if got != c.above {
			t.Errorf("%s: %s where %s was approved is above: %v", c.name, c.charge, c.approved, got)
		}
	}
}
