package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// People keep their own books beside the orders: a column that says done, cancelled or do not order. Such a row can be
// ordered as it stands, and surely isn't meant to be. These are the words for it, in the languages of headers; words of
// several letters as [Fold] leaves them.

// doneColumns are names of columns in which a mere yes, a tick or a cross says done.
func doneColumns() string {
	return "status state done ordered orderstatus completed complete finished sent placed processed delivered " +
		"erledigt bestellt fertig gesendet durum durumu yapıldı tamamlandı siparişdurumu gönderildi статус готово выполнено " +
		"заказано feito concluído concluido situação situacao estado hecho listo terminado enviado statut fait terminé " +
		"commandé envoyé selesai sudah terkirim trạngthái tìnhtrạng xong đãđặt الحالة حالةالطلب تم مكتمل स्थिति होगया पूरा 状态 完成 已下单"
}

// yesWords say done in such a column alone.
func yesWords() string {
	return "true x y yes ok okay sent placed ordered complete delivered inprogress processing ja gesendet evet gönderildi " +
		"да отправлено sim enviado sí si oui envoyé ya terkirim có نعم हाँ 是 ✓ ✔ ✔️ ☑ ☑️ ✅ 🗸 √"
}

// doneWords say in any column that the row is done, or isn't to be ordered.
func doneWords() string {
	return "done completed finished cancelled canceled donotorder dontorder donotsend dontsend alreadyordered skip skipthis " +
		"erledigt abgeschlossen storniert abgebrochen nichtbestellen tamamlandı yapıldı bitti iptal iptaledildi готово " +
		"выполнено сделано завершено отменено отменён отмена незаказывать feito concluído concluido cancelado nãopedir " +
		"hecho completado terminado nopedir terminé annulé nepascommander selesai batal dibatalkan xong đãxong " +
		"hoànthành hủy đãhủy تم مكتمل ملغي ملغى منجز होगया पूरा रद्द 完成 已完成 取消 已取消 已下单"
}

// donePhrases say it anywhere in a cell.
func donePhrases() []string {
	return []string{
		"do not order", "don't order", "dont order", "don’t order", "do not send", "already ordered", "nicht bestellen",
		"schon bestellt", "bereits bestellt", "sipariş verme", "не заказывать", "уже заказан", "no pedir", "ya pedido",
		"não pedir", "já pedido", "ne pas commander", "déjà commandé", "jangan order", "jangan dipesan", "sudah dipesan",
		"đừng đặt", "đã đặt", "لا تطلب", "ऑर्डर न करें", "不要下单",
	}
}

// doneReader finds cells that say done. Columns repeat themselves: answers are kept.
type doneReader struct {
	any, yes map[string]bool
	phrases  []string
	columns  map[int]*doneColumn // of the header
	order    int                 // the column that names the row's order: what has one is skipped anyway; -1: none
}

// doneColumn is one of the person's own columns.
type doneColumn struct {
	state bool            // its name says that it tells what became of the row
	says  map[string]bool // of the texts that were seen
}

func newDoneReader(h header, decided []condition) *doneReader {
	d := &doneReader{any: map[string]bool{}, yes: map[string]bool{}, phrases: donePhrases(), order: -1,
		columns: map[int]*doneColumn{}}
	for word := range strings.FieldsSeq(doneWords()) {
		d.any[word] = true
	}
	for word := range strings.FieldsSeq(yesWords()) {
		d.yes[word] = true
	}
	const most = 100 // columns: people don't keep more
	names := strings.Fields(doneColumns())
	for i, col := range h.columns {
		if col.Field == "order_id" {
			d.order = i
		}
		is := func(c condition) bool { return c.index == col.index }
		if col.Field == "" && len(d.columns) < most && !slices.ContainsFunc(decided, is) {
			d.columns[i] = &doneColumn{state: slices.Contains(names, Fold(col.Name)), says: map[string]bool{}}
		}
	}
	return d
}

// look gives the first of the columns that a row fills whose cell says done; -1: none does.
func (d *doneReader) look(filled []int, h header, raw *rawRow) int {
	if slices.Contains(filled, d.order) {
		return -1
	}
	const most, longest = 1000, 200 // texts that are kept, and their bytes: what is longer is no mark
	for _, at := range filled {
		c := d.columns[at]
		if c == nil {
			continue
		}
		text := raw.Cells[h.columns[at].index].Text
		if len(text) > longest {
			continue
		}
		says, seen := c.says[text]
		if !seen {
			if len(c.says) >= most {
				clear(c.says)
			}
			says = d.says(text, c.state)
			c.says[strings.Clone(text)] = says // the row's texts are one piece of memory
		}
		if says {
			return at
		}
	}
	return -1
}

func (d *doneReader) says(text string, state bool) bool {
	text = book.Trim(text)
	word := Fold(text)
	if word == "" {
		word = text // a tick
	}
	if d.any[word] || state && d.yes[word] {
		return true
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(d.phrases, func(phrase string) bool { return strings.Contains(text, phrase) })
}

// saysDone is the warning about a cell that says done.
func (b *builder) saysDone(raw *rawRow, at int) Problem {
	col := b.header.columns[at]
	text := book.Trim(raw.Cells[col.index].Text)
	p := Problem{
		Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Rule: "marked-done", Found: clip(text, foundLimit),
		Wrong:   fmt.Sprintf("stands in the column %q: the row may be done, or not to be ordered", col.Name),
		Mend:    "leave such rows out, or accept them",
		Warning: true, Asks: "done",
	}
	if pasted := col.Name + "!=" + text; col.Name != "" && !strings.ContainsAny(pasted, "\"$`\\!\n\r") {
		p.Option = `--where "` + pasted + `"`
	}
	if pasted := col.Name + "!=" + text; p.Option == "" && col.Name != "" && !strings.ContainsAny(pasted, "'\n\r") {
		p.Option = "--where '" + pasted + "'"
	}
	if p.Option != "" {
		p.Mend = "leave such rows out with " + p.Option + ", or accept them"
	}
	return p
}

// struck is the warning about a field whose text is struck through; nil: there is none in the row.
func (b *builder) struck(raw *rawRow) *Problem {
	for _, i := range b.filled {
		col := &b.header.columns[i]
		if col.Field == "" || !raw.Cells[col.index].Struck {
			continue
		}
		return &Problem{
			Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Field: col.Field, Rule: "struck-through",
			Found:   clip(raw.Cells[col.index].Text, foundLimit),
			Wrong:   "is struck through: the row may be done, or not to be ordered",
			Mend:    "leave such rows out with --skip-struck, or accept them",
			Warning: true, Asks: "struck", Option: "--skip-struck",
		}
	}
	return nil
}
