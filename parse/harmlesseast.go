package parse

// russianHarmless are words of notes that change nothing, in Russian.
func russianHarmless() string {
	return "постоянный|новый|новая|новое|новые|старый клиент|важн*|больш*|маленьк*|лучш*|перв*|втор*|трет*|подарок|" +
		"бесплатно|тест|вип|срочно|срочный|срочная|приоритет*|быстро|быстрее|скорее|поскорее|сразу|сейчас|сегодня|" +
		"начать|начинайте|запускайте|можно запускать|медленно|плавно|постепенно|естественно|органик*|качеств*|живые|" +
		"реальн*|активн*|высок*|хорош*|довол*|нравится|хочет|просит|просил|просила|дешев*|доставка|скорость|отписк*|" +
		"списани*|скачк*|гаранти*|счет|счета|чек|накладная|оплачен*|оплатил*|оплата|получен*|пришла оплата|наличн*|" +
		"карт*|перевод|скидк*|цена|цены|выставлен|кампани*|реклам*|запуск|акци*|промо|весенн*|летн*|осенн*|зимн*|" +
		"весна|лето|осень|зима|распродаж*|мероприяти*|розыгрыш*|конкурс*|новогодн*|рождеств*|пасха|день рождения|" +
		"свадьба|открытие|как обычно|обычно|всегда|как всегда|то же самое|так же|такой же|как в прошлый раз|еще раз|" +
		"снова|повторить|договорились|обсудили|согласован*|одобрен*|подтвержд*|подтвердил*|проверен*|готов к заказу|" +
		"спасибо|пожалуйста|прошлый заказ|выполнен повторить|ок|grup|концерт*|договор*|нового|новой|новую|сайт*|" +
		"праздник*|да|конечно|отлично|супер|класс|очень хорошо|высокий приоритет|побыстрее|как можно скорее|" +
		"как можно быстрее|до вечера|на этой неделе|на выходные|рекомендац*|порекоменд*|сотрудничеств*|партнер*|" +
		"спонсор*|певец|певица|музыкант*|врач|адвокат|тренер|фотограф*|мода|красота|еда|музыка|путешеств*|спорт|" +
		"ежемесячно|еженедельно|пакет|ндс|предоплата получена|деньги пришли|деньги получены|оплата пришла|" +
		"оплата получена|договор подписан|русские|мир|микс|женск*|мужск*|открытый|открыт|аккаунт открыт|" +
		"ссылка проверена|ссылка верная|все хорошо|все верно|все ок|хорошо|привет|добрый день|здравствуйте|" +
		"с уважением|большое спасибо|как раньше|как прежде|как в прошлом месяце|то же|то же что и раньше|еще разок|" +
		"повтор заказа|дозаказ|вежлив*|требовательн*|нетерпелив*|брат|сестра|знаком*|стабильн*|аккуратно|осторожно|" +
		"новый год|восьмое марта|премьера|тур|релиз|особый|особая|бонус|старый|постоянн*|лояльн*|можно лить"
}

