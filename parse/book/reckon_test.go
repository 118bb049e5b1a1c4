package book

import (
	"math"
	"slices"
	"testing"
)

// TestWhatAFormulaIsReckonedOf: cells of the row itself, where the formula does nothing but reckon.
func TestWhatAFormulaIsReckonedOf(t *testing.T) {
	for formula, want := range map[string][]int{
		"C2+D2":            {2, 3},
		"$C2*(1+$D$2)":     {2, 3},
		"SUM(C2:E2)":       {2, 3, 4},
		"sum(c2,e2)":       {2, 4},
		"C3+D2":            {3},
		"IF(D2>0,C2,0)":    nil,
		"Other!C2+D2":      nil,
		"C2+Rate":          nil,
		"VLOOKUP(A2,D2,2)": nil,
		"\"D2\"":           nil,
		"":                 nil,
	} {
		columns := reckoned([]byte(formula), 2)
		for c := range mostReckoned {
			if columns>>c&1 == 1 != slices.Contains(want, c) {
				t.Errorf("%s: column %s", formula, Letter(c))
			}
		}
	}
}

// TestWhatAFormulaOfNumbersGives: of what else is in a formula nothing is said.
func TestWhatAFormulaOfNumbersGives(t *testing.T) {
	for formula, want := range map[string]float64{
		"500*2":                 1000,
		"250+250":               500,
		" 2 * ( 3 + 4 )":        14,
		"10-4-3":                3,
		"100/4/5":               5,
		"-5+10":                 5,
		"1.5*1000":              1500,
		"7":                     7,
		"1/0":                   math.NaN(),
		"A2*2":                  math.NaN(),
		"2*":                    math.NaN(),
		"(2":                    math.NaN(),
		"2)":                    math.NaN(),
		"1..2":                  math.NaN(),
		"1E3":                   math.NaN(),
		"":                      math.NaN(),
		"((((((((((2))))))))))": 2,
	} {
		got, is := constant([]byte(formula))
		if is == math.IsNaN(want) || is && got != want {
			t.Errorf("%s: %v, %v", formula, got, is)
		}
	}
}
