package parse

// What notes say of rows that aren't to be ordered, in sentences: the client has cancelled, wait until Monday, ordered
// yesterday. Language by language as [doneWords]; each stands in notes with other words around it, so that only what
// means nothing else is here.

// notePhrases are such words and phrases.
func notePhrases() string {
	return "backed out|pulled out|client cancelled|" +
		"customer cancelled|client canceled|customer canceled|" +
		"vazgeçti|vazgeçtik|vazgeçtiler|vazgeçildi|iptal etti|iptal ettik|iptal istedi|iptal edildi|sakın|bekleyelim|" +
		"beklesin|beklet|kadar bekle|bekle pazartesi|henüz verme|henüz girme|şimdilik|verilmeyecek|yapılmayacak|" +
		"girilmeyecek|panele girildi|panelden verildi|panele verildi|dün yapıldı|dün verildi|dün girildi|zaten yapıldı|" +
		"zaten verildi|zaten girildi|" +
		"отказался|отказалась|отказались|отказ|передумал|передумала|передумали|отменил|отменила|отменили|отменяем|" +
		"отменить|пока не|пока нет|не запускать|не делать|не начинать|не ставить|не трогать|подождать|подождите|ждать|" +
		"ждем|отложить|отложили|уже сделали|уже сделано|уже запустили|уже заказали|заказали|заказал|заказала|на паузе|" +
		"arrepintió|arrepintieron|arrepentido|canceló|cancelaron|anuló|no hacer|no lanzar|no empezar|no iniciar|" +
		"todavía no|aún no|esperar|ya lo hice|ya se hizo|ya está hecho|ya está pedido|ya lo pedí|ya pedí|lo pedí|" +
		"ya no quiere|desistió|pospuesto|" +
		"desistiu|desistiram|cancelou|cancelaram|não fazer|não lançar|não iniciar|não começar|ainda não|aguardar|aguarde|" +
		"segurar|esperar|já fiz|já fizemos|já pedi|já lancei|não quer mais|adiado|adiar|" +
		"abgesagt|abgesprungen|zurückgezogen|nicht starten|nicht beginnen|nicht ausführen|noch nicht|warten|abwarten|" +
		"zurückstellen|verschoben|schon gemacht|schon erledigt|bereits erledigt|nicht mehr nötig|nicht mehr gewünscht|" +
		"a annulé|ont annulé|est annulé|a renoncé|ne pas lancer|ne pas commencer|ne pas démarrer|ne pas passer|" +
		"ne pas envoyer|pas encore|attendre|attendez|déjà fait|déjà lancé|déjà passé|ne veut plus|reporté|" +
		"batal|dibatalkan|membatalkan|jangan dulu|jangan dijalankan|jangan mulai|jangan dikerjakan|tunggu|tunda|ditunda|" +
		"sudah diproses|sudah dikerjakan|sudah diorder|udah diorder|udah dipesan|nanti dulu|" +
		"khách hủy|đã hủy|hủy đơn|xin hủy|muốn hủy|bị hủy|khoan chạy|khoan làm|khoan đặt|khoan đã|đừng chạy|đừng làm|" +
		"đợi thứ|đợi khách|đợi đến|đợi tới|chờ đến|chờ tới|chờ duyệt|chờ xác nhận|đã chạy|đã lên đơn|không làm nữa|" +
		"ألغى|ألغت|ألغاه|ألغي|تراجع|لا تنفذ|لا تبدأ|لا تشغل|ليس الآن|انتظر|انتظروا|مؤجل|تأجيل|تم التنفيذ|تم الطلب|" +
		"تم الشراء|" +
		"रद्द|मना कर दिया|मना किया|नहीं चाहिए|मत करो|मत करना|मत लगाना|अभी मत|अभी नहीं|रुको|रुकें|रुकना|इंतज़ार|" +
		"कल हो गया|आज हो गया|पहले हो गया|ऑर्डर हो गया|काम हो गया|हो चुका"
}

// noteHan are the same of scripts without blanks.
func noteHan() string {
	return "先别|别下|别做|不要做|取消|作废|等通知|等一下|等等|等客户|等他|等她|稍等|暂停|暂缓|先不|已经下|不做了|不要了|待定"
}

// nowWords stand under a head such as Schedule where nothing is to be waited for.
func nowWords() string {
	return "now|asap|today|immediately|immediate|instant|instantly|at once|right away|right now|any time|anytime|" +
		"whenever|as soon as possible|hemen|şimdi|bugün|anında|сейчас|сразу|сегодня|немедленно|срочно|agora|já|hoje|" +
		"imediato|imediatamente|ahora|ya|hoy|inmediato|inmediatamente|maintenant|immédiat|immédiatement|tout de suite|" +
		"aujourd hui|aujourdhui|sofort|jetzt|heute|sekarang|segera|langsung|hari ini|ngay|ngay lập tức|bây giờ|hôm nay|" +
		"الآن|فورا|فوري|اليوم|अभी|तुरंत|आज|fast|slow|normal"
}

// untilWords begin what a row is to wait for: "after the video is up".
func untilWords() string {
	return "after|when|once|until|next|onaydan|после|когда|как|cuando|después|tras|quando|depois|após|quand|après|dès|" +
		"nach|wenn|sobald|setelah|kalau|khi|sau|بعد|عندما|बाद|जब"
}

// laterHan begin such a day in scripts without blanks.
func laterHan() string { return "明天|后天|下周|下个月|下月|以后|稍后|周|星期|等" }

// awaitedWords stand under the ids of orders where one may be on its way; elsewhere they say that there is none.
func awaitedWords() string {
	return "pending|waiting|open|new|bekliyor|ожидает|pendente|pendiente|en attente|offen|menunggu|chờ|قيد الانتظار|लंबित|" +
		"等待"
}

// refundWords stand in a column for payments where the client has the money back.
func refundWords() string {
	return "refunded|refund|full refund|chargeback|charge back|charged back|iade|iade edildi|para iadesi|возврат|возвращено|" +
		"reembolsado|reembolso|devuelto|estornado|estorno|devolvido|remboursé|erstattet|rückerstattet|zurückerstattet|" +
		"rückbuchung|dikembalikan|hoàn tiền|đã hoàn tiền|مسترد|تم الاسترداد|रिफंड|वापस|退款|已退款"
}

// placedWords stand in a column for errors and answers, where an order may have been made.
func placedWords() string {
	return "timeout|timed out|time out|success|successful|successfully|no answer|no response|unknown|zaman aşımı|" +
		"таймаут|тайм аут|успешно|tempo esgotado|sucesso|tiempo agotado|éxito|délai dépassé|succès|zeitüberschreitung|" +
		"erfolg|erfolgreich|sukses|berhasil|hết thời gian|thành công|نجاح|सफल"
}
