package book

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// pageWidth is how many characters stand side by side on a landscape page at the smallest size that is read with ease,
// a good half of what a screen shows.
const pageWidth = 260

// page lays out what is printed: the header on each page, and the columns that stay in sight where the others need
// several pages side by side.
func (s *sheet) page(header, columns int) error {
	quoted := "'" + strings.ReplaceAll(s.Sheet, "'", "''") + "'"
	titles := fmt.Sprintf("%s!$%d:$%d", quoted, header, header)
	across := pagesAcross(s.widths[:s.printed], s.repeated)
	if across > 1 && s.repeated > 0 {
		last, err := excelize.ColumnNumberToName(s.repeated)
		if err != nil {
			return err
		}
		titles = fmt.Sprintf("%s!$A:$%s,%s", quoted, last, titles)
	}
	err := errors.Join(landscape(s.file, s.Sheet, across), s.file.SetDefinedName(
		&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: s.Sheet}))
	if s.printed == 0 || s.printed == columns {
		return err
	}
	last, inner := excelize.CoordinatesToCellName(s.printed, max(s.rows, header+1), true)
	return errors.Join(err, inner, s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area",
		RefersTo: fmt.Sprintf("%s!$A$1:%s", quoted, last), Scope: s.Sheet}))
}

// pagesAcross is on how many pages side by side columns of these widths can be read, the first of which are repeated.
func pagesAcross(widths []float64, repeated int) int {
	var all, first float64
	for i, width := range widths {
		all += width
		if i < repeated {
			first += width
		}
	}
	if all <= pageWidth || first >= pageWidth/2 {
		return 1
	}
	return int(math.Ceil((all - first) / (pageWidth - first)))
}

// landscape lets the sheet be so many pages wide, and as many high as it needs.
func landscape(f *excelize.File, sheet string, wide int) error {
	across, high, a4, narrow := "landscape", 0, 9, 0.4
	err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &across, FitToWidth: &wide, FitToHeight: &high,
		Size: &a4})
	return errors.Join(err, f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow,
		Top: &narrow, Bottom: &narrow}))
}
