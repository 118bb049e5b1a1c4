package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPanelsNearAndFar has the process of the panels serve two, and orders from both.
func TestPanelsNearAndFar(t *testing.T) {
	authority := filepath.Join(t.TempDir(), "authority.pem")
	in, input := io.Pipe()
	output, out := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- servePanels(in, out) }()
	near, far := panelSpec{Services: 30}, panelSpec{Services: 30, RoundTrip: 2 * time.Millisecond}
	text, err := json.Marshal(wishes{[]panelSpec{near, far}, authority})
	if err != nil {
		t.Fatal(err)
	}
	go input.Write(text)
	p := &panels{}
	if err := json.NewDecoder(output).Decode(&p.told); err != nil {
		t.Fatal(err)
	}
	vouches, err := os.ReadFile(authority)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(vouches)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	for i, scheme := range []string{"http://", "https://"} {
		form := url.Values{"key": {"sandbox"}, "action": {"add"}, "service": {"1"}, "quantity": {"100"},
			"link": {"https://instagram.com/p/B1/"}}
		resp, err := client.PostForm(p.told.Panels[i], form)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || !strings.HasPrefix(p.told.Panels[i], scheme) || !strings.HasPrefix(string(body), `{"order":`) {
			t.Errorf("%s answers %q, %v", p.told.Panels[i], body, err)
		}
		resp.Body.Close()
		if tally, err := p.tally(i); err != nil || tally.Actions["add"] != 1 {
			t.Errorf("%+v, %v", tally, err)
		}
		if err := p.forget(i); err != nil {
			t.Error(err)
		}
		if tally, err := p.tally(i); err != nil || len(tally.Actions) != 0 {
			t.Errorf("what was forgotten is told: %+v, %v", tally, err)
		}
	}
	input.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestSheetsOfBothKindsHoldTheSameRows(t *testing.T) {
	for _, name := range []string{"orders.xlsx", "orders.csv"} {
		path := filepath.Join(t.TempDir(), name)
		spec := sheetSpec{Rows: 40, CSV: strings.HasSuffix(name, "csv")}
		text, err := json.Marshal(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := sheetMain([]string{string(text), path}); err != nil {
			t.Fatal(err)
		}
		if rows, err := readRows(path); err != nil || rows != 40 {
			t.Errorf("%s: %d rows, %v", name, rows, err)
		}
		if spec.CSV {
			continue
		}
		if rows, err := readCells(path); err != nil || rows != 40 {
			t.Errorf("its cells: %d rows, %v", rows, err)
		}
		if rows, err := readExcelize(path); err != nil || rows != 40 {
			t.Errorf("by excelize: %d rows, %v", rows, err)
		}
		names, rows, err := readSheet(path)
		if err != nil || len(rows) != 40 || len(names) != len(columns()) {
			t.Fatalf("%d rows of %v, %v", len(rows), names, err)
		}
		want := strings.TrimRight(strings.Join(spec.row(12), "|"), "|") // empty cells at the end are not there
		if got := strings.Join(rows[12], "|"); got != want {
			t.Errorf("row 13 is %q, want %q", got, want)
		}
	}
}

func TestCellsAreCounted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.xlsx")
	if err := writeMain([]string{"30", "70", path}); err != nil {
		t.Fatal(err)
	}
	rows, cells, err := countCells(path)
	if err != nil {
		t.Fatal(err)
	}
	changes := 0
	for part, n := range rows {
		if n == 70 {
			changes = cells[part]
		}
	}
	if len(rows) != 2 || changes != 70*len(changeCells(0)) {
		t.Errorf("rows %v, cells %v", rows, cells)
	}
}
