package parse

// Words of further languages by which people mark rows: Ukrainian, Polish, Italian, Dutch, Romanian, Czech, Greek,
// Hebrew, Hungarian, Swedish, Persian, Korean, Bengali, Urdu and Hindi in Latin letters, a line or two each, in that
// order. Those of Japanese and Thai, which have no blanks, stand apart.

// tongueDone are words for done, cancelled, sent, held and paid back, as those of [doneWords].
func tongueDone() string {
	return "скасовано|скасований|скасована|відмінено|відміна|готово|зроблено|виконано|завершено|замовлено|відправлено|" +
		"призупинено|на паузі|повернення|повернено|дубль|дублікат|в роботі|видалити|пропустити|" +
		"anulowano|anulowane|anulowany|anulowana|odwołane|zrobione|wykonane|zakończone|zamówione|wysłane|wstrzymane|" +
		"wstrzymano|zwrot|zwrócono|duplikat|zdublowane|w toku|w realizacji|usunąć|pominąć|" +
		"annullato|annullata|annullati|cancellato|cancellata|fatto|fatta|completato|completata|terminato|ordinato|" +
		"ordinata|inviato|inviata|consegnato|sospeso|sospesa|in pausa|rimborsato|rimborsata|doppione|duplicato|" +
		"in corso|in lavorazione|da saltare|" +
		"geannuleerd|gecanceld|klaar|gedaan|afgerond|voltooid|besteld|verzonden|verstuurd|geleverd|gepauzeerd|on hold|" +
		"terugbetaald|dubbel|duplicaat|in behandeling|bezig|overslaan|vervallen|" +
		"anulat|anulată|gata|făcut|terminat|finalizat|comandat|comandată|trimis|livrat|suspendat|în pauză|rambursat|" +
		"duplicat|dublură|în lucru|în curs|" +
		"zrušeno|zrušená|zrušený|hotovo|dokončeno|objednáno|odesláno|doručeno|pozastaveno|vráceno|duplicitní|duplicita|" +
		"probíhá|přeskočit|" +
		"ακυρώθηκε|ακυρωμένο|ακυρωμένη|ακύρωση|έγινε|ολοκληρώθηκε|παραγγέλθηκε|στάλθηκε|παραδόθηκε|σε παύση|σε αναμονή|" +
		"επιστράφηκε|διπλό|διπλότυπο|σε εξέλιξη|" +
		"בוטל|בוטלה|מבוטל|בוצע|הושלם|נגמר|הוזמן|נשלח|סופק|מושהה|בהמתנה|הוחזר|זיכוי|כפול|כפילות|בתהליך|לדלג|" +
		"törölve|lemondva|visszavonva|kész|elkészült|megrendelve|elküldve|teljesítve|szünetel|felfüggesztve|visszatérítve|" +
		"duplikált|folyamatban|kihagyni|" +
		"avbokad|avbokat|avbruten|inställd|annullerad|klart|färdig|beställd|beställt|skickad|skickat|levererad|" +
		"pausad|återbetald|dubblett|dubbel|pågår|hoppa över|" +
		"لغو شد|لغو شده|لغو|کنسل|کنسل شد|کنسل شده|انجام شد|انجام شده|تمام شد|سفارش داده شد|ثبت شد|ارسال شد|تحویل شد|" +
		"متوقف|متوقف شد|معلق شد|عودت شد|عودت داده شد|تکراری|در حال انجام|حذف شود|" +
		"취소|취소됨|취소함|완료|완료됨|주문완료|주문 완료|주문함|발송완료|전송됨|보류|보류중|보류 중|중지|중단|환불|환불됨|중복|중복됨|진행중|진행 중|" +
		"বাতিল|বাতিল হয়েছে|সম্পন্ন|হয়ে গেছে|শেষ|অর্ডার করা হয়েছে|পাঠানো হয়েছে|স্থগিত|রিফান্ড|ফেরত|ডুপ্লিকেট|চলছে|" +
		"منسوخ|منسوخ ہو گیا|کینسل|مکمل|ہو گیا|ہو گئی|آرڈر ہو گیا|بھیج دیا|روکا ہوا|ریفنڈ|واپس|ڈپلیکیٹ|جاری ہے|" +
		"cancel ho gaya|cancel kar diya|cancel hai|band karo|rok do|ruk jao|order ho gaya|order kar diya|bhej diya|" +
		"refund ho gaya|refund kar diya|duplicate hai|do baar"
}

