package parse

// What notes say of rows that aren't to be ordered, in sentences: the client has cancelled, wait until Monday, ordered
// yesterday. Language by language as [doneWords]; each stands in notes with other words around it, so that only what
// means nothing else is here.

// notePhrases are such words and phrases.
func notePhrases() string {
	return "not ok|not okay|no thanks|no thank you|over budget|not approved|backed out|pulled out|client cancelled|" +
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
		"रद्द|मना कर दिया|मना किया|नहीं चाहिए|मत करो|मत करना|मत लगाना|अभी मत|अभी नहीं|रुको|रुकें|रुकना|इंतज़ार करो|" +
		"इंतज़ार करें|इंतज़ार करना|" +
		"कल हो गया|आज हो गया|पहले हो गया|ऑर्डर हो गया|काम हो गया|हो चुका"
}

// notedWords are all of them.
func notedWords() string {
	return notePhrases() + "|" + furtherNotes() + "|" + stopNotes() + "|" + pauseNotes() + "|" + doubleWords() + "|" +
		tongueNotes() + "|" + stopMore()
}

// furtherNotes are more of them, in all languages.
func furtherNotes() string { return westernNotes() + "|" + easternNotes() }

// westernNotes are more of them: what is wrong with the link, who hasn't paid, what runs already.
func westernNotes() string {
	return "dont bother|forget it|forget this|ask first|ask him first|ask her first|call first|call him before|call " +
		"her before|" +
		"call before|maybe later|boşver|önce ara|olvídalo|llamar antes|забей|позвонить перед|deixa pra lá|ligar antes|" +
		"laisse tomber|appeler avant|not now|not today|not right now|for now no|not for now|not at the moment|for the " +
		"moment|on ice|nope|no go|half now|" +
		"half later|rest later|wrong service|şimdi değil|henüz değil|yanlış servis|por ahora no|ahora no|servicio " +
		"equivocado|" +
		"por enquanto não|agora não|serviço errado|pas pour le moment|pas maintenant|mauvais service|пока рано|не сейчас|" +
		"неверная услуга|не та услуга|" +
		"changed his mind|changed her mind|changed their mind|changed mind|hold off|on hold|on pause|paused|" +
		"already running|already live|did this|did that|did it already|did it yesterday|dont do|do not do|" +
		"scrap this|scrap it|no longer required|no longer wanted|no longer interested|doesnt want|does not want|" +
		"kill this|kill it|drop this|not this one|not this time|check link|check the link|check first|" +
		"link is wrong|link wrong|wrong link|wrong account|wrong profile|link is dead|dead link|link doesnt work|" +
		"link not working|link is broken|broken link|is private|private profile|private account|set to private|" +
		"waiting on client|waiting on payment|waiting on the|waiting for client|waiting for the client|" +
		"waiting for payment|waiting for confirmation|waiting for approval|waiting for ok|waiting for his|" +
		"waiting for her|waiting for their|not paid|hasnt paid|didnt pay|no payment|payment failed|awaiting|" +
		"will decide|ordered it|ordered this|ordered yesterday|ordered already|already did|a duplicate|" +
		"delivered already|delivered yesterday|delivered last|money back|got refund|refunded|do it after|" +
		"run it after|start after|only after|sent to panel|sent to the panel|put in the panel|please cancel|" +
		"pls cancel|to be cancelled|is cancelled|was cancelled|got cancelled|postponed|rescheduled|cancels|" +
		"dursun|durdurun|istemiyor|istemedi|ertelendi|erteledi|iptal|onay bekleniyor|onayı bekleniyor|" +
		"onay bekliyor|ödeme bekleniyor|ödeme bekliyor|dün verdik|dün girdik|dün yaptık|dün attık|zaten verdik|" +
		"zaten girdik|zaten yaptık|panelde çalışıyor|panelde devam|hesap gizli|gizli hesap|profil gizli|" +
		"gizli profil|link hatalı|hatalı link|yanlış link|link yanlış|link bozuk|link kırık|link çalışmıyor|" +
		"link açılmıyor|ödeme gelmedi|ödeme yapılmadı|ödeme yok|ödenmedi|ödemedi|yarın girilecek|yarın verilecek|" +
		"yarın yapılacak|sonra girilecek|" +
		"не хочет|больше не нужно|не нужно|не надо|отменяется|отменяют|отмена|паузу|приостановить|приостановлено|" +
		"уже крутится|уже идет|уже запускали|вчера запускали|вчера запустили|вчера делали|вчера сделали|накручено|" +
		"нет оплаты|не оплачен|не оплачено|не оплачена|не оплатил|не оплатила|без оплаты|ждем|ожидаем|" +
		"закрытый аккаунт|аккаунт закрыт|закрытый профиль|профиль закрыт|ссылка битая|битая ссылка|" +
		"неверная ссылка|ссылка неверная|ссылка не работает|не работает ссылка|не та ссылка|запустить завтра|" +
		"завтра запустить|запустим завтра|сделать завтра|дубль|возврат сделан|" +
		"no lo quiere|no la quiere|no quiere|en pausa|pausar|lo hicimos|la hicimos|ya lo hicimos|se cancela|" +
		"se canceló|cancelado|cancelada|anulado|anulada|link malo|enlace malo|enlace roto|link roto|" +
		"link incorrecto|enlace incorrecto|enlace equivocado|cuenta privada|perfil privado|falta el pago|" +
		"falta pagar|falta pago|sin pagar|no ha pagado|no pagó|lanzar mañana|hacer mañana|pedir mañana|" +
		"está corriendo|ya está corriendo|espera confirmación|esperando confirmación|espera la confirmación|" +
		"esperando pago|esperando el pago|esperando al cliente|esperando respuesta|esperando aprobación|" +
		"a la espera|aplazado|aplazar|reembolsado|" +
		"não quer|não precisa mais|em pausa|pausar|pausado|fizemos ontem|já fizemos|feito ontem|foi cancelado|" +
		"foi cancelada|cancelado|cancelada|cancelar|link errado|link quebrado|link incorreto|link inválido|" +
		"conta privada|perfil privado|conta fechada|perfil fechado|falta pagar|falta pagamento|falta o pagamento|" +
		"não pagou|sem pagamento|lançar amanhã|fazer amanhã|pedir amanhã|está rodando|já rodando|" +
		"esperando pagamento|esperando confirmação|esperando o cliente|esperando cliente|aguardando pagamento|" +
		"aguardando cliente|aguardando o cliente|aguardando confirmação|aguardando aprovação|estornado|" +
		"reembolsado|" +
		"n'en veut plus|en pause|mettre en pause|fait hier|déjà fait|passé hier|lancé hier|est annulée|sont annulés|" +
		"annulé|annulée|lien incorrect|mauvais lien|lien cassé|lien mort|lien faux|lien invalide|compte privé|" +
		"profil privé|pas payé|pas encore payé|non payé|impayé|lancer demain|faire demain|commander demain|" +
		"déjà en cours|en attente de|remboursé"
}

