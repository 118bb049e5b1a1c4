package parse

// Further words by which notes stop a row, by families: a card that was refused, another month, a wrong name, a person
// who gave up, who waits for whose word. They stand in notes with other words around them, as those of [notePhrases].

// stopMore are such phrases.
func stopMore() string { return stopWest() + "|" + stopEast() + "|" + stopElsewhere() }

func stopWest() string {
	return "stay put till|stay put until|stay put|stays put|not this month|not this week|not this year|card bounced|" +
		"card declined|card was declined|card got declined|card refused|card was refused|payment bounced|pay first|" +
		"payment first|paid first|has to pay first|must pay first|not before payment|wrong handle|wrong username|" +
		"wrong user name|wrong name|same guy as above|same one as above|same as row|same hold|legal says no|" +
		"legal said no|says no|said no|says nope|double it|double this|double the quantity|was a typo|is a typo|" +
		"ghosted us|ghosted|leave out|leave him out|leave her out|leave them out|nothing until|nothing till|" +
		"nothing before|got banned|was banned|is banned|account banned|account suspended|account blocked|" +
		"not likes|not views|not followers|not comments|his other account|her other account|their other account|" +
		"half next month|half next week|half later|ran it himself|ran it herself|ran it themselves|did it himself|" +
		"did it herself|go away|no go|till i text|until i text|until i say|till i say|ran out of money|" +
		"sorry no|scrap|scrapped|needs sign off first|" +
		"este mes no|esta semana no|tarjeta rechazada|rechazó la tarjeta|primero que pague|que pague primero|" +
		"que paguen primero|antes que pague|igual que el de arriba|igual al de arriba|se echó atrás|se echaron atrás|" +
		"espera a que|esperen a que|usuario equivocado|usuario incorrecto|nombre equivocado|que sea el doble|" +
		"duplicar la cantidad|legal dice que no|dice que no|dejarlo parado|dejar parado|cliente desapareció|" +
		"nada hasta que|hasta nuevo aviso|no lanzar|cuenta bloqueada|cuenta baneada|cuenta suspendida|lo lanzó anoche|" +
		"lo lanzó ayer|eran 750 perdón|" +
		"este mês não|esta semana não|cartão recusado|cartão foi recusado|cartão negado|só depois do|só após o|" +
		"paga primeiro|pagar primeiro|igual ao de cima|igual a de cima|mesmo de cima|espera eu|esperar eu|" +
		"já rodamos|já rodou|já rodei|errado vai mandar|dobrar a quantidade|dobrar|jurídico vetou|vetou|vetado|" +
		"deixa parado|deixar parado|cliente sumiu|não rodar|nada antes|conta foi banida|conta banida|" +
		"conta bloqueada|conta suspensa|desiste|" +
		"pas ce mois|pas cette semaine|carte refusée|carte rejetée|s est désisté|sest désisté|désisté|se désiste|" +
		"attends mon feu|attend mon feu|mauvais pseudo|mauvais nom|à doubler|doubler la quantité|idem ligne|" +
		"même ligne que|juridique refuse|juridique a refusé|dit non|on laisse de côté|laisser de côté|pas avant|" +
		"payer d abord|paie d abord|ne répond plus|rien avant|compte banni|compte bloqué|compte suspendu|" +
		"la lancé hier|l a lancé hier|" +
		"diesen monat nicht|diese woche nicht|dieses jahr nicht|karte abgelehnt|karte wurde abgelehnt|karte gesperrt|" +
		"bitte verdoppeln|verdoppeln|wie oben nochmal|nochmal drin|ist raus|sagt nein|abgelehnt|muss er zahlen|" +
		"muss sie zahlen|müssen sie zahlen|erst zahlen|zuerst zahlen|falscher name|falscher nutzername|mein go|" +
		"nicht rausgeben|weglassen|konto gesperrt|account gesperrt|gestern selbst gestartet|selbst gestartet|" +
		"dienstag schon gemacht|sollten 750|kunde meldet sich nicht"
}

