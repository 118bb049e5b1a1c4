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

// Number formats. Rates run to 7 decimals, and so do charges.
const (
	moneyFormat = `#,##0.00#####`
	countFormat = `#,##0`
	timeFormat  = `yyyy-mm-dd hh:mm:ss`
)

// styles are the numbers of the workbook's cell styles, each made once.
type styles struct {
	title, advice, note, section     int
	head, headRight                  int
	ourHead, ourHeadRight            int
	label, value, cell               int
	text, left, number, charge, when int
	count, money                     int
	total, totalCount, totalMoney    int
	link, wrong, wrongNumber         int
	faintCell, faintCount            int
}

// newStyles makes the styles in a fixed order, so that their numbers are always the same.
func newStyles(f *excelize.File) (styles, error) {
	var s styles
	var errs []error
	add := func(to *int, style excelize.Style) {
		n, err := f.NewStyle(&style)
		*to, errs = n, append(errs, err)
	}
	format := func(code string) *string { return &code }
	font := func(colour string, bold bool) *excelize.Font {
		return &excelize.Font{Color: colour, Bold: bold, Family: "Calibri", Size: 11}
	}
	ground := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	at := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center"}
	}
	line := []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	// Numbers that end where the next column's words begin can't be told apart from them.
	aside := &excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1}
	// An amount that is too wide is written smaller, not as ####.
	amount := &excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1, ShrinkToFit: true}
	above := []excelize.Border{{Type: "top", Color: slate, Style: 1}}

	add(
		&s.title,
		excelize.Style{
			Font:      &excelize.Font{Color: slate, Bold: true, Family: "Calibri", Size: 18},
			Alignment: at("left"),
		},
	)
	add(
		&s.advice,
		excelize.Style{
			Font:      font(ink, true),
			Fill:      ground(paleTeal),
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Indent: 1},
		},
	)
	add(
		&s.note,
		excelize.Style{
			Font:      &excelize.Font{Color: faint, Italic: true, Family: "Calibri", Size: 9},
			Alignment: at("left"),
		},
	)
	add(
		&s.section,
		excelize.Style{
			Font:      &excelize.Font{Color: teal, Bold: true, Family: "Calibri", Size: 12},
			Alignment: at("left"),
		},
	)
	add(&s.head, excelize.Style{Font: font("FFFFFF", true), Fill: ground(slate), Alignment: at("left")})
	add(&s.headRight, excelize.Style{Font: font("FFFFFF", true), Fill: ground(slate), Alignment: aside})
	add(&s.ourHead, excelize.Style{Font: font("FFFFFF", true), Fill: ground(teal), Alignment: at("left")})
	add(&s.label, excelize.Style{Font: font(faint, false), Border: line, Alignment: at("left")})
	add(
		&s.value,
		excelize.Style{
			Font:      font(ink, false),
			Border:    line,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", ShrinkToFit: true},
		},
	)
	add(&s.cell, excelize.Style{Font: font(ink, false), Border: line, Alignment: at("left")})
	add(&s.ourHeadRight, excelize.Style{Font: font("FFFFFF", true), Fill: ground(teal), Alignment: aside})
	add(&s.left, excelize.Style{Font: font(ink, false), Alignment: at("left")})
	add(&s.number, excelize.Style{Font: font(ink, false), Alignment: aside})
	add(&s.text, excelize.Style{NumFmt: 49, Font: font(ink, false), Alignment: at("left")})
	add(&s.charge, excelize.Style{CustomNumFmt: format(moneyFormat), Font: font(ink, false), Alignment: amount})
	add(&s.count, excelize.Style{CustomNumFmt: format(countFormat), Font: font(ink, false), Border: line,
		Alignment: aside})
	add(&s.money, excelize.Style{CustomNumFmt: format(moneyFormat), Font: font(ink, false), Border: line,
		Alignment: amount})
	add(&s.when, excelize.Style{CustomNumFmt: format(timeFormat), Font: font(ink, false), Alignment: at("left")})
	add(&s.total, excelize.Style{Font: font(ink, true), Border: above, Alignment: at("left")})
	add(&s.totalCount, excelize.Style{CustomNumFmt: format(countFormat), Font: font(ink, true), Border: above,
		Alignment: aside})
	add(&s.totalMoney, excelize.Style{CustomNumFmt: format(moneyFormat), Font: font(ink, true), Border: above,
		Alignment: amount})
	add(
		&s.link,
		excelize.Style{
			Font:      &excelize.Font{Color: "1D4ED8", Underline: "single", Family: "Calibri", Size: 11},
			Alignment: at("left"),
		},
	)
	add(&s.wrong, excelize.Style{Font: font("7F1D1D", false), Fill: ground("FBDDDD"), Alignment: at("left")})
	add(&s.wrongNumber, excelize.Style{Font: font("7F1D1D", false), Fill: ground("FBDDDD"), Alignment: aside})
	add(&s.faintCell, excelize.Style{Font: font(grey, false), Border: line, Alignment: at("left")})
	add(&s.faintCount, excelize.Style{Font: font(grey, false), Border: line, Alignment: aside})
	return s, errors.Join(errs...)
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