// easternNotes are those of German and of the languages further east.
func easternNotes() string {
	return "vorher anrufen|kann weg|lupakan|telepon dulu|bỏ qua cái này|gọi trước|اتصل قبل|اتركه|पहले कॉल|छोड़ दो|" +
		"vorerst nicht|jetzt nicht|nicht jetzt|falscher dienst|jangan sekarang|belum sekarang|nanti saja|nanti aja|" +
		"salah layanan|chưa được|sai dịch vụ|ليس حاليا|ليس الآن|फिलहाल नहीं|" +
		"will nicht mehr|möchte nicht mehr|pausieren|pausiert|gestern gemacht|gestern bestellt|gestern erledigt|" +
		"ist storniert|wurde storniert|storniert|link falsch|falscher link|link kaputt|link defekt|" +
		"link geht nicht|link funktioniert nicht|konto privat|privates konto|profil privat|privates profil|" +
		"konto ist privat|nicht bezahlt|unbezahlt|zahlung fehlt|zahlung offen|morgen starten|morgen bestellen|" +
		"morgen machen|läuft schon|läuft bereits|wartet auf freigabe|wartet auf zahlung|wartet auf kunde|" +
		"wartet auf den kunden|wartet auf ok|wartet auf bestätigung|warte auf|warten auf|erstattet|" +
		"tidak jadi|nggak jadi|gak jadi|ga jadi|pending dulu|sudah jalan|udah jalan|lagi jalan|sedang jalan|" +
		"sudah berjalan|sedang berjalan|link salah|salah link|link rusak|link mati|link error|akun private|" +
		"akun privat|akun dikunci|akun digembok|belum bayar|belum dibayar|belum lunas|jalankan besok|" +
		"dijalankan besok|besok saja|besok aja|dikembalikan|" +
		"không lấy|không muốn|không cần nữa|tạm dừng|tạm hoãn|tạm ngưng|hoãn lại|làm rồi|chạy rồi|đặt rồi|" +
		"link sai|sai link|link hỏng|link lỗi|lỗi link|tài khoản riêng tư|acc riêng tư|nick riêng tư|" +
		"trang riêng tư|chưa thanh toán|chưa trả tiền|chưa chuyển khoản|mai chạy|mai làm|mai đặt|đang chạy|" +
		"chờ khách|này hủy|hoàn tiền|" +
		"لا يريد|لم يعد يريد|إيقاف|أوقف|تم أمس|أمس تم|الرابط خطأ|رابط خطأ|الرابط خاطئ|رابط خاطئ|الرابط لا يعمل|" +
		"الحساب خاص|حساب خاص|الحساب مغلق|لم يدفع|غير مدفوع|بدون دفع|لم يتم الدفع|يعمل الآن|قيد العمل|" +
		"بانتظار العميل|بانتظار التأكيد|بانتظار الدفع|في انتظار العميل|في انتظار التأكيد|في انتظار الدفع|ملغي|" +
		"ملغى|ملغية|الغاء|" +
		"रोक दो|रोक दें|रोक देना|कर दिया था|कर चुके|लिंक गलत|गलत लिंक|लिंक खराब|लिंक काम नहीं|अकाउंट प्राइवेट|" +
		"प्राइवेट अकाउंट|भुगतान नहीं|पेमेंट नहीं|कैंसल|कैंसिल|कल शुरू|कल से|कल करना|पहले से चल|चल रहा|चल रही|" +
		"मन बदल"
}

