package parse

// Further words of columns for states, and names of columns.

// goMore say that a row is still to be ordered, as those of [goWords].
func goMore() string {
	return "to launch|to start|to run|to book|to buy|not launched|new order|ready to launch|ready to start|" +
		"ready to place|can go|may go|upcoming order|" +
		"sipariş edilecek|başlatılacak|sipariş bekliyor|girilmeyi bekliyor|henüz girilmedi|girilmedi|henüz yapılmadı|" +
		"к запуску|на запуск|ещё не заказано|еще не заказан|ещё не заказали|ещё не запущено|не заказано|не запущено|" +
		"новый заказ|готово к запуску|готов к запуску|можно запускать|можно заказывать|в заказ|" +
		"لم يطلب بعد|لم ينفذ بعد|لم يبدأ بعد|لم يرسل بعد|طلب جديد|جاهز للطلب|جاهز للتنفيذ|للتنفيذ|سيتم طلبه|" +
		"ainda não feito|ainda não pedido|ainda não lançado|ainda não iniciado|pronto p pedir|pronto p lançar|" +
		"pronto para lançar|novo pedido|pedido novo|a lançar|por lançar|por pedir|pode pedir|pode lançar|" +
		"aún no pedido|todavía no pedido|aún sin pedir|pedido nuevo|nuevo pedido|listo para lanzar|por lanzar|a lanzar|" +
		"sin lanzar|puede salir|" +
		"pas encore passé|pas encore passée|pas encore lancé|pas encore lancée|pas encore commandé|" +
		"pas encore commandée|nouvelle commande|commande nouvelle|prêt à lancer|prête à lancer|prêt à passer|" +
		"à démarrer|à envoyer|" +
		"zu beauftragen|zu starten|neuer auftrag|neue bestellung|kann raus|kann los|darf raus|noch zu bestellen|" +
		"noch nicht bestellt|noch nicht beauftragt|noch nicht gestartet|startklar|startbereit|" +
		"akan diorder|akan dijalankan|akan diproses|mau diorder|siap dikirim|siap dijalankan|siap diproses|" +
		"order baru|pesanan baru|belum dikirim|belum dijalankan|belum jalan|perlu diorder|" +
		"cần lên đơn|chờ lên đơn|chưa lên đơn|chưa gửi|đơn mới|sẵn sàng chạy|chuẩn bị chạy|sắp chạy|cần chạy|" +
		"अभी नहीं हुआ|अभी बाकी|अभी बाकी है|नया ऑर्डर|ऑर्डर देना है|ऑर्डर लगाना है|देना है|शुरू करना है|ऑर्डर बाकी है|" +
		"要下单|新订单|还没下|准备好了|可以下单|待投放|待执行"
}

// stateMore are names of columns for the states of orders, and for nothing else.
func stateMore() string {
	return "current status|status us|our status|internal status|state of order|order state|order progress|" +
		"sipariş durumu|siparişin durumu|son durum|işlem durumu|состояние заказа|статус заказов|" +
		"حالة التنفيذ|حالة الطلبات|حالة الأوردر|status do pedido|situação do pedido|estado do pedido|status da ordem|" +
		"status pedido|estatus|estatus del pedido|estado del pedido|estado de la orden|estado pedido|estado de pedido|" +
		"statut de la commande|statut commande|état de la commande|état commande|etat de la commande|" +
		"auftragsstatus|bestellstatus|bearbeitungsstatus|orderstatus|bearbeitungsstand|auftragsstand|bestellstand|" +
		"status order|status pesanan|status orderan|स्टेटस|ऑर्डर स्टेटस|आर्डर स्टेटस|ऑर्डर की स्थिति|ऑर्डर स्थिति|" +
		"tình trạng đơn|trạng thái đơn|trạng thái đơn hàng|tình trạng đơn hàng|tình trạng xử lý|trạng thái xử lý|" +
		"订单状态|当前状态|执行状态|处理状态|下单状态|处理情况|执行情况|下单情况|执行进度|订单进度"
}

// stageMore are names of columns that mostly hold states.
func stageMore() string {
	return "situation|where are we|what is done|süreç|стадия|готовность|что сделано|ход работ|الوضع|المرحلة|التقدم|" +
		"andamento|situación|avance|fase|suivi|stand|zustand|bearbeitung|kondisi|progres|हालत|प्रगति|tiến độ|" +
		"情况|进展|进行情况"
}

