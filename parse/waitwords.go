package parse

// waitSigns say that something is waited for, and what a row waits for: a client's word, a payment. A line each for the
// languages of [doneWords], written as those of [goneSigns].
func waitSigns() string {
	return "ask confirm clarify discuss/before first beforehand\n" +
		"fragen klären besprechen rücksprache/vorher vor zuerst erst\n" +
		"waiting wait waits awaiting awaits pending needs requires missing outstanding subject_to " +
		"hold_for hold_until/" +
		"approval approved confirmation confirm signature sign-off signed signoff contract decision answer " +
		"reply feedback ok " +
		"okay payment deposit funds permission green_light go-ahead content\n" +
		"bekle* eksik lazım gerekiyor/onay* teyit* ödeme* imza* cevab* karar* para* sözleşme*\n" +
		"жд* ожид* нужн* требует* не_хватает на/согласован* подтвержден* утвержден* одобрен* подпис* оплат* " +
		"ответ* решен* " +
		"договор* предоплат*\n" +
		"aguard* esper* falta pendente* precisa em/aprova* confirma* assinatura pagamento resposta decisão " +
		"contrato sinal " +
		"autoriza* liberação\n" +
		"esper* pendiente* falta* necesita a_la_espera/aproba* confirma* firma pago respuesta decisión contrato anticipo " +
		"autoriza* validación visto_bueno\n" +
		"attente attend* attendre manque besoin/validation valider confirm* signature paiement réponse décision contrat " +
		"acompte accord approbation feu_vert règlement\n" +
		"wart* erst_nach aussteh* steht_noch_aus steht_aus fehlt benötigt sobald/freigabe* bestätigung* " +
		"unterschrift zahlung* " +
		"zahlungseingang* geld* antwort* entscheidung* vertrag anzahlung* genehmigung* zusage\n" +
		"menunggu tunggu nunggu perlu butuh belum_ada/persetujuan acc approval konfirmasi tanda_tangan " +
		"pembayaran jawaban " +
		"keputusan kontrak dp transfer\n" +
		"chờ đợi cần thiếu/duyệt phê_duyệt xác_nhận ký thanh_toán trả_lời quyết_định hợp_đồng cọc chuyển_khoản đồng_ý\n" +
		"بانتظار في_انتظار ننتظر انتظار ينتظر ينقص/الموافقة موافقة التأكيد تأكيد التوقيع توقيع الدفع دفع الرد رد القرار " +
		"العقد الاعتماد العربون\n" +
		"इंतज़ार इंतजार प्रतीक्षा बाकी लंबित चाहिए/मंज़ूरी मंजूरी स्वीकृति पुष्टि हस्ताक्षर भुगतान पेमेंट " +
		"जवाब निर्णय अनुबंध\n" +
		"等 待 未/审核 审批 批准 确认 付款 签字 签约 回复 答复 定金 打款 同意"
}

// stopNotes are more of what notes say, in all languages: another time, another link, another order.
func stopNotes() string {
	return "use the other|use other link|other link|the other account|order half|half of it|only half|" +
		"half of this|skip it|" +
		"skip this|skip that|leave it for|leave this for|leave for now|leave it out|park it|parked|put aside|" +
		"should not start|" +
		"must not start|not start before|not before he|switch to|swap to|swap for|change the link|" +
		"replace the link|link to be " +
		"replaced|another agency|other agency|someone else does|" +
		"did it in|done in october|until further notice|not until|hold until|later please|" +
		"sonraya|daha sonra|sonra bakarız|beklesin|bekletin|bekletelim|yarısı şimdi|yarısını|linki değiştir|başka ajans|" +
		"geçen ay yapıldı|geçen ay verildi|" +
		"не тот|не та|не то|не те|заменить ссылку|ссылку заменить|поменять ссылку|ссылку поменять|только половину|" +
		"половину сейчас|другое агентство|стоп до|на потом|отложено|позже|не лить|не крутить|" +
		"deixar para|deixa para|fica para depois|só metade|metade agora|mais tarde|outra agência|" +
		"trocar o link|usar o outro|" +
		"conta errada|outra conta|" +
		"dejar para|dejarlo para|queda para después|más tarde|solo la mitad|la mitad ahora|otra agencia|" +
		"cambiar el enlace|" +
		"usar el otro|cuenta equivocada|otra cuenta|" +
		"plus tard|garder pour|mettre de côté|mauvais compte|autre compte|la moitié|autre agence|changer le lien|" +
		"remplacer le lien|utiliser l autre|" +
		"liegen lassen|liegenlassen|auf eis|später|erst mal nicht|erstmal nicht|falsches konto|anderes konto|" +
		"nur die hälfte|" +
		"hälfte jetzt|andere agentur|link tauschen|link austauschen|anderen link|erst wenn|" +
		"simpan dulu|tahan dulu|stop dulu|nanti|akun salah|salah akun|setengah dulu|setengahnya|agensi lain|ganti link|" +
		"pakai link lain|" +
		"để sau|làm sau|tính sau|để lại sau|nhầm tài khoản|sai tài khoản|một nửa trước|chỉ một nửa|đổi link|thay link|" +
		"لاحقا|فيما بعد|بعدين|حساب خطأ|حساب آخر|النصف فقط|نصف الكمية|وكالة أخرى|استبدل الرابط|غير الرابط|" +
		"बाद में|गलत अकाउंट|दूसरा अकाउंट|सिर्फ आधा|आधा अभी|लिंक बदलो|लिंक बदलना"
}

