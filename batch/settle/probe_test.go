package settle

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// TestAnOrderOfWhichThePanelSaysNothing isn't looked at, whatever error it answers; one that it says it doesn't have
// is.
func TestAnOrderOfWhichThePanelSaysNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"Incorrect order ID": true, "Yok": true, "Something went wrong, please try again later": false, "Odd": false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch id := r.FormValue("order"); id {
			case "12":
				fmt.Fprintf(w, `{"error":%q}`, text)
			default: // an order that isn't there
				fmt.Fprint(w, `{"error":"Yok"}`)
			}
		}))
		defer server.Close()
		at, _ := panel.Preset("addsmm")
		at.URL = server.URL
		client, err := panel.New(at, panel.NewKey("k"), nil)
		if err != nil {
			t.Fatal(err)
		}
		p := &prober{panel: client, pace: pace.New(pace.Rate{PerSecond: 1000}), known: map[int64]panel.Status{}, single: true}
		if err := p.ask(t.Context(), []int64{11, 12, 13}); err != nil {
			t.Fatal(err)
		}
		x := suspect{entry: journal.Entry{}, low: 10, high: 14, began: time.Now()}
		if is := p.searched(newLedger(nil), x); is != want || p.unclear(x) == want {
			t.Errorf("%q: looked at: %v", text, is)
		}
	}
}

// TestWhoAsksOneByOneSaysHowManyAreLeft: a panel that tells of one order a call is asked for as many seconds as there
// are orders.
func TestWhoAsksOneByOneSaysHowManyAreLeft(t *testing.T) {
	for name, single := range map[string]bool{"one a call": true, "many a call": false} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.FormValue("orders") != "" && single {
					fmt.Fprint(w, `{"error":"Incorrect request"}`)
					return
				}
				told := map[string]any{}
				for id := range strings.SplitSeq(r.FormValue("orders"), ",") {
					told[id] = map[string]string{"error": "Incorrect order ID"}
				}
				if r.FormValue("order") != "" {
					told = map[string]any{"error": "Incorrect order ID"}
				}
				_ = json.NewEncoder(w).Encode(told)
			}))
			defer server.Close()
			at, _ := panel.Preset("standard")
			at.Name, at.URL = "mine", server.URL
			client, err := panel.New(at, panel.NewKey("k"), nil)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			open := 0
			p := &prober{panel: client, pace: pace.New(pace.Rate{PerSecond: 1000}), known: map[int64]panel.Status{},
				busy: func(what string) func() { told = append(told, what); open++; return func() { open-- } }}
			if err := p.ask(t.Context(), []int64{11, 12, 13, 14}); err != nil {
				t.Fatal(err)
			}
			if is := len(told) == 1 && strings.Contains(told[0], "asking mine about 3 orders one by one"); is != single ||
				open != 0 || !single && told != nil {
				t.Errorf("told: %q; %d of it didn't end", told, open)
			}
		})
	}
}