// noteHan are the same of scripts without blanks.
func noteHan() string {
	return "先别|别下|别做|不要做|取消|作废|等通知|等一下|等等|等客户|等他|等她|稍等|暂停|暂缓|先不|已经下|不做了|不要了|待定|" +
		"不想要|停一下|先停|昨天做|昨天下|链接错|错链接|链接失效|链接打不开|链接无效|私密账号|账号是私密|账号私密|未付款|没付款|还没付|" +
		"明天下|明天再|明天做|正在跑|在跑了|已经跑|退款了|已退款|改天|重复了"
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
	return "pending|waiting|open|new|bekliyor|ожидает|pendente|pendiente|en attente|offen|menunggu|chờ|قيد الانتظار|" +
		"लंबित|" +
		"等待"
}

// refundWords stand in a column for payments where the client has the money back.
func refundWords() string {
	return "refunded|refund|full refund|chargeback|charge back|charged back|iade|iade edildi|para iadesi|возврат|" +
		"возвращено|" +
		"reembolsado|reembolso|devuelto|estornado|estorno|devolvido|remboursé|erstattet|rückerstattet|zurückerstattet|" +
		"rückbuchung|dikembalikan|hoàn tiền|đã hoàn tiền|مسترد|تم الاسترداد|रिफंड|वापस|退款|已退款"
}