// tongueNever say anywhere that a row isn't to be ordered, or is already, as those of [neverWords].
func tongueNever() string {
	return "не замовляти|не замовляйте|не замовляй|вже замовлено|уже замовлено|вже замовили|" +
		"nie zamawiać|nie zamawiaj|nie zamawiamy|już zamówione|już zamówiono|już zamówiliśmy|" +
		"non ordinare|non ordinate|da non ordinare|già ordinato|già ordinata|già ordinati|" +
		"niet bestellen|niet meer bestellen|al besteld|reeds besteld|" +
		"nu comanda|nu comandați|a nu se comanda|deja comandat|deja comandată|" +
		"neobjednávat|neobjednávejte|už objednáno|již objednáno|" +
		"μην παραγγείλεις|μην παραγγείλετε|να μην παραγγελθεί|ήδη παραγγέλθηκε|έχει παραγγελθεί|" +
		"לא להזמין|אל תזמין|אל תזמינו|כבר הוזמן|כבר הזמנו|" +
		"ne rendeld meg|nem kell megrendelni|ne rendelje meg|már megrendelve|már megrendeltük|" +
		"beställ inte|beställ ej|ska inte beställas|redan beställd|redan beställt|" +
		"سفارش نده|سفارش ندهید|سفارش داده نشود|قبلا سفارش داده شد|قبلا سفارش داده شده|" +
		"주문하지 마세요|주문하지 마|주문 금지|주문하지 말|이미 주문|이미 주문함|이미 주문했|" +
		"অর্ডার করবেন না|অর্ডার কোরো না|অর্ডার করো না|আগেই অর্ডার|ইতিমধ্যে অর্ডার|" +
		"آرڈر نہ کریں|آرڈر مت کریں|آرڈر نہیں کرنا|پہلے ہی آرڈر|" +
		"order mat karo|order mat karna|order nahi karna|order na kare|mat karo|pehle hi order|already order ho gaya|" +
		"no la pidas|no lo pidas|n'en commandez pas|no encargar|não encomendar|jangan di order|jangan pesan|không order"
}

