package panel

import (
	"strings"
	"sync"
)

// Class is the kind of an error text that a panel answers with. The class decides what happens.
type Class string

const (
	ClassUnknown Class = ""         // nothing tells what it is: the order may exist
	ClassUnsure  Class = "unsure"   // a sign that the order exists, or that it went wrong elsewhere: it may exist
	ClassKey     Class = "key"      // the key isn't accepted
	ClassFunds   Class = "funds"    // the balance is short
	ClassRate    Class = "rate"     // too many requests
	ClassActive  Class = "active"   // an order for this link is under way
	ClassService Class = "service"  // no such service
	ClassCount   Class = "quantity" // below the minimum or above the maximum
	ClassField   Class = "field"    // a field is wrong
	ClassRequest Class = "request"  // the request is wrong
	ClassAway    Class = "away"     // the panel is under maintenance: the order may exist
	ClassBlocked Class = "blocked"  // no error text: something in front of the panel turned the request away
)

// Texts are error texts in lower case, by class. A text belongs to a class when it contains one of
// the class's texts, or is the one behind a "=": "missing key" is a part of "missing keywords".
type Texts map[Class][]string

// classes is the order of the search. What a person taught as unsure is first. Active stands before field, whose
// "neworder.error.link" is a part of "neworder.error.link_duplicate".
func classes() []Class {
	return []Class{ClassUnsure, ClassKey, ClassFunds, ClassRate, ClassActive, ClassService, ClassCount, ClassField,
		ClassRequest}
}

// Classes lists the names that the configuration may add texts to.
func Classes() []string {
	var names []string
	for _, c := range classes() {
		names = append(names, string(c))
	}
	return names
}

// The lists below hold words as [plain] writes them: small letters without accents. A phrase counts where its whole
// words stand one behind the other; * at its end stands for any letters. They are English, Turkish, Russian, Portuguese
// and Spanish, Indonesian, Vietnamese, in this order.

