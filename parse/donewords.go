package parse

// The words by which people mark rows as done, cancelled or not to be ordered, language by language: English, Turkish,
// Russian, Portuguese, Spanish, French, German, Indonesian, Vietnamese, Arabic, Hindi and Chinese, and the commonest of
// some others. They are written as people write them and compared as [plainWords] leaves them, with | between.

// doneWords say it where a cell begins with them, in a column for states or notes.
func doneWords() string {
	return "done|completed|complete|finished|cancelled|canceled|cancel|cancel order|cancel it|canc|skip|skip this|" +
		"skipped|stop|stopped|void|voided|delete|deleted|remove|removed|ignore|ignored|ordered|placed|sent|submitted|" +
		"delivered|processed|processing|in progress|inprogress|duplicate|dup|refund|refunded|closed|paused|hold|" +
		"on hold|inactive|rejected|expired|failed|wrong link|private account|already in|not needed|no longer needed|" +
		"leave out|dno|awaiting payment|" +
		"iptal|iptal oldu|iptal edildi|iptal edilecek|tamamlandı|tamamlanan|yapıldı|bitti|tamam|verildi|girildi|" +
		"geçildi|sipariş edildi|gönderildi|iade|iade edildi|yapma|girme|verme|durduruldu|yükleniyor|" +
		"готово|готов|выполнено|выполнен|выполнена|выполнены|сделано|сделан|завершено|завершен|завершена|отмена|" +
		"отменить|отменено|отменен|отменена|отменены|заказано|заказан|заказана|отправлено|отправлен|запущено|запущен|" +
		"оформлен|оформлено|возврат|стоп|не надо|не нужно|пропустить|ждет оплаты|удалить|" +
		"feito|feita|concluído|concluída|completo|cancelado|cancelada|cancelar|finalizado|finalizada|enviado|enviada|" +
		"entregue|estornado|reembolsado|reembolsada|pedido|não fazer|não mandar|não enviar|em andamento|" +
		"aguardando pagamento|pausado|" +
		"hecho|hecha|listo|completado|completada|terminado|terminada|anulado|anulada|entregado|entregada|realizado|" +
		"realizada|no hacer|no enviar|en proceso|pendiente de pago|" +
		"terminé|terminée|annulé|annulée|annuler|commandé|commandée|fait|faite|fini|finie|effectué|effectuée|validé|" +
		"validée|remboursé|remboursée|envoyé|envoyée|livré|livrée|ne pas faire|en cours|" +
		"erledigt|abgeschlossen|storniert|storno|stornieren|abgebrochen|bestellt|fertig|geliefert|ausgeführt|gemacht|" +
		"getan|gestrichen|nicht ausführen|nicht mehr nötig|wartet auf zahlung|gesendet|" +
		"selesai|batal|batalkan|dibatalkan|sudah|sdh|beres|dipesan|diproses|tunda|tidak jadi|terkirim|sudah order|" +
		"xong|đã xong|hoàn thành|hoàn tất|hủy|đã hủy|rồi|không làm|không đặt|đã mua|đã chạy|" +
		"تم|تمت|تم الإلغاء|تم الطلب|تم طلبه|تم بنجاح|تم التنفيذ|مكتمل|مكتملة|ملغي|ملغى|ملغاة|ألغيت|الغاء|منجز|منفذ|" +
		"انتهى|منتهي|منتهية|" +
		"हो गया|हो गया है|हो चुका|हो चुका है|पूरा|पूरा हुआ|पूर्ण|रद्द|रद्द किया|निरस्त|संपन्न|मत करो|भेज दिया|" +
		"cancel karo|ho gaya|ho gya|ho chuka|" +
		"fatto|annullato|annullata|già ordinato|zrobione|anulowane|gotowe|klaar|geannuleerd|al besteld"
}

// stateWords say it in a column for states alone: in notes they are of what is wanted, "refill 30 days".
func stateWords() string {
	return "refill|refilled|partial|partially completed|kısmi|kısmen tamamlandı|частично|частично выполнен|parcial|" +
		"partiel|teilweise|sebagian|一部分"
}

// doneHan are of scripts without blanks: a cell begins with one of them.
func doneHan() string {
	return "完成|取消|暂停|退款|作废|撤单|处理|做完|不要|不用|不下|勿|已下|已发|已提交|停止|跳过|済|完了|キャンセル|中止|완료|취소"
}

// hanBefore may stand before those.
func hanBefore() string { return "客户|已经|已|都|全部|订单" }

// sureWords say it in any other column too, where they are all that stands there, or all that a dash or brackets part
// from a name: "ACME (CANCELLED)". What may be a name of a person or a firm isn't here.
func sureWords() string {
	return "done|completed|finished|cancelled|canceled|skip|skip this|erledigt|abgeschlossen|storniert|abgebrochen|" +
		"tamamlandı|yapıldı|bitti|iptal|iptal edildi|готово|выполнено|сделано|завершено|отменено|отменен|отмена|" +
		"feito|concluído|concluída|cancelado|cancelada|hecho|completado|terminado|terminé|annulé|annulée|selesai|" +
		"batal|dibatalkan|đã xong|hoàn thành|đã hủy|تم|مكتمل|ملغي|ملغى|منجز|हो गया|पूरा|रद्द|完成|已完成|取消|已取消|已下单"
}

