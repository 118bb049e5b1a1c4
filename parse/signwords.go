package parse

// goneSigns name what is ordered for, and say that it is gone, closed or another one: English, Turkish, Russian,
// Portuguese, Spanish, French, German, Indonesian, Vietnamese, Arabic, Hindi and Chinese, a line each.
func goneSigns() string {
	return "link url post reel video photo account profile page username channel story live stream site website song " +
		"track music/taken_down deleted " +
		"renamed removed banned suspended expired closed dead blocked private broken wrong invalid changed " +
		"disabled disappeared " +
		"missing gone restricted deactivated unavailable doesnt_open doesnt_work not_work* not_open* cant_open wont_open\n" +
		"link* gönderi* post* reels video* foto* hesap hesab* profil* sayfa* kanal* kullanıcı* şarkı*/yayından_kal* sil* " +
		"kapan* kapal* kapat* ban* " +
		"askı* ölü bozuk* kırık* yanlış* hatalı* gizli* değiş* açılm* çalışm* geçersiz* engel* kaldır* yok donduruld*\n" +
		"ссылк* пост* рилс* видео фото аккаунт* профил* страниц* канал* ник* юзернейм* трек песн*/снял* сняли удал* " +
		"забан* заблок* закры* " +
		"мертв* бит* неверн* неправильн* сменил* изменил* не_открыва* не_работа* недоступ* приват* скры* истек* другая " +
		"другой\n" +
		"link* post* reel* vídeo* foto* conta perfil página canal usuário música/saiu_do_ar retirad* apagad* excluíd* " +
		"deletad* banid* suspens* bloquead* " +
		"fechad* privad* quebrad* errad* incorret* inválid* mudou expirad* morto não_abre não_funciona desativad* removid* " +
		"caiu sumiu\n" +
		"link* enlace* url post* publicación reel* vídeo video* foto* cuenta perfil página canal usuario canción " +
		"tema/bajaron retirad* borrad* eliminad* " +
		"banead* suspendid* bloquead* cerrad* privad* rot* equivocad* incorrect* inválid* cambió caducad* muert* no_abre " +
		"no_funciona no_sirve no_va desactivad* quitad* cayó\n" +
		"lien* post* publication* reel* vidéo* photo* compte profil page chaîne pseudo chanson titre/supprim* banni* " +
		"suspend* bloqu* " +
		"fermé* privé* cass* mort* faux incorrect* invalid* changé expir* ne_marche* marche_pas n'ouvre* ouvre_pas " +
		"fonctionne_pas désactiv* retir* disparu*\n" +
		"link* post* beitrag* reel* video* foto* konto account profil seite kanal benutzername name song lied/raus " +
		"gelöscht* gesperrt* " +
		"gebannt* blockiert* geschlossen* privat* kaputt* defekt* falsch* ungültig* geändert* abgelaufen* tot* " +
		"geht_nicht funktioniert_nicht öffnet_nicht deaktiviert* entfernt* weg verschwunden* offline\n" +
		"link* post* postingan* reel* video* foto* akun profil halaman kanal channel username lagu*/takedown dihapus* " +
		"terhapus* banned " +
		"dibanned diblokir* suspend* ditutup* private privat* digembok dikunci rusak* mati* salah* error ganti* berubah " +
		"tidak_bisa* nggak_bisa* gak_bisa* ga_bisa* kadaluarsa hilang* nonaktif*\n" +
		"link bài post reel video ảnh tài_khoản acc nick trang kênh profile bài_hát/gỡ xóa xoá khóa khoá cấm riêng_tư " +
		"hỏng lỗi sai chết " +
		"đổi không_vào* không_mở* không_được hết_hạn ẩn mất bay die\n" +
		"الرابط رابط اللينك المنشور منشور البوست الريلز الفيديو الصورة الحساب حساب الصفحة القناة اليوزر الأغنية/سحب* " +
		"محذوف* حذف* محظور* " +
		"موقوف* مغلق* خاص خاطئ* خطأ غلط معطل* تغير* لا_يفتح لا_يعمل ما_يفتح ما_يشتغل منتهي* مقفل* معلق*\n" +
		"लिंक पोस्ट रील वीडियो फोटो अकाउंट खाता प्रोफाइल प्रोफ़ाइल पेज चैनल यूज़रनेम गाना/हट_गया हट_गई डिलीट* हटा* बैन* " +
		"बंद* सस्पेंड* ब्लॉक* प्राइवेट* " +
		"गलत* खराब* टूटा* बदल* नहीं_खुल* नहीं_चल* काम_नहीं*\n" +
		"链接 帖子 作品 视频 照片 账号 帐号 主页 频道 用户名 歌/下架 删 封 关闭 私密 错 失效 打不开 无效 改了 换了 不存在 限流 违规"
}

