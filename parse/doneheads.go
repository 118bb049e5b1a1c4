package parse

import (
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// headKind is what a column of the person's own is for, as far as its name tells.
type headKind uint8

const (
	aboutHead   headKind = iota // a payment, a report: what is done is that
	otherHead                   // a client, a campaign, a price: only what surely says done counts
	noteHead                    // remarks: what begins with a word for done
	stateHead                   // states: and a mere tick
	doneHead                    // its name says done: whatever isn't a no says when, by whom, or yes
	tickHead                    // its name is a tick: a cross may say that the row isn't to be ordered
	eitherHead                  // its name asks for yes or no, and nobody knows which of them says what
	goHead                      // its name says that the row is to be ordered: a no says that it isn't
	orderHead                   // the number of an order, of a panel's or of the person's own
	laterHead                   // when the row is to be ordered, which nothing here waits for
	startHead                   // the same, or how much there was at the start
	anewHead                    // what stands there takes the place of a value that is read
	writtenHead                 // the state of orders that a panel has written
	leftHead                    // how much is left to be ordered: nothing is done
	furtherHead                 // another target or order of the row, which isn't read
	answerHead                  // what a panel answered when the row was ordered
	placedHead                  // the ids of orders: whatever stands there and is none
)

// heads are names of columns by kind, as [plainWords] leaves them, without blanks between the words of a name.
type heads struct {
	names  map[string]headKind
	tokens map[string]headKind // single words that settle it in longer names: "Order status"
	money  []string            // but not in names with these
	people []string            // nor in names with these, where it may be said of them
	asked  *choosers           // words of which names ask whether a row is to be ordered
	done   map[string]bool     // single words of which names say done, with nothing but words of near beside them
	near   map[string]bool
	anew   map[string]bool // words that say of a quantity, a link or a service that it is another one now
	fields map[string]bool // and those
	number map[string]bool // words for numbers and ids
	orders map[string]bool // words for orders
	panels map[string]bool // words for who gives them numbers
	before map[string]bool // words that say of an order that it was another one
	// names of columns for states, and for nothing else
	statuses map[string]bool
	export   [3]map[string]bool // what panels export beside their orders: the charge, the first count, what is left
}

func newHeads() *heads {
	h := &heads{names: map[string]headKind{}, tokens: map[string]headKind{}, asked: newChoosers()}
	for _, of := range []struct {
		kind  headKind
		names string
	}{
		{stateHead, stateNames() + "|" + tongueStates() + "|" + stateMore() + "|" + stageMore()},
		{noteHead, noteNames() + "|" + tongueNoteNames() + "|" + noteHeads()},
		{doneHead, doneNames() + "|" + tongueDoneNames() + "|" + doneHeads()},
		{goHead, goNames() + "|" + tongueGoNames() + "|" + goHeads()},
		{orderHead, orderNames()}, {anewHead, anewNames()}, {laterHead, laterNames()}, {writtenHead, "warned of"},
		{startHead, "start|starts|start time|başlangıç zamanı|inicio|início|début|beginn|mulai"},
		{leftHead, leftNames()}, {answerHead, answerNames()},
	} {
		for name := range strings.SplitSeq(of.names, "|") {
			h.names[joined(name)] = of.kind
		}
	}
	for name := range strings.SplitSeq(stateTokens(), "|") {
		h.tokens[joined(name)] = stateHead
	}
	for name := range strings.SplitSeq(noteTokens()+"|"+noteMore(), "|") {
		h.tokens[joined(name)] = noteHead
	}
	for name := range strings.SplitSeq(moneyTokens(), "|") {
		h.money = append(h.money, joined(name))
	}
	h.done, h.near, h.anew = wordSet(doneHeadWords()), wordSet(nearDone()), wordSet(anewWords())
	h.fields, h.number, h.orders = wordSet(anewFields()), wordSet(numberWords()), wordSet(orderWords())
	h.panels, h.statuses, h.before = wordSet(panelWords()), map[string]bool{}, wordSet(earlierWords())
	for name := range strings.SplitSeq(statusNames()+"|"+tongueStates()+"|"+stateMore(), "|") {
		h.statuses[joined(name)] = true
	}
	h.people = wordList("client|customer|campaign|müşteri|клиент|cliente|kunde|shop|shopify|woo|store")
	for i, names := range exportNames() {
		h.export[i] = map[string]bool{}
		for name := range strings.SplitSeq(names, "|") {
			h.export[i][joined(name)] = true
		}
	}
	return h
}

// kindOf is what a column is for. What has no name is marked by ticks and words.
func (h *heads) kindOf(name string) headKind {
	words := plainWords(name)
	if strings.Contains("|✓|✔|✔️|☑|☑️|✅|√|x|X|", "|"+book.Trim(name)+"|") {
		return tickHead
	}
	if len(words) == 0 && strings.Trim(name, "#№ ") == "" && name != "" {
		return otherHead // it counts the rows
	}
	if len(words) == 0 {
		return stateHead
	}
	whole := joined(name)
	asked := h.asked.kindOf(name, words)
	if strings.ContainsAny(name, "?？؟") && asked != otherHead && h.names[whole] != doneHead {
		return asked
	}
	if kind, known := h.names[whole]; known {
		return kind
	}
	if asked != otherHead {
		return asked
	}
	kind := otherHead
	for _, w := range words {
		if slices.Contains(h.money, w.text) {
			return aboutHead
		}
		if slices.Contains(h.people, w.text) && !h.hasNote(words) {
			return otherHead
		}
		kind = max(kind, h.tokens[w.text])
	}
	if made := h.made(words); kind == otherHead {
		return made
	}
	return kind
}

// hasNote tells whether a name has a word for notes: a client's are notes too.
func (h *heads) hasNote(words []plainWord) bool {
	return slices.ContainsFunc(words, func(w plainWord) bool { return h.tokens[w.text] == noteHead })
}

// ofOrder tells whether a name has a word for orders.
func (h *heads) ofOrder(name string) bool {
	return slices.ContainsFunc(plainWords(name), func(w plainWord) bool { return h.orders[w.text] })
}

// made is what a name of several words is for: "Ordered by", "JAP order ID", "Updated quantity".
func (h *heads) made(words []plainWord) headKind {
	count := func(set map[string]bool) (n int) {
		for _, w := range words {
			if set[w.text] {
				n++
			}
		}
		return n
	}
	if count(h.before) > 0 {
		return otherHead
	}
	done, order, number, panel := count(h.done), count(h.orders), count(h.number), count(h.panels)
	switch anew, fields := count(h.anew), count(h.fields); {
	case done > 0 && done+count(h.near) == len(words):
		return doneHead
	case anew > 0 && fields > 0 && anew+fields == len(words):
		return anewHead
	case order > 0 && number+panel > 0 && len(words) <= order+number+panel+1 || panel > 0 && number > 0 &&
		panel+number == len(words):
		return orderHead
	}
	return otherHead
}

// exported tells whether the columns are those of orders that a panel has written.
func (h *heads) exported(columns []column) bool {
	found := 0
	for _, names := range h.export {
		if slices.ContainsFunc(columns, func(c column) bool { return c.Field == "" && names[joined(c.Name)] }) {
			found++
		}
	}
	return found >= 2
}

// joined is a name without blanks, as it is compared.
func joined(name string) string {
	var b strings.Builder
	for _, w := range plainWords(name) {
		b.WriteString(w.text)
	}
	return b.String()
}

// ofStates tells whether a name is one for the states of orders, and for nothing else.
func (h *heads) ofStates(name string) bool {
	const near = "order orders sipariş заказа заказ pedido pedidos commande bestellung pesanan đơn hàng الطلب ऑर्डर " +
		"row item current"
	words, found := plainWords(name), false
	if h.statuses[joined(name)] {
		return true
	}
	for _, w := range words {
		if h.statuses[w.text] {
			found = true
		} else if !slices.Contains(strings.Fields(near), w.text) && !digits(w.text) {
			return false
		}
	}
	return found
}

// statusNames are names of columns for states, and for nothing else.
func statusNames() string {
	return "status|state|order status|durum|durumu|статус|состояние|situação|estado|statut|état|trạng thái|tình trạng|" +
		"الحالة|حالة|حالة الطلب|स्थिति|状态|状態|狀態|stato"
}

func stateNames() string {
	return "stage|step|phase|list|list name|progress|pipeline|aşama|ilerleme|этап|прогресс|etapa|progresso|progreso|" +
		"étape|avancement|schritt|fortschritt|tahap|giai đoạn|阶段|进度|" +
		"status|state|order status|durum|durumu|sipariş durumu|статус|статус заказа|состояние|situação|estado|statut|" +
		"état|trạng thái|tình trạng|الحالة|حالة|حالة الطلب|स्थिति|状态|状態|狀態|stato|keadaan|отметка|işaret|mark|marker|" +
		"action|resolution|çözüm|type of order|order type|" +
		"request type|type of request|job type|action type|operation|işlem|действие|ação|acción|aktion"
}

func stateTokens() string {
	return "status|state|durum|durumu|статус|situacao|statut|स्थिति|الحالة|状态"
}

func noteNames() string {
	return "note|notes|remark|remarks|comment|comments|info|memo|açıklama|açıklamalar|not|notlar|yorum|yorumlar|" +
		"примечание|примечания|заметка|заметки|комментарий|комментарии|пометка|obs|observação|observações|nota|notas|" +
		"comentário|comentários|observación|observaciones|comentario|comentarios|remarque|remarques|commentaire|" +
		"commentaires|observation|bemerkung|bemerkungen|anmerkung|anmerkungen|notiz|notizen|hinweis|kommentar|" +
		"kommentare|keterangan|catatan|komentar|ghi chú|bình luận|ملاحظة|ملاحظات|تعليق|تعليقات|टिप्पणी|नोट|备注|備註|说明|" +
		"评论|uwagi|opmerking|opmerkingen|" +
		"details|detail|additional info|additional information|extra info|instructions|special instructions|instruction|" +
		"log|history|update|updates|latest update|last update|follow up|outcome|reply|client reply|to do|todo|misc|other|" +
		"detay|detaylar|ek bilgi|bilgi|доп информация|дополнительно|дополнительная информация|детали|инструкция|" +
		"инструкции|информация|detalles|detalle|instrucciones|información|información adicional|detalhes|detalhe|" +
		"instruções|informações|informação|détails|détail|consignes|informations|hinweise|zusatzinfo|zusatzinfos|" +
		"anweisung|anweisungen|sonstiges|instruksi|informasi|chi tiết|hướng dẫn|thông tin|التفاصيل|تفاصيل|تعليمات|" +
		"معلومات|विवरण|निर्देश|जानकारी|详情|详细|指示|其他"
}

func noteTokens() string {
	return "note|notes|remark|remarks|comment|comments|açıklama|примечание|obs|notas|bemerkung|keterangan|catatan|" +
		"ملاحظات|备注"
}

// moneyTokens are of names that tell of a payment, not of the order.
func moneyTokens() string {
	return "report|reporting|design|content|contract|screenshot|feedback|review|mail|email|message|" +
		"payment|pay|paid|invoice|ödeme|ödendi|ödemesi|bezahlt|payé|payée|pagado|pagada|dibayar|lunas|" +
		"оплачено|оплачен|budget|fatura|оплата|оплаты|счет|pagamento|pago|factura|paiement|facture|zahlung|" +
		"rechnung|pembayaran|zahlungsstatus|الدفع|thanh|दفع|भुगतान|付款"
}

func doneNames() string {
	return "submitted to panel|sent to provider|added to panel|entered|executed|fulfilled|hold|on hold|archived|refund|" +
		"commandé le|verildiği tarih|сделан|дата выполнения|fecha realizado|feito em|done|ordered|completed|complete|" +
		"finished|sent|placed|processed|delivered|submitted|cancelled|canceled|" +
		"cancel|skip|skipped|do not order|dont order|do not send|already ordered|order placed|order sent|" +
		"date ordered|ordered on|ordered at|placed on|placed at|date placed|sent on|sent at|date sent|done on|" +
		"completed on|refunded|yapıldı|yapıldı mı|tamamlandı|tamamlandı mı|verildi|verildi mi|gönderildi|" +
		"gönderildi mi|iptal|iptal edildi|sipariş verildi|готово|выполнено|сделано|заказано|отправлено|отменено|" +
		"feito|concluído|enviado|cancelado|já pedido|hecho|listo|terminado|entregado|fait|terminé|commandé|envoyé|" +
		"annulé|erledigt|bestellt|fertig|gesendet|storniert|schon bestellt|nicht bestellen|bestellt am|erledigt am|" +
		"selesai|sudah|terkirim|dibatalkan|batal|sudah dipesan|xong|đã đặt|đã xong|hoàn thành|đã hủy|تم|تم الطلب|" +
		"مكتمل|ملغي|हो गया|पूरा|रद्द|ऑर्डर हो गया|完成|已下单|是否完成|已完成|已完成数量|取消|" +
		"पूरा हुआ|ऑर्डर हुआ|समाप्त|выполнен|готов|заказан|đã làm|hoàn tất|منجز|منفذ|تم التنفيذ|اكتمل|sudah selesai|" +
		"sudah diorder|已做|做完|effectué|réalisé|livré|ausgeführt|abgeschlossen|ausgeliefert|geliefert|completado|" +
		"pedido hecho|pedido feito|entregue|finalizado|bitti|bitti mi|sipariş edildi|" +
		"omit|exclude|excluded|dropped|blacklisted|leave out|skip this row|hariç tut|исключить|excluir|exclure|ausschließen"
}

func goNames() string {
	return "green light|client answer|client response|client decision|decision|process|process it|ready|ok|" +
		"valid|order it|launch|" +
		"proceed|go ahead|" +
		"approved|enabled|active|send|send it|to order|order now|confirmed|go|include|to send|onay|onaylandı|aktif|" +
		"sipariş verilsin|одобрено|активен|заказать|aprovado|ativo|aprobado|activo|approuvé|actif|à commander|" +
		"freigegeben|aktiv|zu bestellen|disetujui|duyệt|موافق|स्वीकृत|批准|" +
		"approval|client approval|client approved|authorized|authorised|ok to order|ready to order|onaylı|onay durumu|" +
		"onaylandı mı|согласовано|согласован|утверждено|подтверждено|одобрен|запускать|aprovação|autorizado|liberado|" +
		"confirmado|aprobación|validado|validé|validée|validation|accepté|accord|genehmigt|bestätigt|freigabe|" +
		"persetujuan|dikonfirmasi|konfirmasi|setuju|đã duyệt|phê duyệt|xác nhận|đồng ý|موافقة|الموافقة|معتمد|مؤكد|" +
		"मंज़ूरी|मंजूर|मंज़ूर|अनुमोदित|स्वीकृति|पुष्टि|已批准|审批|已确认|同意"
}

func orderNames() string {
	return "order|order no|order nr|order number|order num|panel order|panel id|panel order id|smm order|smm order id|" +
		"sipariş no|sipariş id|sipariş numarası|sipariş|заказ|заказ номер|номер заказа|id заказа|bestellnummer|" +
		"bestell nr|bestellung|auftragsnummer|order id panel|id del pedido|número de pedido|pedido|nº do pedido|" +
		"n do pedido|número do pedido|id do pedido|id pesanan|nomor pesanan|mã đơn|mã đơn hàng|n commande|" +
		"n° commande|numéro de commande|رقم الطلب|معرف الطلب|ऑर्डर आईडी|ऑर्डर नंबर|订单号|订单id|订单编号|單號|訂單號|заказ №|" +
		"№ заказа"
}

func anewNames() string {
	return "changed to|replace with|replaced by|new quantity|correct quantity|corrected quantity|new link|correct " +
		"link|corrected link|new url|new service|" +
		"correct service|yeni miktar|yeni link|новая ссылка|новое количество|nova quantidade|novo link|" +
		"nueva cantidad|nuevo enlace|nouvelle quantité|nouveau lien|neue menge|neuer link"
}

func laterNames() string {
	return "when|cuándo|wann|когда|quando|quand|ne zaman|kapan|khi nào|متى|कब|何时|什么时候|goes live|" +
		"post goes live|live on|release date|publishing date|air date|not before|publish date|publish on|" +
		"do not start before|dont start before|start not before|not earlier than|no earlier than|" +
		"begin|begins|begin date|launch date|go live|" +
		"start date|start at|start on|schedule|scheduled|scheduled for|schedule date|order on|send on date|" +
		"başlama tarihi|başlangıç tarihi|дата старта|дата запуска|data de início|agendado|agendamento|" +
		"fecha de inicio|programado|date de début|programmé|startdatum|geplant für|tanggal mulai|jadwal|ngày bắt đầu|" +
		"تاريخ البدء|开始日期|预约时间|" +
		"agendar|agendar para|agendado para|data de agendamento|iniciar em|programar|programado para|fecha de publicación|" +
		"planifié|planifié pour|programmé pour|date de lancement|geplant|startzeit|starttermin|planlanan tarih|" +
		"başlangıç günü|zamanlama|запланировано|когда запускать|дата начала|дата публикации|dijadwalkan|waktu mulai|" +
		"tanggal jadwal|lên lịch|thời gian bắt đầu|lịch chạy|موعد البدء|الجدولة|مجدول|शुरू तारीख|शुरू करने की तारीख|" +
		"प्रारंभ तिथि|आरंभ तिथि|शुरू|计划日期|预定时间|开始时间|发布日期|定时"
}

// answerNames are of columns for what a panel answered.
func answerNames() string {
	return "error|errors|error message|response|api response|panel response|answer|api answer|result|hata|yanıt|cevap|" +
		"ошибка|ответ|ответ панели|erro|resposta|respuesta|erreur|réponse|fehler|antwort|kesalahan|respon|lỗi|phản hồi|" +
		"خطأ|الرد|त्रुटि|जवाब|错误|响应|返回"
}

func leftNames() string {
	return "left to order|left|remaining|remains|still to order|kalan|осталось|restante|restant|restantes|verbleibend|" +
		"sisa|còn lại|المتبقي|शेष|剩余"
}

// doneHeadWords are of names such as "Completed at"; nearDone may stand beside them.
func doneHeadWords() string {
	return "done|ordered|placed|completed|finished|submitted|cancelled|canceled|executed|fulfilled|delivered|processed|" +
		"sent|archived|refunded|skipped|verildi|verildiği|yapıldı|tamamlandı|gönderildi|iptal|сделано|сделан|" +
		"выполнено|выполнен|заказано|заказан|отправлено|отменено|feito|concluído|enviado|cancelado|hecho|realizado|" +
		"entregado|commandé|fait|terminé|envoyé|annulé|bestellt|erledigt|gesendet|storniert|selesai|dipesan|terkirim|" +
		"dibatalkan"
}

func nearDone() string {
	return "us|me|them|him|her|our|other|another|elsewhere|side|yet|there|team|agency|manually|hand|somebody|someone|" +
		"by|at|on|to|in|the|date|time|when|who|panel|provider|supplier|already|was|is|x|qty|quantity|count|tarih|" +
		"tarihi|kim|дата|когда|кем|em|am|von|le|par|el|por|en|pada|oleh|data|fecha|datum|quando|cuándo|tanggal|order|" +
		"orders|miktar|количество|quantidade|cantidad|quantité|menge|jumlah"
}

// anewWords say that a number, a link or a service, of anewFields, stands in the place of the one that is read.
func anewWords() string {
	return "total|final|real|updated|new|actual|confirmed|corrected|correct|revised|adjusted|toplam|güncel|yeni|итого|" +
		"новое|новая|nova|novo|final|real|nueva|nuevo|nouvelle|nouveau|neue|neuer|gesamt"
}

func anewFields() string {
	return "quantity|qty|link|url|service|miktar|количество|ссылка|quantidade|cantidad|enlace|quantité|lien|menge"
}

// numberWords, orderWords and panelWords make names of the columns that hold the numbers of orders.
func numberWords() string {
	return "id|no|nr|number|num|ref|reference|numarası|номер|número|numéro|nummer|nomor"
}

func orderWords() string {
	return "order|orders|sipariş|заказ|заказа|pedido|commande|bestellung|bestell|pesanan|auftrag|auftrags"
}

func panelWords() string {
	return "panel|provider|supplier|vendor|api|external|smm|jap|panelin|панели|поставщика|painel|fornecedor|proveedor|" +
		"fournisseur|lieferant"
}

// earlierWords say of an order in a name that it is one before this row's.
func earlierWords() string {
	return "previous|prior|former|önceki|предыдущий|предыдущего|прошлый|anterior|précédent|précédente|vorherige|" +
		"vorheriger|sebelumnya|السابق|पिछला|पिछले|上一个|precedente|poprzednie|vorige"
}

func exportNames() [3]string {
	return [3]string{
		"charge|ücret|списание|стоимость|custo|cargo|coût|kosten|biaya|phí|التكلفة|शुल्क|费用",
		"start count|startcount|başlangıç|başlangıç sayısı|начальное количество|старт|contagem inicial|conteo inicial|" +
			"compteur initial|startzahl|startwert|hitungan awal|số ban đầu|البداية|开始数量|初始数量",
		"remains|remaining|kalan|осталось|остаток|restante|restam|restant|restantes|verbleibend|rest|sisa|còn lại|المتبقي|" +
			"शेष|剩余",
	}
}
