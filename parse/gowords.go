package parse

import (
	"slices"
	"strings"
)

// The words of a column for states that say that a row is still to be ordered. All others are asked about there: nobody
// knows what they mean.

// goWords are such words, beside [noWords], language by language as those for done.
func goWords() string {
	return "order|to be ordered|order this|place order|order now|order it|orders|please order|ready|ready to order|" +
		"ready to go|" +
		"ready for order|ready for ordering|go|go ahead|good to go|approved|confirmed|accepted|paid|payment received|" +
		"already paid|urgent|asap|priority|high|medium|normal|low|standard|rush|express|vip|not yet ordered|to be done|" +
		"to process|to be processed|to place|to be placed|to send|to submit|unprocessed|unordered|requested|request|" +
		"queue|queued|in queue|next|now|today|needed|required|created|due|outstanding|backlogged|order pending|" +
		"order to place|awaiting order|waiting to order|waiting for order|invalid|valid|refused|" +
		"yeni|sipariş ver|sipariş verilecek|verilecek|yapılacak|girilecek|gönderilecek|hazır|onaylandı|onaylı|ödendi|" +
		"ödeme alındı|acil|öncelikli|sırada|bekleyen|işlem bekliyor|tamam sipariş ver|tamamlanmadı|başlanmadı|" +
		"henüz verilmedi|yeni sipariş|açık|" +
		"заказать|сделать|оформить|запустить|к заказу|на заказ|надо заказать|нужно заказать|новая|новое|новые|" +
		"в очереди|очередь|срочно|оплачено|оплачен|оплачена|подтверждено|подтвержден|одобрено|одобрен|в ожидании|" +
		"готово к заказу|готов к заказу|открыт|открыто|не начато|ожидание|" +
		"pedir|fazer|a fazer|para pedir|a pedir|por fazer|encomendar|pronto para pedir|pronto|nova|aprovado|aprovada|" +
		"confirmado|confirmada|pago|paga|urgente|na fila|aberta|não iniciado|a iniciar|" +
		"por hacer|hacer|a pedir|para pedir|por pedir|pendiente de pedir|nueva|aprobado|aprobada|pagado|pagada|" +
		"en cola|listo para pedir|sin pedir|sin hacer|sin empezar|abierta|" +
		"commander|à passer|à lancer|faire|prêt|prête|prêt à commander|approuvé|approuvée|validé|validée|" +
		"validés|validado|validada|معتمد|معتمدة|खुला|खुली|मंज़ूर|मंजूर|confirmé|confirmée|payé|" +
		"payée|en file|nouvelle|ouvert|ouverte|pas commencé|à traiter|urgent|" +
		"bestellen|bitte bestellen|zu bestellen|zu buchen|zu erledigen|zu tun|bereit|freigegeben|genehmigt|bestätigt|" +
		"bezahlt|dringend|eilig|" +
		"in warteschlange|ausstehend|offene|unbearbeitet|nicht begonnen|anstehend|bestellbereit|" +
		"pesan|order sekarang|akan dipesan|siap|siap order|siap dipesan|sudah bayar|sudah dibayar|lunas|disetujui|" +
		"dikonfirmasi|antri|antrian|menunggu|mendesak|perlu dipesan|belum diorder|belum dipesan|belum diproses|belum|" +
		"belum order|belum mulai|" +
		"đặt|đặt hàng|cần đặt|cần làm|chờ đặt|chờ xử lý|đang chờ|sẵn sàng|đã thanh toán|đã duyệt|duyệt|gấp|khẩn|" +
		"chưa bắt đầu|chưa làm|chưa đặt|chưa chạy|chưa xử lý|" +
		"جديدة|للطلب|مطلوب|جاهز|جاهزة|مؤكد|موافق|مدفوع|مدفوعة|عاجل|قيد الانتظار|بانتظار الطلب|مفتوح|" +
		"لم يتم|لم يكتمل|لم يطلب|لم يبدأ|لم ينفذ|لم تبدأ|" +
		"बाकी|बाकी है|ऑर्डर करना है|ऑर्डर करें|करना है|तैयार|पेंडिंग|लंबित|स्वीकृत|भुगतान हो गया|पेमेंट हो गया|तुरंत|" +
		"नहीं हुआ|नहीं किया|अधूरा|जारी|baki|baaki|karna hai|pending hai|nahi hua|" +
		"da fare|da ordinare|nuovo|in attesa|urgente|nowe|nowy|do zrobienia|do zamówienia|oczekuje|" +
		"nieuw|te bestellen|openstaand|betaald|🆕|🟡|⏳|▶️|▶"
}