// pauseNotes are more of them: it is frozen, somebody thinks about it, nobody is to touch it.
func pauseNotes() string {
	return "park until|frozen|freeze this|freeze it|do not touch|dont touch|lost this client|" +
		"lost the client|went silent|" +
		"still thinking|thinking about it|still deciding|not decided|on standby|" +
		"ruht bis|ruht|nicht anfassen|nicht anrühren|überlegt noch|denkt nach|meldet sich noch|" +
		"existiert nicht|eingefroren|" +
		"sonuna kalsın|kalsın|dokunma|dokunmayın|düşünüyor|haber bekliyoruz|donduruldu|" +
		"заморозить|заморожено|не трогаем|думает|думают|размышляет|решает|" +
		"congelar|congelado|não mexer|ainda decidindo|está pensando|vai pensar|" +
		"no tocar|lo está pensando|se lo piensa|está decidiendo|" +
		"geler|gelé|ne pas toucher|réfléchit|doit réfléchir|hésite encore|" +
		"bekukan|dibekukan|jangan disentuh|masih mikir|masih pikir|pikir dulu|" +
		"đóng băng|đừng đụng|đang suy nghĩ|còn suy nghĩ|" +
		"تجميد|مجمد|لا تلمس|يفكر|ما زال يفكر|" +
		"छूना मत|सोच रहा|सोच रही|होल्ड पर|फ्रीज"
}

// stopHan are the same of scripts without blanks.
func stopHan() string {
	return "以后再|下次再|过几天|过两天|重复|做一半|先做一半|换链接|链接换|错账号|账号错|别的公司|另一家|回头再|先放|在考虑|再考虑|冻结|别动|不要动|账号没了|帐号没了|暂不|不通过|未通过|驳回"
}

// stopPictures are pictures that say, as all that a note holds, that the row isn't to be ordered.
func stopPictures() string { return "🚫|⛔|🛑|👎|❌|✖|✘|✗|❎|🗑|⏸|⏹|✋" }

// unpaidWords stand in a column for payments where there is none yet.
func unpaidWords() string {
	return "не оплатил|не оплатила|не оплатили|ждем|ждем оплату|unpaid|not paid|not paid yet|not received|not yet paid|no payment|payment failed|failed|" +
		"declined|bounced|overdue|" +
		"still open|outstanding|steht aus|steht noch aus|ausstehend|cancelled by bank|" +
		"ödenmedi|ödeme yok|ödeme alınmadı|alınmadı|gelmedi|" +
		"не оплачено|не оплачен|не оплачена|неоплачено|нет оплаты|не получено|не пришла|" +
		"não pago|não paga|sem pagamento|não recebido|no pagado|sin pagar|no pagó|impago|no recibido|" +
		"non payé|non payée|pas payé|impayé|impayée|non reçu|pas reçu|" +
		"nicht bezahlt|unbezahlt|nicht eingegangen|nicht erhalten|überfällig|" +
		"belum bayar|belum dibayar|belum lunas|belum diterima|chưa thanh toán|chưa trả|chưa nhận|chưa trả tiền|" +
		"غير مدفوع|لم يدفع|لم يتم الدفع|لم يصل|भुगतान नहीं|भुगतान नहीं हुआ|नहीं मिला|बकाया|未付款|未付|未支付|没付款|未收到|逾期"
}