// alreadySigns say that it was done before.
func alreadySigns() string {
	return "already yesterday/sent pushed done handled launched started ordered placed running delivered " +
		"submitted bought booked processed finished completed\n" +
		"zaten dün önce önceden daha_önce biz bunu bunlar*/ver* gir* yap* gönder* at* başla* tamamla* hallet*\n" +
		"уже вчера раньше ранее октябре ноябре декабре январе феврале марте апреле мае июне июле августе сентябре " +
		"прошлом_месяце/делал* отправ* сдела* запус* запуск* заказ* оформ* накрут* поставил* выполн* готов* крут*\n" +
		"já ontem antes/mandad* mandei mandou mandamos enviad* enviei enviou enviamos fiz* feit* lançad* lancei lançou " +
		"lançamos pedid* pedi pediu pedimos rodad* rodei rodou colocad* coloquei colocou completad* completo iniciad* " +
		"iniciei iniciou concluíd* concluí\n" +
		"ya ayer antes/mandad* mandé mandó mandamos enviad* envié envió enviamos hic* hech* lanzad* lancé lanzó lanzamos " +
		"pedid* pedí pidió pedimos puse* pusimos colocad* coloqué colocó completad* completó iniciad* inició " +
		"metim* corrid*\n" +
		"déjà hier avant/envoy* fait* lanc* command* pass* livr* termin* démarr* trait*\n" +
		"schon bereits gestern vorher/geschickt gesendet gemacht gestartet bestellt beauftragt geliefert erledigt " +
		"ausgeführt " +
		"fertig gebucht läuft\n" +
		"sudah udah udh sdh kemarin tadi/kirim* dikirim* order* jalan* kerjakan dikerjakan proses diproses pesan dipesan " +
		"selesai input diinput masuk*\n" +
		"đã rồi hôm_qua/gửi chạy làm đặt lên_đơn hoàn_thành xong mua\n" +
		"تم قبل سابقا الماضي الماضية أمس من_قبل بالفعل/أرسل* ارسل* نفذ* تنفيذ* طلب* بدأ* عمل* شغل* اكتمل*\n" +
		"पहले कल हमने/भेज* कर_दिया कर_दी लगा* ऑर्डर* चला* हो_गया हो_चुका*\n" +
		"已经 昨天 之前 早就 我们 上个月 上周 前天 上次/下了 下单 发过 做过 做了 跑过 跑了 提交 完成"
}

// leftSigns say that the client doesn't want it.
func leftSigns() string {
	return "client customer he she they boss/pulled withdrew withdrawn quit refuses refused rejected declined " +
		"disagreed no_longer not_interested doesnt_want dont_want stopped paused changed_mind no_go said_no ghosted " +
		"disappeared vanished unreachable no_answer not_answer*\n" +
		"müşteri* adam firma patron/çekti çekildi istemi* vazgeç* reddet* durdur* bırak* kabul_etme* onaylama* cevap_ver* " +
		"kayboldu ulaşılam*\n" +
		"клиент* заказчик* он она они/снял* отказ* передум* не_хочет* не_хотят остановил* отозвал* против слился ушел " +
		"пропал* исчез* не_отвеча*\n" +
		"cliente* ele ela/tirou retirou desist* recus* não_quer* parou cancel* saiu rejeit* não_aprov* sumiu desapareceu " +
		"não_respond*\n" +
		"cliente* él ella/retir* desist* rechaz* no_quiere* paró cancel* se_fue no_aprob* se_echó* bajó desaparec* " +
		"no_respond* no_contest*\n" +
		"client* il elle/retir* renonc* refus* ne_veut* arrêt* annul* désist* rejet* répond_plus répond_pas disparu*\n" +
		"kunde* kundin er sie/zurückgezogen zurückgetreten abgesprungen abgelehnt lehnt will_nicht möchte_nicht gestoppt " +
		"gekündigt storn* verschwunden meldet_sich_nicht antwortet_nicht nicht_erreichbar\n" +
		"klien pelanggan customer cust dia/menarik tarik mundur menolak nolak tidak_mau gak_mau nggak_mau ga_mau batal* " +
		"stop* " +
		"tidak_setuju hilang kabur tidak_balas tidak_respon\n" +
		"khách khách_hàng/rút từ_chối không_muốn không_lấy không_đồng_ý dừng bỏ hủy huỷ mất_liên_lạc không_trả_lời\n" +
		"العميل الزبون/سحب رفض لا_يريد ما_يريد ألغى الغى تراجع أوقف اوقف انسحب غير_موافق اختفى لا_يرد\n" +
		"ग्राहक क्लाइंट/हटा* मना* नहीं_चाहिए नहीं_चाहता रद्द* रोक* कैंसल* कैंसिल* गायब जवाब_नहीं\n" +
		"客户 客人 甲方/撤 不要 不想 取消 拒绝 反悔 不同意 停 不做 失联 不回"
}

