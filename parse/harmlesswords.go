package parse

// What notes say that changes nothing about whether a row is to be ordered: how fast it should go, that it is paid,
// what it is for. A word may go on behind a star, and a phrase is harmless as a whole, such as "no drop".

// englishHarmless are such words in English.
func englishHarmless() string {
	return "restaurant*|hotel*|clinic|studio*|salon|new|regular|loyal|repeat|repeats|returning|important|special|big|" +
		"small|best|top|vip|key|main|first|second|third|final|extra|bonus|gift|free|test|trial|sample size|premium|" +
		"gold|silver|urgent|urgently|asap|priority|prio|quick|quickly|fast|faster|fastest|now|today|tonight|" +
		"immediately|instant|ahead|go ahead|express|rush|hurry|soon|deadline|deliver|deliver to|boost|push|slow|" +
		"slowly|slower|gradual|gradually|natural|naturally|organic|quality|hq|real|active|high|low|good|great|nice|" +
		"fine|happy|satisfied|likes|loves|wants|wanted|asked|asks|prefers|cheap|delivery|speed|drop|drops|refill*|" +
		"guarantee*|guaranteed|lifetime|button|work|works|invoice*|bill*|receipt*|paid|payment|received|cash|card|" +
		"paypal|bank|transfer|wire|discount*|price*|budget|usd|eur|euro|dollar*|ref|reference|id|code|po|cost*|" +
		"charge*|percent|launch*|promo*|promotion*|spring|summer|autumn|fall|winter|sale*|event*|giveaway*|contest*|" +
		"release*|christmas|xmas|easter|ramadan|eid|diwali|halloween|valentine*|black|birthday|wedding|anniversary|" +
		"opening|festival|season|ad|ads|advert*|single|podcast|stream*|live|view*|follower*|subscriber*|comment*|" +
		"shares|member*|week|month|year|q1|q2|q3|q4|weekly|monthly|daily|morning|evening|afternoon|usual|usually|" +
		"always|same|similar|like before|like last time|last time|previous time|again|discussed|agreed|mail|email|" +
		"whatsapp|telegram|phone|call|chat|instagram|tiktok|youtube|facebook|twitter|spotify|approved|approval|" +
		"confirmed|confirms|checked|verified|ok|okay|ready|thanks|thank|pls|please|hi|hello|country|usa|uk|germany|" +
		"france|spain|italy|turkey|india|brazil|worldwide|target*|male|female|men|women|sales|marketing|management|" +
		"ordered by|requested|plan|lot|batch|part|set|list|arkadaş*|yeni|tour|concert|show|gym|screenshot|" +
		"screenshots|form|website|crm|spreadsheet|brief|tracked|complained|steady|statistics|cheapest|cheaper|yes|" +
		"yep|yeah|sure|correct|right|exactly|perfect|cool|love|lovely|excellent|awesome|amazing|welcome|keep|needed|" +
		"urgently needed|high priority|top priority|first time|long time|long term|old customer|old client|" +
		"returning client|referral|referred|recommended|collab|collaboration|partner|partners|sponsor|sponsored|" +
		"ambassador|celebrity|singer|rapper|dj|actor|actress|athlete|politician|doctor|lawyer|coach|photographer|" +
		"blogger|gamer|streamer|startup|relaunch|rebrand|rebranding|branding|awareness|growth|engagement|reach|" +
		"impressions|interaction|interactions|monthly plan|subscription|retainer|bundle|combo|upsell|starter|basic|" +
		"standard|deluxe|mixed|random|custom|stable|safe|safely|careful|carefully|non drop|nondrop|lq|mq|arab|indian|" +
		"russian|turkish|german|french|spanish|brazilian|american|european|asian|english|global|local|geo|targeted|" +
		"female only|male only|ladies|teens|adults|crypto|fashion|beauty|fitness|food|music|travel|sport|sports|tech|" +
		"real estate|fans|audience|po number|quote|vat|tax|incl|excl|net|gross|prepaid|credit|stripe|wise|payoneer|" +
		"usdt|btc|upi|paytm|gpay|zelle|venmo|revolut|skrill|deposit received|fully paid|paid in full|paid by|" +
		"paid via|half paid|money received|money arrived|payment ok|payment done|payment confirmed|payment cleared|" +
		"settled|per contract|contract signed|tell me when|tell me if|let me know when|let me know if|inform me when|" +
		"notify when|no drip feed|no dripfeed|x mas|new year|black friday|cyber monday|mothers day|fathers day|" +
		"back to school|world cup|super bowl|as agreed|as discussed|as always|as ever|as before|as last time|" +
		"as last month|like last month|like always|same again|same thing|one more time|once more|same as last time|" +
		"same as before|same as usual|reorder|re order|top up|topup|green light|good to go|all good|looks good|" +
		"link checked|link ok|link is ok|link works|is public|public|public account|please start|start asap|" +
		"thank you|much appreciated|appreciated|kindly|dear|regards|cheers|haha|lol|fingers crossed|answer quickly|" +
		"before noon|by noon|by evening|by tonight|by weekend|this weekend|for weekend|eod|eow|sensitive|demanding|" +
		"picky|patient|friendly|polite|nervous|impatient|wife|husband|brother|sister|daughter|cousin|family|" +
		"neighbour|neighbor|colleague|buddy"
}

