package parse

import (
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// headKind is what a column of the person's own is for, as far as its name tells.
type headKind uint8

const (
	otherHead   headKind = iota // a client, a campaign, a price: only what surely says done counts
	noteHead                    // remarks: what begins with a word for done
	stateHead                   // states: and a mere tick
	doneHead                    // its name says done: whatever isn't a no says when, by whom, or yes
	goHead                      // its name says that the row is to be ordered: a no says that it isn't
	orderHead                   // the number of an order, of a panel's or of the person's own
	laterHead                   // when the row is to be ordered, which nothing here waits for
	anewHead                    // what stands there takes the place of a value that is read
	writtenHead                 // the state of orders that a panel has written
)

// heads are names of columns by kind, as [plainWords] leaves them, without blanks between the words of a name.
type heads struct {
	names  map[string]headKind
	tokens map[string]headKind // single words that settle it in longer names: "Order status"
	money  []string            // but not in names with these
	export [3]map[string]bool  // what panels export beside their orders: the charge, the first count, what is left
}

func newHeads() *heads {
	h := &heads{names: map[string]headKind{}, tokens: map[string]headKind{}}
	for _, of := range []struct {
		kind  headKind
		names string
	}{
		{stateHead, stateNames()}, {noteHead, noteNames()}, {doneHead, doneNames()}, {goHead, goNames()},
		{orderHead, orderNames()}, {anewHead, anewNames()}, {laterHead, laterNames()},
	} {
		for name := range strings.SplitSeq(of.names, "|") {
			h.names[joined(name)] = of.kind
		}
	}
	for name := range strings.SplitSeq(stateTokens(), "|") {
		h.tokens[joined(name)] = stateHead
	}
	for name := range strings.SplitSeq(noteTokens(), "|") {
		h.tokens[joined(name)] = noteHead
	}
	for name := range strings.SplitSeq(moneyTokens(), "|") {
		h.money = append(h.money, joined(name))
	}
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
		return doneHead
	}
	if len(words) == 0 {
		return stateHead
	}
	whole := joined(name)
	if strings.ContainsAny(name, "?？") && (whole == "order" || whole == "send") {
		return goHead
	}
	if kind, known := h.names[whole]; known {
		return kind
	}
	kind := otherHead
	for _, w := range words {
		if slices.Contains(h.money, w.text) {
			return otherHead
		}
		kind = max(kind, h.tokens[w.text])
	}
	return kind
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

func stateNames() string {
	return "status|state|order status|durum|durumu|sipariş durumu|статус|статус заказа|состояние|situação|estado|statut|" +
		"état|trạng thái|tình trạng|الحالة|حالة|حالة الطلب|स्थिति|状态|状態|狀態|stato|keadaan|отметка|işaret|mark|marker|" +
		"action|type of order|işlem|действие|ação|acción|aktion"
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
		"评论|uwagi|opmerking|opmerkingen"
}

func noteTokens() string {
	return "note|notes|remark|remarks|comment|comments|açıklama|примечание|obs|notas|bemerkung|keterangan|catatan|" +
		"ملاحظات|备注"
}

// moneyTokens are of names that tell of a payment, not of the order.
func moneyTokens() string {
	return "payment|pay|paid|invoice|ödeme|fatura|оплата|оплаты|счет|pagamento|pago|factura|paiement|facture|zahlung|" +
		"rechnung|pembayaran|thanh|दفع|भुगतान|付款|client|customer|campaign"
}

func doneNames() string {
	return "done|ordered|completed|complete|finished|sent|placed|processed|delivered|submitted|cancelled|canceled|" +
		"cancel|skip|skipped|do not order|dont order|do not send|already ordered|order placed|order sent|" +
		"date ordered|ordered on|ordered at|placed on|placed at|date placed|sent on|sent at|date sent|done on|" +
		"completed on|refunded|yapıldı|yapıldı mı|tamamlandı|tamamlandı mı|verildi|verildi mi|gönderildi|" +
		"gönderildi mi|iptal|iptal edildi|sipariş verildi|готово|выполнено|сделано|заказано|отправлено|отменено|" +
		"feito|concluído|enviado|cancelado|já pedido|hecho|listo|terminado|entregado|fait|terminé|commandé|envoyé|" +
		"annulé|erledigt|bestellt|fertig|gesendet|storniert|schon bestellt|nicht bestellen|bestellt am|erledigt am|" +
		"selesai|sudah|terkirim|dibatalkan|batal|sudah dipesan|xong|đã đặt|đã xong|hoàn thành|đã hủy|تم|تم الطلب|" +
		"مكتمل|ملغي|हो गया|पूरा|रद्द|ऑर्डर हो गया|完成|已下单|是否下单|是否完成|已完成|已完成数量|取消"
}

func goNames() string {
	return "approved|enabled|active|send|send it|to order|order now|confirmed|go|include|to send|onay|onaylandı|aktif|" +
		"sipariş verilsin|одобрено|активен|заказать|aprovado|ativo|aprobado|activo|approuvé|actif|à commander|" +
		"freigegeben|aktiv|zu bestellen|disetujui|duyệt|موافق|स्वीकृत|批准"
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
	return "new quantity|correct quantity|corrected quantity|new link|correct link|corrected link|new url|new service|" +
		"correct service|yeni miktar|yeni link|новая ссылка|новое количество|nova quantidade|novo link|" +
		"nueva cantidad|nuevo enlace|nouvelle quantité|nouveau lien|neue menge|neuer link"
}

func laterNames() string {
	return "start date|start at|start on|schedule|scheduled|scheduled for|schedule date|order on|send on date|" +
		"başlama tarihi|başlangıç tarihi|дата старта|дата запуска|data de início|agendado|agendamento|" +
		"fecha de inicio|programado|date de début|programmé|startdatum|geplant für|tanggal mulai|jadwal|ngày bắt đầu|" +
		"تاريخ البدء|开始日期|预约时间"
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
