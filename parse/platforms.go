package parse

// Platform is a site whose links are written in several ways that mean the same target.
type Platform struct {
	Name    string
	Hosts   []string // the first is the one that stands for all; subdomains of habit are dropped before
	Words   []string // by which the names of services tell the platform
	Posts   []string // path segments before a post's id that mean the same post: /p/ID, /reel/ID
	Noise   []string // query parameters that say who shared the link, never what it is
	AtNames bool     // profiles are /@name rather than /name
}

// tracking are query parameters of every site's sharing; utm_* is among them.
func tracking() []string { return []string{"fbclid", "gclid", "igsh", "igshid"} }

// platformIndex gives the place of a host in [Platforms]; -1: it has none. The hosts are written out here as each row
// asks for its own.
func platformIndex(host string) int {
	switch host {
	case "instagram.com", "instagr.am":
		return 0
	case "tiktok.com":
		return 1
	case "youtube.com", "youtu.be":
		return 2
	case "x.com", "twitter.com", "vxtwitter.com", "fxtwitter.com", "fixupx.com", "fixvx.com":
		return 3
	case "facebook.com", "fb.com":
		return 4
	case "t.me", "telegram.me", "telegram.dog":
		return 5
	case "threads.net", "threads.com":
		return 6
	case "open.spotify.com":
		return 7
	}
	return -1
}

// platformCount is how many sites there are.
const platformCount = 8

// Platforms lists the sites whose spellings are known.
func Platforms() []Platform {
	all := make([]Platform, platformCount)
	for i := range all {
		all[i] = platform(i)
	}
	return all
}

// platform gives one of them: most links need no other.
func platform(i int) Platform {
	switch i {
	case 0:
		return Platform{
			Name:  "Instagram",
			Hosts: []string{"instagram.com", "instagr.am"},
			Words: []string{"instagram"},
			Posts: []string{"p", "reel", "reels", "tv"},
			Noise: []string{"hl"},
		}
	case 1:
		return Platform{
			Name:    "TikTok",
			Hosts:   []string{"tiktok.com"},
			Words:   []string{"tiktok", "tik tok"},
			Posts:   []string{"video", "photo"},
			Noise:   []string{"is_from_webapp", "sender_device", "web_id", "_r", "_t", "lang"},
			AtNames: true,
		}
	case 2:
		return Platform{
			Name:    "YouTube",
			Hosts:   []string{"youtube.com", "youtu.be"},
			Words:   []string{"youtube"},
			Posts:   []string{"shorts", "live", "embed", "v"},
			Noise:   []string{"si", "feature", "pp", "ab_channel"},
			AtNames: true,
		}
	case 3:
		return Platform{
			Name: "X",
			// Behind the others chats show more of a post; they lead to the very same.
			Hosts: []string{"x.com", "twitter.com", "vxtwitter.com", "fxtwitter.com", "fixupx.com", "fixvx.com"},
			Words: []string{"twitter"},
			Posts: []string{"status", "statuses"},
			Noise: []string{"s", "t", "ref_src", "ref_url"},
		}
	case 4:
		return Platform{
			Name:  "Facebook",
			Hosts: []string{"facebook.com", "fb.com"},
			Words: []string{"facebook"},
			Noise: []string{"mibextid", "rdid", "share_url", "__tn__"},
		}
	case 5:
		return Platform{
			Name:  "Telegram",
			Hosts: []string{"t.me", "telegram.me", "telegram.dog"},
			Words: []string{"telegram"},
		}
	case 6:
		return Platform{
			Name:    "Threads",
			Hosts:   []string{"threads.net", "threads.com"},
			Words:   []string{"threads"},
			Posts:   []string{"post"},
			Noise:   []string{"xmt", "slof"},
			AtNames: true,
		}
	default:
		return Platform{
			Name:  "Spotify",
			Hosts: []string{"open.spotify.com"},
			Words: []string{"spotify"},
			Noise: []string{"si", "nd", "context"},
		}
	}
}

// site is a place where orders go, as links and the names of services tell it. It is wider than [Platforms]: a host is
// known here without the habits of its links.
type site struct {
	name  string
	hosts string // with subdomains
	// words are by what services name it. One of six letters or more may go on in the service's name: instagramdan.
	words string
}

