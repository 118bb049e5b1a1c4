package parse

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bulkorder/parse/book"
)

// Options say how to read a sheet where the content alone does not settle it. The zero value is right for most sheets.
type Options struct {
	Sheet     string            // worksheet of a workbook; empty: the only one that has a header
	AllSheets bool              // all worksheets of a workbook that have a header are read as one sheet
	Sheets    []string          // of AllSheets: only these, by name; none: all
	Map       map[string]string // their header -> field name; wins over the names that are known
	Delimiter rune              // of text; 0: found from the content
	// of text, such as "windows-1252"; empty: UTF-8, UTF-16 by its mark, or any where only ASCII is sent
	Encoding string
	Hidden   string    // "include" or "skip" hidden rows; empty: hidden rows are an error that counts them
	Where    []string  // conditions of rows, such as "Status!=done"; the others are left out, with a note
	Extra    []string  // further field names, of order types that the configuration teaches
	Stdin    io.Reader // read where the path is "-"

	// Edits are cells that a person changed since, by the row and the column's letter. A row is meant by its number and
	// its worksheet's name, whichever worksheets are read, or by its [Line] without a name. A row of which any is changed
	// is no longer damaged or hyperlinked as the file says.
	Edits        map[Line]map[string]string
	Called       string   // the name of the file in messages; empty: its own
	SkipMarked   []string // columns of the person's own: rows that are marked as done there are left out, with a note
	SkipSections bool     // rows below a title that says done, or on a worksheet that does, are left out, with a note

	Today time.Time // to which a day under a head such as Schedule is compared; zero: it is asked of the clock

	HoldNotes  bool // rows with a note that nobody understands wait for a person
	SkipStruck bool // rows whose service, link, quantity … is struck through are left out, with a note
	Thousands  byte // what parts thousands, '.' or ','; 0: each column shows it
	AcceptK    bool // 1k is 1000, 1m is 1000000

	// Remembered gives what Map was for an earlier sheet with the same Sheet.HeaderFingerprint, or nil. Map wins over it,
	// and it wins over the names that are known; a field that is none (any more) is passed over. It is asked about every
	// row that may be the header, some hundred times at most; nil: nothing is remembered.
	Remembered func(fingerprint string) map[string]string
}

// Sheet is an open sheet whose header is found. It is for one goroutine.
type Sheet struct {
	File    string   // base name of the file, "stdin" for standard input
	Name    string   // the worksheet's name, those of several with commas, or File for text
	Format  string   // "xlsx", "csv" or "mass-order"
	Columns []Column // in the sheet's order, from the header's first text to its last; Rows adds those of further tables
	Notes   []string // what the person should know, one line each; whole only after Rows has ended
	// Examples are the numbers of rows that are a template's examples, in words; known after Rows has ended. Empty: there
	// are none.
	Examples string

	// HeaderFingerprint stands for the names of the columns in their order, without case, blanks and punctuation: sheets
	// made from one template have the same. It is "" where there is no header.
	HeaderFingerprint string

	path    string
	ask     func() error // for the encoding, where it was of no matter to the first table; nil: it is known
	tables  []*Table     // found so far
	own     int          // of Columns, those before the tables' own
	finder  *finder
	imprint *imprint // nil: nobody else writes to the file
	closer  []func() error

	// Limits is asked where 1,000 may be a thousand or a fraction. Set it before Rows; nil: nothing is known.
	Limits Limits
	said   Options
}

// Column is one column of a sheet.
type Column struct {
	Letter string // "C"
	Name   string // the person's own header text, trimmed; "" for a column without one between others
	Field  string // name of the field that it holds; "" where it is carried along unused
	By     Naming // why it holds that field
}

// Naming says by what a column came to its field. The values are words for people.
type Naming string

const (
	ByName   Naming = "known name"
	ByMap    Naming = "mapped"     // by Options.Map
	ByMemory Naming = "remembered" // by Options.Remembered
	ByPlace  Naming = "place"      // of mass-order text, which has no header
	Unused   Naming = "unused"
)

// Row is one row of a sheet: every row below the header that holds anything, but for totals and remarks.
type Row struct {
	Number int    // the row number that the person sees, from 1
	Table  *Table // that it is read by
	// the person's own text, one a column, or less where a further table brought columns later; dates as dd/mm/yyyy,
	// numbers as the workbook stores them
	Cells    []string
	Fields   Fields            // what the cells mean
	Extra    map[string]string // values of Options.Extra fields by name; nil where the sheet has no such column
	Problems []Problem         // what reading found; where one is no warning, the row is invalid

	Reckoned uint64 // the columns of the worksheet of which a formula reckons the quantity, as bits; see IsReckonedOf
}

// IsReckonedOf tells whether a formula reckons the row's quantity of the column with that index in its table.
func (r Row) IsReckonedOf(index int) bool {
	return r.Reckoned != 0 && r.Reckoned>>r.Table.header.columns[index].index&1 == 1
}

// Open finds out what a file is, by its content and never by its name, and finds the header. "-" reads Options.Stdin,
// through a temporary file that Close removes. Every error is a *FileError or a *Problem.
func Open(path string, o Options) (*Sheet, error) {
	s := &Sheet{File: cmp.Or(o.Called, filepath.Base(path))}
	if path == "-" {
		s.File = cmp.Or(o.Called, "stdin")
	}
	if err := s.open(path, o); err != nil {
		_ = s.Close() // why it could not be opened is what the person must know
		return nil, err
	}
	return s, nil
}

