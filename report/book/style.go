package book

import (
	"errors"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// Colours, as RGB in hexadecimal.
const (
	ink      = "1F2937"
	faint    = "6B7280"
	rule     = "D1D5DB"
	slate    = "334155"
	teal     = "0F766E"
	paleTeal = "E6F4F1"
	paleGrey = "F3F4F6"
	green    = "2E9E5B"
	blue     = "3B82C4"
	amber    = "E0A100"
	red      = "D14343"
	purple   = "8B5CC7"
	grey     = "9CA3AF"
	brown    = "B7791F"
)

// look is how a word stands out: a colour for charts, and ink on a pale ground for cells.
type look struct{ chart, ink, ground string }

// stateLook gives the colours of a state; its word always stands beside them.
func stateLook(s journal.State) look {
	switch report.Told(s) {
	case journal.Placed:
		return look{green, "14532D", "D5F2DF"}
	case journal.Queued:
		return look{blue, "1E3A5F", "DCEBFA"}
	case journal.InDoubt:
		return look{purple, "4C1D95", "E9DFFB"}
	case journal.Refused:
		return look{red, "7F1D1D", "FBDDDD"}
	case journal.Held:
		return look{amber, "713F12", "FDF0C4"}
	case journal.Invalid:
		return look{brown, "7C2D12", "FCE3CF"}
	}
	return look{grey, "374151", "E5E7EB"}
}

// standingLook gives the colours of a status by what it means.
func standingLook(s journal.Standing) look {
	switch s {
	case journal.Working:
		return look{blue, "1E3A5F", "DCEBFA"}
	case journal.Done:
		return look{green, "14532D", "D5F2DF"}
	case journal.Partly:
		return look{amber, "713F12", "FDF0C4"}
	case journal.Failed:
		return look{red, "7F1D1D", "FBDDDD"}
	}
	return look{grey, "374151", "E5E7EB"}
}

// Number formats. Rates run to 7 decimals, and so do charges: of these two are shown, unless nothing would be seen
// then. The cell holds all of them.
const (
	moneyFormat = `[=0]0.00;[<0.01]0.00#####;#,##0.00`
	rateFormat  = `#,##0.00#####`
	countFormat = `#,##0`
	timeFormat  = `yyyy-mm-dd hh:mm:ss`
	textFormat  = `@`
)

// styles are the numbers of the workbook's cell styles, each made once.
type styles struct {
	title, advice, note, section     int
	head, headRight                  int
	ourHead, ourHeadRight            int
	label, value, cell               int
	text, left, number, charge, when int
	rate                             int
	count, money                     int
	total, totalCount, totalMoney    int
	link, wrong, wrongNumber         int
	lines, wrongLines                int // of cells with several lines
	apart                            int // of words behind amounts
	faintCell, faintCount            int
}

// cellLook is how cells of one style look.
type cellLook struct {
	font   *excelize.Font
	at     *excelize.Alignment
	ground string // colour; empty: none
	line   []excelize.Border
	format string // of numbers; empty: as they are
}

// newStyles makes the styles in a fixed order, so that their numbers are always the same.
func newStyles(f *excelize.File) (styles, error) {
	var s styles
	var errs []error
	add := func(to *int, l cellLook) {
		style := excelize.Style{Font: l.font, Alignment: l.at, Border: l.line}
		if l.ground != "" {
			style.Fill = solid(l.ground)
		}
		switch l.format {
		case "":
		case textFormat:
			style.NumFmt = 49
		default:
			style.CustomNumFmt = &l.format
		}
		n, err := f.NewStyle(&style)
		*to, errs = n, append(errs, err)
	}
	s.pages(add)
	s.tables(add)
	return s, errors.Join(errs...)
}

func font(colour string, bold bool) *excelize.Font {
	return &excelize.Font{Color: colour, Bold: bold, Family: "Calibri", Size: 11}
}

func left() *excelize.Alignment { return &excelize.Alignment{Horizontal: "left", Vertical: "center"} }

// aside stands off the right border: numbers that end where the next column's words begin can't be told apart from
// them.
func aside() *excelize.Alignment {
	return &excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1}
}

// shrinking is for amounts: one that is too wide is written smaller, not as ####.
func shrinking() *excelize.Alignment {
	return &excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1, ShrinkToFit: true}
}

