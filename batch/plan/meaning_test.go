package plan

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// The sheets of testdata/meaning are such as resellers have. Each stands beside what it must mean, which was written
// before the reader saw it:
//
//	with hidden=skip             options, if any
//	as excelize: hide=B          what writes the file, and how; text as it stands by default
//	2: 101 instagram.com/a 100   this row is ordered so: service, link or name, quantity, other fields
//	3? platform: 101 …           it is valid, and a person is asked about it
//	4 held: duplicate            it is held
//	5 wrong: service-unknown     it is a problem
//	refused: hidden columns      nothing of the sheet is read, and these words say why
//
// Rows that aren't named must not be there.
const meanings = "testdata/meaning"

// meant is one sheet of the corpus.
type meant struct {
	name, content string
	with, as      string
	rows          map[string]string // by number: what the line says behind it
	refused       string            // words of the error; empty: the sheet is read
}

// figures count what became of the corpus.
type figures struct {
	sheets, rows           int
	wrong, refused, warned []string // named for a person
	ordinary, right        int      // sheets and rows that can be ordered with one reading only
}

func TestWhatSheetsMean(t *testing.T) {
	if os.Getenv("BULKORDER_SHEETS") == "make" {
		makeOfficeSheets(t)
	}
	var f figures
	archives, err := filepath.Glob(filepath.Join(meanings, "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatal(archives, err)
	}
	dir := t.TempDir()
	for _, path := range archives {
		for _, m := range readMeanings(t, path) {
			f.compare(m, m.read(t, dir))
		}
	}
	t.Logf("%d sheets, %d rows: understood wrongly %d; of %d sheets with one reading refused or held %d; "+
		"of %d right rows warned of %d", f.sheets, f.rows, len(f.wrong), f.ordinary, len(f.refused), f.right, len(f.warned))
	for _, words := range slices.Concat(f.refused, f.warned) {
		t.Log(words)
	}
	for _, words := range f.wrong {
		t.Error("understood wrongly: " + words)
	}
	if len(f.refused)*100 >= 3*f.ordinary || len(f.warned)*100 >= f.right {
		t.Error("too many are refused, held or warned of")
	}
	if f.sheets < 120 {
		t.Errorf("the corpus has %d sheets", f.sheets)
	}
}

var meaningLine = regexp.MustCompile(`^((?:[^!?:]+!)?\d+)(:|\? [a-z,]+:| held:| wrong:) ?(.*)$`)

func readMeanings(t *testing.T, path string) []meant {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []meant
	for _, file := range archive.Files {
		if name, is := strings.CutSuffix(file.Name, ".means"); !is {
			all = append(all, meant{name: file.Name, content: string(file.Data), rows: map[string]string{}})
		} else if last := &all[len(all)-1]; last.name != name {
			t.Fatalf("%s: %s stands behind %s", path, file.Name, last.name)
		} else {
			last.means(t, string(file.Data))
		}
	}
	return all
}

func (m *meant) means(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		first, rest, _ := strings.Cut(line, " ")
		switch parts := meaningLine.FindStringSubmatch(line); {
		case line == "" || first == "#":
		case first == "with":
			m.with = rest
		case first == "as":
			m.as = rest
		case first == "refused:":
			m.refused = rest
		case parts != nil:
			m.rows[parts[1]] = strings.TrimPrefix(parts[2], ":") + parts[3]
		default:
			t.Fatalf("%s: %q", m.name, line)
		}
	}
}

// understood is what the reader and the check made of a sheet, in the words of the corpus.
type understood struct {
	rows map[string]string
	err  error
}

func (m meant) read(t *testing.T, dir string) understood {
	t.Helper()
	path := filepath.Join(dir, "orders")
	if err := os.WriteFile(path, m.file(t), 0o600); err != nil {
		t.Fatal(err)
	}
	u := understood{rows: map[string]string{}}
	o, planner := m.options(t)
	sheet, err := parse.Open(path, o)
	if err != nil {
		u.err = err
		return u
	}
	defer sheet.Close()
	planner.Panel = meaningRules
	planner.Keep = func(e journal.Entry) error {
		u.rows[e.At().String()] = said(e)
		return nil
	}
	_, u.err = planner.Read(context.Background(), sheet)
	return u
}

