package panel

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestDripFeedsAndSubscriptionsHaveIDsOfTheirOwn: panels number the parents of orders apart.
func TestDripFeedsAndSubscriptionsHaveIDsOfTheirOwn(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"order":417}`)
	}))
	defer s.Close()
	c := client(t, s.URL, nil)
	c.Knows("8123401", "8123402", "8123499")
	if a := c.Add(t.Context(), append(order(), Param{"runs", "3"})); a.Verdict != Placed {
		t.Errorf("a drip-feed: got %v: %s", a.Verdict, a.Words)
	}
	if a := c.Add(t.Context(), order()); a.Verdict != InDoubt || a.Candidate != "417" {
		t.Errorf("an order after it: got %v: %s", a.Verdict, a.Words)
	}
}

func TestAnIDOfAnotherShapeIsADoubt(t *testing.T) {
	numbers, texts := Shape{}.with("23501", "23502", "99871"), Shape{}.with("ord_01HG3Z", "ord_01HG4A", "ord_01HG9Q")
	tests := []struct {
		name  string
		known Shape
		id    string
		fits  bool
	}{
		{"nothing is known", Shape{}, "ord_1", true},
		{"two ids tell nothing", Shape{}.with("1", "2"), "ord_1", true},
		{"the next number", numbers, "99872", true},
		{"a digit more", numbers, "100004", true},
		{"a flag", numbers, "1", false},
		{"an HTTP code", numbers, "200", false},
		{"a number of a time", numbers, "1732209441774", false},
		{"letters among numbers", numbers, "A7K2M9Q1", false},
		{"another text", texts, "ord_01HH00", true},
		{"a number among texts", texts, "0000023501", false},
		{"both kinds are known", numbers.with("ord_01HG3Z"), "ord_01HH00", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := judge(200, nil, []byte(`{"order":"`+tt.id+`"}`), nil, taught{ids: tt.known})
			if tt.fits && (a.Verdict != Placed || a.OrderID != tt.id) {
				t.Errorf("got %v: %s, want the order", a.Verdict, a.Words)
			}
			if !tt.fits && (a.Verdict != InDoubt || a.Candidate != tt.id) {
				t.Errorf("got %v with candidate %q, want doubt", a.Verdict, a.Candidate)
			}
		})
	}
}

func TestAClientLearnsTheShapeFromItsOrders(t *testing.T) {
	var c Client
	c.Knows("23501", "23502")
	if !c.taught().ids.Fits("A1") {
		t.Error("two ids tell a shape")
	}
	c.Knows("23503")
	if c.taught().ids.Fits("A1") {
		t.Error("three ids tell none")
	}
}
