package parse

// translation is what headers call a field in other languages than English, written without blanks. A word that people
// also use for something of their own isn't here, such as Комментарий for a remark, or Land for where a client lives.
type translation struct{ field, names string }

// subscriptionWords are names of fields of subscriptions in other languages, which people also use for something of
// their
// own: they are read where a sheet has neither links nor quantities.
func subscriptionWords() []translation {
	return []translation{
		{"username", "kullanıcı hesap hesapadı пользователь логин никнейм аккаунт " +
			"usuário conta perfil usuario cuenta utilisateur " +
			"compte profil identifiant benutzer nutzername nutzer konto pengguna akun ngườidùng tàikhoản المستخدم الحساب " +
			"उपयोगकर्ता यूज़र 用户 账号"},
		{"min", "mín mínimo minimo minimum минимум мин asgari enaz tốithiểu الحدالأدنى न्यूनतम 最小 最少"},
		{"max", "máx máximo maximo maximum максимум макс enfazla azami tốiđa الحدالأقصى अधिकतम 最大 最多"},
		{"delay", "gecikme задержка atraso retraso délai verzögerung penundaan độtrễ التأخير विलंब देरी 延迟"},
		{"posts", "gönderiler публикации посты postagens publicações " +
			"publicaciones publications beiträge postingan bàiviết " +
			"المنشورات पोस्ट 帖子"},
	}
}

// translations are, line by line, Turkish, Russian, Portuguese, Spanish, French, German, Indonesian, Vietnamese,
// Arabic, Hindi and Chinese.
func translations() []translation {
	return []translation{
		{"service", "servis servisid serviskodu servisno servisnumarası hizmet hizmetid hizmetno hizmetkodu " +
			"услуга idуслуги услугаid сервис idсервиса номеруслуги кодуслуги " +
			"serviço idserviço iddoserviço códigodoserviço códigoserviço serviçoid " +
			"servicio idservicio iddelservicio iddeservicio códigodeservicio códigodelservicio servicioid " +
			"idservice idduservice numéroduservice numérodeservice codeservice " +
			"dienst dienstid dienstnummer servicenummer dienstleistung leistung " +
			"layanan idlayanan layananid kodelayanan nomorlayanan " +
			"dịchvụ iddịchvụ dịchvụid mãdịchvụ " +
			"الخدمة خدمة رقمالخدمة معرفالخدمة كودالخدمة idالخدمة " +
			"सेवा सेवाआईडी सेवाid सर्विस सर्विसआईडी सर्विसid " +
			"服务 服务id 服务编号 服务号 服務 服務id 服務編號"},
		{"link", "bağlantı bağlantılar bağlantıadresi linki " +
			"ссылка ссылки ссылканапост ссылканапрофиль ссылканастраницу " +
			"enlace enlaces vínculo " +
			"lien liens lienurl " +
			"verlinkung linkadresse " +
			"tautan " +
			"liênkết đườngdẫn đườnglink linktrang " +
			"الرابط رابط الروابط اللينك لينك " +
			"लिंक " +
			"链接 目标链接 链接地址 连接 連結 網址 网址"},
		{"quantity", "miktar miktarı adet adedi sayı " +
			"количество колво колвошт " +
			"quantidade quantidades qtd qtde quant " +
			"cantidad cantidades cant " +
			"quantité quantités qté " +
			"menge anzahl stückzahl " +
			"jumlah kuantitas jumlahpesanan " +
			"sốlượng sl " +
			"الكمية كمية العدد عدد " +
			"मात्रा संख्या " +
			"数量 數量 下单数量 订购数量"},
		{"runs", "tekrarsayısı tekrar çalıştırma çalıştırmasayısı " +
			"количествозапусков колвозапусков запуски запусков повторы повторов колвоповторов " +
			"execuções repetições repeticiones ejecuciones répétitions exécutions nombredexécutions " +
			"wiederholungen durchläufe läufe pengulangan jumlahrun jumlahpengulangan sốlầnchạy sốlầnlặp lặplại " +
			"عددالتكرارات التكرار عددالمرات रन दोहराव 运行次数 次数"},
		{"interval", "aralık aralıkdakika интервал интервалминут intervalo intervalominutos intervalle intervalleminutes " +
			"intervall intervallminuten khoảngthờigian khoảngcách الفاصل الفاصلالزمني अंतराल 间隔 间隔分钟"},
		{"comments", "yorumlar комментарии comentários comentarios commentaires kommentare komentar bìnhluận التعليقات " +
			"تعليقات कमेंट्स टिप्पणियाँ 评论 评论内容 評論"},
		{"usernames", "kullanıcıadları kullanıcılar именапользователей пользователи usuários nomesdeusuário usuarios " +
			"nombresdeusuario utilisateurs nomsdutilisateurs benutzernamen namanamapengguna tênngườidùngs " +
			"أسماءالمستخدمين المستخدمون यूज़रनेम्स उपयोगकर्ता 用户名列表"},
		{"groups", "gruplar группы grupos groupes gruppen daftargrup nhóm المجموعات समूह 群组"},
		{"answer_number", "cevapno cevapnumarası номерответа " +
			"númerodaresposta númeroresposta númeroderespuesta númerorespuesta " +
			"numéroderéponse numérodelaréponse antwortnummer antwortnr nomorjawaban sốcâutrảlời رقمالإجابة उत्तरसंख्या 答案编号"},
		{"keywords", "anahtarkelimeler anahtarkelime ключевыеслова ключевоеслово " +
			"palavraschave palabrasclave palabraclave " +
			"motsclés motclé schlüsselwörter suchbegriffe suchwörter katakunci từkhóa الكلماتالمفتاحية कीवर्ड 关键词 关键字"},
		{"username", "kullanıcıadı имяпользователя nomedeusuário nombredeusuario nomdutilisateur benutzername namapengguna " +
			"tênngườidùng اسمالمستخدم यूज़रनेम 用户名"},
	}
}
