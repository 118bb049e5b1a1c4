package parse

import "strings"

// composed are words of which names of columns are made, as in Profil-Link and Link do perfil: one of the core, and as
// many of the rest as there are.
type composed struct {
	field      string
	core, rest map[string]bool
	lone       map[string]bool // words that name it alone, where nothing names it better
}

func newComposed() (all []composed) {
	set := func(words string) map[string]bool {
		is := map[string]bool{}
		for word := range strings.FieldsSeq(words) {
			is[foldName(word)] = true
		}
		return is
	}
	for _, c := range composedNames() {
		all = append(all, composed{c.field, set(c.core), set(c.rest), set(c.lone)})
	}
	return all
}

// names tells whether a header's text is such a name of the field.
func (c composed) names(text string) bool {
	const longest = 60 // bytes of a header's text
	if len(text) > longest || priced(text) {
		return false
	}
	words := serviceWords(text)
	if len(words) == 1 {
		return c.lone[foldName(words[0])]
	}
	has := false
	for _, word := range words {
		if word = foldName(word); !c.core[word] && !c.rest[word] && (c.field != "quantity" || !allDigits(word)) {
			return false
		}
		has = has || c.core[word]
	}
	return has
}

// compose gives a field that no column has yet to the only one whose name is made of words for it.
func (f *finder) compose(c *candidate) {
	const most = 100 // columns: orders don't have more
	has := c.named()
	for _, of := range f.composed {
		if has[of.field] {
			continue
		}
		at := -1
		for i, text := range c.texts[:min(len(c.texts), most)] {
			if c.fields[i] != "" || text == "" || !of.names(text) {
				continue
			}
			if at >= 0 {
				at = -1
				break
			}
			at = i
		}
		if at >= 0 {
			c.fields[at], c.by[at] = of.field, ByName
		}
	}
}

// composedNames are those words. One that may make something else of a name, such as old, isn't here.
func composedNames() []struct{ field, core, rest, lone string } {
	const joints = "to the of a an for your our my or and please required optional für fur zum zur oder an auf de " +
		"del do da " +
		"du des la le les l el al ou o y e na no на к для или по untuk ke atau của cho hoặc veya ve"
	return []struct{ field, core, rest, lone string }{
		{
			"link", "link links linki url urls adresi ссылка ссылку ссылки enlace lien tautan bağlantı bağlantısı رابط लिंक " +
				"リンク",
			"https http full paste here client clients customer müşteri kunde cliente social media user username handle " +
				"kullanıcı kullanici postagem pagos profile profil profili profilo perfil profilseite профиль профиля профилю " +
				"post posts gönderi gönderisi пост поста посту публикация publicação publicación publikasi publication " +
				"beitrag beitrags bài viết video videos vídeo vidéo видео reel reels page página pagina seite sayfa sayfası " +
				"страница страницу account konto cuenta conta akun hesap compte аккаунт channel kanal kanalı canal chaîne " +
				"канал target ziel hedef destino цель order sipariş заказа instagram ig insta tiktok youtube yt facebook fb " +
				"telegram twitter المنشور الحساب القناة पोस्ट प्रोफ़ाइल " + joints, "",
		},
		{
			"service", "service services servis hizmet услуга услуги serviço servicio dienst layanan сервис сервиса serv dv " +
				"サービス",
			"id ids no n nr nummer num number numero número numéro номер code kod kodu kode código код numarası panel smm " +
				"mã " + joints, "services",
		},
		{
			"quantity", "quantity qty miktar miktarı adet количество " +
				"колво quantidade qtd cantidad cant quantité qté menge anzahl " +
				"stückzahl jumlah kuantitas số lượng الكمية كمية मात्रा 数量 数目 ilość",
			"requested desired needed need how many order orders number whole integer only min max minimum digits pcs pc " +
				"pieces units шт штук adet stück cần dibutuhkan gerekli istenen benötigt gewünschte deseada necessária " +
				"souhaitée nécessaire solicitada commandée sipariş pesan đặt commander bestellen " + joints, "pieces units stück stk 数目 订单数量 ilość",
		},
	}
}
