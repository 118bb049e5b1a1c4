package parse

import (
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// totalWords begin a row that adds others up, in the languages of headers, as [Fold] leaves them.
func totalWords() string {
	return "jumlahtotal total totals subtotal grandtotal sum summe gesamt gesamtsumme zwischensumme insgesamt toplam " +
		"geneltoplam " +
		"aratoplam итого всего сумма totalgeral totalgeneral suma somme soustotal totalgénéral totalkeseluruhan " +
		"tổng tổngcộng totale totaal totalt razem łącznie suma celkem spolu összesen yhteensä всього разом " +
		"المجموع الإجمالي الاجمالي مجموع कुल योग कुलयोग 合计 总计 小计 合計 總計"
}

// isTotal tells whether a row adds others up: it has no link (the word for a total is none) and nothing else that an
// order needs but a quantity, and bears a word for a total, or a SUM as its quantity. With the word as its link it may
// have a service.
func (b *builder) isTotal(raw *rawRow) bool {
	for _, i := range b.filled { // as of nearly all rows, before their texts are looked at
		col := &b.header.columns[i]
		if col.Field == "username" || col.Field == "link" && strings.ContainsAny(raw.Cells[col.index].Text, "/.@") {
			return false
		}
	}
	word, sum, linked, other := false, false, false, false
	for _, i := range b.filled {
		col := &b.header.columns[i]
		cell := &raw.Cells[col.index]
		is := cell.Kind == book.Text && b.totals.is(cell.Text)
		if col.Field == "link" && !is {
			return false
		}
		word, linked = word || is, linked || is && col.Field == "link"
		switch col.Field {
		case "", "ref", "link", "comments":
		case "service": // a merged cell fills it down; no order has a total for its link
			other = other || !is
		case "quantity":
			sum = cell.Sum
		default:
			if !is {
				return false
			}
		}
	}
	return (word || sum) && (linked || !other)
}

// totals knows the words for rows that add others up, and counts those rows.
type totals struct {
	tally
	words []string
}

// is tells whether a cell says that its row is a total: "Total", "Total:", "TOTAL USD".
func (t *totals) is(text string) bool {
	const longest = 40
	if len(text) > longest {
		return false
	}
	if t.words == nil {
		for word := range strings.FieldsSeq(totalWords()) {
			t.words = append(t.words, Fold(word))
		}
	}
	first, second := text, ""
	if fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ':' || r == '(' }); len(fields) > 0 {
		if first = fields[0]; len(fields) == 2 {
			second = fields[1] // "Jumlah Total"
		}
	}
	return slices.Contains(t.words, Fold(text)) || slices.Contains(t.words, Fold(first)) ||
		second != "" && slices.Contains(t.words, Fold(second))
}