// orderedWords say that an order was placed; behind "not yet" that it is still to be.
func orderedWords() string {
	return "bestellt|beauftragt|gebucht|aufgegeben|geordert|gesendet|pedido|pedida|pedidos|encargado|" +
		"encargada|lanzado|lanzada|" +
		"enviado|enviada|encomendado|encomendada|lançado|lançada|commandé|commandée|lancé|lancée|passé|passée|" +
		"ordered|placed|" +
		"sent|verildi|girildi|dipesan|diorder|đặt|заказано|заказан"
}

// earlierOrders are those of which a note says something that is no word about the row.
func earlierOrders() string {
	return "last order|previous order|earlier order|last time|önceki sipariş|son sipariş|geçen sipariş|прошлый заказ|" +
		"предыдущий заказ|прошлого заказа|último pedido|pedido anterior|la última vez|da última vez|a última vez|" +
		"dernière commande|commande précédente|la dernière fois|letzte bestellung|letzter auftrag|letzte lieferung|" +
		"letztes mal|pesanan sebelumnya|pesanan lalu|order sebelumnya|đơn trước|đơn cũ|lần trước|الطلب السابق|آخر طلب|" +
		"المرة السابقة|पिछला ऑर्डर|पिछली बार"
}

// apartWords say behind a dash or in brackets, of the name or number before them, that its row isn't to be ordered.
func apartWords() string {
	return "abgesagt|verschoben|zurückgestellt|adiado|aplazado|reporté|ertelendi|отложено|ditunda|tạm hoãn|" +
		"مؤجل|स्थगित|en attente|wait|waiting|do not send|hold|on hold|stop|void|voided|paused|pause|skip|cancel|" +
		"unpaid|do not order|later|" +
		"bekle|beklesin|dur|durduruldu|ждать|ждем|стоп|пауза|esperar|espera|alto|pausado|pausa|aguardar|parar|anulado|" +
		"attendre|en pause|stopper|warten|stopp|pausiert|pause|ungültig|tunggu|tunda|chờ|dừng|hoãn|انتظر|توقف|ملغى|ملغي|" +
		"रुको|रोको|等等|暂停|作废"
}

// draftWords are of lists that aren't to be ordered yet, or any more: in titles of worksheets and tables.
func draftWords() string {
	return "draft|drafts|copy of|old list|taslak|taslaklar|müsvedde|черновик|черновики|набросок|rascunho|" +
		"rascunhos|borrador|" +
		"borradores|brouillon|brouillons|entwurf|entwürfe|konsep|draf|bản nháp|nháp|مسودة|مسودات|ड्राफ्ट|मसौदा|草稿|草案|" +
		"stornos|storni|stornierungen|annullierungen|cancelamentos|cancelaciones|annulations|отмены|отказы|" +
		"iptal|pembatalan|" +
		"đơn hủy|الملغاة|取消单"
}

// heldTitles are titles above what waits, or was ordered before, as people write them in the plural.
func heldTitles() string {
	return "parked|put on ice|schon raus|beklemeye alınanlar|отложено|para la próxima semana|" +
		"à relancer plus tard|plus tard|" +
		"zurückgestellt|aufgeschoben|ertelenenler|adiados|aplazados|reportés|ditunda|tạm hoãn|مؤجلة|स्थगित|推迟|" +
		"on hold|to approve|for approval|not approved|already done|already delivered|delivered|last week|" +
		"past orders|" +
		"bekleyenler|onay bekleyenler|verilmiş|verilmiş siparişler|girilmiş|girilmiş siparişler|iptal siparişler|geçmiş|" +
		"на согласовании|на утверждении|согласование|на паузе|ранее|уже заказаны|заказанные|прошлые|" +
		"прошлые заказы|отложенные|" +
		"em aprovação|já entregues|entregues|já feitos|já pedidos|feitos|anteriores|pedidos anteriores|em espera|" +
		"ya pedidos|ya hechos|ya entregados|entregados|pendientes de aprobación|en espera|" +
		"déjà livrées|déjà livrés|livrées|livrés|déjà commandées|déjà commandés|déjà passées|précédentes|à valider|" +
		"schon bestellt|ausgelieferte|gelieferte|frühere|bereits ausgeführt|zur freigabe|" +
		"sudah dikirim|sudah dibuat|pesanan sebelumnya|sebelumnya|đơn đã đặt|đã giao|đơn trước|chờ duyệt|" +
		"تم تسليمها|طلبات سابقة|سابقة|قيد الموافقة|हो चुके|हो चुके ऑर्डर|पिछले ऑर्डर|पहले के|待审核|待批准|待审批|审核中|已交付|以前的|历史"
}
