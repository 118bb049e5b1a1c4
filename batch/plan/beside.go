package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// besideKind is what one of the person's own columns tells of the orders, where it is no field of theirs.
type besideKind uint8

const (
	noBeside besideKind = iota
	platformBeside
	nameBeside // of the service, or of its kind
	labelBeside
	unitBeside
	dripBeside
	daysBeside  // over which all is to be delivered
	dailyBeside // how much of it a day, or an hour
	timesBeside // how often it is ordered, or what it is divided into
	bonusBeside // how much more
	totalBeside
	endBeside      // when a subscription ends, otherwise than by a day
	categoryBeside // the kind of the service
	productBeside  // what was sold: how many of what
	countryBeside  // where what is delivered comes from
)

// beside is such a column.
type beside struct {
	kind         besideKind
	index        int // in the table
	letter, name string
}

// besides finds the columns of a table that may contradict its orders.
func besides(t *parse.Table) []beside {
	var found []beside
	for i, c := range t.Columns {
		if c.Field == "country" {
			found = append(found, beside{countryBeside, i, c.Letter, c.Name})
		}
		if c.Field != "" || c.Name == "" {
			continue
		}
		if kind := besideOf(c.Name); kind != noBeside {
			found = append(found, beside{kind, i, c.Letter, c.Name})
		}
	}
	return found
}

// besideOf reads the head of a column.
func besideOf(head string) besideKind {
	const (
		platforms = "platform platforms network socialnetwork socialmedia site app sosyalmedya платформа соцсеть " +
			"plataforma redsocial redesocial plateforme réseau plattform netzwerk nềntảng المنصة منصة प्लेटफ़ॉर्म 平台"
		categories = "servicetype type category kategori kategorie categoria categoría catégorie servistürü tür " +
			"hizmettürü serviceart art dienstart leistungsart " +
			"категория тип типуслуги видуслуги вид tiposervicio tipodeservicio tipodeserviço tiposerviço typedeservice " +
			"tipo typ jenis jenislayanan loại loạidịchvụ النوع نوع نوعالخدمة श्रेणी प्रकार सेवाप्रकार 类型 类别 服务类型"
		products = "product products package item plan lineitem ürün paket продукт товар пакет producto productos paquete " +
			"produto pacote plano produit forfait offre produkt artikel angebot produk sảnphẩm gói المنتج الباقة باقة " +
			"उत्पाद पैकेज 产品 商品 套餐"
		names = "servis hizmet услуга сервис serviço servicio dienst dienstleistung leistung layanan dịchvụ الخدمة خدمة " +
			"सेवा सर्विस 服务 服務 service servicename nameofservice servisadı hizmetadı названиеуслуги услуганазвание nomedoserviço " +
			"nombredelservicio nomduservice dienstname leistungsname namalayanan têndịchvụ اسمالخدمة सेवाकानाम 服务名称"
		labels = "name ad adı название имя nome nombre nom bezeichnung nama tên الاسم नाम 名称 description"
		units  = "unit units birim einheit unidad unidade unité единица единицы satuan đơnvị الوحدة इकाई 单位 x1000"
		drips  = "distribution spread verteilung verteilen dağıtım распределение distribuição distribución répartition " +
			"distribusi phânbố توزيع वितरण 分配 damlama damladamla batches every gap repeat repeatevery frequency " +
			"gradual recurring recurrence sıklık " +
			"частота frequência frecuencia fréquence häufigkeit frekuensi التكرار 频率 " +
			"parçalı parçalıgönderim parçaparça капельная капельнаяподача капельно дрипфид дрип почастям " +
			"gotaagota enviogradual entregagradual parcelado goteo envíogradual goutteàgoutte livraisonprogressive " +
			"tröpfeln tropfenweise gestaffelt verteilt bertahap pengirimanbertahap nhỏgiọt chianhỏ " +
			"تقطير التنقيط تدريجي ड्रिप ड्रिपफीड 分批 分批发送 滴灌"
		lands = "targetcountry geo targetgeo region ülke hedefülke страна país paísalvo pays land zielland negara quốcgia " +
			"البلد الدولة देश 国家"
	)
	folded := parse.Fold(head)
	in := func(words string) bool { return foldedIn(words, folded) }
	switch {
	case in(platforms):
		return platformBeside
	case in(names):
		return nameBeside
	case in(categories):
		return categoryBeside
	case in(products):
		return productBeside
	case in(labels):
		return labelBeside
	case in(units):
		return unitBeside
	case in(lands):
		return countryBeside
	case in(drips), strings.HasPrefix(folded, "drip"), strings.HasPrefix(folded, "everymin"),
		strings.HasPrefix(folded, "everyhour"):
		return dripBeside
	}
	return besideNumber(folded)
}

