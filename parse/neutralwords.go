package parse

// smallWords stand in notes of any kind, and say nothing alone.
func smallWords() string {
	return "a|an|the|of|for|to|with|and|from|in|on|at|is|it|its|this|that|these|those|we|our|us|his|her|their|he|she|" +
		"they|you|your|i|my|by|very|so|too|all|be|was|are|has|have|had|will|would|as|per|via|or|also|here|there|see|" +
		"one|two|three|up|out|more|much|many|some|any|every|bir|bu|şu|ve|ile|için|çok|da|de|den|dan|o|biz|bizim|no|" +
		"olan|и|в|на|с|со|у|от|для|по|из|за|к|о|об|это|эта|этот|мы|наш|его|ее|их|он|она|они|очень|все|что|чтобы|e|os|" +
		"um|uma|do|dos|das|na|em|para|por|pelo|pela|com|que|é|este|esta|esse|isso|seu|sua|muito|foi|se|y|el|la|los|" +
		"las|un|una|unos|del|al|en|con|es|lo|su|sus|muy|está|nº|n|et|le|les|une|des|du|au|aux|dans|pour|par|avec|ce|" +
		"cette|ces|est|son|sa|ses|très|nous|notre|il|elle|d|l|s|c|qu|und|der|die|dem|ein|eine|einen|einem|einer|im|" +
		"am|auf|aus|bei|mit|von|vom|zu|zum|zur|für|ist|hat|war|wird|wir|unser|unsere|er|sie|ihr|sein|sehr|wie|auch|" +
		"noch heute|di|ke|dari|untuk|dengan|yang|ini|itu|kami|kita|nya|sudah ada|và|của|cho|với|là|này|đó|từ|trong|ở|" +
		"vậy|و|في|من|على|الى|إلى|عن|مع|هذا|هذه|هو|هي|और|का|की|के|को|से|में|पर|है|हैं|ने|यह|ये|हो|w|z|dla|della|van|" +
		"het|een|voor|met|op|drip|feed|dripfeed|dripfed|hourly|seen|noticed|noted|true|false|called|calls|spoke|" +
		"talked|wrote|mailed|min|max|minimum|maximum|does|need|needs|should|over|within|before|already|half|nearly|" +
		"almost|about|around|rest|deal|only if|each|both|into|than|then|just|if possible|possible|total|altogether|" +
		"again please|me|him|them|who|which|what|but|because|since|while|like|got|get|give|gave|take|make|makes|made|" +
		"let|may|can|could|want|come|comes|came|said|says|geçen|sonraki|önceki|ki|mi|mu|kadar|ise|şekilde|olarak|var|" +
		"göre|içinde|ait|tarafından|schon|bereits|letzte|letzter|letztes|nächste|nächster|als|man|dann|hier|seine|" +
		"seinen|ihren|dieser|dieses|uns|ab|ya|pasado|pasada|último|última|próximo|próxima|más|completó|sea|sean|hay|" +
		"están|fue|já|ao|à|passado|passada|mais|são|estão|meu|minha|déjà|dernier|dernière|prochain|prochaine|plus|" +
		"sont|été|aussi|mon|ma|mes|ils|elles|fait|уже|прошлый|прошлого|прошлая|следующ*|еще|мой|моя|был|была|были|" +
		"есть|нам|вам|ему|ей|им|как|sudah|udah|telah|lalu|depan|lagi|ada|adalah|saya|kak|juga|oleh|đã|trước|cần|có|" +
		"được|người|nhà|bên|như|để|قد|كان|كانت|الماضي|القادم|له|لها|لنا|كل|بعض|पिछला|पिछले|अगला|था|थी|थे|हमारा|हमारे|" +
		"उनका|भी|तक|ही|kal|ka|hai|ne|ko|mein|已|了|我|我们|他|她|这|那|个|在|有|和|跟|也|都|就|还|本|上|下|є|та|це|jest|są|się|że|gli|che|" +
		"è|nel|ze|zijn|dat|です|ます|は|が|を|に|の|で|と|も|から|まで|お|ご|した|して|する|いる|ある|은|는|이|가|을|를|에|의|로|와|과|도|که|را|از|به|در|این|" +
		"آن|است|شد|یک|برای|și|cu|pe|za|je|v|και|το|τα|της|του|με|για|είναι|σε|ο|η|של|את|עם|על|זה|הוא|היא|és|az|egy|" +
		"hogy|och|det|är|som|ett|för|med|på|av|ครับ|ค่ะ|ที่|ของ|และ|ให้|ใน|เป็น|มี|এবং|এর|এই|জন্য|থেকে|হয়|আছে|کا|کی|" +
		"کے|کو|سے|میں|ہے|ہیں|اور|یہ|نے"
}