// noteMore are words that make a name that of a column of notes, whatever stands beside them.
func noteMore() string {
	return "notiz|notizen|anmerkung|anmerkungen|bemerkungen|kommentar|kommentare|hinweis|hinweise|nota|notas|" +
		"observação|observações|observaciones|observación|observations|observation|anotação|anotações|comentário|" +
		"comentários|comentario|comentarios|commentaire|commentaires|remarque|remarques|not|notu|notlar|notları|" +
		"açıklamalar|açıklaması|комментарий|комментарии|примечания|прим|заметка|заметки|пожелание|пожелания|" +
		"catatan|ket|keterangan|नोट|नोट्स|टिप्पणी|रिमार्क|रिमार्क्स|ملاحظة|ملاحظاتي|تعليقات|uwagi|opmerking"
}

// noteHeads are names of columns of notes in several words, and in scripts without blanks.
func noteHeads() string {
	return "anything else|anything else we should know|anything we should know|something else|wishes|special wishes|" +
		"eklemek istedikleriniz|eklemek istediğiniz|iç not|mais alguma informação|mais alguma coisa|" +
		"algo más|indicaciones|infos|info|précisions|précision|autre chose|sonstige infos|sonst noch etwas|" +
		"अन्य जानकारी|ghi chú nội bộ|ghi chú khách|ghi chú của khách|ghi chú thêm|lưu ý|chú thích|thông tin thêm|" +
		"diễn giải|备注说明|内部备注|客户备注|其他备注|备注信息|其他要求|特殊要求|补充|补充说明|注释|附注|备忘"
}

// goHeads are names of columns that say whether a row is to be ordered.
func goHeads() string {
	return "pode rodar|pode lançar|se lanza|on lance|darf raus|kann raus|заказывать|запускать|оформлять|" +
		"freigabe kunde|kundenfreigabe|freigabe vom kunden|bon pour accord|accord client|validation client|" +
		"aprovação do cliente|aprobación del cliente|customer approval|müşteri onayı|согласование с клиентом|" +
		"persetujuan klien|duyệt của khách|موافقة العميل|ग्राहक की मंज़ूरी|客户确认|客户同意"
}

// doneHeads are names of columns that say whether a row is done, or waits.
func doneHeads() string {
	return "on ice|parked|on pause|paused|frozen|erl|sudah jalan|sudah jalan belum|udah jalan|já rodou|já lançado|" +
		"ya lanzado|ya salió|schon raus|schon gestartet|déjà lancé|déjà passé|تم تنفيذه|уже в работе|уже запущено|" +
		"pausiert|auf eis|en pausa|em pausa|en pause|на паузе|ditunda|tạm dừng|搁置|暂停"
}

// sureMore are further words of [sureWords].
func sureMore() string {
	return "voided|refunded|on hold|zurückgestellt|en pausa|em pausa|en pause|на паузе|отложено|" +
		"ertelendi|ditunda|tạm hoãn|tạm dừng|مؤجل|होल्ड|暂停|作废|暂缓"
}

// sectionMore are further titles of [sectionWords].
func sectionMore() string {
	return "not confirmed yet|not confirmed|unconfirmed|not paid yet|unpaid|girilmiş olanlar|girilmişler|" +
		"noch nicht freigegeben|nicht freigegeben|noch nicht bestätigt|noch nicht bezahlt|belum bayar|belum dibayar|" +
		"belum disetujui|chưa thanh toán|chưa duyệt|chưa xác nhận|上周已下|上月已下|昨天已下|之前已下|还没付款|уже отработано|" +
		"отработано|не оплачено|ainda não pago|não confirmados|sin confirmar|sin pagar|non payées|non payés|" +
		"non confirmées|copy before use"
}

// neverMore are further phrases of [neverWords].
func neverMore() string {
	return "no lanzar|não lançar|ne pas lancer|nicht starten|nicht rausgeben|не запускать|girmeyin|başlatmayın|" +
		"jangan dijalankan|jangan dieksekusi|đừng chạy|لا تطلق|मत चलाना|मत डालना"
}