// foldedIn tells whether one of the words is the folded one: some scripts lose their vowels by that.
func foldedIn(words, folded string) bool {
	for word := range strings.FieldsSeq(words) {
		if word == folded || parse.Fold(word) == folded {
			return true
		}
	}
	return false
}

// checkBeside compares the order with what the person's own columns tell of it.
func (d *draft) checkBeside() {
	d.checkPieces()
	if len(d.place.beside) == 0 {
		return
	}
	cells := d.row.Table.Cells(d.row)
	for _, b := range d.place.beside {
		if b.index >= len(cells) {
			continue
		}
		text := strings.TrimSpace(cells[b.index])
		if text == "" || d.row.IsReckonedOf(b.index) {
			continue // the quantity has it in it already
		}
		switch b.kind {
		case platformBeside:
			d.checkPlatform(b, text)
		case nameBeside, labelBeside, categoryBeside:
			d.checkName(b, text)
		case productBeside:
			d.checkProduct(b, text)
		case unitBeside:
			d.checkUnit(b, text)
		case countryBeside:
			d.checkCountry(b, text)
		case dripBeside:
			d.checkDrip(b, text)
		case daysBeside, dailyBeside, timesBeside, bonusBeside, totalBeside, endBeside:
			d.checkNumber(b, text)
		}
	}
}

// tellBeside tells of a cell in a column of the person's own.
func (d *draft) tellBeside(rule string, b beside, text string, facts ...string) {
	d.tellOf(rule, "", text, append(facts, "{column}", strconv.Quote(b.name))...)
	d.problems[len(d.problems)-1].Column = b.letter
}

// aims reads where links and services go.
func (d *draft) aims() *aims {
	if d.rules.aims == nil {
		d.rules.aims = newAims()
	}
	return d.rules.aims
}

// aimOfService is where the order's service goes.
func (d *draft) aimOfService() parse.Aim {
	return d.aims().service(d.order.Service.Name, d.order.Service.Category)
}

func (d *draft) checkPlatform(b beside, text string) {
	wants := d.aimOfService()
	if named := d.rules.aims.OfWords(text); named != "" && wants.Site != "" && named != wants.Site {
		d.tellBeside("platform-contradicts", b, text, "{its site}", wants.Site)
	} else if named != "" && wants.Site == "" && d.row.Fields.Service != d.order.Service.ID {
		d.tellBeside("platform-contradicts", b, text, "{its site}", "none that its name tells")
	}
}

// checkCountry compares the country of a row with that of its service, where each is one and certain.
func (d *draft) checkCountry(b beside, text string) {
	d.aimOfService() // there are words for countries now
	s := d.order.Service
	if strings.Contains(strings.ToLower(d.typ.Name), "comment") {
		return // flags are of languages there
	}
	named, its := d.rules.aims.Country(text), d.rules.aims.country(s.Name, s.Category)
	if named != "" && its != "" && named != its {
		d.tellBeside("country-contradicts", b, text)
	}
}

// checkName compares the service with a name beside its id. A column that is just called Name may hold clients: there
// only the exact name of another service counts, and words that tell both a site and a kind.
func (d *draft) checkName(b beside, text string) {
	s := d.order.Service
	if d.rules.names == nil {
		d.rules.names = newServiceNames()
	}
	words := nameWords(text)
	// What may be the name of another service too: a kind, and a single word of the service's own.
	kind := (b.kind == categoryBeside || len(words) == 1 && kindsOf(text) != nil) && !lacksWord(s, words)
	if ids := d.rules.names.named(d.rules.Catalogue, text); len(ids) > 0 && !kind {
		if !slices.Contains(ids, s.ID) {
			d.tellBeside("name-contradicts", b, text)
		}
		return
	}
	wants := d.aimOfService()
	site := d.rules.aims.OfWords(text)
	if b.kind == labelBeside && (site == "" || kindsOf(text) == nil) {
		return
	}
	if d.otherKind(text) || site != "" && wants.Site != "" && site != wants.Site {
		d.tellBeside("name-contradicts", b, text)
	}
}

