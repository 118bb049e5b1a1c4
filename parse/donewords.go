package parse

// The words by which people mark rows as done, cancelled or not to be ordered, language by language: English, Turkish,
// Russian, Portuguese, Spanish, French, German, Indonesian, Vietnamese, Arabic, Hindi and Chinese, and the commonest of
// some others. They are written as people write them and compared as [plainWords] leaves them, with | between.

// doneWords say it where a cell begins with them, in a column for states or notes.
func doneWords() string {
	return "отложено|отложен|ertelendi|aufgeschoben|verschoben|aplazado|adiado|reporté|ditunda|done|" +
		"completed|complete|finished|cancelled|canceled|cancel|cancel order|cancel it|canc|skip|skip this|" +
		"skipped|stop|stopped|void|voided|delete|deleted|remove|removed|ignore|ignored|ordered|placed|sent|submitted|" +
		"delivered|fulfilled|processed|processing|in progress|inprogress|duplicate|dup|refund|refunded|closed|paused|hold|" +
		"on hold|inactive|rejected|expired|failed|running|wrong link|private account|already in|not needed|no longer " +
		"needed|wont do|will not do|wontfix|" +
		"leave out|dno|awaiting payment|waiting for payment|waiting for client|unpaid|queued at panel|queued at supplier|" +
		"at supplier|at panel|sent to panel|dn|compl|do not touch|dont touch|link broken|" +
		"broken link|account deleted|account changed name|not needed anymore|duplicate of|" +
		"iptal|iptal oldu|iptal edildi|iptal edilecek|tamamlandı|tamamlanan|yapıldı|bitti|tamam|verildi|girildi|" +
		"geçildi|sipariş edildi|gönderildi|iade|iade edildi|yapma|girme|verme|durduruldu|yükleniyor|" +
		"verilmeyecek|yapılmayacak|girilmeyecek|" +
		"готово|готов|выполнено|выполнен|выполнена|выполнены|сделано|сделан|завершено|завершен|завершена|отмена|" +
		"отменить|отменено|отменен|отменена|отменены|заказано|заказан|заказана|отправлено|отправлен|запущено|запущен|" +
		"оформлен|оформлено|сделали|заказали|заказал|запустили|возврат|стоп|не надо|не нужно|пропустить|" +
		"ждет оплаты|удалить|" +
		"feito|feita|concluído|concluída|completo|cancelado|cancelada|cancelar|finalizado|finalizada|enviado|enviada|" +
		"entregue|estornado|reembolsado|reembolsada|pedido|não fazer|não mandar|não enviar|em andamento|" +
		"aguardando pagamento|pausado|" +
		"hecho|hecha|listo|completado|completada|terminado|terminada|anulado|anulada|entregado|entregada|realizado|" +
		"realizada|ya está|no hacer|no enviar|en proceso|pendiente de pago|" +
		"terminé|terminée|annulé|annulée|annuler|commandé|commandée|fait|faite|fini|finie|effectué|effectuée|" +
		"remboursé|remboursée|envoyé|envoyée|livré|livrée|ne pas faire|en cours|" +
		"erledigt|abgeschlossen|storniert|storno|stornieren|abgebrochen|bestellt|fertig|geliefert|ausgeführt|gemacht|" +
		"getan|gestrichen|nicht ausführen|nicht mehr nötig|ausgeliefert|wartet auf zahlung|gesendet|" +
		"selesai|batal|batalkan|dibatalkan|sudah|sdh|beres|dipesan|diproses|tunda|tidak jadi|terkirim|sudah order|" +
		"udah order|udah diorder|udah dipesan|sudah diorder|" +
		"xong|đã xong|hoàn thành|hoàn tất|hủy|đã hủy|rồi|không làm|không đặt|đã mua|đã chạy|" +
		"تم|تمت|تم الإلغاء|تم الطلب|تم طلبه|تم بنجاح|تم التنفيذ|مكتمل|مكتملة|ملغي|ملغى|ملغاة|ألغيت|الغاء|منجز|منفذ|" +
		"انتهى|منتهي|منتهية|" +
		"हो गया|हो गया है|हो चुका|हो चुका है|पूरा|पूरा हुआ|पूर्ण|रद्द|रद्द किया|निरस्त|संपन्न|मत करो|भेज दिया|" +
		"cancel karo|ho gaya|ho gya|ho chuka|" +
		"в работе|в процессе|выполняется|işlemde|işleniyor|in bearbeitung|wird bearbeitet|em execução|em processamento|" +
		"en ejecución|en curso|in arbeit|läuft|zurückgestellt|चालू है|jangan diproses|не делать|मत करना|sedang diproses|" +
		"sedang berjalan|đang chạy|đang xử lý|قيد التنفيذ|قيد المعالجة|चल रहा है|" +
		"versendet|verschickt|abgeschickt|gebucht|beauftragt|aufgegeben|in auftrag gegeben|lanzado|lanzada|devuelto|" +
		"devuelta|lançado|lançada|lancé|lancée|başlatıldı|dikirim|dijalankan|đã gửi|đã lên đơn|تم الإرسال|تم إرسال|أرسل|" +
		"भेजा|भेजा गया|returned|launched|booked|" +
		"fatto|annullato|annullata|già ordinato|zrobione|anulowane|gotowe|klaar|geannuleerd|al besteld"
}