// pages are the styles of what is laid out by hand, such as the Summary.
func (s *styles) pages(add func(*int, cellLook)) {
	line := []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	above := []excelize.Border{{Type: "top", Color: slate, Style: 1}}
	heading := func(colour string, size float64) *excelize.Font {
		return &excelize.Font{Color: colour, Bold: true, Family: "Calibri", Size: size}
	}
	note := &excelize.Font{Color: faint, Italic: true, Family: "Calibri", Size: 9}
	wrapped := &excelize.Alignment{WrapText: true, Vertical: "center", Indent: 1}
	fitting := &excelize.Alignment{Horizontal: "left", Vertical: "center", ShrinkToFit: true}
	add(&s.title, cellLook{font: heading(slate, 18), at: left()})
	add(&s.advice, cellLook{font: font(ink, true), at: wrapped, ground: paleTeal})
	add(&s.note, cellLook{font: note, at: left()})
	add(&s.section, cellLook{font: heading(teal, 12), at: left()})
	add(&s.label, cellLook{font: font(faint, false), at: left(), line: line})
	add(&s.value, cellLook{font: font(ink, false), at: fitting, line: line})
	add(&s.cell, cellLook{font: font(ink, false), at: left(), line: line})
	add(&s.count, cellLook{font: font(ink, false), at: aside(), line: line, format: countFormat})
	add(&s.money, cellLook{font: font(ink, false), at: shrinking(), line: line, format: moneyFormat})
	add(&s.total, cellLook{font: font(ink, true), at: left(), line: above})
	add(&s.totalCount, cellLook{font: font(ink, true), at: aside(), line: above, format: countFormat})
	add(&s.totalMoney, cellLook{font: font(ink, true), at: shrinking(), line: above, format: moneyFormat})
	add(&s.faintCell, cellLook{font: font(grey, false), at: left(), line: line})
	add(&s.faintCount, cellLook{font: font(grey, false), at: aside(), line: line})
}

// tables are the styles of lists.
func (s *styles) tables(add func(*int, cellLook)) {
	link := &excelize.Font{Color: "1D4ED8", Underline: "single", Family: "Calibri", Size: 11}
	add(&s.head, cellLook{font: font("FFFFFF", true), at: left(), ground: slate})
	add(&s.headRight, cellLook{font: font("FFFFFF", true), at: aside(), ground: slate})
	add(&s.ourHead, cellLook{font: font("FFFFFF", true), at: left(), ground: teal})
	add(&s.ourHeadRight, cellLook{font: font("FFFFFF", true), at: aside(), ground: teal})
	add(&s.left, cellLook{font: font(ink, false), at: left()})
	add(&s.number, cellLook{font: font(ink, false), at: aside()})
	add(&s.text, cellLook{font: font(ink, false), at: left(), format: textFormat})
	add(&s.charge, cellLook{font: font(ink, false), at: shrinking(), format: moneyFormat})
	add(&s.rate, cellLook{font: font(ink, false), at: shrinking(), format: rateFormat})
	add(&s.when, cellLook{font: font(ink, false), at: left(), format: timeFormat})
	add(&s.link, cellLook{font: link, at: left()})
	add(&s.wrong, cellLook{font: font("7F1D1D", false), at: left(), ground: "FBDDDD"})
	several := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}
	add(&s.lines, cellLook{font: font(ink, false), at: several})
	add(&s.wrongLines, cellLook{font: font("7F1D1D", false), at: several, ground: "FBDDDD"})
	// Amounts that end where the currency begins can't be told apart from it.
	behind := &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}
	add(&s.apart, cellLook{font: font(ink, false), at: behind})
	add(&s.wrongNumber, cellLook{font: font("7F1D1D", false), at: aside(), ground: "FBDDDD"})
}

// badges are conditional formats that colour cells which hold exactly a word.
func badges(f *excelize.File, looks map[string]look, order []string) ([]excelize.ConditionalFormatOptions, error) {
	var all []excelize.ConditionalFormatOptions
	for _, word := range order {
		l := looks[word]
		style, err := f.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: l.ink, Bold: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.ground}},
		})
		if err != nil {
			return nil, err
		}
		all = append(all, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Format: &style,
			Value: formulaText(word)})
	}
	return all, nil
}