// checkPieces compares the service with what a quantity says that it counts: 500 likes.
func (d *draft) checkPieces() {
	v := d.value("quantity")
	if v == "" || d.place.quantity < 0 || d.bad["quantity"] || d.row.Table == nil {
		return
	}
	cells := d.row.Table.Cells(d.row)
	if d.place.quantity >= len(cells) || !strings.ContainsFunc(cells[d.place.quantity], unicode.IsLetter) {
		return
	}
	text := strings.TrimSpace(cells[d.place.quantity])
	kinds, its := kindsOf(text), kindsOf(d.order.Service.Name)
	if len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(its, k) }) {
		d.tellOf("pieces-contradict", "quantity", text)
	}
}

// checkUnit asks about a unit that stands beside the quantity.
func (d *draft) checkUnit(b beside, text string) {
	const units = "k thousand thousands 1000 x1000 m million mio mil bin тыс tsd tausend mille ribu nghìn ألف हज़ार 千 万"
	word := parse.Fold(text)
	thousands := parse.Fold(b.name) == "x1000" && !saysNo(text)
	if (thousands || slices.Contains(strings.Fields(units), word)) && d.typ.Counts == "quantity" &&
		d.value("quantity") != "" {
		d.tellBeside("unit-beside", b, text, "{quantity}", d.value("quantity"))
	}
}

// checkDrip compares the runs with a column that tells whether there are any.
func (d *draft) checkDrip(b beside, text string) {
	runs := d.value("runs")
	switch {
	case d.value("interval") != "" && runs == "", d.typ.Basis == panel.PerPost:
	case saysNo(text) && number(runs) > 1:
		d.tellBeside("dripfeed-denied", b, text, "{runs}", runs)
	case !saysNo(text) && runs == "":
		d.tellBeside("dripfeed-missing", b, text)
	}
}

// saysNo tells whether a cell says no, or nothing.
func saysNo(text string) bool {
	const noes = "sofort immediately immediate instant atonce allatonce now hemen anında сразу imediato inmediato immédiat " +
		"segera langsung ngay فورا तुरंत 立即 马上 " +
		"once onetime einmal birkez один umavez unavez unefois sekali mộtlần 一次 no n false off 0 none na " +
		"nein aus hayır hayir yok нет não nao non tidak không لا नहीं 否 无 ✗ ✘ ❌ x без"
	word := parse.Fold(text)
	return word == "" && !strings.ContainsAny(text, "✓✔✅☑√+") || foldedIn(noes, word)
}

// checkSide is about fields that the type doesn't take: an ordinary note, or what contradicts the order.
func (d *draft) checkSide(field, v string) {
	s := d.order.Service
	note := d.isNote(v)
	switch field {
	case "min", "max":
		most := map[string]int64{"min": s.Min, "max": s.Max}[field]
		note = note && number(v) == most // copied from the panel's list
	case "username":
		name := parse.ProfileName(d.value("link"))
		same := strings.EqualFold(strings.TrimPrefix(v, "@"), name)
		if note && name != "" && !same {
			d.tell("username-contradicts", field, "{link}", d.value("link"))
			return
		}
		note = note && same
	case "media":
		note = note && linkFault(v) != ""
	case "expiry": // the end of a campaign; one that is past is no order's any more
		day, err := time.Parse("02/01/2006", v)
		note = note && err == nil && !d.past(day)
	case "groups", "hashtags", "hashtag", "keywords", "google_keyword", "country", "device":
	default:
		note = false
	}
	if note {
		d.tell("note-not-sent", field, "{field}", field)
		return
	}
	d.tell("field-superfluous", field)
}
