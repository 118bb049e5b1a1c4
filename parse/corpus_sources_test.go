package parse

import (
	"fmt"
	"strings"
)

// officeDoc is a spreadsheet that LibreOffice is given as flat XML (.fods), to be saved by it in other formats.
type officeDoc struct {
	tables   []officeTable
	settings string // <table:calculation-settings>
	after    string // behind the tables, such as database ranges
}

type officeTable struct {
	name  string
	style string // "" or "hidden"
	rows  []string
}

func (d officeDoc) fods() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>
<number:date-style style:name="nDay"><number:day number:style="long"/><number:text>/</number:text>
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="nWords"><number:day/><number:text>. </number:text><number:month
 number:textual="true" number:style="long"/><number:text> </number:text>
<number:year number:style="long"/></number:date-style>
<number:date-style style:name="nShort"><number:month/><number:text>/</number:text><number:day/>
<number:text>/</number:text><number:year/></number:date-style>
<number:time-style style:name="nClock"><number:hours/><number:text>:</number:text><number:minutes
 number:style="long"/></number:time-style>
<number:percentage-style style:name="nPercent"><number:number number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<number:number-style style:name="nThousands"><number:number number:decimal-places="2"
 number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:text-style style:name="nText"><number:text-content/></number:text-style>
<style:style style:name="table" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="nDay"/>
<style:style style:name="words" style:family="table-cell" style:data-style-name="nWords"/>
<style:style style:name="short" style:family="table-cell" style:data-style-name="nShort"/>
<style:style style:name="clock" style:family="table-cell" style:data-style-name="nClock"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="nPercent"/>
<style:style style:name="thousands" style:family="table-cell" style:data-style-name="nThousands"/>
<style:style style:name="text" style:family="table-cell" style:data-style-name="nText"/>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="grey" style:family="table-cell"><style:table-cell-properties fo:background-color="#cccccc"/>
</style:style>
</office:automatic-styles><office:body><office:spreadsheet>` + d.settings)
	for _, t := range d.tables {
		style := t.style
		if style == "" {
			style = "table"
		}
		fmt.Fprintf(&b, `<table:table table:name="%s" table:style-name="%s">%s</table:table>`, t.name, style,
			strings.Join(t.rows, "\n"))
	}
	b.WriteString(d.after + `</office:spreadsheet></office:body></office:document>`)
	return b.String()
}

// orders is a document of one sheet.
func orders(rows ...string) officeDoc {
	return officeDoc{tables: []officeTable{{name: "Orders", rows: rows}}}
}

// tr is a row; a cell that begins with < is XML already, all others are texts.
func tr(cells ...string) string { return trWith("", cells...) }

func trWith(attrs string, cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		if !strings.HasPrefix(c, "<") {
			c = td("text", "", c)
		}
		b.WriteString(c)
	}
	return "<table:table-row " + attrs + ">" + b.String() + "</table:table-row>"
}

// td is a cell with a style, further attributes, and a text of one or several lines.
func td(style, attrs, text string) string {
	if text == "" && attrs == "" {
		return `<table:table-cell/>`
	}
	if attrs == "" {
		attrs = `office:value-type="string"`
	}
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\n", "</text:p><text:p>").Replace(text)
	return fmt.Sprintf(`<table:table-cell table:style-name="%s" %s><text:p>%s</text:p></table:table-cell>`, style, attrs,
		text)
}

func num(value string) string { return numAs("grey", value) }

func numAs(style, value string) string {
	return td(style, `office:value-type="float" office:value="`+value+`"`, value)
}

func dayCell(style, iso string) string {
	return td(style, `office:value-type="date" office:date-value="`+iso+`"`, iso)
}

// calc is a formula whose value is a number, or a text where it is in quotes. Without a value LibreOffice computes it.
func calc(formula, value string) string {
	formula = strings.ReplaceAll(formula, `"`, "&quot;")
	if text, isText := strings.CutPrefix(value, `"`); isText {
		return td("grey", `table:formula="of:`+formula+`" office:value-type="string"`, strings.TrimSuffix(text, `"`))
	}
	if value == "" {
		return `<table:table-cell table:formula="of:` + formula + `"/>`
	}
	return td("grey", `table:formula="of:`+formula+`" office:value-type="float" office:value="`+value+`"`, value)
}

// hyper is a cell that is a hyperlink.
func hyper(target, text string) string {
	return fmt.Sprintf(`<table:table-cell office:value-type="string"><text:p><text:a xlink:href="%s" `+
		`xlink:type="simple">%s</text:a>`+`</text:p></table:table-cell>`, target, text)
}

// merged is a cell over some rows and columns; covered stands in their place, with a text that nobody sees.
func merged(down, right int, text string) string {
	return td("grey", fmt.Sprintf(`office:value-type="string" table:number-rows-spanned="%d" `+
		`table:number-columns-spanned="%d"`, down, right), text)
}