// indonesianHarmless are such words in Indonesian.
func indonesianHarmless() string {
	return "baru|lama|setia|tetap|penting|besar|kecil|terbaik|pertama|kedua|ketiga|hadiah|gratis|mendesak|segera|" +
		"prioritas|cepat|sekarang|hari ini|langsung|gas|lanjut|silakan|pelan*|perlahan|bertahap|alami|natural|" +
		"organik|kualitas|asli|aktif|tinggi|rendah|bagus|baik|senang|puas|suka|mau|minta|ingin|murah|pengiriman|" +
		"kecepatan|garansi|drop|faktur|kwitansi|sudah bayar|sudah dibayar|lunas|pembayaran diterima|diterima|tunai|" +
		"kartu|transfer|diskon|harga|nota|kampanye|peluncuran|promo|akhir tahun|lebaran|natal|acara|giveaway|lomba|" +
		"ulang tahun|pernikahan|pembukaan|iklan|cerita|video|album|mei|minggu ini|seperti biasa|biasa|sama|" +
		"seperti kemarin|terakhir kali|ulangi|sesuai|disetujui|konfirmasi|sudah konfirmasi|dicek|siap|terima kasih|" +
		"makasih|tolong|mohon|konser|pesta|iya|oke|sip|mantap|bagus sekali|prioritas tinggi|secepatnya|" +
		"secepat mungkin|buru buru|hari ini juga|malam ini|akhir pekan|langganan|langganan lama|rekomendasi|" +
		"kolaborasi|kolab|partner|sponsor|penyanyi|musisi|dokter|pengacara|fotografer|mode|kecantikan|makanan|musik|" +
		"wisata|olahraga|bulanan|mingguan|paket|ppn|lunas semua|dp masuk|uang masuk|pembayaran masuk|" +
		"kontrak sudah tanda tangan|indonesia|campur|cewek|cowok|wanita|pria|publik|akun publik|link benar|" +
		"link sudah dicek|aman|halo|selamat pagi|salam|seperti sebelumnya|seperti bulan lalu|sama seperti kemarin|" +
		"sekali lagi|order ulang|ramah|teliti|kakak|adik|saudara|stabil|hati hati|tahun baru|rilis|pembukaan toko|" +
		"kenalan|spesial|bonus|ya kak|yang cepat"
}

// vietnameseHarmless are such words in Vietnamese.
func vietnameseHarmless() string {
	return "mới|quen|cũ|thân thiết|shop|quan trọng|lớn|nhỏ|tốt|nhất|đầu tiên|thứ hai|quà|miễn phí|gấp|khẩn|ưu tiên|" +
		"nhanh|ngay|bây giờ|hôm nay|bắt đầu|chạy ngay|chạy chậm|chạy|chậm|từ từ|thôi|tự nhiên|chất lượng|thật|thích|" +
		"muốn|rẻ|giao|giao hàng|tốc độ|bảo hành|hóa đơn|biên lai|đã thanh toán|đã trả tiền|tiền mặt|chuyển khoản rồi|" +
		"giảm giá|giá|ra mắt|khuyến mãi|mùa xuân|mùa hè|mùa thu|mùa đông|xuân|hè|sự kiện|tết|giáng sinh|sinh nhật|" +
		"khai trương|quảng cáo|video|như thường lệ|như lần trước|như cũ|giống|lần trước|vẫn|đã duyệt|đã xác nhận|" +
		"đã kiểm tra|sẵn sàng|cảm ơn|vui lòng|link|đặt luôn|vâng|dạ|tuyệt|rất tốt|ưu tiên cao|càng sớm càng tốt|" +
		"nhanh nhé|nhé|nha|giúp|giúp em|trong hôm nay|tối nay|tuần này|cuối tuần|giới thiệu|hợp tác|đối tác|tài trợ|" +
		"ca sĩ|nhạc sĩ|bác sĩ|luật sư|nhiếp ảnh|thời trang|làm đẹp|ẩm thực|âm nhạc|du lịch|thể thao|hàng tháng|" +
		"hàng tuần|gói|vat|đã cọc|tiền đã về|đã nhận tiền|hợp đồng đã ký|việt|ngoại|nữ|nam|công khai|link đúng|" +
		"link ok|ổn|chào|trân trọng|cảm ơn nhiều|như mọi khi|như mọi lần|như trước|như tháng trước|giống lần trước|" +
		"y như cũ|làm lại|làm lại y vậy|thêm lần nữa|khó tính|dễ tính|anh em|người quen|ổn định|cẩn thận|năm mới|" +
		"ra mắt mới|đặc biệt|cần gấp|cần nhanh"
}