// germanHarmless are such words in German.
func germanHarmless() string {
	return "stammkunde*|neukunde*|team|firma|neu|neue|neuer|neues|alt|alte|treue*|wichtig*|groß*|klein*|beste*|erste|" +
		"erster|zweite*|extra|geschenk|gratis|kostenlos|dringend|eilig|eilt|priorität|prio|schnell|zügig|zeitnah|" +
		"sofort|jetzt|heute|starten|beginnen|kann los|langsam|natürlich|organisch|qualität|echt*|aktiv*|hoch|gut*|" +
		"zufrieden|mag|möchte|wünscht|günstig|lieferung|liefern|geschwindigkeit|tempo|drop|refill|garantie|rechnung*|" +
		"rg|beleg|quittung|bezahlt|zahlung|eingegangen|bar|karte|überweisung|rabatt|preis*|launch|aktion*|frühling*|" +
		"sommer*|herbst*|winter*|weihnacht*|ostern|oster*|event*|gewinnspiel*|geburtstag*|hochzeit*|eröffnung*|" +
		"werbung|anzeige*|lied|album|wie immer|immer|gleich*|wie |besprochen|vereinbart|abgesprochen|nochmal|" +
		"nochmal dasselbe|dasselbe|freigegeben|freigabe von|bestätigt|geprüft|ok|bereit|danke|bitte|messestand|" +
		"wahlkampf|diskret|mutterfirma|wiederholung|konzert*|vertrag liegt vor|website|formular|statistik*|kommt von|" +
		"kommt vom|ja|jawohl|genau|perfekt|super|toll|prima|sehr gut|hohe priorität|höchste priorität|" +
		"so schnell wie möglich|schnellstmöglich|asap|bis heute abend|diese woche|fürs wochenende|empfehlung|" +
		"empfohlen|kooperation|partner|sponsor|sänger*|musiker*|arzt|anwalt|trainer*|fotograf*|mode|schönheit|essen|" +
		"musik|reise|sport|verein|laufend|monatlich|monatspaket|paket|abo|mwst|netto|brutto|vorkasse|kredit|paypal|" +
		"sepa|anzahlung erhalten|zahlung erhalten|geld da|geld ist da|bezahlt per|vollständig bezahlt|" +
		"vertrag unterschrieben|deutsche|türkische|weltweit|gemischt|weiblich|männlich|frauen|männer|öffentlich|" +
		"konto ist öffentlich|link geprüft|link passt|passt|passt so|alles klar|alles gut|in ordnung|guten morgen|" +
		"hallo|vielen dank|lieben gruß|grüße|lg|mfg|wie letztes mal|wie beim letzten mal|wie gehabt|wie üblich|" +
		"wie letzten monat|wie zuletzt|gleiches nochmal|noch einmal|nachbestellung|freundlich|ungeduldig|" +
		"anspruchsvoll|bekannter|bekannte|nachbar*|bruder|schwester|frau von|hochwertig|sauber|stabil|sicher|" +
		"vorsichtig|muttertag|silvester|neujahr|black friday|messe|premiere|tournee|tour|neueröffnung|neuerscheinung|" +
		"beworben|gewünscht"
}