// doubleWords say that a row stands twice: in names of columns, at the beginning of states, and anywhere in notes.
func doubleWords() string {
	return "duplicate|duplicated|dup|dupe|double|double entry|entered twice|same as row|same as line|repeated|" +
		"mükerrer|çift|çift kayıt|çift girilmiş|iki kez girilmiş|tekrarlanan|" +
		"дубль|дубликат|повтор|повторная|повторный|задвоено|задвоение|двойная запись|" +
		"duplicado|duplicada|repetido|repetida|em dobro|linha dupla|doble|dos veces|" +
		"doublon|en double|double saisie|dupliqué|" +
		"doppelt|dublette|duplikat|doppelung|doppelte zeile|doppelter eintrag|" +
		"dobel|duplikat|ganda|" +
		"trùng|bị trùng|trùng lặp|trùng đơn|" +
		"مكرر|مكررة|تكرار الطلب|डुप्लीकेट|डुप्लिकेट|दोहराया|दोहराया गया|दोबारा लिखा|" +
		"doppione|duplikat|dubbel|ganda"
}

// testWords are names of columns that tell which rows are tests, where they are questions.
func testWords() string {
	return "test|test row|test order|is test|testzeile|testbestellung|тест|тестовый|prueba|teste|" +
		"ligne de test|uji coba|" +
		"thử nghiệm|تجربة|टेस्ट|测试"
}

// stateWords say it in a column for states alone: in notes they are of what is wanted, "refill 30 days".
func stateWords() string {
	return "lost|closed lost|negotiation|partially done|half done|draft|declined|not approved|active|live|scheduled|" +
		"started|beklemede|👍|gestartet|" +
		"iniciado|başladı|запущен|" +
		"запущено|dimulai|đã bắt đầu|refill|refilled|partial|partially completed|kısmi|kısmen tamamlandı|частично|" +
		"частично выполнен|parcial|" +
		"partiel|teilweise|sebagian|一部分"
}

// noteWords say it in notes alone: as a state, what waits is to be ordered.
func noteWords() string {
	return "not yet|wait|waiting|later|tomorrow|do it tomorrow|next week|next month|same as above|done before|example|" +
		"example row|sample|sample row|test row|demo|demo row|bekle|bekleyin|örnek|подождать|подожди|пример|esperar|" +
		"ejemplo|aguardar|exemplo|attendre|exemple|warten|später|beispiel|tunggu|contoh|chờ|đợi|ví dụ|انتظر|مثال|" +
		"रुको|उदाहरण|等等|稍等|示例|" +
		"template|template row|vorlage|şablon|шаблон|plantilla|do not use|dont use|yarın|завтра|mañana|amanhã|demain|morgen|besok|ngày mai|غدا|明天"
}

// startWords begin a note that names a day before which the row isn't to be ordered: "order in June".
func startWords() string {
	return "order|start|begin|run|launch|from|not before|after|wait|hold|do it|do this|ab|erst|starten|bestellen|" +
		"заказать|начать|с|после|pedir|iniciar|começar|a partir|desde|después|depois|commander|démarrer|dès|après|" +
		"mulai|setelah|từ|bắt đầu|sipariş|başla"
}

// dayWords are such days.
func dayWords() string {
	return "tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|" +
		"july|" +
		"august|september|october|november|december|week|month|yarın|pazartesi|haftaya|завтра|понедельника|понедельник|" +
		"недели|amanhã|segunda|semana|mañana|lunes|demain|lundi|semaine|morgen|montag|woche|januar|februar|märz|mai|juni|" +
		"juli|oktober|dezember|besok|senin|minggu|ngày mai|thứ hai|غدا|الاثنين|कल|सोमवार|salı|çarşamba|perşembe|cuma|" +
		"cumartesi|pazar|вторник|вторника|среды|четверг|четверга|пятница|" +
		"пятницы|terça|quarta|quinta|sexta|sábado|martes|miércoles|jueves|viernes|domingo|mardi|mercredi|jeudi|vendredi|" +
		"samedi|dimanche|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|selasa|rabu|kamis|jumat|sabtu|الثلاثاء|" +
		"الأربعاء|الخميس|الجمعة|السبت|الأحد|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार"
}