// backSigns say that the client has the money back.
func backSigns() string {
	return "money payment paid amount fee/back returned reversed refunded disputed bounced\n" +
		"para* ödeme* ücret*/iade* geri*\n" +
		"деньг* оплат* средств*/верн* возвр*\n" +
		"dinheiro pagamento valor/devolv* reembols* estorn* volt*\n" +
		"dinero pago importe/devolv* devuel* reembols* devolvió\n" +
		"argent paiement client/rembours* rendu*\n" +
		"geld zahlung betrag/zurück* erstattet* storniert*\n" +
		"uang dana pembayaran/dikembali* refund* balik\n" +
		"tiền/hoàn trả_lại\n" +
		"المال المبلغ الفلوس مال/رد* استر* إرجاع ارجاع رجع*\n" +
		"पैसे पैसा भुगतान/वापस* रिफंड*\n" +
		"钱 款/退"
}

// daySigns say on which day it is to begin.
func daySigns() string {
	return "start starts run begin begins resume continue restart proceed activate/monday tuesday wednesday thursday " +
		"friday " +
		"saturday sunday january february march april june july august september october november december tomorrow " +
		"next_week next_month\n" +
		"başla* devam* gir* veril* yapıl*/pazartesi* salı* çarşamba* perşembe* cuma* cumartesi* ocak* şubat* mart* nisan* " +
		"haziran* temmuz* ağustos* eylül* ekim* kasım* aralık* yarın* haftaya\n" +
		"нача* продолж* запуст* старт* возобнов*/понедельник* вторник* сред* четверг* пятниц* суббот* воскресень* январ* " +
		"феврал* " +
		"март* апрел* мая июн* июл* август* сентябр* октябр* ноябр* декабр* завтра\n" +
		"começ* retom* inici* continu* lanç*/segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março " +
		"abril " +
		"junho julho agosto setembro outubro novembro dezembro amanhã\n" +
		"empez* comenz* segu* retom* inici* continu* lanz*/lunes martes miércoles jueves viernes sábado domingo enero " +
		"febrero " +
		"marzo abril junio julio agosto septiembre octubre noviembre diciembre mañana\n" +
		"commenc* reprend* démarr* lanc* continu*/lundi mardi mercredi jeudi vendredi samedi dimanche janvier février " +
		"mars avril " +
		"juin juillet août septembre octobre novembre décembre demain\n" +
		"beginn* start* weitermach* anfang* fortsetz* loslegen/montag* dienstag* mittwoch* donnerstag* freitag* samstag* " +
		"sonntag* januar februar märz april juni juli august september oktober november dezember morgen\n" +
		"mulai* lanjut* jalan* start/senin selasa rabu kamis jumat sabtu minggu_depan januari februari maret april juni " +
		"juli " +
		"agustus september oktober november desember besok\n" +
		"bắt_đầu chạy tiếp_tục tiếp/thứ_hai thứ_ba thứ_tư thứ_năm thứ_sáu thứ_bảy chủ_nhật tháng ngày_mai mai tuần_sau\n" +
		"نبدأ ابدأ يبدأ نكمل أكمل يكمل بدء البدء نستأنف/الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد يناير فبراير " +
		"مارس " +
		"أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر غدا\n" +
		"शुरू जारी चालू/सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार जनवरी फरवरी मार्च अप्रैल जून जुलाई अगस्त " +
		"सितंबर " +
		"अक्टूबर नवंबर दिसंबर कल अगले\n" +
		"开始 继续 再做 再下 启动/周一 周二 周三 周四 周五 周六 周日 星期 一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月 明天 下周 下个月"
}

// invoiceWords are of what is paid by, of which the other signs say nothing.
func invoiceWords() string {
	return "invoice* payment* paid bill receipt* screenshot* report* fatura* ödeme* havale* dekont* счет* оплат* чек* " +
		"скрин* " +
		"отчет* factura* pago* pagó comprobante nota_fiscal pagamento* pagou facture* paiement* payé* rechnung* zahlung* " +
		"bezahl* bayar* nota hóa_đơn thanh_toán chuyển_khoản فاتور* الفاتور* الدفع دفع مدفوع बिल* भुगतान* पेमेंट* 发票 付款 " +
		"转账 截图 报告"
}
