package book

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"github.com/shopspring/decimal"

	"bulkorder/report"
)

// Measures of the page, in millimetres.
const (
	pageMargin = 14.0
	pageLine   = 6.4
	pageFoot   = 16.0
	pageLogo   = 16.0 // high at most
)

// clientPage is the PDF for a client while it is written.
type clientPage struct {
	*fpdf.Fpdf
	ClientFile
	columns []pageColumn
}

// pageColumn is a column of the orders on the page.
type pageColumn struct {
	name, align string
	wide        float64
	text        func(report.ClientOrder) string
}

// writePDF writes pages in landscape: title and facts, then the orders with a header on each page.
func (c ClientFile) writePDF(to io.Writer) error {
	p := clientPage{Fpdf: fpdf.New("L", "mm", "A4", ""), ClientFile: c, columns: c.pageColumns()}
	if err := p.fonts(); err != nil {
		return err
	}
	p.SetCreationDate(c.Report.At)
	p.SetModificationDate(c.Report.At)
	p.SetCatalogSort(true)
	p.SetProducer(c.title(), true)
	p.SetTitle(c.title()+" – "+c.Report.Client, true)
	p.SetMargins(pageMargin, pageMargin, pageMargin)
	p.SetCellMargin(2)
	p.SetAutoPageBreak(false, pageFoot)
	p.AliasNbPages("")
	p.SetFooterFunc(p.foot)
	p.AddPage()
	if err := p.head(); err != nil {
		return err
	}
	p.header()
	_, high := p.GetPageSize()
	for i, o := range c.Report.Orders {
		if p.GetY()+pageLine > high-pageFoot {
			p.AddPage()
			p.header()
		}
		p.order(o, i%2 == 1)
	}
	return p.Output(to)
}

// fonts brings the fonts of the page: ours, or the one that is named, for all of it.
func (p *clientPage) fonts() (err error) {
	plain, bold := dejavusanscondensed.TTF, dejavusanscondensedbold.TTF
	if p.Terms.Font != "" {
		if plain, err = os.ReadFile(p.Terms.Font); err != nil {
			return fmt.Errorf("the font: %w", err)
		}
		bold = plain
	}
	defer func() { // what reads fonts trusts them
		if recover() != nil {
			err = fmt.Errorf("%s is no TrueType font (.ttf)", p.Terms.Font)
		}
	}()
	p.AddUTF8FontFromBytes("text", "", plain)
	p.AddUTF8FontFromBytes("text", "B", bold)
	if p.Err() {
		return fmt.Errorf("%s is no TrueType font (.ttf): %w", p.Terms.Font, p.Error())
	}
	return nil
}

// Unshown is a word of the report whose letters our font doesn't have; empty: there is none.
func (c ClientFile) Unshown() string {
	if c.Terms.Font != "" {
		return ""
	}
	texts := []string{c.title(), c.Report.Client}
	for _, o := range c.Report.Orders {
		texts = append(texts, o.Service, o.Link)
	}
	for _, text := range texts {
		for _, word := range strings.Fields(text) {
			if strings.ContainsFunc(word, isStrange) {
				return word
			}
		}
	}
	return ""
}

// isStrange tells letters of scripts that our font doesn't have.
func isStrange(r rune) bool {
	return unicode.IsLetter(r) && r < 0x10000 && !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek,
		unicode.Arabic, unicode.Hebrew, unicode.Armenian, unicode.Georgian, unicode.Common, unicode.Inherited)
}

// ink sets the colour of text.
func (p *clientPage) ink(colour string) { p.SetTextColor(rgb(colour)) }

// ground sets the colour of what is filled.
func (p *clientPage) ground(colour string) { p.SetFillColor(rgb(colour)) }

// rgb takes a colour apart. Ours all are six digits.
func rgb(colour string) (r, g, b int) {
	n, _ := strconv.ParseUint(colour, 16, 32)
	return int(n >> 16), int(n >> 8 & 0xff), int(n & 0xff)
}

func (p *clientPage) foot() {
	p.SetY(-pageFoot + 4)
	p.SetFont("text", "", 8)
	p.ink(faint)
	wide, _ := p.GetPageSize()
	p.CellFormat(0, 5, fmt.Sprintf("%d / {nb}", p.PageNo()), "", 0, "R", false, 0, "")
	if p.PageNo() > 1 { // the first says it on top
		p.SetX(pageMargin)
		p.CellFormat(0, 5, p.cut(p.Report.Client, wide/2), "", 0, "L", false, 0, "")
	}
}