// doneHan are of scripts without blanks: a cell begins with one of them.
func doneHan() string {
	return "重复|未通过|不通过|驳回|被拒|先别|完成|取消|暂停|退款|作废|撤单|处理|进行中|做完|不要|不用|不下|勿|已下|已发|已提交|停止|跳过|済|完了|キャンセル|中止|완료|취소"
}

// hanBefore may stand before those.
func hanBefore() string { return "客户|已经|已|都|全部|订单" }

// hanBehind behind such a word says what is to be done then: tell me when it is done.
func hanBehind() string { return "后|以后|之后|时|的时候" }

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
	return "do not order|dont order|do not start|dont start|do not begin|do not place|dont place|do not send|dont " +
		"send|do not run|dont run|do not reorder|" +
		"dont reorder|already ordered|already placed|orders placed|order placed|donotorder|nicht bestellen|" +
		"schon bestellt|bereits bestellt|sipariş verme|sipariş verildi|sipariş geçildi|не заказывать|не заказывай|" +
		"уже заказан|уже заказано|no pedir|ya pedido|não pedir|já pedido|pedido feito|já foi|ne pas commander|" +
		"déjà commandé|déjà commandée|jangan order|jangan diorder|jangan dipesan|sudah dipesan|đừng đặt|đã đặt|" +
		"đã đặt hàng|لا تطلب|لا تطلبه|ऑर्डर न करें|ऑर्डर मत करो|ऑर्डर नहीं करना|order mat karo|non ordinare|" +
		"nothing of this|none of this|none of these|nichts hiervon|nichts davon|nada de esto|nada disso|nada disto|" +
		"rien de ceci|rien de tout cela|bunların hiçbiri|ничего из этого|tidak ada dari ini|لا شيء من هذا|" +
		"इनमें से कुछ नहीं|" +
		"nie zamawiać|niet bestellen|nicht nochmal bestellen|nicht mehr bestellen|nicht erneut bestellen|" +
		"do not order again|" +
		"dont order again|sipariş vermeyin|sipariş vermeyiniz|sipariş girmeyin|больше не заказывать|не заказывайте|" +
		"no volver a pedir|não pedir de novo|ne plus commander|ne pas recommander|jangan order lagi|jangan dipesan lagi|" +
		"không đặt lại|दोबारा ऑर्डर न करें|لا تطلبوا"
}

// neverHan are the same of scripts without blanks.
func neverHan() string { return "不要下单|勿下单|已下单|别下单|发注しない" }

// beforeDone may stand before a word that says done: "order cancelled", "already done", "yes - done".
func beforeDone() string {
	return "yesterday|dün|bugün|zaten|panele|panelden|вчера|сегодня|ayer|ontem|hier|gestern|heute|kemarin|udah|أمس|" +
		"कल|" +
		"already|was|is|has|been|all|job|order|orders|client|customer|pls|please|yes|ok|sipariş|siparişi|müşteri|" +
		"заказ|клиент|уже|все|pedido|já|ya|está|cliente|déjà|est|commande|bereits|schon|ist|wurde|alles|auftrag|" +
		"kunde|sudah|telah|sdh|đã|đơn|ऑर्डर|già|al|już|klant|cancelled|الطلب|طلب"
}

// afterDone may follow one without a comma or a date between: "done by Ali".
func afterDone() string {
	return "до|of|to|it|this|these|them|anymore|by|on|at|until|till|bis|am|le|em|el|von|por|par|oleh|pada|" +
		"bởi|ngày|since|" +
		"yesterday|today|ok|oldu|edildi|hôm|أمس|कल|आज|hari|" +
		"gestern|heute|ayer|ontem|hier|вчера|сегодня|клиентом|dün|bugün|kemarin|हुआ|किया|है|है।"
}

// notDone take it back, right before or behind: "not done", "hazır değil", "पूरा नहीं".
func notDone() string {
	return "not|never|to be|nicht|noch nicht|değil|henüz|не|еще не|no|não|nao|pas|belum|tidak|chưa|không|لم|ليس|नहीं|" +
		"not yet|yet"
}

// yesWords say done in a column for states alone.
func yesWords() string {
	return "true|x|y|v|yes|ok|okay|1|ja|j|evet|да|sim|si|sí|oui|o|ya|có|نعم|हाँ|haan|是|已|✓|✔|✔️|☑|☑️|✅|🗸|√|❌|✗|✘|" +
		"🚫|⛔|🛑|🗑|⏸|⏹|❎|✖|👎"
}