// goHan begin such a word in scripts without blanks.
func goHan() string {
	return "未|待|尚未|还没|没下|新|可以下|可下单|准备|需下|需要下|请下单|下单|马上|紧急|加急|已付款|已确认|已批准|排队|等待下单|お願い|注文待ち|新規|대기|신규"
}

// waitHan begin a word that says what isn't so yet, and waitedHan is what a row waits for beside being ordered.
func waitHan() string { return "未|待|尚未|还没|等待" }

func waitedHan() string { return "客户|确认|付款|支付|审核|审批|回复|通知|批准" }

// goNear may stand beside such a word: "order today", "to do asap".
func goNear() string {
	return "to|be|for|the|please|pls|now|today|tonight|asap|urgent|client|order|orders|this|yet|me|it|customer|" +
		"lütfen|sipariş|için|bugün|acil|заказ|заказа|пожалуйста|срочно|сегодня|pedido|hoje|hoy|urgente|commande|" +
		"bestellung|bitte|heute|pesanan|hari|ini|đơn|hàng|hôm|nay|الطلب|اليوم|ऑर्डर|है|priority|high|low|medium|encore|noch"
}

// goes tells whether a cell under a name for states says that the row is still to be ordered.
func (d *doneLists) goes(text string) bool {
	words := plainWords(text)
	whole := joinWords(words)
	switch {
	case strings.Trim(text, "-–—./ []()0,%") == "" || IsNothing(text) || d.no[whole] || d.no[text] || d.goWords[text] ||
		d.open[whole]:
		return true
	case len(words) == 0:
		return false
	case !ascii(whole) && startsWithAny(whole, d.goHan):
		return !startsWithAny(whole, d.waitHan) || !slices.ContainsFunc(d.waitedHan, func(w string) bool {
			return strings.Contains(whole, w)
		})
	}
	parts := partedWords(words)
	if len(parts) > 1 && allDigits(joinWords(parts[0])) {
		parts = parts[1:] // "1 - To do"
	}
	for i, part := range parts {
		if i == 0 && !d.goesOn(part) || i > 0 && (d.begins(part) || d.states[joinWords(part)]) {
			return false
		}
	}
	return true
}

// partedWords are words between what parts them otherwise than blanks.
func partedWords(words []plainWord) (parts [][]plainWord) {
	begin := 0
	for i, w := range words {
		if w.parted && i > begin {
			parts, begin = append(parts, words[begin:i]), i
		}
	}
	return append(parts, words[begin:])
}

// goesOn tells whether words are made of such that say it, or of those for done that are taken back: "not ordered".
func (d *doneLists) goesOn(words []plainWord) bool {
	const longest = 4 // words of a phrase
	denied := d.denies[words[0].text] || len(words) > 1 && d.denies[words[0].text+" "+words[1].text]
	says := denied && len(words) == 1
	for i := 0; i < len(words); {
		n := min(longest, len(words)-i)
		for ; n > 0; n-- {
			phrase := joinWords(words[i : i+n])
			goes := (d.goWords[phrase] || d.no[phrase]) && (!denied || i == 0) // "not yet ordered", but not "not ready"
			if goes || denied && (d.done[phrase] || d.states[phrase]) {
				says = true
				break
			}
		}
		if n > 0 && d.awaited[joinWords(words[i:i+n])] && slices.ContainsFunc(words, func(w plainWord) bool {
			return d.clients[w.text]
		}) {
			return false // it waits for somebody
		}
		near := n > 0 || d.goNear[words[i].text] || d.denies[words[i].text] && denied || digits(words[i].text)
		if !near {
			return false
		}
		i += max(n, 1)
	}
	return says
}

func startsWithAny(text string, words []string) bool {
	for _, word := range words {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// clientWords are for whom a row may wait.
func clientWords() string {
	return "client|customer|approval|müşteri|клиента|клиент|cliente|kunde|kunden|klien|khách|العميل|ग्राहक"
}
