package settle

import (
	"fmt"
	"net/http"
	"net/http/httptest"
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