// arabicHarmless are such words in Arabic.
func arabicHarmless() string {
	return "جديد|جديده|دائم|قديم|مهم|مهمه|كبير|صغير|افضل|اول|ثاني|هديه|مجانا|مجاني|عاجل|مستعجل|اولويه|سريع|بسرعه|فورا|" +
		"الان|اليوم|ابدا|ابدأ|بطيء|ببطء|تدريجي|طبيعي|جوده|حقيقي|نشط|جيد|ممتاز|سعيد|يريد|يفضل|رخيص|توصيل|تسليم|سرعه|" +
		"نقص|ضمان|فاتوره|ايصال|مدفوع|مدفوعه|تم الدفع|دفع|نقدا|بطاقه|تحويل|خصم|سعر|اطلاق|عرض|الربيع|الصيف|الخريف|" +
		"الشتاء|رمضان|العيد|عيد|مسابقه|ميلاد|زفاف|افتتاح|اعلان|قصه|كالعاده|كالمعتاد|نفس|الشيء|كرر|مثل|المره|الماضيه|" +
		"السابقه|دائما|وافق|موافقه|مؤكد|اكد|اكدت|جاهز|شكرا|من فضلك|رجاء|عليها|حفله|لحفله|نعم|حسنا|رائع|جيد جدا|" +
		"اولويه عاليه|باسرع وقت|في اسرع وقت|اليوم ضروري|هذا الاسبوع|نهايه الاسبوع|توصيه|تعاون|شريك|راعي|مطرب|مغني|" +
		"طبيب|محامي|مدرب|مصور|ازياء|تجميل|طعام|موسيقى|سفر|رياضه|شهري|اسبوعي|باقه|ضريبه|وصل المبلغ|تم استلام المبلغ|" +
		"تم استلام الدفعه|العقد موقع|عرب|خليجي|عالمي|نساء|رجال|عام|الحساب عام|الرابط صحيح|كل شيء تمام|تمام|مرحبا|" +
		"السلام عليكم|شكرا جزيلا|كالسابق|مثل المره السابقه|مثل الشهر الماضي|كما في السابق|مره اخرى|نفس الطلب|" +
		"اعاده الطلب|لطيف|مستعجله|اخي|اختي|ثابت|بعنايه|العام الجديد|اطلاق جديد|خاص بالعيد|خصم خاص|دائمه|قديمه|مخلص|" +
		"طلب عادي|تسليم سريع"
}

// hindiHarmless are such words in Hindi, in both scripts.
func hindiHarmless() string {
	return "नया|नई|नए|पुराना ग्राहक|पुराना|नियमित|महत्वपूर्ण|ज़रूरी|जरूरी|बड़ा|छोटा|पहला|दूसरा|उपहार|मुफ्त|अर्जेंट|" +
		"जल्दी|जल्द|प्राथमिकता|तेज़|तेज|तुरंत|अभी|आज|धीरे|धीमी|धीमा|आराम से|प्राकृतिक|गुणवत्ता|असली|अच्छा|अच्छी|खुश|" +
		"चाहता है|पसंद|सस्ता|डिलीवरी|गति|ड्रॉप|गारंटी|रिफिल|बिल|चालान|रसीद|इनवॉइस|भुगतान हो गया|पेमेंट हो गया|" +
		"पेमेंट मिल गया|नकद|कार्ड|छूट|कीमत|कैंपेन|लॉन्च|प्रमोशन|वसंत|गर्मी|सर्दी|दिवाली|होली|ईद|त्योहार|जन्मदिन|शादी|" +
		"उद्घाटन|विज्ञापन|स्टोरी|हमेशा की तरह|हमेशा|पहले जैसा|वही|फिर से|वैसा ही|मंजूरी दी|मंज़ूरी दी|स्वीकृत|" +
		"पुष्टि की|जांच|तैयार|धन्यवाद|कृपया|naya|purana|client|urgent|jaldi|turant|abhi|aaj|payment ho gaya|" +
		"payment mil gaya|paid|bill|hamesha ki tarah|same|wahi|dhire|fast|shuru karo|start karo|jaruri|zaroori|हां|" +
		"हाँ|ठीक|ठीक है|बढ़िया|बहुत अच्छा|उच्च प्राथमिकता|जल्द से जल्द|जल्दी चाहिए|आज ही|इस हफ्ते|सप्ताहांत|सिफारिश|" +
		"सहयोग|साझेदार|प्रायोजक|गायक|डॉक्टर|वकील|फोटोग्राफर|फैशन|ब्यूटी|संगीत|यात्रा|खेल|मासिक|साप्ताहिक|पैकेज|" +
		"जीएसटी|पैसे आ गए|पैसे मिल गए|भुगतान मिल गया|भारतीय|विदेशी|महिला|पुरुष|सार्वजनिक|लिंक सही है|सब ठीक|नमस्ते|" +
		"बहुत धन्यवाद|पहले की तरह|पिछली बार जैसा|पिछले महीने जैसा|एक बार और|दोबारा वही|भाई|बहन|स्थिर|सावधानी से|" +
		"नया साल|रिलीज़|खास|haan|theek hai|thik hai|accha|badhiya|jaldi chahiye|aaj hi|paise aa gaye|paise mil gaye|" +
		"payment aa gaya|link sahi hai|pehle jaisa|pichli baar jaisa|ek baar aur|bhai|dhanyavaad|shukriya|khas|" +
		"regular|vip hai|acha client|purana client|naya client|purana customer|naya customer"
}

