package book

import (
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // logos are PNG or JPEG
	_ "image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"bulkorder/report"
)

// ClientFile is what one client is told, as a file to forward.
type ClientFile struct {
	Terms  report.ClientTerms
	Report *report.ClientReport
}

// Write writes it as the ending of path says, .xlsx or .pdf, and gives the path written, as [Results.Write] does.
func (c ClientFile) Write(path string) (string, error) {
	write := c.writeWorkbook
	if strings.EqualFold(filepath.Ext(path), ".pdf") {
		write = c.writePDF
	}
	written, err := replace(path, write)
	if err != nil {
		return "", fmt.Errorf("writing the report for %s to %s: %w", c.Report.Client, path, err)
	}
	return written, nil
}

// title heads the report.
func (c ClientFile) title() string {
	if c.Terms.Title == "" {
		return "Your orders"
	}
	return c.Terms.Title
}

// logo reads the picture and its size in pixels; nil: there is none.
func (c ClientFile) logo() (picture []byte, format string, wide, high int, err error) {
	if c.Terms.Logo == "" {
		return nil, "", 0, 0, nil
	}
	if picture, err = os.ReadFile(c.Terms.Logo); err != nil {
		return nil, "", 0, 0, fmt.Errorf("the logo: %w", err)
	}
	is, format, err := image.DecodeConfig(strings.NewReader(string(picture)))
	if err != nil || is.Width == 0 || is.Height == 0 {
		return nil, "", 0, 0, fmt.Errorf("the logo %s is no PNG or JPEG picture: %w", c.Terms.Logo, err)
	}
	return picture, format, is.Width, is.Height, nil
}

// facts are the lines above the orders: what came of them all, in words and numbers.
func (c ClientFile) facts() (all [][2]string) {
	sum := c.Report.Sum()
	all = append(all, [2]string{"Orders", report.Count(len(c.Report.Orders))})
	for _, status := range report.ClientStatuses() {
		if n := sum.Statuses[status]; n > 0 {
			all = append(all, [2]string{string(status), report.Count(n)})
		}
	}
	for _, currency := range slices.Sorted(maps.Keys(sum.Prices)) {
		all = append(all, [2]string{"Total", clientMoney(sum.Prices[currency], currency)})
	}
	if sum.Unpriced > 0 && c.Terms.HasPrices() {
		all = append(all, [2]string{"Without a price yet", report.Count(sum.Unpriced)})
	}
	return all
}

// clientBook is the workbook for a client while it is written.
type clientBook struct {
	workbook
	ClientFile
}

const sheetClient = "Orders"

func (c ClientFile) writeWorkbook(to io.Writer) error {
	w := clientBook{workbook: workbook{file: excelize.NewFile()}, ClientFile: c}
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newZip(to) })
	err := w.fill()
	if err == nil {
		err = w.file.Write(io.Discard)
	}
	return errors.Join(err, w.file.Close())
}

func (w *clientBook) fill() (err error) {
	if w.styles, err = newStyles(w.file); err != nil {
		return err
	}
	if err := w.file.SetSheetName("Sheet1", sheetClient); err != nil {
		return err
	}
	if err := w.write(); err != nil {
		return err
	}
	at := w.Report.At.UTC().Format(time.RFC3339)
	return w.file.SetDocProps(&excelize.DocProperties{
		Title: w.title(), Subject: w.Report.Client, Creator: w.title(), LastModifiedBy: w.title(), Created: at, Modified: at,
	})
}

// write writes the one sheet: title, client and facts, then a table of the orders.
func (w *clientBook) write() error {
	s, err := w.streamOf(sheetClient, teal)
	if err != nil {
		return err
	}
	columns := w.clientColumns()
	facts, laid := w.facts(), make([]column, len(columns))
	for i, c := range columns {
		laid[i] = c.column
	}
	header := len(facts) + 5
	err = errors.Join(s.freeze(0, header), s.lay(laid))
	head := func(style int, height float64, text string) {
		cell := excelize.Cell{StyleID: style, Value: fit(text)}
		err = errors.Join(err, s.add([]any{cell}, excelize.RowOpts{Height: height}))
	}
	head(w.styles.title, 34, w.title())
	head(w.styles.section, 20, w.Report.Client)
	head(w.styles.note, 16, "As of "+w.Report.At.Format("2 January 2006"))
	for _, f := range facts {
		err = errors.Join(err, s.add([]any{excelize.Cell{StyleID: w.styles.label, Value: f[0]},
			excelize.Cell{StyleID: w.styles.value, Value: f[1]}}))
	}
	if err = errors.Join(err, s.add(nil), s.head(laid)); err != nil {
		return err
	}
	row := make([]any, len(columns))
	for _, o := range w.Report.Orders {
		for i, c := range columns {
			row[i] = c.cell(o)
		}
		if err := s.add(row); err != nil {
			return err
		}
	}
	if err := errors.Join(w.addLogo(s, len(columns)), w.colour(s, columns, header)); err != nil {
		return err
	}
	return s.finish("Orders", header, len(columns))
}