// sites lists the places that are told apart. Of their words only those are here that mean nothing else.
func sites() []site {
	return []site{
		{
			"Instagram", "instagram.com instagr.am",
			"instagram insta ig инстаграм инстаграмм инста انستقرام انستغرام إنستغرام इंस्टाग्राम",
		},
		{"TikTok", "tiktok.com", "tiktok тикток тиктока تيكتوك टिकटॉक"},
		{"YouTube", "youtube.com youtu.be", "youtube yt ютуб ютюб يوتيوب यूट्यूब"},
		{"X", "x.com twitter.com t.co", "twitter твиттер تويتر ट्विटर 推特"},
		{"Facebook", "facebook.com fb.com fb.watch fb.me", "facebook fb фейсбук فيسبوك فيس फेसबुक 脸书"},
		{
			"Telegram", "t.me telegram.me telegram.dog web.telegram.org",
			"telegram телеграм телеграмм تيليجرام تلغرام تليجرام टेलीग्राम 电报",
		},
		{"Threads", "threads.net threads.com", "threads"},
		{"Spotify", "spotify.com spotify.link", "spotify спотифай سبوتيفاي"},
		{"SoundCloud", "soundcloud.com", "soundcloud"},
		{"Twitch", "twitch.tv", "twitch твич"},
		{"Kick", "kick.com", "kick"},
		{"Discord", "discord.com discord.gg", "discord дискорд"},
		{"LinkedIn", "linkedin.com lnkd.in", "linkedin"},
		{"Pinterest", "pinterest.com pin.it", "pinterest"},
		{"Reddit", "reddit.com redd.it", "reddit"},
		{"Snapchat", "snapchat.com", "snapchat"},
		{"VK", "vk.com vk.ru", "vk vkontakte вк вконтакте"},
		{"WhatsApp", "whatsapp.com wa.me", "whatsapp ватсап واتساب"},
		{"Quora", "quora.com", "quora"},
		{"Tumblr", "tumblr.com", "tumblr"},
		{"Vimeo", "vimeo.com", "vimeo"},
		{"Dailymotion", "dailymotion.com dai.ly", "dailymotion"},
		{"Rumble", "rumble.com", "rumble"},
		{"Likee", "likee.video likee.com", "likee"},
		{"Kwai", "kwai.com kwai-video.com kw.ai", "kwai"},
		{"OK", "ok.ru odnoklassniki.ru", "одноклассники odnoklassniki"},
		{"Rutube", "rutube.ru", "rutube рутуб"},
		{"Dzen", "dzen.ru zen.yandex.ru", "dzen дзен"},
		{"Trovo", "trovo.live", "trovo"},
		{"DLive", "dlive.tv", "dlive"},
		{"Clubhouse", "clubhouse.com joinclubhouse.com", "clubhouse"},
		{"ShareChat", "sharechat.com", "sharechat"},
		{"Bigo", "bigo.tv bigolive.tv", "bigo"},
		{"Mixcloud", "mixcloud.com", "mixcloud"},
		{"Tidal", "tidal.com", "tidal"},
		{"Shazam", "shazam.com", "shazam"},
		{"Boomplay", "boomplay.com", "boomplay"},
		{"Anghami", "anghami.com", "anghami"},
		{"Douyin", "douyin.com", "douyin 抖音"},
		{"Bilibili", "bilibili.com b23.tv", "bilibili"},
		{"Weibo", "weibo.com weibo.cn", "weibo 微博"},
		{"Xiaohongshu", "xiaohongshu.com xhslink.com", "xiaohongshu rednote 小红书"},
		{"Zalo", "zalo.me", "zalo"},
		{"Truth Social", "truthsocial.com", "truthsocial"},
		{"Gettr", "gettr.com", "gettr"},
		{"Audiomack", "audiomack.com", "audiomack"},
		{"Deezer", "deezer.com", "deezer"},
		{"Bluesky", "bsky.app", "bluesky bsky"},
		{"Shopee", "shopee.com", "shopee"},
		{"Apple Music", "music.apple.com", ""},
		{"Google", "google.com", ""}, // documents and searches; what is ordered for Google itself goes to any address
	}
}

