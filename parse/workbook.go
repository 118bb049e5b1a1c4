package parse

import (
	"fmt"
	"io"
	"strings"
)

// workbook is an .xlsx or .xlsm file: a zip of XML parts.
type workbook struct {
	path     string
	parts    parts
	sheets   []sheetEntry
	strings  *sharedStrings
	dates    dateStyles
	date1904 bool
	stale    bool // formulas are to be computed when the file is opened: a 0 may stand for a value never computed
}

// sheetEntry is one worksheet of a workbook's list.
type sheetEntry struct {
	name   string
	part   string
	hidden bool
}

// openWorkbook chooses the worksheet and makes it the sheet's source.
func (s *Sheet) openWorkbook(path string, file io.ReaderAt, size int64, o Options, f *finder) error {
	w, err := readWorkbook(path, file, size)
	if err != nil {
		return err
	}
	sheet, best, err := w.choose(o, f)
	if err != nil {
		return err
	}
	s.Name, s.Format, s.source = sheet.entry.name, "xlsx", sheet
	if s.header, err = f.header(path, s.Name, best); err != nil {
		return err
	}
	if err := sheet.survey(s.header, o.Hidden); err != nil {
		return err
	}
	if n := sheet.hiddenRows; n > 0 {
		verb := map[string]string{"skip": "skipped", "include": "read like the others"}[o.Hidden]
		s.Notes = append(s.Notes, fmt.Sprintf("hidden rows %s, as --hidden says: %d", verb, n))
	}
	return nil
}

// broken says that the file is not whole.
func (w *workbook) broken(part string, err error) error {
	if f, known := err.(*FileError); known {
		f.Path = w.path
		return f
	}
	where := ""
	if part != "" {
		where = " in " + part
	}
	return &FileError{Path: w.path, Wrong: "is a broken workbook" + where + ": " + err.Error(),
		Mend: "get the file again, or open it in Excel, let it repair the file, look at every row and save it", Err: err}
}

// readWorkbook reads everything but the worksheets.
func readWorkbook(path string, file io.ReaderAt, size int64) (*workbook, error) {
	w := &workbook{path: path, strings: &sharedStrings{}}
	var err error
	if w.parts, err = openParts(file, size); err != nil {
		return nil, w.broken("", err)
	}
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	relations, err := w.parts.relations(main)
	if err != nil {
		return nil, w.broken("", err)
	}
	if err := w.readMain(main, relations); err != nil {
		return nil, w.broken("", err)
	}
	return w, w.readShared(relations)
}

// readMain reads the list of sheets, and how dates and formulas are meant.
func (w *workbook) readMain(main string, relations []relation) error {
	byID := make(map[string]relation, len(relations))
	for _, r := range relations {
		byID[r.id] = r
	}
	listed := map[string]bool{}
	return w.parts.elements(main, func(x *xmlScanner, parent string) error {
		switch parent + " " + string(x.name) {
		case "workbook workbookPr":
			v, err := x.attributes("date1904")
			w.date1904 = yes(v[0])
			return err
		case "workbook calcPr":
			v, err := x.attributes("fullCalcOnLoad")
			w.stale = yes(v[0])
			return err
		case "sheets sheet":
			v, err := x.attributes("name", "state", "id")
			if err != nil {
				return err
			}
			r, ok := byID[v[2]]
			switch {
			case !ok:
				return fmt.Errorf("its sheet %q has no part", v[0])
			case listed[r.target]:
				return fmt.Errorf("its sheet %q is the same part as another", v[0])
			case r.is("worksheet"):
				w.sheets = append(
					w.sheets,
					sheetEntry{name: v[0], part: r.target, hidden: v[1] == "hidden" || v[1] == "veryHidden"},
				)
			}
			listed[r.target] = true
		}
		return nil
	})
}

// readShared reads what all worksheets refer to: styles and strings.
func (w *workbook) readShared(relations []relation) (err error) {
	for _, r := range relations {
		switch {
		case r.is("styles"):
			w.dates, err = readStyles(w.parts, r.target)
		case r.is("sharedStrings"):
			w.strings, err = readSharedStrings(w.parts, r.target)
		}
		if err != nil {
			return w.broken(r.target, err)
		}
	}
	return nil
}

