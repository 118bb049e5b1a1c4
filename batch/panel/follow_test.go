package panel

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// asker is a panel that answers by the parameters of a call and keeps what it was asked.
func asker(t *testing.T, answer func(name, value string) string) (*Client, *[]string) {
	t.Helper()
	var calls []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		for _, name := range []string{"order", "orders"} {
			if value := r.PostForm.Get(name); value != "" {
				calls = append(calls, name+"="+value)
				fmt.Fprint(w, answer(name, value))
			}
		}
	}))
	t.Cleanup(s.Close)
	return client(t, s.URL, nil), &calls
}

func TestStatusesThatCannotBeUsedAreAskedForOneByOne(t *testing.T) {
	tests := []struct {
		name, many string
		remembered bool
	}{
		{"an error for the whole call", `{"error":"Incorrect order ID"}`, true},
		{"a status of one order", `{"status":"Pending","charge":"1"}`, true},
		{"a list of fewer, without names", `[{"status":"Pending"}]`, true},
		{"PHP's empty map, where one is known", `[]`, true},
		{"a map of all", `{"1":{"status":"Pending"},"2":{"status":"Pending"}}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, calls := asker(t, func(name, value string) string {
				if name == "orders" {
					return tt.many
				}
				return `{"status":"Pending"}`
			})
			var learned []Form
			c.Learned = func(f Form) { learned = append(learned, f) }
			turns := 0
			turn := func(context.Context) error { turns++; return nil }
			for range 2 {
				found, err := c.Statuses(t.Context(), []string{"1", "2"}, turn)
				if err != nil || len(found) != 2 || found["2"].Status != "Pending" {
					t.Fatalf("got %v, %v", found, err)
				}
			}
			if once := slices.Index((*calls)[1:], "orders=1,2") < 0; once != tt.remembered {
				t.Errorf("asked %v", *calls)
			}
			if turns != len(*calls) {
				t.Errorf("%d calls took %d turns", len(*calls), turns)
			}
			if (c.StatusesAtOnce() == 1) != tt.remembered || len(learned) == 1 != tt.remembered {
				t.Errorf("%d at once, learned %v", c.StatusesAtOnce(), learned)
			}
		})
	}
}

// TestOrdersThatNobodyKnowsProveNothingAboutTheForm: an empty answer about strangers' ids is one call more, not a
// hundred.
func TestOrdersThatNobodyKnowsProveNothingAboutTheForm(t *testing.T) {
	c, calls := asker(t, func(name, value string) string {
		if name == "orders" {
			return `[]`
		}
		return `{"error":"Incorrect order ID"}`
	})
	found, err := c.Statuses(t.Context(), []string{"1", "2", "3"}, nil)
	if err != nil || len(found) != 0 || len(*calls) != 2 || c.StatusesAtOnce() != Many {
		t.Errorf("got %v, %v after %v", found, err, *calls)
	}
}

// TestWhatWasToldBeforeNobodyMayAskMoreIsKept, of a panel that tells of one order a call.
func TestWhatWasToldBeforeNobodyMayAskMoreIsKept(t *testing.T) {
	c, calls := asker(t, func(name, _ string) string {
		if name == "orders" {
			return `{"error":"Incorrect request"}`
		}
		return `{"status":"Pending"}`
	})
	enough := errors.New("enough")
	found, err := c.Statuses(t.Context(), []string{"1", "2", "3"}, func(context.Context) error {
		if len(*calls) == 2 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || len(found) != 1 || found["1"].Status != "Pending" || len(*calls) != 2 {
		t.Errorf("%v, %v after %v", found, err, *calls)
	}
}

func TestAPanelThatCancelsOneByOne(t *testing.T) {
	c, calls := asker(t, func(name, value string) string {
		if name == "orders" {
			return `{"error":"The order field is required."}`
		}
		if value == "2" {
			return `{"error":"Incorrect order ID"}`
		}
		return `{"cancel":1}`
	})
	turn := func(context.Context) error {
		*calls = append(*calls, "turn")
		return nil
	}
	for range 2 {
		a, err := c.Cancel(t.Context(), []string{"1", "2"}, turn)
		if err != nil || a.Receipts["1"].ID != "1" || a.Receipts["2"].Error == "" {
			t.Fatalf("got %+v, %v", a, err)
		}
	}
	want := "orders=1,2 turn order=1 turn order=2 order=1 turn order=2"
	if got := strings.Join(*calls, " "); got != want || c.CancelsAtOnce() != 1 {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// TestACancelThatIsInterruptedOneByOne tells of those that were asked for, and that the others weren't.
func TestACancelThatIsInterruptedOneByOne(t *testing.T) {
	c, calls := asker(t, func(name, _ string) string {
		if name == "orders" {
			return `{"error":"The order field is required."}`
		}
		return `{"cancel":1}`
	})
	a, err := c.Cancel(t.Context(), []string{"1", "2"}, func(context.Context) error {
		if len(*calls) == 2 {
			return errors.New("enough")
		}
		return nil
	})
	if err != nil || a.Receipts["1"].ID != "1" || len(a.Receipts) != 1 || a.Verdict != Unsent || len(*calls) != 2 {
		t.Errorf("%+v, %v after %v", a, err, *calls)
	}
}

// TestACancelIsNotRepeatedWhereTheManyMayHaveBeenTaken: only a refusal that misses order leads to order.
func TestACancelIsNotRepeatedWhereTheManyMayHaveBeenTaken(t *testing.T) {
	for _, answer := range []string{`{"error":"Incorrect order ID"}`, `{"error":"Incorrect request"}`, `{}`,
		`{"error":"Missing parameter: orders"}`, `{"error":"Provider: order is required"}`, `<html>`,
		`[{"order":1,"cancel":{"error":"order is required"}}]`} {
		c, calls := asker(t, func(string, string) string { return answer })
		if _, err := c.Cancel(t.Context(), []string{"1", "2"}, nil); err != nil || len(*calls) != 1 {
			t.Errorf("%s: asked %v: %v", answer, *calls, err)
		}
	}
}

// TestAnOrderThatLaravelDoesntFind is told by a message alone, and an HTTP status.
func TestAnOrderThatLaravelDoesntFind(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"message":"No query results for model [App\\Models\\Order]."}`)
	}))
	t.Cleanup(s.Close)
	found, err := client(t, s.URL, nil).Statuses(t.Context(), []string{"7"}, nil)
	if err != nil || !strings.Contains(found["7"].Error, "No query results") || found["7"].Status != "" {
		t.Errorf("got %+v, %v", found, err)
	}
}
