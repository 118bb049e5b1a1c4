package book

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

func TestAnotherEndingNamesTheThree(t *testing.T) {
	_, err := Results{}.Write(context.Background(), "results.pdf")
	for _, ending := range []string{".xlsx", ".csv", ".jsonl"} {
		if err == nil || !strings.Contains(err.Error(), ending) {
			t.Errorf("%v doesn't name %s", err, ending)
		}
	}
}

func TestAFileIsReplacedWholeAndForItsOwnerAlone(t *testing.T) {
	_, b := everyResult(t)
	dir := t.TempDir()
	for _, name := range []string{"r.xlsx", "r.csv", "R.JSONL"} {
		path := filepath.Join(dir, name)
		reporttest.Must(t, os.WriteFile(path, []byte("old"), 0o644))
		written, err := b.Write(context.Background(), path)
		reporttest.Must(t, err)
		info, err := os.Stat(path)
		reporttest.Must(t, err)
		if written != path || info.Size() < 100 {
			t.Errorf("%s was not replaced: %s, %d bytes", path, written, info.Size())
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
	}
	left, err := os.ReadDir(dir)
	reporttest.Must(t, err)
	if len(left) != 3 {
		t.Errorf("temporary files were left: %v", left)
	}
}

func TestWhatCannotBeReplacedGetsANumber(t *testing.T) {
	_, b := everyResult(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "r.csv")
	reporttest.Must(t, os.MkdirAll(filepath.Join(path, "full"), 0o755))
	reporttest.Must(t, os.WriteFile(filepath.Join(dir, "r (2).csv"), []byte("somebody's"), 0o600))
	written, err := b.Write(context.Background(), path)
	reporttest.Must(t, err)
	if want := filepath.Join(dir, "r (3).csv"); written != want {
		t.Errorf("written to %s, want %s", written, want)
	}
}

func TestAFailureLeavesTheOldFile(t *testing.T) {
	_, b := everyResult(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "r.xlsx")
	reporttest.Must(t, os.WriteFile(path, []byte("old"), 0o600))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if written, err := b.Write(ctx, path); err == nil || written != "" {
		t.Fatalf("written to %q with a context that is over", written)
	}
	text, err := os.ReadFile(path)
	reporttest.Must(t, err)
	left, err := os.ReadDir(dir)
	reporttest.Must(t, err)
	if string(text) != "old" || len(left) != 1 {
		t.Errorf("%q and %v were left", text, left)
	}
}

func TestCSVIsInertAndExact(t *testing.T) {
	d, _ := everyResult(t)
	text, err := os.ReadFile(write(t, Results{Journal: d.Journal, Batch: d.Batch}, "r.csv"))
	reporttest.Must(t, err)
	if !strings.HasPrefix(string(text),
		"\ufeffState,Link,Problem,Service,Catalogue name,Quantity,Note,Order ID,Status,Delivered,") {
		t.Errorf("the file begins with %q", text[:60])
	}
	if n := strings.Count(string(text), "\r\n"); n != 13 || strings.Count(string(text), "\n") != n {
		t.Errorf("%d lines end in \\r\\n", n)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	reporttest.Must(t, err)
	if diff := cmp.Diff([]string{"placed", "https://youtu.be/abcdefghijk", "", "102", "YouTube Views — slow", "5000", "007",
		"1000004", "Partial", "", "", "1.2345678901234567", "USD", "", "n/a", "'-4000", "", "2026-05-04T09:30:05Z",
		"2026-05-04T10:30:00Z", "key-5"}, rows[4]); diff != "" {
		t.Error(diff)
	}
	for i, want := range []string{"Note", "Anna", "'=SUM(A1:A9)", "'+49 170", "007", "عميل مهم", "刘先生", "'-1", "'@dora"} {
		if rows[i][6] != want {
			t.Errorf("row %d: %q, want %q", i+1, rows[i][6], want)
		}
	}
}

func TestCSVKeepsWhatStandsInCells(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Link", "Comments")
	cells := []string{"101", `say "hi", you`, "one\ntwo\rthree\r\nfour"}
	d.Row(journal.Entry{Cells: cells, State: journal.Queued})
	text, err := os.ReadFile(write(t, results(d, d.Admit()), "r.csv"))
	reporttest.Must(t, err)
	if want := "queued,\"say \"\"hi\"\", you\",,101,,\"one\ntwo\rthree\r\nfour\",,"; !strings.Contains(string(text), want) {
		t.Errorf("%q is not in %q", want, text)
	}
	for cell, want := range map[string]string{"": "", "\tx": "'\tx", "\rx": "'\rx", "a=b": "a=b", "-": "'-", "'=": "''=",
		"'a": "'a", "'": "'"} {
		if got := inert(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}

func TestJSONLinesHaveOneObjectARow(t *testing.T) {
	_, b := everyResult(t)
	text, err := os.ReadFile(write(t, b, "r.jsonl"))
	reporttest.Must(t, err)
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) != 12 {
		t.Fatalf("%d lines", len(lines))
	}
	const first = `{"row":2,"state":"placed","problem":"","catalogue_name":"Instagram Followers [Refill 30 days] 🔥",` +
		`"order_id":"900719925474099312","status":"Completed","delivered":"1000","percent":"100","charge":"0.9",` +
		`"currency":"USD","one_of":[],"start_count":"1520","remains":"0","refill":"","sent_at":"2026-05-04T09:30:02Z","checked_at":"2026-05-04T10:30:00Z",` +
		`"row_key":"key-2","problems":[],"service":"101",` +
		`"params":{"link":"https://instagram.com/anna","quantity":"1000","service":"101"},` +
		`"cells":{"Link":"https://instagram.com/anna","Note":"Anna","Quantity":"1000","Service":"101"}}`
	if diff := cmp.Diff(first, lines[0]); diff != "" {
		t.Error(diff)
	}
	var invalid struct {
		State    string
		Charge   *string
		SentAt   *string `json:"sent_at"`
		Problems []report.Problem
	}
	reporttest.Must(t, json.Unmarshal([]byte(lines[8]), &invalid))
	if invalid.State != "invalid" || invalid.Charge != nil || invalid.SentAt != nil || len(invalid.Problems) != 1 ||
		invalid.Problems[0].Cell != "C10" {
		t.Errorf("the invalid row is %+v", invalid)
	}
	if !strings.Contains(lines[6], `"state":"in_doubt"`) {
		t.Errorf("a row that is being sent is told as %s", lines[6])
	}
}