// turkishHarmless are such words in Turkish.
func turkishHarmless() string {
	return "eski müşteri*|düzenli|sadık|sürekli|önemli|özel|büyük|küçük|ilk|ikinci|üçüncü|ek|hediye|ücretsiz|acil|acele|" +
		"öncelik*|hızlı|hemen|şimdi|bugün|başla|başlasın|başlayın|yavaş|doğal|kademeli|organik|kalite*|gerçek|aktif|" +
		"yüksek|düşük|iyi|güzel|memnun|ucuz|teslimat|hız|düşüş*|düşme*|telafi*|garanti*|fatura*|fiş|makbuz|ödendi|" +
		"ödeme|alındı|nakit|kart|havale|eft|indirim*|fiyat*|numara*|kesildi|kampanya*|lansman*|promosyon*|bahar*|yaz|" +
		"sonbahar|kış|indirimi|etkinlik*|çekiliş*|yarışma*|yılbaşı|bayram*|doğum günü|düğün|açılış*|reklam*|şarkı*|" +
		"albüm*|aynı*|aynısından|yine|tekrar|her zamanki|gibi|zamanki|geçen seferki|konuştuğumuz|anlaştığımız|" +
		"onaylandı|onayladı|onaylı|teyit|kontrol edildi|hazır|teşekkür*|lütfen|gitsin|verebilirsiniz|kunde*|patron*|" +
		"kardeş*|konser*|düğün*|form|site|eski müşterimiz|eski müşterimizin|evet|tamamdır|harika|süper|mükemmel|" +
		"öncelikli|ivedi|acilen|çok acil|bir an önce|en kısa sürede|akşama kadar|bugün içinde|yılbaşı kampanyası|" +
		"tanıtım|tanıdık|arkadaşımız|referans|tavsiye|işbirliği|ortak|şarkıcı|influencer|fenomen|doktor|avukat|müzik|" +
		"moda|spor|güzellik|yemek|türk|yabancı|karışık|kadın|erkek|kdv|dahil|peşin|kredi|papara|iban|ödemesi yapıldı|" +
		"ödeme yapıldı|ödeme geldi|para geldi|parası geldi|aylık|haftalık|paket|olsun|rica|kolay gelsin|selam|" +
		"merhaba|teşekkürler|sağolun|aynı şekilde|eskisi gibi|geçen ayki gibi|hesap açık|link doğru|" +
		"link kontrol edildi|sorunsuz|kaliteli|düşmesiz|telafili|garantili|kalıcı|nazik|titiz|sabırsız"
}

// spanishHarmless are such words in Spanish.
func spanishHarmless() string {
	return "nuevo|nueva|nuevos|habitual|fiel|importante|grande|pequeño|mejor|primer|primero|primera|segundo|segunda|" +
		"tercero|regalo|gratis|urgente|prioridad|prioritario|rápido|rápida|pronto|antes posible|lo antes posible|" +
		"cuanto antes|ya mismo|ahora|hoy|empezar ya|lanzar ya|adelante|inmediato|lento|lenta|despacio|gradual|" +
		"natural|orgánico|calidad|real|reales|activo*|alta|baja|bueno|buena|contento|feliz|satisfecho|quiere|" +
		"prefiere|barato|entrega|velocidad|caída*|garantía|reposición|factura*|recibo|pagado|pagada|pago|recibido|" +
		"efectivo|tarjeta|transferencia|descuento|precio|lanzamiento|promoción|promo|primavera|verano|otoño|invierno|" +
		"rebajas|evento|sorteo|concurso|navidad|pascua|cumpleaños|boda|apertura|anuncio|vídeo|video|como siempre|" +
		"siempre|igual|mismo|misma|otra vez lo |repetir|de nuevo|la última vez|hablado|acordado|aprobado|aprobada|" +
		"confirmado|confirmó|revisado|ok|listo |para pedir|gracias|por favor|espera es urgente|amigo|amiga|concierto|" +
		"de parte de|boda de|formulario|web|sí|claro|perfecto|genial|excelente|muy bien|bien|alta prioridad|" +
		"máxima prioridad|prioritaria|rapidito|rapidita|lo más rápido posible|para hoy|esta semana|" +
		"este fin de semana|recomendado|recomendada|colaboración|socio|patrocinado|cantante|músico|médico|abogado|" +
		"entrenador|fotógrafo|moda|belleza|comida|viaje|viajes|deporte|mensual|semanal|paquete|plan|iva|neto|bruto|" +
		"prepago|crédito|bizum|anticipo recibido|pago confirmado|dinero recibido|contrato firmado|latinos|españoles|" +
		"mexicanos|mundial|mezclado|mujeres|hombres|femenino|masculino|público|cuenta pública|enlace revisado|" +
		"enlace correcto|todo bien|todo correcto|de acuerdo|vale|hola|buenos días|saludos|muchas gracias|" +
		"como la otra vez|igual que antes|igual que la última vez|igual que el mes pasado|igual que siempre|otra vez|" +
		"una vez más|lo mismo|lo de siempre|reorden|amable|exigente|impaciente|hermano|hermana|estable|seguro|" +
		"con cuidado|día de la madre|año nuevo|gira|estreno|inauguración|nuevo local|referido|conocido|viejo cliente|" +
		"cliente antiguo"
}