// mainPart finds the part that lists the sheets. Where there is none, it says what the zip is.
func (w *workbook) mainPart() (string, error) {
	relations, err := w.parts.relations("")
	if err != nil {
		return "", w.broken("", err)
	}
	main := "xl/workbook.xml"
	for _, r := range relations {
		if r.is("officeDocument") {
			main = r.target
		}
	}
	if w.parts[main] != nil && strings.HasPrefix(main, "xl/") && strings.HasSuffix(main, ".xml") {
		return main, nil
	}
	wrong, mend := "is a zip archive, not a workbook", "unpack it first"
	switch has := func(name string) bool { return w.parts[name] != nil }; {
	case has("xl/workbook.bin"):
		wrong, mend = "is a binary workbook (.xlsb)", "open it in Excel and save it as .xlsx"
	case has("mimetype") && has("content.xml") && w.parts.startsWith("mimetype", "application/vnd.oasis.opendocument.spreadsheet"):
		wrong, mend = "is an OpenDocument sheet (.ods)", "open it in LibreOffice and save it as .xlsx"
	case has("mimetype") && has("content.xml"):
		wrong, mend = "is an OpenDocument file of another kind, not a sheet", "copy the table into LibreOffice Calc and save it as .xlsx"
	case has("word/document.xml"):
		wrong, mend = "is a Word document, not a sheet", "copy the table into Excel and save it as .xlsx"
	case has("ppt/presentation.xml"):
		wrong, mend = "is a PowerPoint presentation, not a sheet", "copy the table into Excel and save it as .xlsx"
	case has("index/document.iwa"):
		wrong, mend = "is a Numbers document", "open it in Numbers and export it as Excel (.xlsx)"
	case has("[content_types].xml"):
		return "", w.broken("", fmt.Errorf("its part %s is missing", main))
	}
	return "", &FileError{Path: w.path, Wrong: wrong, Mend: mend}
}

// choose finds the worksheet with the orders: the named one, or the only one that has a header. Hidden sheets are not
// looked at unless they are named.
func (w *workbook) choose(o Options, f *finder) (*worksheet, candidate, error) {
	if o.Sheet != "" {
		return w.named(o.Sheet, f)
	}
	type found struct {
		sheet *worksheet
		best  candidate
	}
	var ready, own, others []found
	for _, entry := range w.sheets {
		if entry.hidden {
			continue
		}
		sheet := &worksheet{book: w, entry: entry}
		best, err := f.search(sheet)
		if err != nil {
			return nil, best, err
		}
		switch hit := (found{sheet, best}); {
		case !best.complete():
			others = append(others, hit)
		case ownSheet(entry.name):
			own = append(own, hit)
		default:
			ready = append(ready, hit)
		}
	}
	if len(ready) == 0 {
		ready = own
	}
	if len(ready) == 1 {
		return ready[0].sheet, ready[0].best, nil
	}
	if len(ready) > 1 {
		var names []string
		for _, hit := range ready {
			names = append(names, hit.sheet.entry.name)
		}
		return nil, candidate{}, &FileError{
			Path:  w.path,
			Wrong: "has several sheets with orders: " + quoted(names),
			Mend:  fmt.Sprintf("say which one with --sheet %q", names[0]),
		}
	}
	if len(others) == 0 {
		return nil, candidate{}, &FileError{
			Path:  w.path,
			Wrong: "has no sheet that can be seen",
			Mend:  "unhide the sheet with the orders, or name it with --sheet",
		}
	}
	best := others[0]
	for _, hit := range others {
		if hit.best.known > best.best.known {
			best = hit
		}
	}
	return nil, candidate{}, w.noHeader(best.sheet, best.best, f)
}

func (w *workbook) named(name string, f *finder) (*worksheet, candidate, error) {
	var names []string
	for _, entry := range w.sheets {
		if entry.name == name || strings.EqualFold(trim(entry.name), trim(name)) {
			sheet := &worksheet{book: w, entry: entry}
			best, err := f.search(sheet)
			if err == nil && !best.complete() {
				err = w.noHeader(sheet, best, f)
			}
			return sheet, best, err
		}
		names = append(names, entry.name)
	}
	return nil, candidate{}, &FileError{
		Path:  w.path,
		Wrong: fmt.Sprintf("has no sheet %q", name),
		Mend:  "use one of " + quoted(names),
	}
}

func (w *workbook) noHeader(sheet *worksheet, best candidate, f *finder) error {
	wrong, mend := f.missing(best)
	return &FileError{Path: w.path, Wrong: fmt.Sprintf("sheet %q %s", sheet.entry.name, wrong), Mend: mend}
}

// ownSheet tells of the sheets that the tool itself writes beside the orders.
func ownSheet(name string) bool {
	switch strings.ToLower(trim(name)) {
	case "summary", "problems", "to fix", "services", "services used", "help", "history":
		return true
	}
	return false
}

func yes(s string) bool { return s == "1" || s == "true" || s == "on" }