// linkCollections are the hosts of pages that lead to all that somebody has, as they stand in profiles, and of those
// that
// mail programs and archives put before an address.
func linkCollections() string {
	return "safelinks.protection.outlook.com urldefense.com urldefense.proofpoint.com web.archive.org archive.ph " +
		"linktr.ee linktree.com beacons.ai beacons.page bio.link lnk.bio linkin.bio campsite.bio campsite.to taplink.cc " +
		"taplink.ws taplink.at msha.ke milkshake.app carrd.co solo.to allmylinks.com linkpop.com hoo.be snipfeed.co " +
		"stan.store direct.me many.link tap.bio contactinbio.com bio.site heylink.me linkfly.to instabio.cc flow.page " +
		"flowcode.com linkr.bio bento.me lynk.id komi.io pillar.io about.me liinks.co manylink.co znap.link biolinky.co " +
		"mssg.me getmy.link link.bio withkoji.com koji.to shor.by c8ke.com hihello.me magic.ly linkbio.co bio.fm"
}

// shorteners are the hosts of addresses that lead anywhere: nobody sees where, and a panel may not follow them.
func shorteners() string {
	return "shrtco.de bit.ly bitly.com bitly.ws j.mp tinyurl.com goo.gl is.gd v.gd cutt.ly rb.gy shorturl.at " +
		"shorturl.com ow.ly s.id " +
		"t.ly rebrand.ly clck.ru vk.cc u.to goo.su surl.li shorter.me short.io tiny.cc tiny.one buff.ly adf.ly bl.ink " +
		"soo.gd qrco.de l.ead.me dub.sh lc.chat urlz.fr x.gd kutt.it 1url.com did.li linkd.pl wl.co t2m.io bit.do dwz.cn " +
		"url.cn suo.im amzn.to hyperurl.co lnk.to ffm.to smarturl.it kısalt.com trib.al encurtador.com.br " +
		"acortar.link n9.cl"
}

// elsewhere are words of services whose orders go to any address, whatever sites their names bear, as in visits from
// Facebook.
func elsewhere() string {
	return "traffic visits visitors website web seo backlinks google трафик trafik tráfico visitas"
}

// profileWords are of services that are ordered for a profile, and postWords of those that are for one post, in the
// languages of panels.
func profileWords() string {
	return "follower followers subscriber subscribers member members " +
		"takipçi takipci takipçisi abone üye подписчики " +
		"подписчиков seguidores seguidor suscriptores inscritos abonnés " +
		"abonnes abonnenten pengikut متابعين متابع मेंबर्स " +
		"फॉलोअर्स 粉丝"
}

func postWords() string {
	return "like likes view views comment comments share shares " +
		"save saves repost reposts retweet retweets reaction " +
		"reactions beğeni begeni izlenme yorum paylaşım лайк " +
		"лайки лайков просмотры просмотров комментарии комментариев " +
		"curtidas visualizações comentários vistas visualizaciones comentarios " +
		"vues commentaires aufrufe kommentare suka " +
		"tayangan komentar إعجابات اعجابات مشاهدات تعليقات लाइक व्यूज 点赞 评论"
}

// pieceWords are what people call what they count, whatever it is.
func pieceWords() string {
	return "pc pcs piece pieces unit units adet tane шт штук штуки unidade unidades unid unidad unidades ud uds " +
		"pièce pièces unité unités stück stk st buah biji cái chiếc lượt قطعة وحدة عدد पीस नग 个 個 件 次"
}

// openWords leave it open what a service is ordered for, whatever else it names.
func openWords() string {
	return "mention mentions story stories live livestream stream viewers auto automatic " +
		"package pack bundle page profile channel account " +
		"last latest future next posts videos reels tweets " +
		"tracks monthly subscription visit reach impression impressions " +
		"group community hikaye canlı otomatik paket profil sayfa kanal история истории сторис эфир авто " +
		"страницы канал historia historias stories página perfil canal " +
		"automático story profil chaîne page seite kanal " +
		"cerita profil halaman saluran قصة بث قناة ملف स्टोरी लाइव 直播 快拍"
}