// clientColumns are the columns of the orders: those that hold something.
func (w *clientBook) clientColumns() []listColumn[report.ClientOrder] {
	type order = report.ClientOrder
	s := w.styles
	all := []listColumn[order]{
		{s.words("Service", 22), func(o order) any { return word(o.Service) }},
		{s.words("Link", 30), func(o order) any { return word(o.Link) }},
		{s.numbers("Quantity", 12), func(o order) any { return atLeast(o.Quantity, 1) }},
		{s.numbers("Delivered", 12), func(o order) any { return atLeast(o.Delivered, 0) }},
		{s.words("Status", 18), func(o order) any { return word(string(o.Status)) }},
		{s.words("Ordered", 13), func(o order) any { return day(o.Ordered) }},
		{s.words("Last checked", 15), func(o order) any { return day(o.Updated) }},
	}
	for _, o := range w.Report.Orders {
		all[0].widen(o.Service, 46)
		all[1].widen(o.Link, 56)
	}
	if !w.Terms.HasPrices() {
		return all
	}
	price := s.amounts("Price", 14)
	all = append(all, listColumn[order]{price, func(o order) any {
		if !o.Price.Valid {
			return nil
		}
		return sum(o.Price.Decimal)
	}})
	return append(all, listColumn[order]{s.words("Currency", 12), func(o order) any { return word(o.Currency) }})
}

// atLeast gives a number where it is known.
func atLeast(n, least int64) any {
	if n < least {
		return nil
	}
	return n
}

// day is the day of a moment in the zone of whoever makes the report; nil: it is none.
func day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Local().Format(time.DateOnly)
}

// logoHigh and logoWide bound a logo, in pixels of a sheet.
const (
	logoHigh = 64
	logoWide = 240
)

// addLogo puts the logo to the right of the title.
func (w *clientBook) addLogo(s *sheet, columns int) error {
	picture, format, wide, high, err := w.logo()
	if picture == nil || err != nil {
		return err
	}
	at, err := excelize.CoordinatesToCellName(max(columns-2, 3), 1)
	if err != nil {
		return err
	}
	scale := min(1, float64(logoHigh)/float64(high), float64(logoWide)/float64(wide))
	return w.file.AddPictureFromBytes(s.Sheet, at, &excelize.Picture{
		Extension: "." + format, File: picture,
		Format: &excelize.GraphicOptions{ScaleX: scale, ScaleY: scale, OffsetX: 4, OffsetY: 4, Positioning: "oneCell"},
	})
}

// colour lets statuses stand out.
func (w *clientBook) colour(s *sheet, columns []listColumn[report.ClientOrder], header int) error {
	at := slices.IndexFunc(columns, func(c listColumn[report.ClientOrder]) bool { return c.name == "Status" })
	letter, err := excelize.ColumnNumberToName(at + 1)
	if err != nil {
		return err
	}
	looks, order := map[string]look{}, []string{}
	for _, status := range report.ClientStatuses() {
		looks[string(status)] = clientLook(status)
		order = append(order, string(status))
	}
	options, err := badges(w.file, looks, order)
	if err != nil {
		return err
	}
	area := fmt.Sprintf("%s%d:%s%d", letter, header+1, letter, max(s.rows, header+1))
	return w.file.SetConditionalFormat(s.Sheet, area, options)
}

// clientLook gives the colours of a status.
func clientLook(s report.ClientStatus) look {
	switch s {
	case report.ClientDone:
		return look{green, "14532D", "D5F2DF"}
	case report.ClientPartly, report.ClientChecked:
		return look{amber, "713F12", "FDF0C4"}
	case report.ClientWorking, report.ClientOrdered:
		return look{blue, "1E3A5F", "DCEBFA"}
	case report.ClientCancelled:
		return look{red, "7F1D1D", "FBDDDD"}
	}
	return look{grey, "374151", "E5E7EB"}
}