// chineseHarmless are such words in Chinese.
func chineseHarmless() string {
	return "老客户|新客户|大客户|重要|常客|熟客|新|首单|第一|第二|赠送|免费|测试|紧急|加急|急|尽快|优先|快速|快|马上|立即|现在|今天|开始|慢速|慢慢|慢|自然|逐步|质量|真人|活跃|高质量|好|满意|" +
		"喜欢|想要|便宜|发货|速度|掉粉|补单|补粉|保证|质保|发票|收据|账单|已付款|已支付|付款|已收款|现金|转账|微信|支付宝|折扣|价格|已开|活动|推广|发布|上线|促销|春季|夏季|秋季|冬季|春节|" +
		"双十一|圣诞|抽奖|比赛|生日|婚礼|开业|广告|故事|和上次一样|跟上次一样|照旧|老样子|一样|同样|像往常一样|再来一次|上次|已批准|已同意|已确认|确认|检查过|可以下|准备好|谢谢|请|麻烦|季度|可以|" +
		"打折|打九折|打八折|音乐会|演出|好的|没毛病|很好|非常好|优先处理|尽早|越快越好|今天要|本周|周末|推荐|介绍|合作|伙伴|赞助|歌手|医生|律师|摄影|时尚|美妆|美食|音乐|旅游|体育|包月|包年|" +
		"套餐|含税|定金已收|钱到了|款到了|已到账|收到款|合同已签|国内|海外|混合|女性|男性|公开|账号公开|链接没问题|链接正确|没问题|你好|辛苦了|多谢|跟以前一样|和以前一样|和上个月一样|同上次|再来一单|" +
		"返单|复购|亲戚|哥|姐|稳定|小心|新年|新店|开张|发新歌|特别|挑剔|要求高|快一点|快点|先做|加快|长期客户|熟人|回头客|新品"
}

