package parse

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// The corpus is what people put into sheets, in testdata/sheets. Files that programs have written are kept as they are,
// beside an expected.txtar that says what each holds. Texts stand in archives by habit, each file followed by what is
// expected of it. A name that ends in .escaped holds bytes as \r and \xe9; its lines are one.
//
// What is expected are the rows with their numbers and fields, the problems by cell and rule, the notes, and the error.
// A first line "with hidden=skip" gives options.
//
// BULKORDER_SHEETS=accept writes what is read into the corpus, to be looked at line by line before it is committed.
// go generate writes the files anew that programs make, see corpus_make_test.go.
const corpus = "testdata/sheets"

// sheetCase is one file of the corpus.
type sheetCase struct {
	name     string // of the file, ending and all
	path     string // where it is; empty for texts
	content  string // of texts
	with     string // options, as the first line of what is expected has them
	expected string
}

func TestCorpus(t *testing.T) {
	if os.Getenv("BULKORDER_SHEETS") == "make" {
		makeCorpus(t)
	}
	files := 0
	for _, path := range archives(t) {
		t.Run(strings.TrimSuffix(filepath.ToSlash(path[len(corpus)+1:]), ".txtar"), func(t *testing.T) {
			cases := readArchive(t, path)
			files += len(cases)
			for i, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					got := c.said(t)
					if diff := cmp.Diff(c.expected, got); diff != "" && os.Getenv("BULKORDER_SHEETS") != "accept" {
						t.Error(diff)
					}
					cases[i].expected = got
				})
			}
			if os.Getenv("BULKORDER_SHEETS") == "accept" {
				writeArchive(t, path, cases)
			}
		})
	}
	if !t.Failed() && files < 200 {
		t.Errorf("the corpus has %d files", files)
	}
}

// archives lists the corpus by archive.
func archives(t testing.TB) []string {
	t.Helper()
	var list []string
	size := int64(0)
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		size += info.Size()
		if strings.HasSuffix(path, ".txtar") {
			list = append(list, path)
		}
		return err
	})
	if err != nil || len(list) == 0 || size > 2<<20 {
		t.Fatalf("%d archives, %d bytes: %v", len(list), size, err)
	}
	return list
}

// readArchive reads one archive; an expected.txtar is of the other files in its folder.
func readArchive(t testing.TB, path string) []sheetCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range archive.Files {
		texts[f.Name] = string(f.Data)
	}
	var cases []sheetCase
	if filepath.Base(path) == "expected.txtar" {
		entries, err := os.ReadDir(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Name() != "expected.txtar" {
				cases = append(cases, newCase(e.Name(), filepath.Join(filepath.Dir(path), e.Name()), "", texts[e.Name()]))
			}
		}
		if len(texts) > len(cases) {
			t.Errorf("%d files are expected, there are %d", len(texts), len(cases))
		}
		return cases
	}
	for _, f := range archive.Files {
		if !strings.HasSuffix(f.Name, ".expected") {
			cases = append(cases, newCase(f.Name, "", string(f.Data), texts[f.Name+".expected"]))
		}
	}
	return cases
}

func newCase(name, path, content, expected string) sheetCase {
	c := sheetCase{name: name, path: path, content: content, expected: expected}
	if with, rest, ok := strings.Cut(expected, "\n"); ok && strings.HasPrefix(with, "with ") {
		c.with, c.expected = with, rest
	}
	return c
}

func writeArchive(t *testing.T, path string, cases []sheetCase) {
	t.Helper()
	var archive txtar.Archive
	for _, c := range cases {
		name := c.name + ".expected"
		if c.path != "" {
			name = c.name
		} else {
			archive.Files = append(archive.Files, txtar.File{Name: c.name, Data: []byte(c.content)})
		}
		if c.with != "" {
			c.with += "\n"
		}
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(c.with + c.expected)})
	}
	if err := os.WriteFile(path, txtar.Format(&archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// said reads the file, and writes what came of it as the corpus does.
func (c sheetCase) said(t *testing.T) string {
	t.Helper()
	path := c.path
	if path == "" {
		path = write(t, strings.TrimSuffix(c.name, ".escaped"), c.bytes(t))
	}
	return readPath(t, path, c.options(t)).listed()
}

// bytes is the content of a text.
func (c sheetCase) bytes(t testing.TB) string {
	t.Helper()
	if !strings.HasSuffix(c.name, ".escaped") {
		return c.content
	}
	content, err := strconv.Unquote(`"` + strings.ReplaceAll(c.content, "\n", "") + `"`)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// options reads a line such as "with hidden=skip map=Dienst=service".
func (c sheetCase) options(t *testing.T) Options {
	t.Helper()
	var o Options
	for _, word := range strings.Fields(c.with)[min(1, len(strings.Fields(c.with))):] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "hidden":
			o.Hidden = value
		case "hold-notes":
			o.HoldNotes = true
		case "sheet":
			o.Sheet = value
		case "encoding":
			o.Encoding = value
		case "delimiter":
			o.Delimiter = rune(value[0])
		case "map":
			theirs, field, _ := strings.Cut(value, "=")
			if o.Map == nil {
				o.Map = map[string]string{}
			}
			o.Map[theirs] = field
		default:
			t.Fatalf("there is no option %s", name)
		}
	}
	return o
}

// listed writes all that was read: rows, problems by cell and rule, notes, error.
func (r result) listed() string {
	var b strings.Builder
	for _, row := range r.rows {
		fmt.Fprintf(&b, "%d", row.Number)
		for _, name := range Names() {
			if v := row.Fields.Get(name); v != "" {
				fmt.Fprintf(&b, " %s=%s", name, Escape(clip(v, 200)))
			}
		}
		b.WriteByte('\n')
		for _, p := range row.Problems {
			line := "  " + strings.TrimSpace(p.Cell()+" "+p.Field) + " " + p.Rule
			if p.Warning {
				line += " (a warning)"
			}
			b.WriteString(line + "\n")
		}
	}
	if r.sheet != nil {
		for _, note := range slices.Compact(slices.Clone(r.sheet.Notes)) {
			b.WriteString("note " + Escape(note) + "\n")
		}
	}
	if r.err != nil {
		text := r.err.Error()
		if f, is := r.err.(*FileError); is {
			text = Escape(f.Wrong) + "; " + Escape(f.Mend)
		}
		b.WriteString("error " + text + "\n")
	}
	return b.String()
}
