package parse

import (
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// Columns that ask whether a row is to be ordered have endless names: "Order?", "Sipariş verilsin mi", "是否下单". They
// are made of few words: what is to be done with an order, in a form that says it of what is to come, and small words
// around it. What was done already has other forms in all these languages, and "do not" turns the question round.

// choosers know those words.
type choosers struct {
	starts       map[string]bool // words for beginnings
	days         map[string]bool // words for when, beside what is to be done
	verbs, lone  map[string]bool // what is to be done; those of lone ask without a question mark too
	tests        map[string]bool // questions whether a row is a test
	fill         map[string]bool // what may stand beside it
	denies       map[string]bool // turn the question round
	marks        map[string]bool // of questions, words that ask
	harmless     []string        // begin words for what is no question about the order
	hanAsks      []string        // of questions in Chinese letters
	han, hanDone []string        // what is to be done in Chinese letters, and what says there that it is
}

func newChoosers() *choosers {
	return &choosers{
		starts: wordSet(startNouns()), tests: wordSet(testWords()), days: wordSet(whenWords()),
		verbs: wordSet(chooserVerbs()), lone: wordSet(loneVerbs()), fill: wordSet(chooserFill()),
		denies: wordSet(chooserDenials()), marks: wordSet("mi|mu|midir|क्या|هل|ли|apakah|est ce|kah"),
		harmless: wordList(harmlessStems()), han: strings.Split(hanVerbs(), "|"),
		hanAsks: strings.Split("是否|吗|么|嗎|要不要|有没有|是不是|能不能", "|"),
		hanDone: strings.Split("已|了|没|完成", "|"),
	}
}

// asks tells whether a name is a question, and gives its words without the word that only asks.
func (c *choosers) asks(name string, words []plainWord) (bool, []plainWord) {
	asks := strings.ContainsAny(name, "?？؟¿") || han(name) && slices.ContainsFunc(c.hanAsks, func(word string) bool {
		return strings.Contains(name, word)
	})
	rest := slices.DeleteFunc(slices.Clone(words), func(w plainWord) bool { return c.marks[w.text] })
	return asks || len(rest) < len(words), rest
}

// kindOf is what a column is for whose name is made of such words; otherHead: it isn't.
func (c *choosers) kindOf(name string, words []plainWord) headKind {
	if kind := c.kindOfHan(joinWords(words)); kind != otherHead {
		return kind
	}
	asks, rest := c.asks(name, words)
	if asks && c.tests[joinWords(rest)] || asks && len(rest) > 1 && rest[len(rest)-1].text == "chua" {
		return doneHead // "Đã gửi chưa?" asks whether it was sent yet
	}
	verb, denied := false, false
	for i, w := range rest {
		either := i > 0 && (rest[i-1].text == "or" || rest[i-1].parted || w.parted) // "order or not", "go/no-go"
		switch {
		case c.denies[w.text] && i < len(rest)-1 && !either:
			denied = true
		case c.verbs[w.text]:
			verb = true
		case !c.fill[w.text] && !c.denies[w.text]:
			return otherHead
		}
	}
	alone := len(rest) == 1 && c.lone[rest[0].text]
	switch {
	case !verb || !asks && len(rest) < 2 && !alone || !asks && c.ofDays(words) && !alone:
		return otherHead
	case denied:
		return doneHead // "Don't order?": yes says that it isn't to be
	}
	return goHead
}

// kindOfHan reads a name in Chinese letters: 要不要下单 asks whether the row is to be ordered, 是否已下单 whether it is.
func (c *choosers) kindOfHan(whole string) headKind {
	if !han(whole) {
		return otherHead
	}
	for _, asked := range []string{"了吗", "了没", "了么", "过吗", "了嗎", "了没有"} {
		if strings.HasSuffix(whole, asked) {
			return doneHead
		}
	}
	rest := strings.TrimRight(whole, " 吗么嗎")
	begin := rest
	for _, word := range []string{"是否", "要不要", "可否", "能否", "可以", "需要", "要", "需", "确认", "审核", "客户", "同意", "立即", "现在"} {
		rest = strings.TrimPrefix(rest, word)
	}
	done := func(word string) bool { return strings.Contains(rest, word) }
	denied := startsWithAny(rest, []string{"不", "别", "勿", "暂停", "取消", "跳过"})
	is := func(text string) bool { return slices.Contains(c.han, text) }
	verb := is(strings.TrimLeft(rest, "不别勿要"))
	switch {
	case slices.ContainsFunc(c.hanDone, done) || strings.HasSuffix(rest, "过") && !strings.HasSuffix(rest, "通过"):
		if is(strings.Trim(rest, "已经了过没完成")) {
			return doneHead
		}
		return otherHead
	case rest != begin && slices.Contains([]string{"测试", "重复", "试单"}, rest):
		return doneHead
	case verb && denied:
		return doneHead
	case verb && strings.HasPrefix(whole, "是否"):
		return eitherHead // it is written of what was done too
	case verb || rest == "" && begin != rest:
		return goHead
	}
	return otherHead
}

// ofDays tells whether a name asks for the day on which a row is to be ordered, as far as its words tell: "Start am",
// "À lancer le", "下单日期". It may be the day on which it was, too.
func (c *choosers) ofDays(words []plainWord) bool {
	whole := joinWords(words)
	if c.days[whole] && !ascii(whole) || orderDays(whole) {
		return true
	}
	if han(whole) {
		for _, day := range []string{"日期", "时间", "日"} {
			if verb, is := strings.CutSuffix(whole, day); is && slices.Contains(c.han, strings.TrimPrefix(verb, "计划")) {
				return true
			}
		}
	}
	verb, day := false, false
	for _, w := range words {
		starts := c.verbs[w.text] || c.starts[w.text]
		verb, day = verb || starts, day || c.days[w.text]
		if !starts && !c.days[w.text] && !c.fill[w.text] && !c.denies[w.text] {
			return false
		}
	}
	return verb && day || len(words) == 1 && verb // "Начать" holds days, or yes and no
}

// whenWords stand beside what is to be done in names of such columns.
func whenWords() string {
	return "es|de|do|del|der|des|die|of|for|du|on|at|date|day|when|before|after|from|am|um|ab|vor|nach|wann|" +
		"datum|tag|le|à|date|quand|el|cuándo|fecha|em|" +
		"quando|data|dia|día|на|с|когда|дата|день|pada|kapan|tanggal|vào|ngày|khi|tarihi|tarih|günü|ne zaman|" +
		"تاريخ|متى|يوم|" +
		"तारीख|कब|दिन"
}

// startNouns are words for beginnings, of which such names are made too: "Fecha de lanzamiento".
func startNouns() string {
	return "launch|launching|start|begin|beginning|kickoff|publication|activation|lanzamiento|inicio|" +
		"comienzo|activación|" +
		"lançamento|início|começo|ativação|lancement|début|démarrage|activation|beginn|losgehen|anfang|freischaltung|" +
		"aktivierung|başlangıç|başlatma|запуска|старта|начала|peluncuran|mulainya|khởi chạy|bắt đầu|الإطلاق|البدء|शुरुआत"
}

// orderDays are such names in a word or two.
func orderDays(whole string) bool {
	const names = "bestelldatum|auftragsdatum|orderdatum|bestelltag|starttag|sipariş tarihi|дата заказа|" +
		"fecha de pedido|" +
		"fecha del pedido|data do pedido|date de commande|tanggal pesan|tanggal order|ngày đặt|ngày đặt hàng|تاريخ الطلب|" +
		"ऑर्डर तारीख|下单日期|下单时间|订购日期|execution date|run date|publish day|date de publication|data de publicação"
	return slices.Contains(wordList(names), whole)
}

// harmlessly tells whether a question is about something else than the order: "New client?", "Refill?".
func (c *choosers) harmlessly(words []plainWord) bool {
	return slices.ContainsFunc(words, func(w plainWord) bool { return startsWithAny(w.text, c.harmless) })
}

// chooserVerbs say what is to be done with an order, in a form that isn't of what was done.
func chooserVerbs() string {
	return "order|go|send|launch|run|start|ship|place|execute|proceed|publish|deliver|dispatch|submit|" +
		"process|buy|purchase|" +
		"activate|trigger|approve|confirm|release|boost|do|wanted|needed|include|continue|book|fire|push|" +
		"ver|verilsin|verilecek|verelim|verilir|girilsin|girilecek|girelim|yap|yapılsın|yapılacak|yapalım|gönder|" +
		"gönderilsin|gönderilecek|gönderelim|başlat|başlatılsın|başlatılacak|başlasın|çalıştır|çalıştırılsın|onayla|" +
		"onaylansın|yolla|yollansın|geçilsin|alınsın|basılsın|çıkılsın|" +
		"заказать|заказываем|заказывать|делать|делаем|сделать|начать|начинать|начинаем|запустить|запускаем|" +
		"запускать|запуск|отправить|отправляем|" +
		"отправлять|оформить|оформляем|оформлять|берем|брать|ставить|ставим|стартуем|лить|льем|крутить|крутим|" +
		"нужен|нужно|" +
		"надо|утвердить|согласовать|пускаем|выполнять|выполнить|" +
		"pedir|pedimos|fazer|fazemos|encomendar|lançar|enviar|mandar|iniciar|começar|rodar|disparar|aprovar|" +
		"executar|publicar|" +
		"comprar|prosseguir|" +
		"hacer|hacemos|encargar|lanzar|lanzamos|empezar|comenzar|activar|aprobar|ejecutar|ordenar|arrancar|pido|proceder|" +
		"commander|commandons|lancer|envoyer|passer|faire|démarrer|commencer|valider|exécuter|activer|approuver|expédier|" +
		"acheter|publier|" +
		"bestellen|beauftragen|starten|senden|schicken|auslösen|ausführen|durchführen|freigeben|abschicken|" +
		"absenden|machen|" +
		"buchen|aktivieren|losschicken|loslegen|rausschicken|aufgeben|platzieren|kaufen|ordern|" +
		"pesan|kirim|jalankan|mulai|proses|lanjut|lanjutkan|gas|eksekusi|setujui|beli|luncurkan|kerjakan|" +
		"đặt|chạy|gửi|triển khai|duyệt|mua|lên|làm|" +
		"اطلب|أطلب|نطلب|اطلبه|أرسل|نرسل|ابدأ|نبدأ|نفذ|ننفذ|تنفيذ|شغل|نشغل|إطلاق|أطلق|نطلق|طلب|إرسال|اعتماد|نعتمد|" +
		"करें|करे|करना|भेजें|भेजना|चलाएं|चलाना|लगाएं|लगाना|दें|देना|" +
		"ordinare|inviare|lanciare|zamówić|wysłać|bestellen|versturen"
}

// loneVerbs ask it without a question mark too: nothing else is called so.
func loneVerbs() string {
	return "wanted|pedir|encomendar|bestellen|beauftragen|auslösen|freigeben|commander|заказать|начать|" +
		"заказываем|запускаем|делаем|" +
		"оформляем|заказывать|запускать|verilsin|girilsin|gönderilsin|başlatılsın|اطلب|نطلب|ordinare"
}

// chooserFill may stand beside them.
func chooserFill() string {
	return "it|this|that|the|to|be|or|yes|no|y|n|we|us|should|shall|will|want|please|now|today|ok|row|line|" +
		"item|for|client|" +
		"order|orders|job|ahead|into|live|is|can|" +
		"sipariş|siparişi|evet|hayır|bu|satır|şimdi|lütfen|e|h|panele|işlem|" +
		"да|нет|или|заказ|заказы|это|строку|в|работу|д|н|" +
		"pedido|sim|não|ou|o|a|este|isto|agora|s|ordem|a|" +
		"sí|si|el|la|esto|ahora|orden|se|lo|" +
		"commande|oui|non|ou|le|cette|ligne|maintenant|on|" +
		"bestellung|auftrag|ja|nein|oder|den|die|das|diese|zeile|jetzt|j|soll|bitte|wir|los|zu|werden|" +
		"pesanan|ya|tidak|atau|ini|sekarang|mau|perlu|jadi|" +
		"hàng|đơn|có|không|hay|này|ngay|" +
		"الطلب|هذا|نعم|لا|أو|الآن|" +
		"ऑर्डर|हाँ|नहीं|या|यह|अभी|है|शुरू"
}

// chooserDenials turn the question round where they stand before what is to be done.
func chooserDenials() string {
	return "not|dont|never|nicht|kein|keine|não|no|ne|pas|jangan|không|đừng|لا|मत|не|verme|verilmesin|girme|" +
		"yapma|skip|stop"
}

// hanVerbs are what is to be done, in Chinese letters.
func hanVerbs() string {
	return "下单|投放|发送|执行|启动|开始|上线|发布|购买|批准|通过|审核|确认|下|做|发|跑|放行|采购|提交|投|订购|下订单|处理|安排|" +
		"審核|下單|批准通过|审核通过|要|需要|可以"
}

// harmlessStems begin words of questions about something else: the client, the money, what is delivered.
func harmlessStems() string {
	return "client|customer|new|first|repeat|return|vip|paid|pay|invoice|report|screenshot|refill|guarant|" +
		"warrant|drip|split|" +
		"private|public|verif|real|male|female|urgent|express|priority|fast|review|upsell|reply|repl|contact|call|mail|" +
		"follow|feedback|discount|bonus|free|geo|target|video|reel|story|business|brand|sponsor|tax|vat|contract|design|" +
		"crypto|renew|subscri|trial|credit|big|large|monthly|weekly|auto|quality|premium|organic|safe|content|" +
		"photo|music|" +
		"müşteri|yeni|ödeme|ödendi|fatura|garanti|telafi|acil|özel|gizli|öncelik|rapor|" +
		"клиент|нов|оплат|счет|гарант|срочн|закрыт|открыт|отчет|постоян|" +
		"cliente|nov|nuev|pago|pag|fatura|factura|garant|reposi|repos|urgente|privad|públic|prioridad|relat|inform|" +
		"nouveau|nouvel|payé|facture|urgent|privé|rapport|client|fidèle|" +
		"kunde|neu|bezahlt|rechnung|eilig|dringend|privat|öffentlich|stamm|bericht|gewerblich|" +
		"pelanggan|baru|bayar|lunas|garansi|mendesak|privat|laporan|" +
		"khách|mới|thanh|bảo|gấp|riêng|báo|العميل|عميل|جديد|مدفوع|ضمان|عاجل|خاص|" +
		"ग्राहक|नया|भुगतान|गारंटी|जरूरी|客户|新|付|保|急|私|发票|补"
}

// answers tells whether the first cells of a column hold nothing but yes and no, and both of them.
func (d *doneReader) answers(t *Table, index int) bool {
	const most = 1000 // rows that are looked at
	looked, yes, no := 0, false, false
	for raw, err := range t.source.rows() {
		if looked++; err != nil || looked > most {
			break
		}
		if raw.Number <= t.header.row || index >= len(raw.Cells) {
			continue
		}
		switch text := book.Trim(raw.Cells[index].Text); d.words.answer(text) {
		case "yes":
			yes = true
		case "no":
			no = true
		default:
			if text != "" {
				return false
			}
		}
	}
	return yes && no
}

// answer is what a cell that holds nothing but a yes or a no says; "": it is neither.
func (d *doneLists) answer(text string) string {
	whole := spoken(text)
	switch {
	case text == "":
	case d.yes[whole] || d.yes[text] || text == "要":
		return "yes"
	case d.no[whole] || d.no[text] || d.denies[whole] || whole == "0" || text == "不要":
		return "no"
	}
	return ""
}