// furtherHarmless are such words in Ukrainian, Polish, Italian, Dutch, Japanese, Korean, Persian, Romanian, Czech, Greek,
// Hebrew, Hungarian, Swedish, Thai, Bengali and Urdu.
func furtherHarmless() string {
	return "постійний|новий|нова|важлив*|терміново|швидко|швидше|сьогодні|зараз|одразу|оплачено|рахунок|повільно|плавно|" +
		"якісн*|кампані*|акці*|як завжди|як минулого разу|погоджено|підтверджено|дякую|будь ласка|stały klient|nowy|" +
		"nowa|nowe|ważn*|pilne|pilnie|szybko|dzisiaj|dziś|teraz|od razu|opłacone|zapłacone|faktura*|powoli|jakość|" +
		"kampania|promocja|jak zwykle|jak ostatnio|zatwierdzone przez|potwierdzone|dziękuję|proszę|nuovo cliente|" +
		"nuovo|nuova|cliente|abituale|importante|urgente|subito|oggi|adesso|veloce|pagato|pagata|fattura*|lento|" +
		"lentamente|qualità|campagna|lancio|promozione|come sempre|come al solito|come l ultima volta|approvato|" +
		"confermato|grazie|per favore|vaste klant|nieuw|nieuwe|belangrijk*|dringend|spoed|snel|vandaag|nu|meteen|" +
		"betaald|factuur*|langzaam|rustig|kwaliteit|campagne|actie|zoals altijd|zoals gewoonlijk|zoals vorige keer|" +
		"goedgekeurd|bevestigd|bedankt|alsjeblieft|graag|新規|常連|重要|至急|急ぎ|お急ぎ|優先|早め|すぐ|今日|本日|支払い済み|入金済み|請求書|ゆっくり|自然|品質|" +
		"キャンペーン|いつも通り|いつもの|前回と同じ|承認済み|確認済み|よろしく|お願いします|ありがとう|신규|단골|중요|긴급|급함|빨리|우선|오늘|지금|바로|결제완료|결제 완료|입금완료|입금 완료|계산서|" +
		"천천히|자연스럽게|품질|캠페인|평소처럼|지난번처럼|저번처럼|승인됨|확인됨|감사합니다|부탁드립니다|جدید|دائمی|ثابت|مهم|فوری|سریع|عجله|امروز|الان|" +
		"همین الان|پرداخت شد|پرداخت شده|فاکتور*|آرام|طبیعی|کیفیت|کمپین|مثل همیشه|مثل دفعه قبل|تایید شد|تایید شده|" +
		"ممنون|لطفا|client nou|client vechi|nou|nouă|fidel|urgent|repede|azi|acum|imediat|plătit|plătită|factură|" +
		"factura|încet|calitate|campanie|promoție|ca de obicei|ca data trecută|aprobat|confirmat|mulțumesc|vă rog|" +
		"stálý zákazník|nový|nová|důležit*|spěchá|rychle|dnes|ihned|zaplaceno|faktura|pomalu|kvalita|kampaň|" +
		"jako vždy|jako minule|schváleno|potvrzeno|děkuji|prosím|πελάτισσα|νέος|νέα|παλιός πελάτης|σημαντικ*|επείγον|" +
		"γρήγορα|σήμερα|τώρα|αμέσως|πληρωμένο|πληρώθηκε|τιμολόγιο|αργά|ποιότητα|καμπάνια|όπως πάντα|όπως συνήθως|" +
		"όπως την προηγούμενη φορά|εγκρίθηκε|επιβεβαιώθηκε|ευχαριστώ|παρακαλώ|לקוח קבוע|לקוח חדש|חדש|חדשה|קבוע|חשוב|" +
		"דחוף|מהר|היום|עכשיו|מיד|שולם|חשבונית|לאט|איכות|קמפיין|מבצע|כרגיל|כמו תמיד|כמו פעם שעברה|אושר|מאושר|תודה|" +
		"בבקשה|új ügyfél|új|törzsvevő|törzsügyfél|fontos|sürgős|gyorsan|most|azonnal|fizetve|kifizetve|számla|lassan|" +
		"minőség|kampány|akció|mint mindig|mint a múltkor|jóváhagyva|megerősítve|köszönöm|kérem|stamkund|kund*|" +
		"ny kund|ny|nytt|viktig*|brådskande|snabbt|idag|genast|betald|betalt|långsamt|kvalitet|kampanj|som vanligt|" +
		"som förra gången|godkänd|bekräftad|tack|snälla|ลูกค้าใหม่|ลูกค้าเก่า|ลูกค้าประจำ|สำคัญ|ด่วน|เร็ว|วันนี้|" +
		"ตอนนี้|ทันที|จ่ายแล้ว|ชำระแล้ว|โอนแล้ว|ใบแจ้งหนี้|ช้าๆ|ช้า|คุณภาพ|แคมเปญ|โปรโมชั่น|เหมือนเดิม|" +
		"เหมือนครั้งก่อน|อนุมัติแล้ว|ยืนยันแล้ว|ขอบคุณ|নতুন|নিয়মিত|পুরনো গ্রাহক|গুরুত্বপূর্ণ|জরুরি|জরুরী|তাড়াতাড়ি|" +
		"দ্রুত|আজ|এখন|এখনই|পেমেন্ট হয়েছে|টাকা পেয়েছি|ইনভয়েস|বিল|ধীরে|মান|ক্যাম্পেইন|আগের মতো|সবসময়ের মতো|" +
		"অনুমোদিত|নিশ্চিত|ধন্যবাদ|দয়া করে|نیا|نئی|پرانا گاہک|مستقل|اہم|ضروری|جلدی|آج|ابھی|ادائیگی ہو گئی|" +
		"پیمنٹ ہو گئی|بل|انوائس|آہستہ|معیار|مہم|ہمیشہ کی طرح|پہلے جیسا|منظور شدہ|تصدیق شدہ|شکریہ|براہ کرم|" +
		"давній клієнт|старий клієнт|новий клієнт|якнайшвидше|пріоритет*|сплачено|гроші надійшли|дуже важливо|" +
		"те саме|ще раз|так само|все добре|день народження|відкриття|новорічн*|рекоменд*|вип|nowy klient|" +
		"stary klient|priorytet|jak najszybciej|bardzo ważne|pieniądze wpłynęły|przelew doszedł|to samo|jeszcze raz|" +
		"tak samo|wszystko ok|dobry klient|polecony|urodziny|otwarcie|święta|dobra jakość|naturalnie|vecchio cliente|" +
		"cliente fedele|priorità|il prima possibile|molto importante|pagamento ricevuto|bonifico arrivato|" +
		"stessa cosa|ancora una volta|come prima|uguale|tutto ok|compleanno|apertura|natale|naturale|graduale|" +
		"nieuwe klant|oude klant|prioriteit|zo snel mogelijk|heel belangrijk|betaling ontvangen|hetzelfde|" +
		"nog een keer|zelfde als vorige keer|alles goed|verjaardag|opening|kerst|natuurlijk|geleidelijk|新しい|新しいお客様|" +
		"リピーター|最優先|なるべく早く|できるだけ早く|大事|大切|入金確認|支払済|お支払い済み|前と同じ|同じ|もう一度|追加|誕生日|オープン|セール|急いで|새로운|새 고객|신규 고객|단골 고객|기존 고객|" +
		"최대한 빨리|최우선|매우 중요|입금 확인|결제 확인|똑같이|동일|한번 더|다시|추가|생일|오픈|행사|급해요|مشتری جدید|مشتری قدیمی|مشتری دائمی|اولویت|" +
		"هرچه زودتر|خیلی مهم|پول واریز شد|واریز شد|همان قبلی|دوباره|مثل قبل|تولد|افتتاحیه|client fidel|prioritate|" +
		"cât mai repede|foarte important|banii au venit|plata primită|la fel|încă o dată|ca înainte|totul ok|" +
		"zi de naștere|deschidere|crăciun|nový zákazník|starý zákazník|priorita|co nejdříve|velmi důležité|" +
		"platba přišla|totéž|ještě jednou|stejně|narozeniny|νέος πελάτης|τακτικός|προτεραιότητα|το συντομότερο|" +
		"πολύ σημαντικό|πληρωμή ελήφθη|το ίδιο|ξανά|γενέθλια|εγκαίνια|לקוח ותיק|ותיק|עדיפות|בהקדם|חשוב מאוד|" +
		"התשלום התקבל|שילם|אותו דבר|שוב|כמו קודם|יום הולדת|פתיחה|régi ügyfél|visszatérő|elsőbbség|minél előbb|" +
		"nagyon fontos|megjött a pénz|ugyanaz|még egyszer|születésnap|nyitás|gammal kund|prioritet|" +
		"så snart som möjligt|mycket viktigt|betalning mottagen|samma|en gång till|födelsedag|invigning|ลูกค้า vip|" +
		"เร่งด่วน|เร็วที่สุด|สำคัญมาก|เงินเข้าแล้ว|เหมือนเดิมเลย|อีกครั้ง|วันเกิด|เปิดร้าน|รีบ|নতুন গ্রাহক|" +
		"নিয়মিত গ্রাহক|অগ্রাধিকার|যত দ্রুত সম্ভব|খুব জরুরি|খুব জরুরী|টাকা এসেছে|একই|আবার|জন্মদিন|উদ্বোধন|نیا گاہک|" +
		"مستقل گاہک|ترجیح|جلد از جلد|بہت اہم|بہت ضروری|پیسے آ گئے|وہی|دوبارہ|سالگرہ|افتتاح"
}

