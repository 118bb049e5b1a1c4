package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/samples/sandbox"
)

// mirrors starts panels for rehearsals, and tells what was ordered at them.
func mirrors(t *testing.T, all *[]*sandbox.Sandbox, open *int) desk.Mirror {
	return func(m desk.Mirrored) (string, func() error, error) {
		panel, err := sandbox.New(sandbox.Config{Key: m.Secret, Balance: m.Balance.Amount.String(), Speed: -1})
		must(t, err)
		server := httptest.NewServer(panel)
		*all = append(*all, panel)
		*open++
		return server.URL + "/api/v2", func() error {
			*open--
			server.Close()
			return panel.Close()
		}, nil
	}
}

// TestARehearsalOfThePageOrdersNothing: it says on each page and in its file what it is, leaves no batch, and the sheet
// is placed afterwards as if it hadn't been.
func TestARehearsalOfThePageOrdersNothing(t *testing.T) {
	v := newVisit(t)
	var made []*sandbox.Sandbox
	open := 0
	v.mirror = mirrors(t, &made, &open)
	v.starts()
	sheet, page := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,100", "1,"+link+"3,5"))
	if !strings.Contains(page, "Rehearse</button>") {
		t.Fatal("it can't be rehearsed")
	}
	if _, text := v.get(sheet + "/rehearsal"); !strings.Contains(text, "There is none") {
		t.Errorf("before one: %s", text)
	}
	if code, _ := v.get(sheet + "/rehearsal.xlsx"); code != http.StatusNotFound {
		t.Errorf("the file of none: %d", code)
	}
	code, text := v.post(sheet+"/rehearsal", nil)
	for range 200 {
		if code != 200 || strings.Contains(text, "came to") || strings.Contains(text, `role="alert"`) {
			break
		}
		time.Sleep(50 * time.Millisecond)
		code, text = v.get(sheet + "/rehearsal")
	}
	if code != 200 || !strings.Contains(text, "<dt>Would be placed</dt><dd>2</dd>") ||
		strings.Count(text, "REHEARSAL") < 4 {
		t.Fatalf("%d: %s", code, text)
	}
	if len(made) != 1 || len(made[0].Ledger()) != 2 || len(v.panel.Ledger()) != 0 || open != 0 {
		t.Errorf("%d mirrors, %d open; %d orders at the panel", len(made), open, len(v.panel.Ledger()))
	}
	code, book := v.get(sheet + "/rehearsal.xlsx")
	if code != 200 || len(book) < 5000 {
		t.Errorf("the workbook: %d, %d bytes", code, len(book))
	}
	path, err := v.desk.RehearsalOf(v.known(sheet))
	must(t, err)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if _, text := v.get("/batches"); !strings.Contains(text, "There are no batches yet") {
		t.Errorf("a rehearsal is a batch: %s", text)
	}
	v.place(sheet)
	if v.send(); len(v.panel.Ledger()) != 2 {
		t.Errorf("%d orders", len(v.panel.Ledger()))
	}
	if v.post(sheet+"/rehearsal", nil); !strings.HasPrefix(v.at, "/batches/") {
		t.Errorf("what is placed is rehearsed at %s", v.at)
	}
	other, _ := v.upload("b.csv", sheetOf("1,"+link+"9,100"))
	u := v.known(other)
	path, err = v.desk.RehearsalOf(u)
	must(t, err)
	must(t, os.WriteFile(path, nil, 0o600))
	v.post(other+"/forget", nil)
	if _, err := os.Stat(path); err == nil {
		t.Error("the workbook of a sheet that was thrown away is still there")
	}
}