// placedWords stand in a column for errors and answers, where an order may have been made.
func placedWords() string {
	return "active order|in progress|timeout|timed out|time out|success|successful|successfully|no answer|no response|" +
		"unknown|zaman aşımı|" +
		"таймаут|тайм аут|успешно|tempo esgotado|sucesso|tiempo agotado|éxito|délai dépassé|succès|zeitüberschreitung|" +
		"erfolg|erfolgreich|sukses|berhasil|hết thời gian|thành công|نجاح|सफल"
}

// correctWords say that what follows is to stand in the place of what is read.
func correctWords() string {
	return "qty|should be|must be|has to be|needs to be|supposed to be|change to|changed to|change it to|" +
		"instead|make it|" +
		"make that|only|just|better|rather|sadece|yalnızca|лучше|только|mejor|solo|melhor|só|apenas|seulement|lieber|nur|" +
		"besser|saja|cukup|thôi|chỉ|الأفضل|فقط|ही|सिर्फ|केवल|raise to|increase to|reduce to|lower to|correct is|corrected|" +
		"correction|use this|new link|right link|" +
		"olacak|olmalı|olsun|yerine|olarak değiştir|değişti|düzeltin|" +
		"нужно|надо|должно быть|вместо|исправить на|изменить на|поменять на|заменить на|сделать|" +
		"debe ser|deben ser|cambiar a|cambiar por|en vez de|en lugar de|corregir|que sean|" +
		"deve ser|devem ser|mudar para|trocar para|trocar por|em vez de|alterar para|corrigir|" +
		"doit être|doivent être|changer en|remplacer par|au lieu de|plutôt|corriger|" +
		"soll|sollen|sollte|sollten|statt|anstatt|ändern auf|ändern in|korrigieren|" +
		"harusnya|seharusnya|ganti jadi|ganti ke|ubah jadi|diganti|" +
		"phải là|đổi thành|đổi sang|sửa thành|thay vì|thay bằng|" +
		"يجب أن|بدل|بدلا|غير إلى|تغيير إلى|تعديل إلى|" +
		"कर दें|कर दो|करना है|कर दीजिए|होना चाहिए|होने चाहिए|की जगह|के बजाय|बदलकर|" +
		"dovrebbe essere|invece|powinno być|zamiast|moet zijn|in plaats van"
}

// correctHan are the same of scripts without blanks.
func correctHan() string { return "应该|应为|改|只要|只做|换成|而不是|正确" }

// boundWords stand beside a number that bounds others, or counts what isn't ordered.
func boundWords() string {
	return "paid|pay|cost|costs|min|max|minimum|maximum|up|limit|at least|price|usd|eur|rub|tl|try|inr|idr|vnd|brl|" +
		"refill|days|year|years|" +
		"số|hóa|đơn|fatura|счет|счёт|factura|facture|rechnung|faktura|فاتورة|الفاتورة|बिल|nº|nummer|номер|número|numero|" +
		"numéro|nomor|رقم|" +
		"order|invoice|id|ref|no|nr|phone|tel|page|row|line|version|v|hd|k|am|pm|uhr|h"
}

// ifWords before such a phrase say that it is only so in a case: "tell me if the link is broken".
func ifWords() string {
	return "if|when|once|unless|case|wenn|sobald|falls|cuando|quando|quand|lorsque|если|когда|eğer|kalau|jika|nếu|khi|" +
		"إذا|عندما|अगर|जब"
}

// doerWords stand behind a word for done before who did it, or are when it was.
func doerWords() string {
	return "by|today|yesterday|von|por|par|oleh|bởi|gestern|heute|ayer|hoy|ontem|hoje|hier|вчера|сегодня|dün|bugün|" +
		"kemarin|أمس|اليوم|कल|आज"
}

// cancelWords say even of a message or a payment that there is nothing to be ordered for it.
func cancelWords() string {
	return "cancelled|canceled|storniert|iptal|отменен|отменено|отменена|cancelado|cancelada|annulé|annulée|batal|" +
		"dibatalkan|ملغي|रद्द"
}