// harmlessPhrases change nothing as they stand, though some of their words may.
func harmlessPhrases() string {
	return "no drop|no drops|low drop|non drop|no bots|not bots|do not use bots|dont use bots|no rush|no hurry|" +
		"not urgent|not too fast|no problem|no problems|no issues|without drop|without drops|must not drop|" +
		"should not drop|not ordered yet|not yet ordered|not done yet|to be ordered|nothing special|no duplicates|" +
		"never cancelled|no complaints|no refill needed|düşüş olmasın|düşme olmasın|düşmesin|bot olmasın|acelesi yok|" +
		"sorun yok|henüz sipariş verilmedi|без списаний|без отписок|без скачков|без ботов|не спешить|не срочно|" +
		"не боты|еще не заказан|еще не заказано|sem queda|sem quedas|não pode cair|sem bots|sem pressa|" +
		"ainda não pedido|sin caída|sin caídas|que no se caiga|no se cayó nada|no se cayó|sin bots|sin prisa|" +
		"todavía no pedido|aún no pedido|sans chute|sans bots|ne doit pas chuter|pas de chute|pas urgent|" +
		"sans urgence|pas encore commandé|ohne drop|darf nicht droppen|keine bots|ohne bots|nicht zu schnell|" +
		"keine eile|eilt nicht|nicht eilig|noch nicht bestellt|noch nicht beauftragt|noch offen|kunde wartet schon|" +
		"kunde wartet|tanpa drop|jangan sampai drop|jangan drop|tanpa bot|tidak buru buru|belum diorder|" +
		"belum dipesan|không tụt|không được tụt|đừng tụt|không vội|không gấp|chưa đặt|بدون نقص|لا اريد نقص|" +
		"بدون بوتات|غير مستعجل|لم يطلب بعد|बिना ड्रॉप|ड्रॉप नहीं होना चाहिए|जल्दी नहीं|कोई जल्दी नहीं|" +
		"अभी तक ऑर्डर नहीं हुआ|不要掉粉|不能掉|不掉粉|不急|还没下单|没问题|bez spadków|senza cali|zonder drop|geen haast|без відписок|" +
		"no quantity|no name|no comments|done deal|call when done|tell me when|inform when done|should be done in|" +
		"half done|pay later|pays later|pagar depois|paga depois|paga después|payer plus tard|undone|" +
		"completed profile|not done|done by|bien terminée|terminée pareil|est terminée|no cancel"
}
