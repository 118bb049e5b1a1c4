package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// What stands around a table may be about all of its rows: a title above it, a line below it, a comment on the head
// of a
// column, the name of the quantity's column itself.

// unit is a text that says how the quantities below a header are meant; "": none does.
type unit struct {
	text, where string
	daily       bool // they are what is to come each day; otherwise they are thousands
}

// footRows is how many rows of a table are looked at for what stands below them before the first is read, and footCells
// how many cells. Sheets of people have fewer; what stands below more is an error.
const footRows, footCells = 20_000, 1 << 20

// saysThousands tells whether a title says that the numbers below are thousands, or more.
func saysThousands(title string) bool {
	const words = "thousand thousands тысячах тысяч тыс tausend tsd milhares mil miles milliers millier " +
		"ribuan ribu nghìn " +
		"ngàn بالآلاف الآلاف بالألف ألف آلاف हज़ार हजार हज़ारों bin x1000 1000x ×1000 lakh lakhs लाख million millions " +
		"millionen millones milhões миллионах млн juta triệu mio"
	const signs = "千|万|(k)|[k]|by 1000|by 1,000|mal 1000|por 1000|par 1000|на 1000|ile 1000|dengan 1000|" +
		"x 1000|× 1000|in k|* 1000|*1000"
	lower := strings.ToLower(title)
	known := strings.Fields(words)
	return slices.ContainsFunc(strings.Split(signs, "|"), func(sign string) bool {
		return strings.HasSuffix(lower, sign) || strings.Contains(lower, sign) && sign != "in k"
	}) || slices.ContainsFunc(serviceWords(title), func(w string) bool { return slices.Contains(known, w) })
}

// saysDaily tells whether a text says that a number is for each day, or hour.
func saysDaily(text string) bool {
	const phrases = "per day|a day|each day|every day|daily|/day|/ day|per hour|/hour|p.d.|günlük|günde|her gün|/gün|" +
		"в день|в сутки|ежедневно|/день|каждый день|por dia|por día|al día|ao dia|diário|diário|diario|" +
		"cada día|cada dia|/dia|" +
		"/día|par jour|/jour|chaque jour|quotidien|pro tag|/tag|täglich|je tag|am tag|per hari|/hari|sehari|" +
		"setiap hari|harian|" +
		"mỗi ngày|/ngày|một ngày|hàng ngày|يوميا|في اليوم|كل يوم|/يوم|प्रतिदिन|हर दिन|रोज़|/दिन|每天|每日|/天|日均|" +
		"al giorno|dziennie|per dag"
	text = " " + strings.ReplaceAll(strings.ToLower(text), "-", " ") + " "
	return slices.ContainsFunc(strings.Split(phrases, "|"), func(phrase string) bool {
		at := strings.Index(text, phrase)
		if at < 0 || !ascii(phrase) || phrase[0] == '/' {
			return at >= 0
		}
		before, after := text[at-1], (text + " ")[at+len(phrase)]
		return !isWordByte(before) && !isWordByte(after)
	})
}

// unitOf reads a text that stands for all quantities.
func unitOf(text, where string) (u unit) {
	if thousands := saysThousands(text); thousands || saysDaily(text) {
		u = unit{clip(text, foundLimit), where, !thousands}
	}
	return u
}

// named tells of a head that names the quantities' unit, where a person has said that they stand below it.
func (b *builder) named() (u unit) {
	for i := range b.header.columns {
		if col := &b.header.columns[i]; col.Field == "quantity" && (col.By == ByMap || col.By == ByMemory) {
			u = unitOf(col.Name, "is the head of the column")
		}
	}
	return u
}

// headNotes reads the comments on the cells of the header: they are about all that stands below.
func (b *builder) headNotes(raw *rawRow) {
	for _, n := range raw.Notes {
		field := b.fieldAt(n.Column)
		for line := range strings.Lines(n.Text) {
			line = book.Trim(line)
			switch {
			case line == "" || field == "":
			case field == "quantity" && unitOf(line, "").text != "":
				b.unit = unitOf(line, "stands in the comment on the head of the column")
			case b.done.words.stops(line):
				b.section = section{text: clip(line, foundLimit), where: "stands in the comment on the head of the column " +
					Letter(n.Column) + ": the rows"}
			}
		}
	}
}

// stops tells whether a text says in more than a word that what it is about isn't to be ordered.
func (d *doneLists) stops(text string) bool {
	words := plainWords(text)
	whole := joinWords(words)
	if len(words) == 0 || d.saysNever(words, whole) || d.saysHan(whole) {
		return len(words) > 0
	}
	return len(words) > 1 && (d.hasSign(words) || d.postpones(words, whole) || d.speaks(d.noted, d.always(words)))
}

// seeFoot walks the rows once more, and reads the lines below the last order of the table.
func (b *builder) seeFoot() {
	if b.header.row == 0 || b.foot.seen {
		return
	}
	b.foot.seen = true
	filled, stray := slices.Clone(b.filled), b.stray
	defer func() { b.filled, b.stray = filled, stray }()
	var texts []section
	last, looked := b.header.row, 0
	for raw, err := range b.source.rows() {
		if err != nil || raw.Number-last > blankRun && raw.Number > last {
			break
		}
		if raw.Number <= b.header.row || book.Blank(raw.Cells) {
			continue
		}
		if looked++; looked > footRows || looked*len(b.header.columns) > footCells {
			b.foot.many = true
			return // where rows follow, lines among them are titles
		}
		if last = raw.Number; b.begins(raw) {
			return // what stands above it is that table's
		}
		if n, text := lastText(raw); n == 1 && (!numbered(text) || len(plainWords(text)) > 1) {
			texts = append(texts, section{text: clip(text, foundLimit), row: raw.Number})
			continue
		}
		texts = texts[:0]
	}
	for _, s := range texts {
		if u := unitOf(s.text, "stands below the table"); u.text != "" && b.unit.text == "" && b.amongWords(s.text) {
			b.unit = u
		}
		if b.done.words.below(s.text) && b.foot.text == "" {
			b.foot.section, b.foot.sign = s, legendSign(s.text)
		}
	}
}