// noWords say in a column whose name is a question that it isn't so, or not yet.
func noWords() string {
	return "false|no|n|h|н|none|nil|na|nein|hayır|нет|não|nao|non|nej|belum|tidak|chưa|không|لا|नहीं|否|未|無|无|不|not yet|" +
		"not done|pending|open|new|todo|to do|to order|tbd|waiting|offen|neu|noch nicht|bekliyor|yapılmadı|verilmedi|" +
		"новый|не сделано|ожидает|pendente|novo|aberto|pendiente|nuevo|abierto|en attente|à faire|nouveau|" +
		"à commander|noch offen|baru|mới|chờ|جديد|नया|未完成|待下单|✗|✘|❌|☐|⬜|□|×"
}

// sectionWords are what titles of what is done, and worksheets for it, are called by.
func sectionWords() string {
	return "later|next week|next month|last month|start after approval|after approval|pending approval|waiting|backlog|" +
		"drafts|running|verilen|verilenler|já pedidos|pausiert|test|" +
		"tests|" +
		"for information only|for information|information only|" +
		"example|examples|sample|samples|beispiel|beispiele|örnek|örnekler|пример|примеры|exemplo|exemplos|ejemplo|" +
		"ejemplos|exemple|exemples|contoh|reference|for reference|history|previous|old|planned|not included|excluded|" +
		"to be confirmed|tbc|not confirmed|not approved yet|blacklist|complaints|drops|suggestions|alternatives|options|" +
		"quote|quotes|offer|refunds|removed|archive|archived|archiv|arşiv|архив|arquivo|archivo|archives|arsip|أرشيف|归档|" +
		"存档|refill|refills|" +
		"tamamlananlar|iptaller|iptal edilenler|yapılanlar|отмененные|выполненные|сделанные|завершенные|concluídos|" +
		"concluídas|cancelados|canceladas|completados|completadas|terminados|hechos|anulados|terminées|terminés|" +
		"annulées|annulés|erledigte|stornierte|bestellte|abgeschlossene|" +
		"backup|obsolete|outdated|superseded|deprecated|do not use|dont use|not to be used|" +
		"eski|kullanma|kullanmayın|старый|старая|старые|старое|не использовать|viejo|vieja|antiguo|antigua|no usar|" +
		"antigo|antiga|não usar|ancien|ancienne|ne pas utiliser|veraltet|nicht verwenden|nicht benutzen|" +
		"pesanan lama|jangan dipakai|jangan digunakan|đơn cũ|không dùng|قديم|لا تستخدم|पुराना|पुराने|旧|旧的|不要用|勿用"
}

// titleNear may stand beside those words in a title: what is done, for whom, by whom.
func titleNear() string {
	return "order|orders|list|row|rows|request|requests|for|information|only|by|to|from|at|on|in|of|the|these|all|" +
		"already|" +
		"panel|provider|supplier|client|clients|below|line|this|price|sipariş|siparişler|siparişleri|заказы|заказов|все|" +
		"pedidos|pedido|todos|órdenes|ordenes|commandes|commande|les|bestellungen|aufträge|alle|für|von|pesanan|order|đơn|" +
		"hàng|الطلبات|طلبات|ऑर्डर|订单|january|february|march|april|may|june|july|august|september|october|" +
		"november|december|" +
		"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
}

// templateWords are names of worksheets that hold no orders where others do.
func templateWords() string {
	return "template|templates|vorlage|şablon|шаблон|plantilla|modelo|modèle|mẫu|example|beispiel|örnek|пример|exemplo|" +
		"ejemplo|exemple|contoh|模板|示例"
}

// laterWords say under a head such as Schedule that the row isn't to be ordered now.
func laterWords() string {
	return "tomorrow|later|next week|next month|not yet|yarın|sonra|haftaya|завтра|позже|amanhã|depois|mais tarde|" +
		"mañana|" +
		"después|más tarde|demain|plus tard|morgen|später|nächste woche|besok|nanti|minggu depan|ngày mai|để sau|غدا|لاحقا|" +
		"कल|बाद में|明天|以后|下周|稍后"
}

// elsewhereWords stand in titles that say of other rows than those below that they are done.
func elsewhereWords() string {
	return "when|once|if|another|other|elsewhere|without|except|excluding|ones|wenn|sobald|andere|anderen|ohne|sonst|" +
		"başka|diğer|hariç|когда|другом|другой|кроме|quando|outra|outro|sem|cuando|otra|otro|sin|quand|autre|sans|kalau|" +
		"lain|tanpa|khi|khác"
}

// standInNames are of accounts in links that stand for the ones to be written, without blanks and punctuation.
func standInNames() string {
	return "username|yourusername|yourname|yourprofile|youraccount|yourpage|yourchannel|yourlink|yourpost|" +
		"kullaniciadi|kullaniciadiniz|seuusuario|tuusuario|deinname|benutzername|votrecompte|namapengguna"
}

// thingNames are what the address of an example has behind a host of examples.
func thingNames() string {
	return "profile|page|post|video|channel|link|url|user|account|yourpost|yourlink|photo|reel|track|song"
}
