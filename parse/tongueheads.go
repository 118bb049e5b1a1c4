package parse

// Names of columns and answers in the further languages of tongues.go.

// tongueGo say in a column for states that the row is still to be ordered, as those of [goWords].
func tongueGo() string {
	return "замовити|до замовлення|нове|новий|нова|оплачено|оплачений|підтверджено|затверджено|терміново|в черзі|очікує|" +
		"zamówić|do zamówienia|nowe|nowy|opłacone|zapłacone|potwierdzone|zatwierdzone|pilne|w kolejce|oczekuje|" +
		"ordinare|da ordinare|nuovo|nuova|pagato|pagata|confermato|approvato|urgente|in coda|da fare|" +
		"bestellen|te bestellen|nieuw|betaald|bevestigd|goedgekeurd|dringend|spoed|in de wachtrij|te doen|" +
		"de comandat|nou|nouă|plătit|confirmat|aprobat|de făcut|" +
		"objednat|k objednání|nové|nový|zaplaceno|potvrzeno|schváleno|čeká|" +
		"προς παραγγελία|νέο|νέα|πληρώθηκε|πληρωμένο|επιβεβαιώθηκε|εγκρίθηκε|επείγον|εκκρεμεί|" +
		"להזמין|להזמנה|חדש|שולם|אושר|מאושר|דחוף|ממתין להזמנה|" +
		"megrendelni|megrendelendő|új|fizetve|kifizetve|jóváhagyva|sürgős|" +
		"beställ|beställa|att beställa|ny|nytt|betald|betalt|godkänd|bekräftad|" +
		"سفارش بده|سفارش شود|جدید|پرداخت شد|پرداخت شده|تایید شد|تایید شده|فوری|" +
		"주문|주문 요청|주문요청|신규|결제완료|결제 완료|입금완료|입금 완료|승인|승인됨|긴급|" +
		"অর্ডার করুন|নতুন|পেমেন্ট হয়েছে|অনুমোদিত|জরুরি|আরডার করতে হবে|" +
		"آرڈر کریں|نیا|نئی|ادائیگی ہو گئی|منظور|منظور شدہ|فوری|" +
		"order karo|order karna hai|naya|payment ho gaya|paid hai|urgent hai"
}

// tongueYes and tongueNo are answers, as those of [yesWords] and [noWords].
func tongueYes() string {
	return "так|tak|sì|si|ja|da|ano|ναι|כן|igen|بله|آره|예|네|হ্যাঁ|جی ہاں|ہاں|はい|ใช่|haan|han ji"
}

func tongueNo() string {
	return "ні|nie|no|nee|ne|όχι|לא|nem|nej|نه|خیر|아니오|아니요|না|نہیں|いいえ|ไม่|ไม่ใช่|nahi|nahin|не треба|ні ще|tidak|" +
		"ще ні|jeszcze nie|non ancora|nog niet|încă nu|ještě ne|όχι ακόμα|עדיין לא|még nem|inte än|هنوز نه|아직|এখনো না|ابھی نہیں"
}

// tongueDenials take back what stands beside them, as those of [notDone].
func tongueDenials() string {
	return "ще не|ні|nie|jeszcze nie|non|non ancora|niet|nog niet|încă nu|ještě ne|δεν|όχι|לא|עדיין לא|nem|még nem|" +
		"inte|ej|هنوز|안|아직|না|এখনো|نہیں|nahi"
}

// tongueNoteNames are names of columns of notes.
func tongueNoteNames() string {
	return "type of row|row type|line type|kind of row|kind of line|" +
		"примітка|примітки|нотатка|нотатки|коментар|коментарі|uwaga|uwagi|notatka|notatki|komentarz|komentarze|" +
		"nota|note|appunti|commento|commenti|osservazioni|opmerking|opmerkingen|notitie|notities|toelichting|" +
		"observații|observatii|mențiuni|notă|comentariu|poznámka|poznámky|komentář|σημείωση|σημειώσεις|σχόλιο|σχόλια|" +
		"הערה|הערות|megjegyzés|megjegyzések|jegyzet|anteckning|anteckningar|kommentar|kommentarer|notering|" +
		"توضیحات|یادداشت|ملاحظات|توضیح|메모|비고|노트|참고|설명|備考|メモ|コメント|注記|หมายเหตุ|บันทึก|ความเห็น|মন্তব্য|নোট|" +
		"نوٹ|تبصرہ|کیفیت|tippani"
}

// tongueStates are names of columns for states.
func tongueStates() string {
	return "статус|стан|stan|status zamówienia|stato|stato ordine|toestand|stare|stav|κατάσταση|סטטוס|מצב|állapot|státusz|" +
		"tillstånd|وضعیت|상태|状況|ステータス|สถานะ|অবস্থা|স্ট্যাটাস|حالت|سٹیٹس"
}

// tongueDoneNames are names of columns that ask whether a row is done, or not to be ordered.
func tongueDoneNames() string {
	return "виконано|зроблено|замовлено|скасовано|wykonane|zrobione|zamówione|anulowane|fatto|ordinato|annullato|" +
		"gedaan|besteld|geannuleerd|făcut|comandat|anulat|hotovo|objednáno|zrušeno|έγινε|ακυρώθηκε|παραγγέλθηκε|בוצע|" +
		"הוזמן|בוטל|kész|megrendelve|törölve|klar|beställd|avbruten|انجام شد|سفارش داده شد|لغو شد|لغو|완료|주문완료|취소|" +
		"完了|注文済み|発注済み|キャンセル|เสร็จ|สั่งแล้ว|ยกเลิก|সম্পন্ন|বাতিল|مکمل|منسوخ|duplicate hai"
}

// tongueGoNames are names of columns that ask whether a row is to be ordered.
func tongueGoNames() string {
	return "замовити|замовляти|затверджено|zamówić|zatwierdzone|ordinare|approvato|goedgekeurd|de comandat|aprobat|" +
		"objednat|schváleno|παραγγελία τώρα|εγκρίθηκε|להזמין|אושר|megrendelni|jóváhagyva|beställas|godkänd|سفارش بدهم|" +
		"تایید|تایید شد|승인|주문할까요|주문 여부|承認|注文する|อนุมัติ|สั่ง|অনুমোদন|منظوری"
}

// tongueSections are titles above what is done, or not to be ordered yet.
func tongueSections() string {
	return "скасовані|виконані|замовлені|чернетка|відкладені|на паузі|anulowane|zakończone|zamówione|wstrzymane|szkic|" +
		"oczekujące na akceptację|annullati|completati|già ordinati|in attesa di approvazione|bozza|sospesi|" +
		"geannuleerd|afgerond|al besteld|wacht op akkoord|uitgesteld|anulate|finalizate|ciornă|zrušené|hotové|" +
		"koncept|ακυρωμένα|ολοκληρωμένα|πρόχειρο|בוטלו|הושלמו|טיוטה|törölt|kész|piszkozat|avbrutna|utkast|" +
		"لغو شده|انجام شده|پیش نویس|취소된 주문|완료된 주문|취소|완료|초안|キャンセル分|完了分|下書き|保留中|ยกเลิกแล้ว|เสร็จแล้ว|แบบร่าง|" +
		"বাতিল|সম্পন্ন|খসড়া|منسوخ|مکمل|مسودہ"
}
