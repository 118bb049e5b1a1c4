package book

import (
	"fmt"
	"io"
	"strings"
)

// Workbook is an .xlsx or .xlsm file: a zip of XML parts.
type Workbook struct {
	Sheets   []*Sheet // in the file's order, hidden ones too
	Date1904 bool     // days are counted from 1904; the cells that [Sheet.Rows] gives are dates already

	parts   parts
	strings *sharedStrings
	styles  styles
	stale   bool // formulas are to be computed when the file is opened: a 0 may stand for a value never computed
}

// Fault says what is wrong with a workbook, and how to mend it.
type Fault struct {
	Wrong string
	Mend  string
	Err   error // may be nil
}

func (f *Fault) Error() string { return f.Wrong + "; " + f.Mend }
func (f *Fault) Unwrap() error { return f.Err }

// broken says that the file is not whole.
func broken(part string, err error) error {
	if f, known := err.(*Fault); known {
		return f
	}
	where := ""
	if part != "" {
		where = " in " + part
	}
	return &Fault{Wrong: "is a broken workbook" + where + ": " + err.Error(),
		Mend: "get the file again, or open it in Excel, let it repair the file, look at every row and save it", Err: err}
}

// Open reads everything but the worksheets. The file must stay open while rows are read. Errors are of type [*Fault].
func Open(file io.ReaderAt, size int64) (*Workbook, error) {
	w := &Workbook{strings: &sharedStrings{}}
	var err error
	if w.parts, err = openParts(file, size); err != nil {
		return nil, broken("", err)
	}
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	relations, err := w.parts.relations(main)
	if err != nil {
		return nil, broken("", err)
	}
	if err := w.readMain(main, relations); err != nil {
		return nil, broken("", err)
	}
	if err := w.readShared(relations); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// Close throws away what was kept outside the memory. The file that was opened is not closed.
func (w *Workbook) Close() error { return w.strings.spill.close() }

// readMain reads the list of sheets, and how dates and formulas are meant.
func (w *Workbook) readMain(main string, relations []relation) error {
	byID := make(map[string]relation, len(relations))
	for _, r := range relations {
		byID[r.id] = r
	}
	listed := map[string]bool{}
	return w.parts.elements(main, func(x *xmlScanner, parent string) error {
		switch parent + " " + string(x.name) {
		case "workbook workbookPr":
			v, err := x.attributes("date1904")
			w.Date1904 = yes(v[0])
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
				hidden := v[1] == "hidden" || v[1] == "veryHidden"
				w.Sheets = append(w.Sheets, &Sheet{book: w, part: r.target, Name: v[0], Hidden: hidden})
			}
			listed[r.target] = true
		}
		return nil
	})
}

// readShared reads what all worksheets refer to: styles and strings.
func (w *Workbook) readShared(relations []relation) (err error) {
	for _, r := range relations {
		switch {
		case r.is("styles"):
			w.styles, err = readStyles(w.parts, r.target)
		case r.is("sharedStrings"):
			var texts *sharedStrings
			if texts, err = readSharedStrings(w.parts, r.target); err == nil {
				w.Close() // a part that was named before is not meant
				w.strings = texts
			}
		}
		if err != nil {
			return broken(r.target, err)
		}
	}
	return nil
}

// mainPart finds the part that lists the sheets. Where there is none, it says what the zip is.
func (w *Workbook) mainPart() (string, error) {
	relations, err := w.parts.relations("")
	if err != nil {
		return "", broken("", err)
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
	case has("mimetype") && has("content.xml") &&
		w.parts.startsWith("mimetype", "application/vnd.oasis.opendocument.spreadsheet"):
		wrong, mend = "is an OpenDocument sheet (.ods)", "open it in LibreOffice and save it as .xlsx"
	case has("mimetype") && has("content.xml"):
		wrong, mend = "is an OpenDocument file of another kind, not a sheet",
			"copy the table into LibreOffice Calc and save it as .xlsx"
	case has("word/document.xml"):
		wrong, mend = "is a Word document, not a sheet", "copy the table into Excel and save it as .xlsx"
	case has("ppt/presentation.xml"):
		wrong, mend = "is a PowerPoint presentation, not a sheet", "copy the table into Excel and save it as .xlsx"
	case has("index/document.iwa"):
		wrong, mend = "is a Numbers document", "open it in Numbers and export it as Excel (.xlsx)"
	case has("[content_types].xml"):
		return "", broken("", fmt.Errorf("its part %s is missing", main))
	}
	return "", &Fault{Wrong: wrong, Mend: mend}
}

func yes(s string) bool { return s == "1" || s == "true" || s == "on" }