func meaningRules(_ context.Context, name string) (Rules, error) {
	if name != "" {
		return Rules{}, &UnknownPanel{Name: name}
	}
	p, found := panel.Preset("igadda")
	if !found {
		return Rules{}, errors.New("no such panel")
	}
	var all []panel.Service
	for _, s := range sandbox.Catalogue() {
		all = append(all, panel.Service{ID: fmt.Sprint(s.ID), Name: s.Name, Type: s.Type, Category: s.Category,
			Min: s.Min, Max: s.Max})
	}
	return Rules{
		Panel: p, Catalogue: panel.NewCatalogue(all, time.Time{}),
		Today: meaningDay(),
	}, nil
}

// meaningDay is the day on which the sheets of the corpus are read.
func meaningDay() time.Time { return time.Date(2026, 6, 15, 13, 0, 0, 0, time.UTC) }

// said writes an entry as the corpus does.
func said(e journal.Entry) string {
	var rules []string
	for _, p := range e.Problems {
		if !p.Warning {
			rules = append(rules, p.Rule)
		}
	}
	switch e.State {
	case journal.Invalid:
		return " wrong:" + strings.Join(rules, " ")
	case journal.Held:
		if e.Reason == journal.Warned {
			break
		}
		return " held:" + string(e.Reason)
	case journal.Skipped:
		return " held:skipped"
	}
	values := []string{e.Service}
	for _, p := range e.Params {
		switch p.Name {
		case "service":
		case "link", "username", "quantity":
			values = append(values, strings.TrimPrefix(p.Value, "https://"))
		default:
			values = append(values, p.Name+"="+strings.ReplaceAll(p.Value, "\n", "/"))
		}
	}
	text := strings.Join(values, " ")
	if e.Reason == journal.Warned {
		return "? " + strings.Join(e.Asks, ",") + ":" + text
	}
	return text
}

// compare judges what was understood of a sheet by what it must mean.
func (f *figures) compare(m meant, u understood) {
	f.sheets++
	f.rows += len(m.rows)
	ordinary := m.refused == ""
	for _, want := range m.rows {
		ordinary = ordinary && ready(want)
	}
	if ordinary {
		f.ordinary++
	}
	if u.err != nil && m.refused != "" && strings.Contains(u.err.Error(), m.refused) {
		return
	}
	if u.err != nil && ordinary {
		f.refused = append(f.refused, m.name+": refused: "+u.err.Error())
		return
	}
	if u.err != nil || m.refused != "" {
		f.wrong = append(f.wrong, fmt.Sprintf("%s: got %v, want %q", m.name, u.err, m.refused))
		return
	}
	f.compareRows(m, u, ordinary)
}

// ready tells whether a row is ordered without a question.
func ready(said string) bool { return said[0] != '?' && said[0] != ' ' }

func (f *figures) compareRows(m meant, u understood, ordinary bool) {
	held := ""
	for number, want := range m.rows {
		if ready(want) {
			f.right++
		}
		got := u.rows[number]
		words := fmt.Sprintf("%s: row %s is %q, must be %q", m.name, number, got, want)
		switch {
		case got == want:
		case got == "" || !ready(want) || ready(got):
			f.wrong = append(f.wrong, words)
		case got[0] == '?' && strings.HasSuffix(got, ":"+want):
			f.warned = append(f.warned, words)
		case ordinary:
			held = words
		default:
			f.wrong = append(f.wrong, words)
		}
	}
	if held != "" { // a sheet counts once
		f.refused = append(f.refused, held)
	}
	for number, got := range u.rows {
		if m.rows[number] == "" {
			f.wrong = append(f.wrong, fmt.Sprintf("%s: row %s is %q, and must not be there", m.name, number, got))
		}
	}
}