// neverWords say anywhere in any cell that the row isn't to be ordered, or is already.
func neverWords() string {
	return "do not order|dont order|do not place|dont place|do not send|dont send|do not run|dont run|do not reorder|" +
		"dont reorder|already ordered|already placed|orders placed|order placed|donotorder|nicht bestellen|" +
		"schon bestellt|bereits bestellt|sipariş verme|sipariş verildi|sipariş geçildi|не заказывать|не заказывай|" +
		"уже заказан|уже заказано|no pedir|ya pedido|não pedir|já pedido|pedido feito|já foi|ne pas commander|" +
		"déjà commandé|déjà commandée|jangan order|jangan diorder|jangan dipesan|sudah dipesan|đừng đặt|đã đặt|" +
		"đã đặt hàng|لا تطلب|لا تطلبه|ऑर्डर न करें|ऑर्डर मत करो|ऑर्डर नहीं करना|order mat karo|non ordinare|" +
		"nie zamawiać|niet bestellen"
}

// neverHan are the same of scripts without blanks.
func neverHan() string { return "不要下单|勿下单|已下单|别下单|发注しない" }

// beforeDone may stand before a word that says done: "order cancelled", "already done", "yes - done".
func beforeDone() string {
	return "already|was|is|has|been|all|job|order|orders|client|customer|pls|please|yes|ok|sipariş|siparişi|müşteri|" +
		"заказ|клиент|уже|все|pedido|já|ya|está|cliente|déjà|est|commande|bereits|schon|ist|wurde|alles|auftrag|" +
		"kunde|sudah|telah|sdh|đã|đơn|ऑर्डर|già|al|już|klant|cancelled|الطلب|طلب"
}

// afterDone may follow one without a comma or a date between: "done by Ali".
func afterDone() string {
	return "by|on|at|until|till|bis|am|le|em|el|von|por|par|oleh|pada|bởi|ngày|since|yesterday|today|ok|oldu|edildi|" +
		"gestern|heute|ayer|ontem|hier|вчера|сегодня|клиентом|dün|bugün|kemarin|हुआ|किया|है|है।"
}

// notDone take it back, right before or behind: "not done", "hazır değil", "पूरा नहीं".
func notDone() string {
	return "not|never|to be|nicht|noch nicht|değil|henüz|не|еще не|no|não|nao|pas|belum|tidak|chưa|không|لم|ليس|नहीं|" +
		"not yet|yet"
}

// yesWords say done in a column for states alone.
func yesWords() string {
	return "true|x|y|v|yes|ok|okay|1|ja|j|evet|да|sim|si|sí|oui|o|ya|có|نعم|हाँ|haan|是|已|✓|✔|✔️|☑|☑️|✅|🗸|√|❌|✗|✘"
}

// noWords say in a column whose name is a question that it isn't so, or not yet.
func noWords() string {
	return "false|no|n|none|nil|na|nein|hayır|нет|não|nao|non|nej|belum|tidak|chưa|không|لا|नहीं|否|未|無|无|not yet|" +
		"not done|pending|open|new|todo|to do|to order|tbd|waiting|offen|neu|noch nicht|bekliyor|yapılmadı|verilmedi|" +
		"новый|не сделано|в работе|ожидает|pendente|novo|aberto|pendiente|nuevo|abierto|en attente|à faire|nouveau|" +
		"à commander|noch offen|baru|mới|chờ|جديد|नया|未完成|待下单|✗|✘|❌|☐|⬜|□|×"
}

// sectionWords are what titles of what is done, and worksheets for it, are called by.
func sectionWords() string {
	return "archive|archived|archiv|arşiv|архив|arquivo|archivo|archives|arsip|أرشيف|归档|存档|refill|refills|" +
		"tamamlananlar|iptaller|iptal edilenler|yapılanlar|отмененные|выполненные|сделанные|завершенные|concluídos|" +
		"concluídas|cancelados|canceladas|completados|completadas|terminados|hechos|anulados|terminées|terminés|" +
		"annulées|annulés|erledigte|stornierte|bestellte|abgeschlossene"
}

// templateWords are names of worksheets that hold no orders where others do.
func templateWords() string {
	return "template|templates|vorlage|şablon|шаблон|plantilla|modelo|modèle|mẫu|example|beispiel|örnek|пример|exemplo|" +
		"ejemplo|exemple|contoh|模板|示例"
}

// standInNames are of accounts in links that stand for the ones to be written, without blanks and punctuation.
func standInNames() string {
	return "username|yourusername|yourname|yourprofile|youraccount|yourpage|yourchannel|yourlink|yourpost|" +
		"kullaniciadi|kullaniciadiniz|seuusuario|tuusuario|deinname|benutzername|votrecompte|namapengguna"
}