// foot is the line below a table that says that its rows aren't to be ordered.
type foot struct {
	section
	sign       string  // it is about rows with that sign alone, as in "* = cancelled"; "": about all
	seen, many bool    // it was looked for, and among too many rows to find it
	last       section // the last row, where there are so many and it holds one text
}

// legendSign is the sign that a line explains: "* = cancelled". "": it explains none, or a colour.
func legendSign(text string) string {
	sign, _, is := strings.Cut(text, "=")
	sign = book.Trim(sign)
	const longest = 4 // bytes
	if !is || len(sign) > longest || len(plainWords(sign)) > 0 && len(sign) > 1 {
		return ""
	}
	return sign
}

// signed tells whether a row bears the sign.
func (f *foot) signed(raw *rawRow) bool {
	return f.sign == "" || slices.ContainsFunc(raw.Cells, func(c book.Cell) bool {
		text := strings.ToLower(book.Trim(c.Text))
		return text == strings.ToLower(f.sign) || len(plainWords(f.sign)) == 0 && strings.HasSuffix(text, f.sign)
	})
}

// unseenFoot fails where a line says so that stands below too many rows to be known before they are read.
func (b *builder) unseenFoot() error {
	if b.foot.last.text == "" || !b.done.words.below(b.foot.last.text) {
		return nil
	}
	return &FileError{
		Path: b.file,
		Wrong: fmt.Sprintf("row %d of %s says %q below a great many rows: they may be done, or not to be ordered",
			b.foot.last.row, b.sheet, b.foot.last.text),
		Mend: "delete that row if the rows above it are to be ordered",
	}
}

// amongWords tells whether a line below a table is about its numbers, not a note with a number such as "10k club".
func (b *builder) amongWords(text string) bool {
	const about = "all quantities quantity numbers amounts values figures counts alle mengen menge angaben " +
		"zahlen miktar " +
		"miktarlar adetler sayılar количество количества числа все quantidades quantidade números cantidades cantidad " +
		"cifras quantités quantité chiffres nombres jumlah angka số lượng الكميات الكمية الأرقام मात्रा संख्या 数量 单位"
	known := strings.Fields(about)
	return slices.ContainsFunc(serviceWords(text), func(w string) bool { return slices.Contains(known, w) }) ||
		strings.Contains(text, "数量") || strings.HasPrefix(text, "*")
}

// below tells whether a line below a list says of what stands above that it isn't to be ordered. A title alone, such as
// "Completed", may be of a section that is empty.
func (d *doneLists) below(text string) bool {
	words := plainWords(text)
	whole := joinWords(words)
	if len(words) == 0 {
		return false
	}
	if d.saysNever(words, whole) || d.drafts[whole] {
		return true
	}
	above, legend := false, strings.ContainsAny(text, "=→")
	for _, part := range partedWords(words) {
		above = above || d.drafts[joinWords(part)] || d.drafts[part[0].text]
	}
	above = above || slices.ContainsFunc(words, func(w plainWord) bool { return d.aboveWords[w.text] }) ||
		!ascii(whole) && slices.ContainsFunc([]string{"以上", "上面", "上述", "全部", "本表"}, func(w string) bool {
			return strings.Contains(whole, w)
		})
	switch {
	case legend:
		for side := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("=→,;", r) }) {
			if side := plainWords(side); len(side) > 0 && (d.begins(side) || d.states[joinWords(side)]) {
				return true
			}
		}
		return false
	case !above:
		return false
	}
	return d.titles(text) || d.says(text, noteHead) || d.apartIn(words) || d.draftsIn(words) ||
		slices.ContainsFunc(partedWords(words), func(part []plainWord) bool { return d.done[joinWords(part)] }) ||
		slices.ContainsFunc(words, func(w plainWord) bool { return d.sure[w.text] })
}

// ofAll tells whether a title says of a whole list that it is done: "This list is finished!"
func (d *doneLists) ofAll(words []plainWord) bool {
	about := false
	for i, w := range words {
		if about = about || d.aboveWords[w.text]; about && d.sure[w.text] && !d.denied(words[:i]) {
			return true
		}
	}
	return false
}

// apartIn tells whether it has one of the words for what waits, of up to two words.
func (d *doneLists) apartIn(words []plainWord) bool {
	for i := range words {
		if d.apart[words[i].text] || i+1 < len(words) && d.apart[joinWords(words[i:i+2])] {
			return true
		}
	}
	return false
}

// draftsIn tells whether one of the words is one for drafts.
func (d *doneLists) draftsIn(words []plainWord) bool {
	return slices.ContainsFunc(words, func(w plainWord) bool { return d.drafts[w.text] })
}

// aboveWords say of a line below a list that it is about what stands above.
func aboveWords() string {
	return "above|all|everything|list|these|entire|whole|yukarıdaki|yukarıdakiler|hepsi|tümü|liste|bu|" +
		"выше|все|всё|список|вышеуказанные|acima|tudo|todos|todas|lista|arriba|todo|anteriores|" +
		"dessus|tout|tous|toutes|liste|oben|alles|alle|liste|obige|diese|diatas|atas|semua|daftar|trên|tất|danh|" +
		"أعلاه|الكل|كل|جميع|القائمة|ऊपर|सभी|सूची|सब"
}