func stopEast() string {
	return "bu ay değil|bu hafta değil|kartı geçmedi|kart geçmedi|kartı reddedildi|iki katı olsun|iki katına|" +
		"üsttekiyle aynı|yukarıdakiyle aynı|hukuk onay vermedi|onay vermedi|gelmeden girmeyin|girmeyin|girmeyelim|" +
		"caydı|caydılar|haber verene kadar|salı günü hallettik|hallettik|hesap adı yanlış|adı yanlış|" +
		"şimdilik kalsın|ulaşamıyoruz|başlamayın|başlamayalım|kendi girdi|olacaktı pardon|hesap kapanmış|" +
		"hesap kapandı|hesap askıya|" +
		"соскочил|соскочила|соскочили|слился|слились|пропал|пропала|пропали|жди моего|ждите моего|сигнала|" +
		"уже крутили|не в этом месяце|не на этой неделе|карта не прошла|карту отклонили|карта отклонена|" +
		"ник неправильный|неправильный ник|неверный ник|удвоить|удвойте|тот же что выше|то же что выше|" +
		"юристы против|против юристы|сначала оплата|сначала деньги|сперва оплата|оплата вперед|пока не трогать|" +
		"не запускаем|без договора не|сам запустил|сама запустила|аккаунт заблокирован|аккаунт забанен|" +
		"заблокировали|забанили|не оплатил|не оплатили|до понедельника|" +
		"bulan ini enggak|bulan ini tidak|bulan ini ga|bulan ini nggak|minggu ini tidak|kartunya ditolak|" +
		"kartu ditolak|gandakan|dobelin|sama kayak atasnya|sama seperti atas|sama dengan atas|orangnya mundur|" +
		"klien mundur|mundur|di pending|dipending|di hold|dihold|jangan dieksekusi|jangan jalan|bayar dulu|" +
		"harus bayar dulu|tunggu kabar|sudah dikerjain|udah dikerjain|username salah|hilang kontak|" +
		"sudah jalankan semalam|kena banned|akun diblokir|dibatalin|" +
		"tháng này không|tuần này không|thẻ bị từ chối|bị từ chối|gấp đôi lên|gấp đôi|giống dòng trên|rút rồi|" +
		"rút lui|đợi tui|đợi tôi|đợi mình|đợi em|chờ tôi|chờ mình|ba làm rồi|sai tên|tên sai|gác lại|" +
		"đừng chạy vội|trả tiền xong mới|trả tiền rồi mới|thanh toán xong mới|mất liên lạc|chưa ký|" +
		"thì chưa làm|tự chạy rồi|tài khoản bị khóa|bị khóa|nick bị khóa|đúng ra là|" +
		"ليس هذا الشهر|مو هذا الشهر|لم تنجح البطاقة|البطاقة مرفوضة|رفضت البطاقة|ضاعف الكمية|ضاعف|" +
		"نفس السطر|نفس الذي فوق|نفس اللي فوق|الدفع أولا|يدفع أولا|انسحب|انسحبت|حتى أخبرك|نفذناه|نفذناها|" +
		"اليوزر غلط|يوزر غلط|اسم خاطئ|لا تنفذه|لا يرد|لا نرسل|لا شيء قبل|أرسلته أمس|أرسله أمس|الحساب محظور|" +
		"حساب محظور|الحساب موقوف|متوقف|" +
		"इस महीने नहीं|इस हफ्ते नहीं|कार्ड फेल|कार्ड रिजेक्ट|दोगुना|डबल कर|ऊपर वाला ही|पीछे हट गया|पीछे हट गई|" +
		"पीछे हट|रोक कर|रोककर|पहले पैसे|पहले भुगतान|बताने तक|मंगलवार को कर दिया|यूज़रनेम गलत|यूजरनेम गलत|" +
		"मत डालना|मत डालो|जवाब नहीं दे|मत चलाना|आने तक कुछ नहीं|खुद चला दिया|खाता बंद|अकाउंट बंद|" +
		"750 होना था"
}