// tongueNotes say it in notes: what is waited for, who wants it no longer, what is wrong; as those of [notePhrases].
func tongueNotes() string {
	return "чекаємо|чекати|зачекати|почекати|очікуємо|пізніше|не зараз|не потрібно|не треба|клієнт відмовився|" +
		"клієнт передумав|не оплачено|немає оплати|вже зробили|вже запустили|спочатку спитати|не запускати|не той акаунт|" +
		"czekamy|czekać|poczekać|zaczekać|później|nie teraz|niepotrzebne|nie trzeba|klient zrezygnował|rezygnacja|" +
		"klient się rozmyślił|nieopłacone|nie zapłacił|brak płatności|już zrobione|najpierw zapytać|nie uruchamiać|" +
		"aspettare|aspetta|aspettiamo|in attesa|attendere|più tardi|non ora|non serve|non serve più|non fare|" +
		"ha rinunciato|ha annullato|ci ha ripensato|non pagato|manca il pagamento|già fatto|chiedere prima|non lanciare|" +
		"wachten|wacht op|even wachten|nu niet|niet nodig|niet meer nodig|heeft afgezegd|klant wil niet|niet doen|" +
		"niet betaald|nog niet betaald|al gedaan|eerst vragen|niet starten|verkeerde link|" +
		"așteptăm|așteaptă|de așteptat|mai târziu|nu acum|nu mai vrea|a renunțat|nu e nevoie|neplătit|nu a plătit|" +
		"deja făcut|întreabă întâi|nu porni|" +
		"čekáme|čekat|počkat|později|teď ne|není potřeba|už nechce|zákazník odmítl|nezaplaceno|nezaplatil|už hotovo|" +
		"nejdřív se zeptat|nespouštět|" +
		"περιμένουμε|περίμενε|αναμονή|αργότερα|όχι τώρα|δεν χρειάζεται|δεν θέλει|το ακύρωσε|απλήρωτο|δεν πλήρωσε|" +
		"έγινε ήδη|ρώτα πρώτα|" +
		"לחכות|ממתינים|מחכים|אחר כך|לא עכשיו|לא צריך|לא רוצה|הלקוח ביטל|התחרט|לא שולם|לא שילם|כבר בוצע|לשאול קודם|" +
		"várunk|várni|várj|később|most nem|nem kell|nem kéri|lemondta|meggondolta magát|nincs fizetve|nem fizetett|" +
		"már kész|előbb kérdezd|" +
		"vänta|väntar på|avvakta|senare|inte nu|behövs inte|vill inte|ångrade sig|obetald|inte betald|ej betald|" +
		"redan gjort|redan klart|fråga först|starta inte|" +
		"منتظر|منتظریم|صبر کنید|صبر کن|بعدا|فعلا نه|لازم نیست|منصرف شد|مشتری منصرف شد|پرداخت نشده|پرداخت نشد|" +
		"قبلا انجام شد|اول بپرس|شروع نکن|شروع نشود|لینک اشتباه|" +
		"대기|대기중|기다려|기다려주세요|나중에|지금 말고|필요 없음|필요없음|고객 변심|변심|안 함|하지 마세요|하지마세요|하지 마|미입금|미결제|입금 전|" +
		"이미 완료|먼저 확인|링크 오류|잘못된 링크|" +
		"অপেক্ষা|অপেক্ষা করুন|পরে|এখন না|লাগবে না|দরকার নেই|গ্রাহক না করেছে|পেমেন্ট হয়নি|টাকা দেয়নি|আগে জিজ্ঞেস|ভুল লিংক|" +
		"انتظار کریں|انتظار|بعد میں|ابھی نہیں|ضرورت نہیں|منع کر دیا|ادائیگی نہیں|پیمنٹ نہیں|پہلے پوچھ|مت کرنا|غلط لنک|" +
		"ruko|ruk ja|abhi nahi|abhi mat|baad me|baad mein|nahi chahiye|mana kar diya|payment nahi|paisa nahi aya|" +
		"payment pending|pehle pucho|pehle puchna|galat link|kal karna|wait karo"
}

// tongueHan are words for done in scripts without blanks: a cell begins with one of them.
func tongueHan() string {
	return "キャンセル|取り消し|取消|完了|済み|済|注文済|発注済|対応済|送信済|保留|中止|停止|返金|重複|対応中|処理中|不要|見送り|" +
		"ยกเลิก|เสร็จแล้ว|เสร็จ|สั่งแล้ว|ส่งแล้ว|พักไว้|หยุด|คืนเงิน|ซ้ำ|กำลังทำ|ไม่เอา|ไม่ต้อง"
}

// tongueNeverHan say anywhere that the row isn't to be ordered, or is already.
func tongueNeverHan() string {
	return "注文しない|発注しない|注文不可|注文禁止|注文済み|発注済み|既に注文|すでに注文|もう注文|อย่าสั่ง|ห้ามสั่ง|ไม่ต้องสั่ง|สั่งไปแล้ว|สั่งแล้ว"
}

// tongueNoteHan say it in notes.
func tongueNoteHan() string {
	return "保留|重複|待ち|待って|あとで|後で|後日|今はしない|まだしない|しないで|やめる|やめて|辞退|キャンセル|未払い|未入金|入金前|確認してから|確認待ち|" +
		"リンク間違|リンク切れ|非公開|" +
		"รอลูกค้า|รอโอน|รอชำระ|รอยืนยัน|รอก่อน|ไว้ก่อน|ทีหลัง|ยังไม่|อย่าเพิ่ง|อย่า|" +
		"ไม่เอาแล้ว|ลูกค้าไม่เอา|ถามก่อน|ลิงก์ผิด|ลิงค์ผิด|ซ้ำ|" +
		"취소|보류|중복|대기|미입금"
}