func (s *Sheet) open(path string, o Options) error {
	file, size, err := s.content(path, o.Stdin)
	if err != nil {
		return err
	}
	if path == "-" || o.Called != "" {
		path = s.File
	}
	if o.Hidden != "" && o.Hidden != "include" && o.Hidden != "skip" {
		return &FileError{Path: path, Wrong: "cannot be read with --hidden " + o.Hidden, Mend: "use include or skip"}
	}
	if o.Thousands != 0 && o.Thousands != '.' && o.Thousands != ',' {
		return &FileError{Path: path, Wrong: "cannot be read with --thousands " + string(rune(o.Thousands)),
			Mend: "use a comma or a point"}
	}
	format, err := sniff(path, file, size, o)
	if err != nil {
		return err
	}
	var w *book.Workbook
	if format == zipFile {
		if w, err = book.Open(file, size); err != nil {
			return inFile(path, err)
		}
		s.closer = append(s.closer, w.Close)
	}
	s.path, s.said = path, o
	if s.finder, err = newFinder(path, o); err != nil { // after the file: its words take longer than a file that is broken
		return err
	}
	if w != nil {
		err = s.openWorkbook(w)
	} else {
		err = s.openText(path, file, size, o)
	}
	if err != nil {
		return err
	}
	return s.opened()
}

// openText reads delimited and mass-order text.
func (s *Sheet) openText(path string, file io.ReaderAt, size int64, o Options) error {
	t, err := openText(path, file, size, o.Encoding)
	if err != nil {
		return err
	}
	s.Name, s.Format = s.File, "csv"
	text, best, err := s.findText(t)
	if err != nil {
		return err
	}
	table := &Table{Sheet: s.Name, source: text}
	s.tables = []*Table{table}
	err = s.textHeader(table, t, best)
	if !t.doubtful {
		return err
	}
	if err != nil || text.delimiter == '|' {
		return t.askEncoding(path, text.delimiter, nil)
	}
	if err := t.askEncoding(path, text.delimiter, &table.header); err != nil {
		return err
	}
	s.ask = func() error { return t.askEncoding(path, text.delimiter, nil) }
	s.Notes = append(s.Notes,
		"the file is not in UTF-8; all that is sent to the panel is plain ASCII, so it was read as "+t.name+
			": where other columns show wrong letters, say --encoding")
	return nil
}

// textHeader makes columns of the header that was found, or finds that the text is mass-order text and needs none.
func (s *Sheet) textHeader(table *Table, t *text, best candidate) (err error) {
	if best.complete() {
		table.header, err = s.finder.header(s.path, s.Name, best)
		return err
	}
	o := s.said
	if mass, ok := newMassSource(t.massLines(s.Name), s.Name); ok && len(o.Map) == 0 && (o.Delimiter == 0 || o.Delimiter == '|') {
		table.source, table.header, s.Format = mass, mass.header(), "mass-order"
		return nil
	}
	wrong, mend := s.finder.missing(best)
	return &FileError{Path: s.path, Wrong: wrong, Mend: mend}
}

// Close closes the file, and removes the temporary one of standard input.
func (s *Sheet) Close() error {
	var errs []error
	for i := len(s.closer) - 1; i >= 0; i-- {
		errs = append(errs, s.closer[i]())
	}
	s.closer = nil
	return errors.Join(errs...)
}

// content opens the file. What cannot be read twice, such as standard input and pipes, is copied first.
func (s *Sheet) content(path string, stdin io.Reader) (*os.File, int64, error) {
	if path == "-" {
		if stdin == nil {
			return nil, 0, &FileError{
				Path:    s.File,
				Missing: true,
				Wrong:   "there is no standard input",
				Mend:    "name a file",
			}
		}
		return s.spool(s.File, stdin)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, unreadableFile(path, err)
	}
	s.closer = append(s.closer, file.Close)
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, 0, unreadableFile(path, err)
	case info.IsDir():
		return nil, 0, &FileError{
			Path:    path,
			Missing: true,
			Wrong:   "is a folder",
			Mend:    "name the file with the orders",
		}
	case !info.Mode().IsRegular():
		return s.spool(path, file)
	}
	s.imprint, err = imprintOf(path, file)
	return file, info.Size(), err
}

// largestFile is how many bytes standard input may bring.
const largestFile = 2 << 30

// spool copies a stream into a temporary file, readable by its owner alone.
func (s *Sheet) spool(path string, in io.Reader) (*os.File, int64, error) {
	file, err := os.CreateTemp("", "bulkorder-*")
	if err != nil {
		return nil, 0, unreadableFile(path, err)
	}
	s.closer = append(s.closer, func() error { return os.Remove(file.Name()) }, file.Close)
	size, err := io.Copy(file, io.LimitReader(in, largestFile+1))
	if err == nil && size > largestFile {
		return nil, 0, &FileError{Path: path, Wrong: "is larger than 2 GiB", Mend: "split it into several sheets"}
	}
	if err != nil {
		return nil, 0, unreadableFile(path, err)
	}
	return file, size, nil
}

// unreadableFile says why a file could not be opened or read.
func unreadableFile(path string, err error) *FileError {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FileError{
			Path:    path,
			Missing: true,
			Wrong:   "there is no such file",
			Mend:    "look at its name and folder",
			Err:     err,
		}
	case errors.Is(err, fs.ErrPermission):
		return &FileError{
			Path:    path,
			Missing: true,
			Wrong:   "may not be read: permission denied",
			Mend:    "give yourself the right to read it",
			Err:     err,
		}
	}
	return &FileError{Path: path, Wrong: "could not be read: " + err.Error(), Mend: "try again", Err: err}
}