// stopElsewhere are those of the further languages of [tongueNotes].
func stopElsewhere() string {
	return "tirato indietro|tirata indietro|per ora no|aspetta che|fatto martedì|fatto ieri|carta rifiutata|" +
		"questo mese no|prima deve pagare|zrezygnował|zrezygnowała|zrezygnowali|wstrzymać|wstrzymane|zrobione we|" +
		"zrobione wczoraj|nie teraz|karta odrzucona|nie w tym miesiącu|najpierw płatność|haakt af|afgehaakt|" +
		"even wachten|nu niet|deze maand niet|kaart geweigerd|eerst betalen|відкласти|відклали|відмовився|" +
		"відмовилась|поки не запускати|вже зробили|не цього місяця|картка не пройшла|спочатку оплата|s a răzgândit|" +
		"sa răzgândit|răzgândit|făcut deja|făcut marți|nu acum|card respins|luna asta nu"
}

// stopMoreHan are the same of scripts without blanks.
func stopMoreHan() string {
	return "反悔|做过了|这个月不做|本月不做|卡被拒|刷卡失败|付款失败|账号错了|用户名错|数量翻倍|翻倍|跟上面一样|和上面一样|同上一行|" +
		"搁置|付了钱再|先付款再|付款后再|被封|失联|不跑|之前别动|别动|自己跑了|应该是|等我通知|等我消息|另一个号|" +
		"実施済み|今月はなし|今月は無し|辞退|철회|이번 달은 안|이번달은 안|이미 함|이미 했|카드 거절|ลูกค้ายกเลิก|รอแจ้งก่อน|ทำไปแล้ว|ยังไม่ต้อง"
}

// resumed are phrases of notes that take back a word for what waits, or say of something else than the row what stands
// in them: what is left of the note counts.
func resumed() string {
	return "no longer on hold|not on hold anymore|not on hold any more|was on hold|were on hold|been on hold|" +
		"had been paused|was paused|off hold|hold on to|holds on to|no longer paused|no more on hold|" +
		"nicht mehr pausiert|nicht mehr auf eis|war pausiert|ya no está en pausa|estaba en pausa|" +
		"não está mais em pausa|estava em pausa|n est plus en pause|était en pause|больше не на паузе|" +
		"был на паузе|была на паузе|artık beklemede değil|sudah tidak ditunda|" +
		"lançou single|lançou música|lançou clipe|lançou álbum|lançou ep|lançou loja|lançou coleção|" +
		"lançou marca|lançou disco|trả tiền đúng hạn|thanh toán đúng hạn|trả đúng hạn|báo cáo cuối kỳ|" +
		"báo cáo cuối tháng|स्क्रीनशॉट भेजना है बाद में|बाद में स्क्रीनशॉट|रिपोर्ट बाद में|बाद में रिपोर्ट|" +
		"report later|screenshot later|invoice later|rechnung später|factura después|fatura depois|facture plus tard"
}

// doneMore are further words of [doneWords].
func doneMore() string {
	return "scrapped|scrap|parked|storniert am|kelar|udah kelar|sudah kelar|dibatalin|di hold|dihold|di pending|" +
		"cancelou|se canceló|em espera|en espera|ya hecho|ya hecha|déjà passée|déjà passé|déjà lancée|iptal oldu|" +
		"остановлен|остановлено|остановлена|приостановлен|приостановлено|отработано|уже отработано|abgelehnt|" +
		"refusé|refusée|rechazado|rechazada|recusado|recusada|reddedildi|отклонено|отклонен|ditolak|" +
		"bị từ chối|tạm hoãn|tạm dừng|khách hủy|gác lại|ألغي|مرفوض|متوقف|متوقفة|कैंसिल|कैंसल|अस्वीकृत|होल्ड पर|होल्ड|abgesagt"
}

func doneMoreHan() string { return "搞定|暂缓|搁置|拒绝|已经下单|已经做" }