// portugueseHarmless are such words in Portuguese.
func portugueseHarmless() string {
	return "novo|nova|antigo cliente|cliente antigo|grande|pequeno|melhor|primeiro|primeira|segundo|segunda|presente|" +
		"grátis|prioritário|depressa|logo|agora|hoje|começar já|pode |começar|pode pedir|pode ir|devagar|gradual|" +
		"qualidade|real|reais|ativo*|boa|bom|feliz|satisfeito|quer|prefere|entrega|velocidade|queda*|reposição|" +
		"nota fiscal|nota|recibo|pago|paga|pagamento|recebido|dinheiro|cartão|pix|transferência|desconto|preço|" +
		"lançamento|promoção|verão|outono|inverno|sorteio|natal|páscoa|aniversário|casamento|abertura|anúncio|" +
		"segunda feira|como sempre|igual|mesmo|mesma|de novo|última vez|combinado|aprovado|aprovada|confirmou|" +
		"conferido|obrigado|obrigada|emitida|cliente|page|show|festa|formulário|site|sim|claro|perfeito|ótimo|" +
		"excelente|muito bom|bem|bem rápido|rapidinho|urgente|prioridade|alta prioridade|prioridade alta|" +
		"o mais rápido possível|o quanto antes|para hoje|esta semana|fim de semana|indicação|indicado|recomendado|" +
		"parceria|parceiro|patrocinado|cantor|cantora|músico|médico|advogado|fotógrafo|moda|beleza|comida|viagem|" +
		"esporte|mensal|semanal|pacote|plano|à vista|crédito|boleto|mercado pago|sinal recebido|pagamento confirmado|" +
		"pagamento ok|dinheiro caiu|pix caiu|contrato assinado|brasileiros|mundiais|misto|mulheres|homens|público|" +
		"conta pública|link conferido|link ok|tudo certo|tudo bem|oi|olá|bom dia|abraço|muito obrigado|valeu|" +
		"igual ao mês passado|igual da última vez|igual antes|como da outra vez|mesmo de sempre|mais uma vez|" +
		"outra vez|repetir|recompra|gentil|exigente|impaciente|irmão|irmã|estável|seguro|com cuidado|dia das mães|" +
		"ano novo|turnê|estreia|inauguração|reabertura|conhecido|antigo|antiga|fiel|especial|liberado|" +
		"concluído repetir|promo|orgânico|natural|lento|lenta|rápido|rápida|vip|top|importante|extra|bônus"
}

// frenchHarmless are such words in French.
func frenchHarmless() string {
	return "nouveau|nouvelle|nouveaux|ancien client|fidèle|important*|grand|grande|petit|petite|meilleur*|premier|" +
		"première|deuxième|cadeau|gratuit*|urgent*|urgence|prioritaire|priorité|vite|rapide*|rapidement|dès que |" +
		"maintenant|tout de suite|aujourd hui|commencer|démarrer vite|on peut lancer|lancer maintenant|lent*|" +
		"doucement|progressif|progressivement|naturel*|organique|qualité|réel*|vrai*|actif*|haute|basse|bon|bonne|" +
		"content*|satisfait*|aime|veut|souhaite|préfère|livraison|vitesse|chute*|garantie|facture*|reçu|payé|payée|" +
		"paiement|espèces|carte|virement|remise|prix|lancement|promotion|printemps|automne|hiver|soldes|événement|" +
		"concours|noël|pâques|anniversaire|mariage|ouverture|publicité|pub|vidéo|publication|photo|album|" +
		"comme d habitude|comme toujours|toujours|pareil|même|encore une fois|dernière fois|convenu|discuté|validé|" +
		"validée|approuvé|confirmé|confirmée|vérifié|ok|prêt|prête|merci|svp|s il vous plaît|émise|concert|fête|" +
		"formulaire|site|oui|bien sûr|parfait|super|génial|excellent|très bien|bien|haute priorité|priorité haute|" +
		"au plus vite|le plus vite possible|assez vite|pour ce soir|cette semaine|ce week end|recommandé|recommandée|" +
		"recommandation|partenaire|partenariat|sponsorisé|chanteur|chanteuse|musicien|médecin|avocat|photographe|" +
		"coach|mode|beauté|musique|voyage|sport|mensuel|hebdomadaire|forfait|pack|tva|ttc|ht|crédit|acompte reçu|" +
		"paiement reçu|paiement confirmé|argent reçu|contrat signé|français|françaises|mondial|mixte|femmes|hommes|" +
		"public|compte public|lien vérifié|lien correct|tout va bien|d accord|bonjour|salut|cordialement|" +
		"merci beaucoup|comme d'habitude|comme la dernière fois|comme avant|comme le mois dernier|" +
		"idem que d habitude|la même chose|une fois de plus|à nouveau|recommande|gentil|gentille|exigeant|impatient|" +
		"frère|sœur|stable|soigneusement|fête des mères|nouvel an|tournée|sortie|inauguration|réouverture|" +
		"connaissance|spécial|vip|bonus|extra"
}