// list splits lines of words with commas between them. Of Russian it takes the accents: й and ё are written as usual.
func list(text string) []string {
	text = strings.NewReplacer("й", "и", "ё", "е").Replace(text)
	var all []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// knownTexts are the texts that are of a class though no word of the request or the account stands in them, or another
// class's.
func knownTexts() map[Class][]string {
	return map[Class][]string{
		ClassRate: list(`rate limit*, ratelimit*, too many request*, too many attempt*, requests per minute,
			requests per second, orders per minute, orders per second, orders per hour, slow down, cok fazla istek*,
			istek limiti*, слишком много запрос*, лимит запросов, muitas requisicoes,
			muitas solicitacoes, demasiadas solicitudes, demasiadas peticiones, limite de solicitudes,
			terlalu banyak permintaan, qua nhieu yeu cau`),
		ClassActive: list(`active order with this link, active order for this link, active order on this link,
			active order with the same link, active order with that link, already have an active order,
			already have active order, neworder error link duplicate, new order with the same link,
			new order with this link, order with the same link is, pending order for this link,
			pending order with this link, open order with this link, open order for this link,
			order in progress for this link, order in progress with this link, existing order for this link,
			aktif siparis*, gonderim olan baglanti*, gonderim olan link*, devam eden siparis*, активный заказ*,
			заказ с этой ссылкой, заказ на эту ссылку, pedido ativo, pedido em andamento para este link,
			pedido activo, orden activa, pedido en curso para este enlace, pesanan aktif, pesanan dengan link ini,
			don hang dang hoat dong, lien ket nay dang hoat dong, link nay dang hoat dong`),
		ClassService: list(`service is temporarily disabled, service temporarily disabled,
			service has been temporarily disabled`),
		ClassRequest: list(`incorrect request, invalid request, malformed request*, incorrect action, invalid action,
			unknown action, action required, action is required, missing action, no action,
			missing required parameter*, missing parameter*, missing data, missing field*, missing required field*,
			api version, payload too large, request body, eksik veri, eksik parametre*, gecersiz islem,
			islem gecersiz, gecersiz istek, неверный запрос, некорректный запрос, requisicao invalida,
			solicitud invalida, permintaan tidak sesuai, permintaan tidak valid, yeu cau khong hop le`),
		ClassKey: list(`api is disable*, api disable*, api is not enabled, api not enabled,
			api bu kullanici icin devre disi`),
		ClassField: list(`neworder error link, incorrect posts, incorrect hashtag*, incorrect expiry, incorrect min,
			incorrect max, incorrect old posts, incorrect answer number, incorrect groups, incorrect country`),
	}
}

// allowing are words of what the request said, or of the account: an error that speaks of them may be a clear no.
func allowing() map[Class][]string {
	return map[Class][]string{
		ClassKey: list(`key, api key*, apikey*, api access, api token, unauthenticated, unauthorized, unauthorised,
			api anahtar*, anahtar, ключ, ключа, апи ключ*, chave, chave da api, clave, clave de api, clave api, kunci,
			kunci api, khoa api, ma api`),
		ClassFunds: list(`balance, balances, funds, fund, wallet, credit, credits, bakiye*, fonlar*, баланс, баланса,
			балансе, средств, средства, денег, saldo*, fundos, fondos, so du, tien`),
		ClassService: list(`service, services, service id, ordering disabled, ordering is disabled,
			orders are disabled, not accepting orders, not accepting new orders, servis*, hizmet*, услуг*, сервис,
			сервиса, сервису, servico*, servicio*, layanan*, dich vu*, goi can mua, goi dich vu`),
		ClassCount: list(`quantity, quantities, minimum, maximum, minimal, maximal, range, multiple, multiples,
			miktar*, adet, adedi, sayi, sayiyi, sayisi, maksimum, en az, en fazla, katlari*, количеств*, минимальн*,
			максимальн*, минимум*, максимум*, диапазон*, кратн*, quantidade*, minimo*, minima, maximo*, maxima,
			multiplo*, cantidad*, rango, jumlah*, kuantitas, maksimal, kelipatan, rentang, so luong*, toi thieu,
			boi so, quantity min*`),
		ClassField: list(`link, links, url, urls, comment, comments, username, usernames, user name, post, posts,
			profile, profiles, private, runs, drip feed, dripfeed, interval, delay, hashtag, hashtags, keyword,
			keywords, linki, linkin, linkiniz, linkini, linkte, gecersiz baglanti*, hatali baglanti*,
			yanlis baglanti*, gecerli bir baglanti*, gecerli baglanti*, baglanti gerekli, baglanti zorunlu*,
			baglanti gecersiz, baglanti adresi, baglanti formati, yorum, yorumlar*, kullanici adi*, gonderi,
			gonderiler, gonderisi, profil, profili, profiliniz, gizli, ссылк*, комментари*, имя пользователя,
			имени пользователя, пост, поста, посту, профил*, приватн*, закрытый аккаунт, comentario*, usuario,
			nome de usuario, nombre de usuario, publicacao, publicacion, postagem, perfil, privado, privada, enlace,
			enlaces, url do post, tautan, komentar, nama pengguna, postingan, privat, pribadi, lien ket, duong dan,
			binh luan, ten nguoi dung, bai viet, trang ca nhan, rieng tu`),
		ClassRequest: list(`parameter, parameters, action, actions, field, fields, alanlari, parametre*, параметр*,
			parametro*, campo, campos, accion, acao, tham so, hanh dong, tindakan, aksi`),
	}
}

// accountWords speak of the account, where no field of the request is named: profiles are suspended too.
func accountWords() []string {
	return list(`suspended, banned, account blocked, account is blocked, account has been blocked, account is locked,
		account is restricted, account is inactive, account inactive, account is not active, account not active,
		account is disabled, account disabled, account has been disabled, account deactivated, account is closed,
		account cannot place, access denied, hesabiniz pasif, hesap pasif, hesabiniz aktif degil, hesabiniz askiya,
		askiya alindi, yasaklandi, аккаунт заблокирован*, suspensa, suspenso, suspendida, suspendido, banida, banido,
		baneada, baneado, ditangguhkan, diblokir, bi khoa, bi cam`)
}

// shortage are words that beside the funds say that they are short.
func shortage() []string {
	return list(`not enough, enough, insufficient*, low, lower, short, lack*, exceed*, need*, add funds, top up,
		topup, deposit, recharge, less than, more than, empty, zero, no balance, no funds, not have, doesnt have,
		dont have, required, neworder error not enough funds, yetersiz, yeterli, dusuk, yukle*, asiyor, asmakta*, yok,
		недостаточ*, мало, пополн*, не хватает, нет, insuficiente*, suficiente*, baixo, bajo, recarreg*, recargu*,
		adicione, agregue, falta, sin saldo, sem saldo, no tiene, nao tem, cukup, mencukupi, kurang, habis, isi saldo,
		khong du, khong con du, nap, thieu, het tien`)
}

// refusing are words of failure, of what is wanted or of what isn't there: without one an error that names a field
// tells no more than that.
func refusing() []string {
	return append(failing(), list(`not, no, must, should, require*, need*, please, enter, provide*, choose, select,
		only, expected, less than, more than, greater, exceed*, below, above, at least, at most, between, minimum,
		maximum, minimal, maximal, min, max, multiple, low, lower, enough, insufficient, short, bad, unsupported,
		unknown, disabled, inactive, closed, private, blank, empty, malformed, mismatch, too, doesnt, dont, isnt,
		arent, discontinued, removed, deleted, unavailable, blocked, suspended, banned, restricted, revoked,
		unauthenticated, unauthorized, unauthorised, lack*, check, range, top up, limit*, locked, unrecognized,
		unrecognised, hidden, out of, outside, indispon*, degil, yok, olmali*, gerek*, zorunlu*, lutfen, girin*,
		secin*, en az, en fazla, maksimum, bulunamadi, pasif, kapali, gizli, hatali, yanlis, eksik, dusuk, olamaz,
		bos, desteklenm*, asil*, asiyor, disi*, giremez*, karsilaya*, doldur*, не, нет, должн*, нужно, укажите,
		введите, пожалуйста, меньше, больше, менее, более, минимальн*, максимальн*, минимум*, закрыт*, приватн*,
		отсутств*, обязательн*, отключ*, слишком, проверьте, выберите, заблок*, только, кратн*, диапазон*, мало,
		недопустим*, недействит*, неправильн*, nao, deve*, debe*, precisa*, obrigat*, obligat*, requerid*, incorret*,
		minim*, maxim*, menor, maior, mayor, menos, informe, insira, ingrese, introduzca, abaixo, acima, fora, entre,
		privad*, desativ*, desactiv*, inativ*, sin, sem, falta*, baixo, bajo, suficiente*, tidak, harus, wajib,
		maksimal, kurang, lebih, silakan, masukkan, mohon, kosong, luar, privat, nonaktif, belum, bukan, khong, sai,
		phai, toi thieu, toi da, vui long, nhap, thieu, it nhat, chua, bi, rieng tu`)...)
}

// existing are signs that an order exists.
func existing() []string {
	return list(`under check, checking, being checked, no reply, request sent, reduced to, increased to, before ordering,
		placed, ordered, created, creating, accepted, received, registered, saved, submitted, scheduled,
		queue*, queuing, pending, processing, processed, in progress, inprogress, started, has begun, review,
		reviewed, reviewing, moderation, moderated, moderator*, already, exists, exist, existing, duplicate*,
		duplication, identical, charged, deduct*, debited, debit, refund*, order sent, been sent, was sent, sent to,
		success*, completed, confirmed, confirmation, approved, approval, executed, dispatched, delivered, fulfilled,
		forwarded, paid, payment received, billed, invoiced, withdrawn, spent, running order, is running, ongoing,
		awaiting, waiting, on hold, held, canceled, cancelled, stored, recorded, inserted, order added, was added,
		been added, order made, twice, same order, postponed, delayed, transaction*, giao dich, transaccion*,
		transacao, transaksi*, транзакц*, manual check, verifying, done, took, taken, made, booked, entered, live,
		paused, pause, waits, moved, replaced, raised, lowered, has been used,
		was used, already used, is in use, in use, used before, used instead, new quantity used, quantity used, been removed,
		were removed, ignored, skipped, added, locked, returned, same link, once per, within 24, per day, per link, begins,
		we will start, will start, to run, attach*, assign*, conflict, some links, some comments, some usernames, reached,
		changed, payment, got your, got an, will be, applied, first run, only 1 of, girildi, siparis var,
		siparisiniz var, se hizo, сделан*, terpotong, em espera, en espera, aguardando,
		ok, lock, numarali siparis*, nolu siparis*, got your order,
		have your order, your order is, your order was, your order will, your order has, order has been, order was,
		order will, after this order, adjusted, changed to, switched, updated, modified, converted, thank you, thanks,
		on its way, will be done, prepared, preparing, was taken, been taken, fraud*, gian lan, already have,
		last order, previous order, recent order, alindi, alinmis*, olusturul*, verildi, verilmis*, kaydedil*,
		kayit edil*, kayit olustu*, gonderildi, kabul, beklemede, bekliyor*, beklen*, isleniyor, isleme*, islemde,
		devam ed*, baslatil*, basladi, siraya, sirada, kuyru*, planlan*, incelen*, inceleme*, moderasyon*, zaten,
		mevcut, mukerrer, cift siparis*, ayni siparis*, ayni link*, tahsil*, dusuldu, kesildi, iade*, tamamland*,
		onayland*, onay*, basariyla, basarili, yinelenen, kopya, iptal edildi, создан*, размещен*, оформлен*, принят*,
		получен*, зарегистрирован*, сохран*, отправлен*, запланирован*, очеред*, ожида*, обработ*, обрабатыва*,
		в процессе, в работе, выполня*, выполнен*, начат*, запущен*, проверке, модерац*, уже, существу*, дубл*,
		повторн*, одинаков*, идентичн*, списан*, списал*, удержан*, возвращ*, возврат*, успешно, завершен*,
		подтвержден*, оплачен*, отменен*, добавлен*, criado*, criada*, colocado*, colocada*, realizado*, realizada*,
		feito*, feita*, aceito*, aceita, aceitos, recebido*, recebida*, registrado*, registrada*, registado*,
		registada*, salvo*, salva, salvou, enviado*, enviada*, agendado*, agendada*, fila, pendente*, processando,
		processamento, processad*, andamento, iniciado*, iniciada*, analise, revisao, moderacao, ja, existe*,
		duplicad*, identic*, cobrad*, cobrou, debitad*, deduzid*, descontad*, reembols*, estorn*, sucesso, conclui*,
		confirmad*, aprovad*, cancelad*, creado*, creada*, hecho*, hecha*, aceptado*, aceptada*, recibido*, recibida*,
		guardado*, guardada*, programado*, programada*, cola, pendiente*, procesando, procesad*, procesamiento,
		en proceso, en curso, revision, moderacion, ya, exito*, completad*, aprobad*, dibuat, ditempatkan, dipesan,
		diterima, terdaftar, didaftarkan, disimpan, tersimpan, dikirim, terkirim, dijadwalkan, antrean, antrian,
		menunggu, tertunda, diproses, sedang, berjalan, dimulai, ditinjau, peninjauan, moderasi, sudah, telah,
		duplikat, ganda, yang sama, identik, ditagih, dipotong, didebit, dikurangi, dikembalikan, berhasil, sukses,
		selesai, dikonfirmasi, disetujui, dibatalkan, da tao, duoc tao, da dat, da nhan, da duoc, duoc nhan,
		chap nhan, duoc chap nhan, da dang ky, da luu, duoc luu, da gui, duoc gui, len lich, hang doi, hang cho,
		dang cho, cho xu ly, dang xu ly, dang chay, dang thuc hien, bat dau, dang tien hanh, xem xet, kiem duyet,
		da co, ton tai, trung lap, bi trung, giong nhau, da tru, bi tru, tru tien, da thanh toan, hoan tien, hoan tra,
		thanh cong, hoan thanh, da xac nhan, da huy`)
}

// elsewhere are signs that something went wrong behind the panel, or after the order was passed on.
var elsewhere = sync.OnceValue(func() []string {
	return list(`provider*, supplier*, upstream*, main panel, source panel, parent panel, child panel, third party,
		3rd party, vendor*, reseller*, external, remote, timeout*, time out, timed out, timedout, etimedout, connect*,
		disconnect*, reconnect*, connexion, econn*, curl*, database*, db, sql*, mysql*, mongo*, redis, internal*,
		server*, unknown error*, unexpected*, exception*, fatal, temporar*, gateway*, network*, socket*, no response,
		not respond*, unreachable, unavailable, went wrong, something wrong, system error, technical*, overload*,
		busy, save, saving, backend, deadlock*, crash*, proxy, http 5*, null, undefined, nullpointer*, stack trace,
		traceback, response, respond*, start count, store, log, fetch, sending, email, notification*, webhook*,
		callback*, nonce, replayed, signature, idempotency, csrf, session, failed to, unable to, could not, couldnt,
		error while,
		service error, service failed, service is down, service down, from service, to service, by service, result,
		discount, coupon, api error, local table, route, post method, saglayici*, tedarikci*, ust panel*, ana panel*,
		zaman asimi*, zamanasimi*, baglanti hata*, baglanti kur*, baglanti kes*, baglanti sorun*, baglanti basarisiz*,
		baglanilam*, veritaban*, veri taban*, sunucu*, dahili, ic hata*, sistem hata*, sistemsel*, bilinmeyen hata*,
		beklenmeyen, beklenmedik, gecici*, teknik*, провайдер*, поставщик*, внешн*, основной панел*, главной панел*,
		таймаут*, тайм аут*, время ожидания, истекло, соединен*, подключ*, база данных, базы данных, базе данных,
		базой данных, бд, внутренн*, сервер*, неизвестная ошибка, неизвестной ошиб*, временн*, непредвиден*, сбой,
		техническ*, недоступ*, provedor*, fornecedor*, proveedor*, suministrador*, fournisseur*, anbieter*,
		lieferant*, painel principal, panel principal, tempo esgotado, tempo limite, tiempo de espera, tiempo agotado,
		conexao, conectar, conectou, conexion, banco de dados, base de dados, base de datos, interno, interna,
		servidor*, erro desconhecido, error desconocido, temporal*, inesperad*, excecao, excepcion, fora do ar,
		tecnic*, indisponivel, no disponible, salvar, guardar, penyedia*, pemasok*, panel utama, panel pusat,
		waktu habis, batas waktu, waktu tunggu, koneksi, terhubung, menghubungkan, basis data, kesalahan sistem,
		kesalahan tidak dikenal*, kesalahan tidak diketahui, sementara, gangguan, menyimpan, tidak tersedia,
		nha cung cap, panel goc, panel chinh, het thoi gian, qua thoi gian, thoi gian cho, ket noi, co so du lieu,
		noi bo, may chu, loi khong xac dinh, loi he thong, tam thoi, su co, luu don`)
})

// again are signs that forbid only where nothing of the request, no key and no funds are named.
var again = sync.OnceValue(func() []string {
	return list(`try again, try later, try it again, retry*, again later, contact*, support team, open a ticket,
		please wait, wait, tekrar dene*, yeniden dene*, daha sonra, destek*, iletisim*, bekleyin*, попробуйте,
		повторите, позже, поддержк*, обратитесь, свяжитесь, подождите, tente novamente, tente mais, novamente,
		mais tarde, contate, contacte, contato, suporte, aguarde, intente*, intenta*, de nuevo, mas tarde, contacta*,
		soporte, espere, coba lagi, coba kembali, nanti, hubungi, dukungan, tunggu, thu lai, lien he, ho tro,
		vui long cho`)
})

// harmless are phrases that hold a sign and are none.
func harmless() []string {
	return list(`service removed, service was removed, service has been removed, limit reached, has been discontinued,
		does not exist, doesnt exist, do not exist, dont exist, did not exist, didnt exist, not exist,
		not exists, no longer exists, non existent, nonexistent, non existing, nonexisting, not existing,
		service is temporarily disabled, service temporarily disabled, service has been temporarily disabled,
		service not found or unavailable, service not found or currently unavailable,
		service is currently unavailable, service currently unavailable, service is unavailable, cannot be ordered,
		can not be ordered, cant be ordered, must be accepted, ya da, servico indisponivel, servicio no disponible,
		layanan tidak tersedia, mevcut fon*, ordering is temporarily disabled, ordering temporarily disabled,
		link unavailable, link is unavailable, post unavailable, post is unavailable, profile unavailable,
		profile is unavailable, mevcut degil*, mevcut bakiye*, не существует, не существуют, nao existe, nao existem,
		no existe, no existen, khong ton tai`)
}

// aboutOrders are phrases with the word order, or its like, that tell of no order.
func aboutOrders() []string {
	return list(
		`minimum order, maximum order, min order, max order, minimum orders, order quantity, order amount, order size,
		order limit, for this order, for the order, for your order, for order, to order, order form, order type,
		place an order, place this order, order more than, place order, place orders, place a new order, new order,
		make an order, create an order, orders per minute,
		orders per second, orders per hour, not accepting orders, not accepting new orders, orders are disabled,
		order failed, order rejected, order refused, order declined, order error, order again, order this service,
		minimum siparis, maksimum siparis, min siparis, siparis miktar*, siparis aded*, siparis icin, siparis vermek icin,
		siparis limit*, yeni siparis, siparisiniz icin, bu siparis icin,
		минимальный заказ, максимальный заказ, минимальная сумма заказа, сумма заказа, для заказа, этого заказа,
		pedido minimo, pedido maximo, este pedido, quantidade do pedido, fazer um pedido, fazer pedidos, orden minima,
		orden maxima, esta orden, este pedido, hacer un pedido, cantidad del pedido, pedidos minimos,
		pesanan minimal, minimal pesanan, minimum pesanan, jumlah pesanan, pesanan ini, untuk pesanan,
		don hang toi thieu, so luong don hang, don hang nay`,
	)
}

// beforeAField are signs that are none where a field of the request stands behind them: "the submitted link".
func beforeAField() []string { return list(`submitted, review`) }

// maintenance are texts of a panel that is away.
var maintenance = sync.OnceValue(func() []string {
	return list(`maintenance*, maintenan*, panel is temporarily unavailable, panel is currently unavailable,
		site is temporarily unavailable, temporarily offline, currently offline, down for a, bakim, bakimda*, bakimi,
		bakim calismasi*, технические работы, технических работ, техобслуживан*, обслуживан*, manutencao,
		mantenimiento, pemeliharaan, perawatan, bao tri`)
})

// orderWords name an order, beside whose name a number may be its id.
func orderWords() string {
	return `order|orderid|siparis|siparisiniz|заказ|заказа|pedido|orden|pesanan|don hang`
}

// another are words beside an order's id that say that it is none, or not this one.
func another() []string {
	return list(
		`not, already, existing, earlier, previous, duplicate*, reuse*, dry run, simulat*, was old, olusturulamadi,
		olusturulmadi, olmadi, degil, zaten, не, уже, nao, ja, ya existe, ya tiene, no se, no fue, tidak, sudah ada, khong,
		da ton tai, trung lap`,
	)
}

// failing are words of failure: beside an order's id they contradict it, and no id reads like them.
func failing() []string {
	return list(`fail*, error*, err, invalid*, incorrect*, wrong*, denied, reject*, refus*, declin*, not enough,
		insufficient*, unable, cannot, could not, couldnt, cant, missing, unsuccessful, exception*, not found,
		not allowed, not valid, not accepted, abort*, unauthori*, expired, cancel*, forbidden, nok, bad request,
		refunded, none, undefined, nan, hata*, basarisiz*, gecersiz*, yetersiz*, reddedil*, iptal*, ошибк*, неверн*,
		недостаточ*, отклонен*, отказ*, не удалось, не найден*, некоррект*, отменен*, erro, erros, falh*,
		insuficiente*, recusad*, negad*, nao foi, fallo*, fallid*, rechazad*, denegad*, no se pudo, gagal*, kesalahan,
		salah, tidak valid, ditolak, dibatalkan, loi, that bai, khong hop le, khong du, bi tu choi, da huy`)
}

// ordinary are frequent words of the languages whose signs are listed: by them, and the words of the other lists, a
// text is known to be in one of these.
func ordinary() []string {
	return list(`the, this, that, these, those, is, are, was, be, been, being, has, have, had, not, no, and, or, of,
		to, for, in, on, at, by, with, without, from, your, you, our, we, it, its, must, should, can, may, will, do,
		does, did, please, enter, provide, provided, give, given, use, used, using, select, choose, check, valid,
		invalid, incorrect, wrong, bad, missing, required, requires, require, needs, need, expected, got, found,
		supported, support, supports, allowed, accepted, accept, accepts, available, unavailable, disabled, inactive,
		closed, enabled, stopped, works, work, only, one, two, more, less, than, least, most, between, above, below,
		under, over, greater, lower, higher, too, low, high, short, long, many, much, few, enough, insufficient,
		empty, blank, null, unknown, unrecognized, malformed, unsupported, format, number, numeric, integer, positive,
		value, values, type, types, id, name, text, list, line, lines, limit, limits, exceeded, exceeds, reached,
		cannot, could, couldnt, cant, dont, doesnt, isnt, arent, wasnt, failed, fail, failure, error, errors, order,
		orders, ordering, request, page, account, platform, website, site, public, make, sure, start, starts, begin,
		begins, contain, contains, match, matches, specified, selected, following, amount, count, cost, price, charge,
		top, up, deposit, add, adding, money, buy, purchase, place, create, process, customer, user, users, api,
		access, permission, permitted, denied, data, code, message, same, other, another, all, any, some, each, per,
		if, when, as, new, current, currently, here, out, off, set, get, first, last, increase, reduce, decrease,
		smaller, larger, bigger, exactly, equal, there, sorry, oops, hi, dear, see, change, correct, fix, try, again,
		later, refused, rejected, day, time, times, want, which, whose, where, but, so, who, also, instead, full,
		part, real, such, like, look, looks, likely, because, seems, appear, appears, discontinued, removed, deleted,
		retired, sold, region, old, version, payload, large, body, restricted, shop, suits, suit, category, pick,
		wallet, shortly, orderable, blocked, reason, setting, settings, option, options, configured, profile, picture,
		accounts, person, people, member, own, input, string, character, characters, digit, digits, whole, fraction,
		decimal, negative, http, https, domain, host, scheme, path, ordered, via, through, every, target, package,
		packages, tier, plan, level, limited, banned, verified, quality, refill, cancel, status, services, balance,
		actions, include, included, includes, row, item, items, within, inside, exist, example, bir, bu, ve, veya,
		ile, icin, degil, gecersiz, gecerli, veri, doldur*, karsila*, asildi, asiyor, kullanici, devre, disi, birak,
		yeni, giremez*, olan, bagla*, alanlari, sayi*, iletisime, gecin, destek, hatali, hata, hatasi, yanlis, eksik,
		lutfen, olmali, olmalidir, olamaz, girin, giriniz, gerekli, zorunlu, zorunludur, bulunamadi, yetersiz, yok,
		var, fazla, dusuk, buyuk, kucuk, siparis, numara, numarasi, tutar, alan, alani, desteklenmiyor, pasif, aktif,
		kapali, bos, birakilamaz, girdiginiz, sectiginiz, daha, cok, az, siz, sizin, hesap, hesabiniz, minimum, en,
		olarak, gereklidir, girilen, и, в, на, не, с, по, для, от, до, или, это, этот, эта, вы, ваш, ваша, неверн*,
		неправильн*, некорректн*, недостаточно, недействительн*, недопустим*, укажите, введите, указан*, нужно,
		должн*, быть, пожалуйста, ошибка, отсутству*, найден*, нет, меньше, больше, чем, менее, более, слишком,
		заказ*, аккаунт*, счет*, обязательн*, поле, доступн*, отключен*, неактивн*, поддержива*, формат*, значени*,
		пополните, проверьте, выберите, только, открыт*, o, a, os, um, uma, de, da, dos, das, em, na, e, ou, nao,
		para, com, sem, por, seu, sua, este, esta, esse, essa, foi, ser, deve, deveria, invalido, invalida, incorreto,
		incorreta, insuficiente, insuficientes, obrigatorio, obrigatoria, minimo, menor, maior, que, voce, valido,
		valida, informe, insira, erro, pedido, encontrado, encontrada, disponivel, desativado, desativada, inativo,
		conta, numero, valor, permitido, formato, favor, el, la, los, las, un, una, del, al, y, su, tu, con, sin, es,
		debe, incorrecto, incorrecta, incorrectos, introduzca, ingrese, requerido, requerida, obligatorio, menos, mas,
		mayor, disponible, desactivado, cuenta, suficiente, suficientes, tiene, orden, yang, dan, atau, maaf, sesuai,
		mencukupi, pesan, permintaan, kuantitas, diisi, di, ke, dari, untuk, dengan, tanpa, ini, itu, tidak, bukan,
		anda, harus, salah, cukup, kurang, lebih, minimal, silakan, masukkan, wajib, pesanan, ditemukan, tersedia,
		nonaktif, akun, nomor, nilai, benar, kosong, boleh, mohon, periksa, isi, ulang, terlalu, besar, kecil, pada,
		khong, hop le, goi, mua, ton, tai, sai, loi, thieu, vui long, nhap, phai, va, hoac, cua, ban, cho, voi, trong,
		don, hang, duoc, nhat, nhieu, hon, nho, lon, tai khoan, tim thay, day du, yeu cau, bat buoc, dung, dinh dang,
		moi, kiem tra, nay, tien, toi thieu, toi da, qua, chua, bi`)
}

// worldwide are words and names that tell no language.
func worldwide() []string {
	return list(`link, links, url, urls, api, error, service, id, username, min, max, minimum, maximum, media, post,
		video, videos, story, reel, reels, profil, public, total, code, info, status, panel, normal, instagram, insta,
		ig, tiktok, tik, tok, youtube, you, tube, facebook, fb, twitter, telegram, linkedin, linked, spotify, twitch,
		discord, threads, snapchat, pinterest, reddit, google, whatsapp, vk, soundcloud, com, net, org, www, http,
		https, smm, example, usd, eur, tl, try, rub, brl, idr, vnd, inr, neworder, followers, likes, views, xxx,
		min max`)
}

// strange are frequent words of languages whose signs aren't listed.
func strange() []string {
	return list(`der, die, das, und, ist, nicht, bereits, wurde, auftrag, bestell*, ungultig*, le, les, est, pas,
		deja, cree, commande, ete, il, gia, stato, ordine, creato, jest, juz, zamowien*, zlecen*, niet, reeds,
		bestelling, het, nu, este deja, comanda, ordre, objednavk*, narudzb*, porosi*, rendeles*, tilaus*,
		bestallning*`)
}