// subjectWords are what notes are about, and days: alone they say nothing either.
func subjectWords() string {
	return "client*|customer*|account*|brand*|shop*|store*|owner*|boss|team*|agency|friend*|page*|profile*|channel*|" +
		"group*|community|company|artist*|band|influencer*|creator*|model*|manager|assistant|director|order|orders|" +
		"request*|link*|url|post*|video*|reel*|story|stories|photo*|picture*|song*|album*|row|line|package|project*|" +
		"campaign*|start|begin|go|run|last|next|week*|month*|year*|day|days|hour*|quarter|end|quantity|number|nr|" +
		"january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|" +
		"wednesday|thursday|friday|saturday|sunday|mr|mrs|ms|co|müşteri*|hesap|hesab*|marka*|mağaza*|sahibi|ekip|" +
		"ajans*|sayfa*|kanal*|firma*|sipariş|siparişi|linki|gönderi*|hikaye*|foto*|bey|hanım|ocak|şubat|mart|nisan|" +
		"mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|ayı|hafta*|gün|ay|yıl|kunde|kunden|kundin|konto|marke|" +
		"laden|inhaber*|chef|chefin|agentur|freund*|seite|profil|kanal|gruppe|beitrag|beiträge|foto*|bild*|auftrag|" +
		"bestellung|kampagne*|herr|frau|nummer|januar|februar|märz|mai|juni|juli|oktober|dezember|montag|dienstag|" +
		"mittwoch|donnerstag|freitag|samstag|sonntag|woche|wochen|monat|tag|tage|jahr|cliente*|clienta|cuenta|marca|" +
		"tienda|dueño|equipo|agencia|amigo*|página|perfil|canal|grupo|empresa|pedido|enlace|publicación|historia|" +
		"foto|canción|álbum|campaña*|número|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|" +
		"noviembre|diciembre|lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana|mes|día|año|conta|loja|dono|" +
		"dona|equipe|agência|história|música|campanha|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|" +
		"dezembro|terça|quarta|quinta|sexta|mês|ano|dia|compte*|marque*|boutique*|magasin|propriétaire|équipe|agence|" +
		"ami|amie|chaîne|groupe|entreprise|commande|lien|chanson|campagne*|numéro|janvier|février|mars|avril|juin|" +
		"juillet|août|septembre|octobre|novembre|décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|" +
		"semaine|mois|jour|an|année|m|mme|клиент*|аккаунт*|бренд*|магазин*|владел*|хозя*|шеф|команда|команды|" +
		"агентство|друг|друзья|страниц*|профил*|канал*|групп*|компани*|блогер*|заказ|заказа|ссылк*|пост|поста|видео|" +
		"фото|песня|трек|альбом|стори*|номер|старт|январ*|феврал*|март*|апрел*|мая|май|июн*|июл*|август*|сентябр*|" +
		"октябр*|ноябр*|декабр*|понедельник*|вторник*|сред*|четверг*|пятниц*|суббот*|воскресень*|недел*|месяц*|день|" +
		"дня|дней|год|вчера|pelanggan*|klien*|akun|merek|toko|pemilik|bos|tim|agensi|teman|halaman|perusahaan|" +
		"postingan|lagu|nomor|pesanan|mulai|januari|februari|maret|agustus|desember|senin|selasa|rabu|kamis|jumat|" +
		"sabtu|minggu|bulan|tahun|hari|bu|khách|khách hàng|tài khoản|thương hiệu|cửa hàng|chủ|sếp|nhóm|công ty|bạn|" +
		"trang|kênh|đơn|anh|chị|em|bài viết|bài đăng|ảnh|bài hát|số|tháng|tuần|ngày|năm|chiến dịch|عميل|العميل|زبون|" +
		"الزبون|حساب|الحساب|متجر|المتجر|صاحب|المالك|فريق|وكاله|صديق|صفحه|قناه|شركه|رابط|الرابط|طلب|الطلب|فيديو|منشور|" +
		"صوره|اغنيه|البوم|رقم|حمله|اسبوع|شهر|يوم|سنه|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|" +
		"نوفمبر|ديسمبر|استاذ|ग्राहक*|क्लाइंट|खाता|अकाउंट|ब्रांड|दुकान|मालिक|टीम|एजेंसी|दोस्त|पेज|चैनल|कंपनी|लिंक|" +
		"ऑर्डर|वीडियो|पोस्ट|फोटो|गाना|एल्बम|नंबर|नं|शुरू|करें|अभियान|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|" +
		"सितंबर|अक्टूबर|नवंबर|दिसंबर|हफ्ता|महीना|महीने|दिन|साल|जी|grahak|客户|账号|帐号|品牌|店铺|老板|团队|朋友|主页|频道|群|公司|网红|链接|订单|" +
		"视频|帖子|照片|歌曲|专辑|号|月|周|日|年|经理|项目|的|是|给|为|用|要|клієнт*|посилання|акаунт*|замовлення|klient*|zamówienie|konto|" +
		"zákazník*|objednávka|klant*|bestelling|顧客|お客様|アカウント|リンク|注文|고객|계정|링크|주문|مشتری*|لینک|سفارش|حساب|comanda|cont|" +
		"πελάτης|λογαριασμός|παραγγελία|לקוח|חשבון|הזמנה|ügyfél*|rendelés|fiók|kund|kunden|beställning|ลูกค้า|บัญชี|" +
		"ลิงก์|ออเดอร์|গ্রাহক|ক্লায়েন্ট|অর্ডার|লিংক|گاہک|کسٹمر|آرڈر|لنک"
}