func covered(text string) string {
	if text == "" {
		return "<table:covered-table-cell/>"
	}
	return `<table:covered-table-cell office:value-type="string"><text:p>` + text + `</text:p></table:covered-table-cell>`
}

func emptyRows(n int, style string) string {
	return fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d"><table:table-cell table:style-name="%s" `+
		`table:number-columns-repeated="5"/></table:table-row>`, n, style)
}

// officeDocs are the documents by name. Each is one of the habits of people.
func officeDocs() map[string]officeDoc {
	head := tr("Service", "Link", "Quantity", "Comments", "Expiry")
	const x = "https://x.com/"
	docs := map[string]officeDoc{
		"plain": orders(
			tr("Service", "Link", "Quantity", "Comments", "Expiry", "Customer"),
			tr(num("102"), x+"a", num("1000"), "good\nnice", "31/12/2030", "Ann"),
			tr(num("103"), x+"b?c=1&d=2", num("500"), "say \"hi\", you; and me", "", "Bob"),
			tr(""),
			tr("104", "  "+x+"c ", num("250"), "Müller grüßt", "2030-12-31", ""),
		),
		"russian": orders(tr("Service", "Link", "Quantity", "Comments"),
			tr(num("102"), x+"a", num("1000"), "Привет, мир"), tr(num("103"), x+"b", num("5"), "Спасибо")),
		"polish": orders(tr("Service", "Link", "Quantity", "Comments"),
			tr(num("102"), x+"a", num("1000"), "Dziękuję, świetnie"), tr(num("103"), x+"b", num("5"), "żółw")),
		"letters where nothing is sent": orders(tr("Service", "Link", "Quantity", "Größe"),
			tr(num("102"), x+"a", num("1000"), "Müller")),
		"dates": orders(
			head,
			tr("1", "a", "", "", dayCell("day", "2030-12-31")),
			tr("2", "b", "", "", dayCell("words", "2030-02-03")),
			tr("3", "c", "", "", dayCell("short", "2030-02-03")),
			tr("4", "d", "", "", dayCell("day", "2030-12-31T13:30:00")),
			tr("5", "e", "", "", numAs("grey", "47848")),
			tr("6", "f", "", "", "03/04/30"),
			tr("7", "g", "", "", "31/12/2030"),
			tr("8", "h", dayCell("day", "2030-02-01"), "", ""),
			tr("9", dayCell("short", "2030-02-01"), "5", "", ""),
			tr("10", "k", td("clock", `office:value-type="time" office:time-value="PT13H30M00S"`, "13:30"), "", ""),
		),
		"formulas": orders(
			head,
			tr(calc("=100+2", "102"), calc(`=&quot;a&quot;&amp;&quot;b&quot;`, `"ab"`), calc("=2*5", "10")),
			tr("2", calc(`=HYPERLINK("https://x.com/a";"my page")`, `"my page"`), "5"),
			tr("3", calc(`=HYPERLINK("https://x.com/b")`, `"https://x.com/b"`), "5"),
			tr("4", calc("=NA()", ""), "5"),
			tr("5", "e", calc("=1/0", "")),
			tr("6", calc("=[.B99]", "0"), calc("=IF(1=1;7;0)", "7")),
		),
		"numbers": orders(
			tr("Service", "Link", "Quantity", "Ref", "Username"),
			tr(num("102"), "a", numAs("thousands", "1000")),
			tr("103", "b", num("2.5")),
			tr("104", "c", td("percent", `office:value-type="percentage" office:value="0.5"`, "50%")),
			tr("105", "d", "1,000"),
			tr("106", "e", "1 000"),
			tr("107", "f", "1k"),
			tr("108", "g", num("-5")),
			tr("109", "h", num("1000000")),
			tr("110", num("17841400000000001"), "5"),
			tr("111", "i", "5", num("123456789012345")),
			tr("112", "j", "5", num("1234567890123456")),
			tr("113", "k", "5", "", "17841400000000001"),
			tr("114", "l", td("grey", `office:value-type="boolean" office:boolean-value="true"`, "TRUE")),
			tr("115", "m", td("grey", `office:value-type="currency" office:currency="USD" office:value="12"`, "$12.00")),
		),
		"thousands as text": orders(head, tr("1", "a", "1,000"), tr("2", "b", "2,500"), tr("3", "c", "1,250,000"),
			tr("4", "d", num("5"))),
		"points as text": orders(head, tr("1", "a", "1.000"), tr("2", "b", "2.500"), tr("3", "c", num("5"))),
		"merged downwards": orders(head, tr(merged(3, 1, "102"), "a", "5"), tr(covered(""), "b", "6"),
			tr(covered(""), "c", "7"), tr("103", "d", "8")),
		"merged over what is hidden": orders(head, tr(merged(2, 1, "102"), "a", "5"), tr(covered("999"), "b", "6"),
			tr("103", merged(1, 2, "c"), covered("7"))),
		"merged header": orders(tr("Service", merged(1, 2, "Link"), covered(""), "Quantity"),
			tr("1", "a", "b", "5")),
		"merged title": orders(
			tr(merged(1, 5, "Orders of May"), covered(""), covered(""), covered(""), covered("")), head, tr("1", "a", "5")),
		"hidden rows": orders(head, tr("1", "a", "5"), trWith(`table:visibility="collapse"`, "2", "b", "6"),
			tr("3", "c", "7")),
		"filtered rows": orders(head, tr("1", "a", "5"), trWith(`table:visibility="filter"`, "2", "b", "6"),
			trWith(`table:visibility="filter"`, "3", "c", "7")),
		"hidden rows without content": orders(head, tr("1", "a", "5"), trWith(`table:visibility="collapse"`, ""),
			tr("3", "c", "7")),
		"header below a title": orders(tr("Orders of May"), tr(""), tr("", "", "Service", "Link", "Quantity"),
			tr("", "", "1", "a", "5")),
		"two sheets with orders": {
			tables: []officeTable{
				{name: "May", rows: []string{head, tr("1", "a", "5")}},
				{name: "June", rows: []string{head, tr("2", "b", "6")}},
			},
		},
		"notes beside orders": {
			tables: []officeTable{
				{name: "Notes", rows: []string{tr("call Ann"), tr("pay Bob")}},
				{name: "May", rows: []string{head, tr("1", "a", "5")}},
			},
		},
		"the tool's own sheets": {
			tables: []officeTable{
				{name: "Orders", rows: []string{head, tr("1", "a", "5")}},
				{name: "Services", rows: []string{tr("Service", "Link"), tr("9", "z")}},
				{name: "Help", rows: []string{tr("Service", "Link")}},
			},
		},
		"a hidden sheet": {
			tables: []officeTable{
				{name: "New", rows: []string{head, tr("1", "a", "5")}},
				{name: "Old", style: "hidden", rows: []string{head, tr("9", "z", "5")}},
			},
		},
		"blocks":                orders(head, tr("1", "a", "5"), tr(""), emptyRows(3, "grey"), tr("2", "b", "6")),
		"a format on many rows": orders(head, tr("1", "a", "5"), emptyRows(1000, "grey"), tr("2", "b", "6")),
		"hyperlinks": orders(
			head,
			tr("1", hyper("https://x.com/a?b=1&amp;c=2", "my page"), "5"),
			tr("2", hyper("https://x.com/b", "https://x.com/b"), "5"),
			tr("3", hyper("https://x.com/d", "https://x.com/c"), "5"),
			tr("4", hyper("mailto:ann@x.com", "ann"), "5"),
			tr("5", hyper("https://x.com/e", "https://x.com/e/"), "5"),
		),
		"lines and blanks": orders(head, tr("1", "\u00a0a\u200b", "5", "one\ntwo\n\nthree"),
			tr("2", "b", "6", "_x000D_ and _x0041_"), tr("3", "c", "7", "👨\u200d👩\u200d👧 שלום"), tr("4", "d", "8", "tab\there")),
		"rich text": orders(head,
			tr("1", `<table:table-cell office:value-type="string"><text:p>https://x.com/<text:span text:style-name="bold">`+
				`bold</text:span>/a</text:p></table:table-cell>`, "5", "x")),
		"remarks on cells": orders(
			head,
			tr("1", `<table:table-cell office:value-type="string"><office:annotation><dc:creator>Ann</dc:creator><text:p>look `+
				`here</text:p></office:annotation><text:p>a</text:p></table:table-cell>`, "5"),
		),
		"totals": orders(tr("Service", "Link", "Quantity", "Price"), tr("1", "a", num("5"), num("1.5")),
			tr("", "", calc("=SUM([.C2:.C2])", "5"), calc("=SUM([.D2:.D2])", "1.5")), tr("", "", "", "paid")),
		"two columns for one field": orders(tr("Service", "Link", "URL"), tr("1", "a", "b")),
		"no header":                 orders(tr("102", "https://x.com/a", "1000")),
		"nothing":                   orders(tr("")),
		"results": orders(tr("Service", "Link", "Quantity", "State", "Order ID", "Charge", "Status"),
			tr("1", "a", num("5"), "placed", num("23501"), num("0.1"), "Completed"), tr("2", "b", num("5"), "invalid")),
		"far to the right": orders(
			`<table:table-row><table:table-cell table:number-columns-repeated="27"/>`+
				td("text", "", "Service")+td("text", "", "Link")+`</table:table-row>`,
			`<table:table-row><table:table-cell table:number-columns-repeated="27"/>`+td("text", "", "1")+td("text", "", "a")+
				`</table:table-row>`,
		),
	}
	days := docs["dates"]
	days.settings = `<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>` +
		`</table:calculation-settings>`
	docs["dates from 1904"] = days
	return docs
}
