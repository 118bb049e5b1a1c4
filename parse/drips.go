package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// Notes tell of a drip-feed where the row has none: "over 10 days", "100/day", "damla damla". All would be delivered at
// once.

// dripWords say it alone.
func dripWords() string {
	return "drip|dripfeed|dripfeeding|gradually|gradual|staggered|in batches|bit by bit|slowly over|" +
		"damla damla|damlama|parça parça|azar azar|kademeli|капельно|капельная|дрип|дрипфид|по частям|" +
		"постепенно|порциями|" +
		"gota a gota|a conta gotas|conta gotas|aos poucos|gradualmente|em partes|poco a poco|goteo|en partes|" +
		"goutte à goutte|au compte gouttes|progressivement|petit à petit|tropfenweise|nach und nach|" +
		"gestaffelt|schrittweise|" +
		"bertahap|dicicil|pelan pelan|nhỏ giọt|từ từ|rải đều|chia đều|تدريجيا|بالتدريج|تدريجي|بالتنقيط|على دفعات|" +
		"ड्रिप|धीरे धीरे|थोड़ा थोड़ा|किस्तों में"
}

// spreadStems say it beside a number or a word for days.
func spreadStems() string {
	return "spread|divide|distribut|across|evenly|yay|dağıt|böl|растян|распредел|разбит|раздел|равномерн|" +
		"distribu|divid|" +
		"espalh|longo|repart|reparti|largo|étal|répart|repartir|verteil|aufgeteilt|aufteilen|streck|sebar|bagi|selama|" +
		"chia|rải|وزع|توزيع|مدى|موزع|बाँट|बांट|फैला"
}

// spanWords are days and weeks beside those of [minutesIn].
func spanWords() string {
	return "day|days|week|weeks|month|months|hafta|haftaya|haftalık|güne|günde|ay|aya|дней|дня|недел|неделю|" +
		"недели|месяц|" +
		"dias|días|semana|semanas|mes|mês|meses|jours|semaine|semaines|mois|tage|tagen|woche|wochen|monat|" +
		"monate|hari|minggu|" +
		"bulan|ngày|tuần|tháng|أيام|يوم|أسبوع|أسابيع|شهر|दिन|दिनों|हफ्ते|सप्ताह|महीने"
}

// drips knows those words.
type drips struct {
	words  map[string][]string // phrases by their first words
	stems  []string
	spans  map[string]bool
	denies map[string]bool // what stands behind them isn't to be
	before map[string]bool // stand before a number of days over which all is to come: "over 10 days"
}

func newDrips() *drips {
	return &drips{words: byFirst(wordList(dripWords())), stems: wordList(spreadStems()), spans: wordSet(spanWords()),
		denies: wordSet("no|not|without|kein|keine|ohne|nicht|не|без|não|sem|sin|sans|pas|tanpa|jangan|không|بدون|لا|बिना"),
		before: wordSet("over|across|über|sur|throughout")}
}

// saysDrip tells whether a text tells of a drip-feed of a quantity.
func (d *doneLists) saysDrip(text string, quantity int64) bool {
	if d.drips == nil {
		d.drips = newDrips()
	}
	words := plainWords(asciiDigits(text))
	if len(words) == 0 {
		return false
	}
	denies := func(w plainWord) bool { return d.drips.denies[w.text] }
	if i := slices.IndexFunc(words, denies); i >= 0 && i < len(words)-1 {
		words = words[:i] // "no need to drip"
	}
	if len(words) == 0 {
		return false
	}
	if whole := joinWords(words); han(whole) && dripHan(whole) || d.speaks(d.drips.words, words) {
		return true
	}
	span := false
	for i, w := range words {
		n, err := strconv.ParseInt(w.text, 10, 64)
		span = span || d.drips.spans[w.text]
		if d.drips.before[w.text] && i+2 < len(words) && digits(words[i+1].text) && d.drips.spans[words[i+2].text] {
			return true
		}
		if err == nil && n > 0 && n < quantity && saysDaily(text) {
			return true
		}
	}
	return span && slices.ContainsFunc(words, func(w plainWord) bool { return startsWithAny(w.text, d.drips.stems) })
}

// dripHan tells it of Chinese letters: 分10天, 分批, 每天100.
func dripHan(whole string) bool {
	if slices.ContainsFunc([]string{"分批", "滴灌", "慢慢", "匀速", "平均分", "分次"}, func(w string) bool {
		return strings.Contains(whole, w)
	}) {
		return true
	}
	_, behind, found := strings.Cut(whole, "分")
	behind = strings.TrimLeft(behind, "成 0123456789一二三四五六七八九十")
	return found && (strings.HasPrefix(behind, "天") || strings.HasPrefix(behind, "周"))
}

// noteDrips is the warning about a note that tells of a drip-feed of which the row has nothing; nil: none does.
func (b *builder) noteDrips(raw *rawRow) *Problem {
	for _, at := range b.filled {
		c := b.done.columns[at]
		if c == nil || c.kind != noteHead {
			continue
		}
		col := &b.header.columns[at]
		if cell := raw.Cells[col.index]; !cell.Struck && !c.publishes(raw, &b.header, at) && b.tellsDrip(raw, cell.Text) {
			return b.dripping(raw, col.index, cell.Text, fmt.Sprintf("in the column %q", col.Name))
		}
	}
	for _, n := range raw.Notes {
		if b.tellsDrip(raw, n.Text) {
			return b.dripping(raw, n.Column, n.Text, "in the comment on the cell")
		}
	}
	return nil
}

// tellsDrip tells whether a text tells of a drip-feed of the row's quantity, where the row has no runs.
func (b *builder) tellsDrip(raw *rawRow, text string) bool {
	whole := strings.Map(func(r rune) rune {
		if strings.ContainsRune(",. '", r) {
			return -1
		}
		return r
	}, asciiDigits(b.header.text(raw, "quantity")))
	quantity, err := strconv.ParseInt(whole, 10, 64)
	return err == nil && b.header.text(raw, "runs") == "" && b.header.text(raw, "interval") == "" &&
		b.done.words.saysDrip(text, quantity)
}

func (b *builder) dripping(raw *rawRow, column int, text, place string) *Problem {
	return &Problem{
		Sheet: b.sheet, Column: Letter(column), Row: raw.Number, Rule: "note-drips",
		Found:   clip(book.Trim(text), foundLimit),
		Wrong:   "stands " + place + ", and the order has no runs: all is delivered at once",
		Mend:    "fill in columns Runs and Interval (minutes) if a drip-feed is meant, or accept the row as it stands",
		Warning: true, Asks: "dripfeed",
	}
}

// publishes tells whether what stands in a column of comments may be a comment that is to be published: several lines
// are, and what has no quantity beside it, or one of 1.
func (c *doneColumn) publishes(raw *rawRow, h *header, at int) bool {
	quantity := h.text(raw, "quantity")
	return c.comment && (quantity == "" || quantity == "1" ||
		strings.ContainsAny(book.Trim(raw.Cells[h.columns[at].index].Text), "\r\n"))
}