// head writes title, client and facts, with the logo at the right.
func (p *clientPage) head() error {
	wide, _ := p.GetPageSize()
	picture, format, logoWide, logoHigh, err := p.logo()
	if err != nil {
		return err
	}
	if picture != nil {
		o := fpdf.ImageOptions{ImageType: format}
		p.RegisterImageOptionsReader("logo", o, bytes.NewReader(picture))
		across := min(60, pageLogo*float64(logoWide)/float64(logoHigh))
		p.ImageOptions("logo", wide-pageMargin-across, pageMargin, across, 0, false, o, 0, "")
	}
	room := wide - 2*pageMargin - 65
	line := func(style string, size, high float64, colour, text string) {
		p.SetFont("text", style, size)
		p.ink(colour)
		p.CellFormat(0, high, p.cut(text, room), "", 1, "L", false, 0, "")
	}
	line("B", 20, 10, slate, p.title())
	line("B", 13, 8, teal, p.Report.Client)
	line("", 9, 6, faint, "As of "+p.Report.At.Format("2 January 2006"))
	p.Ln(3)
	p.facts()
	p.Ln(5)
	return p.Error()
}

// facts writes the sums side by side, each number above its name.
func (p *clientPage) facts() {
	wide, _ := p.GetPageSize()
	for _, f := range p.ClientFile.facts() {
		f[1] = drawn(f[1])
		p.SetFont("text", "B", 13)
		across := p.GetStringWidth(f[1])
		p.SetFont("text", "", 8)
		across = max(across, p.GetStringWidth(f[0])) + 8
		x, y := p.GetXY()
		if x+across > wide-pageMargin {
			x, y = pageMargin, y+13
		}
		p.SetXY(x, y)
		p.SetFont("text", "B", 13)
		p.ink(ink)
		p.CellFormat(across, 7, f[1], "", 2, "L", false, 0, "")
		p.SetFont("text", "", 8)
		p.ink(faint)
		p.CellFormat(across, 4, f[0], "", 0, "L", false, 0, "")
		p.SetXY(x+across, y)
	}
	p.Ln(12)
}

// pageColumns are the columns of the orders; together they are as wide as the page.
func (c ClientFile) pageColumns() []pageColumn {
	type order = report.ClientOrder
	number := func(n, least int64) string {
		if n < least {
			return ""
		}
		return report.Count(int(n))
	}
	all := []pageColumn{
		{"Service", "L", 70, func(o order) string { return o.Service }},
		{"Link", "L", 79, func(o order) string { return o.Link }},
		{"Quantity", "R", 22, func(o order) string { return number(o.Quantity, 1) }},
		{"Delivered", "R", 22, func(o order) string { return number(o.Delivered, 0) }},
		{"Status", "L", 32, func(o order) string { return string(o.Status) }},
		{"Ordered", "L", 22, func(o order) string { return dayText(o) }},
	}
	if !c.Terms.HasPrices() {
		all[0].wide, all[1].wide = 82, 89
		return all
	}
	return append(all, pageColumn{"Price", "R", 22, func(o order) string {
		if !o.Price.Valid {
			return ""
		}
		return clientMoney(o.Price.Decimal, o.Currency)
	}})
}

func dayText(o report.ClientOrder) string {
	if text, is := day(o.Ordered).(string); is {
		return text
	}
	return ""
}

// clientMoney writes an amount to the cent.
func clientMoney(d decimal.Decimal, currency string) string {
	return report.Amount(d.Round(2), currency)
}

// header writes the names of the columns.
func (p *clientPage) header() {
	p.SetFont("text", "B", 9)
	p.ink("FFFFFF")
	p.ground(slate)
	for _, c := range p.columns {
		p.CellFormat(c.wide, 7.5, c.name, "", 0, c.align+"M", true, 0, "")
	}
	p.Ln(-1)
	p.SetFont("text", "", 8.5)
}

// order writes a row; every second one stands on a pale ground.
func (p *clientPage) order(o report.ClientOrder, striped bool) {
	p.ground(paleGrey)
	for _, c := range p.columns {
		p.ink(ink)
		if c.name == "Status" {
			p.ink(clientLook(o.Status).ink)
		}
		link := ""
		if c.name == "Link" && isWebAddress(o.Link) {
			link = o.Link
		}
		p.CellFormat(c.wide, pageLine, p.cut(c.text(o), c.wide-4), "", 0, c.align+"M", striped, 0, link)
	}
	p.Ln(-1)
}

// cut is a text as it is drawn, which ends with … where it is wider than there is room.
func (p *clientPage) cut(text string, room float64) string {
	if shown := drawn(text); p.GetStringWidth(shown) <= room {
		return shown
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high { // the longest beginning that fits
		if mid := (low + high + 1) / 2; p.GetStringWidth(drawn(string(runes[:mid]))+"…") <= room {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return drawn(string(runes[:low]) + "…")
}

// isWebAddress tells whether a reader of PDFs can open a link.
func isWebAddress(link string) bool {
	return strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://")
}
