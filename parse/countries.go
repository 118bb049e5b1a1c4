package parse

import (
	"slices"
	"strings"
)

// country is one that services are sold for: its code, and words that mean it and nothing else. What is a language of
// several countries, such as Spanish, isn't here.
type country struct{ code, words string }

func countries() []country {
	return []country{
		{"US", "usa us america american americans abd сша eua eeuu amerika أمريكا अमेरिका 美国"},
		{"GB", "uk gb britain british england ingiltere великобритания англия inglaterra angleterre großbritannien 英国"},
		{"DE", "germany deutschland almanya германия alemanha alemania allemagne jerman đức ألمانيا जर्मनी 德国"},
		{"AT", "austria österreich avusturya австрия áustria autriche"},
		{"CH", "switzerland schweiz isviçre швейцария suíça suiza suisse"},
		{"FR", "france frankreich fransa франция frança francia prancis pháp فرنسا फ्रांस 法国"},
		{"ES", "spain españa spanien ispanya испания espanha espagne spanyol إسبانيا 西班牙"},
		{"PT", "portugal portekiz португалия"},
		{"IT", "italy italia italian italians italien italya италия itália italie 意大利"},
		{"NL", "netherlands holland nederland hollanda нидерланды niederlande holanda"},
		{"PL", "poland polska polonya польша polônia polonia pologne polen"},
		{"TR", "turkey turkish türkiye turkiye türk türkler турция turquia turquía turquie türkei turki تركيا तुर्की 土耳其"},
		{"RU", "russia россия rusya rússia rusia russie russland روسيا रूस 俄罗斯"},
		{"UA", "ukraine ukrainian україна украина ukrayna ucrânia ucrania"},
		{"BR", "brazil brasil brazilian brazilians brezilya бразилия brésil brasilien البرازيل ब्राज़ील 巴西"},
		{"MX", "mexico méxico mexican meksika мексика mexique mexiko المكسيك 墨西哥"},
		{"AR", "argentina argentinian arjantin аргентина argentine argentinien"},
		{"IN", "india indian indians bharat hindistan индия índia inde indien الهند भारत इंडिया 印度"},
		{"PK", "pakistan pakistani пакистан باكستان पाकिस्तान"},
		{"BD", "bangladesh bangladeshi бангладеш"},
		{"ID", "indonesia indonesian indonesians endonezya индонезия indonésia indonésie indonesien إندونيسيا 印尼"},
		{"VN", "vietnam vietnamese việtnam вьетнам vietnã فيتنام वियतनाम 越南"},
		{"TH", "thailand thai tayland таиланд tailândia tailandia thaïlande تايلاند 泰国"},
		{"PH", "philippines filipino pilipinas filipinler филиппины filipinas"},
		{"JP", "japan japanese japonya япония japão japón japon اليابان जापान 日本"},
		{"KR", "korea korean kore корея coreia corea corée كوريا 韩国"},
		{"CN", "china çin китай chine الصين चीन 中国"},
		{"SA", "saudi ksa السعودية"},
		{"AE", "uae emirates dubai الإمارات"},
		{"EG", "egypt egyptian misir египет egito egipto égypte ägypten مصر मिस्र"},
		{"NG", "nigeria nigerian nijerya нигерия nigéria نيجيريا"},
		{"ZA", "rsa"},
		{"IR", "iran iranian иран irã irán إيران"},
		{"CA", "canada canadian kanada канада canadá كندا कनाडा 加拿大"},
		{"AU", "australia australian avustralya австралия austrália australie australien أستراليا 澳大利亚"},
	}
}

// Country is the code of the one country that a text names, by a word, a code that is all there is, or a flag; "":
// none, or several.
func (a *Aims) Country(text string) string {
	text = strings.TrimSpace(text)
	if code := strings.ToUpper(text); len(text) == 2 && a.countries[code] == code {
		return code
	}
	named := flags(text)
	for _, word := range serviceWords(text) {
		if code := a.countries[word]; code != "" && (word != "us" || strings.Contains(text, "US")) { // "follow us"
			named = append(named, code)
		}
	}
	slices.Sort(named)
	if named = slices.Compact(named); len(named) != 1 {
		return ""
	}
	return named[0]
}

// flags are the codes of the flags in a text: two letters of a kind of their own.
func flags(text string) (codes []string) {
	first := rune(0)
	for _, r := range text {
		letter := r - '🇦' + 'A'
		switch {
		case letter < 'A' || letter > 'Z':
			first = 0
		case first == 0:
			first = letter
		default:
			codes, first = append(codes, string([]rune{first, letter})), 0
		}
	}
	return codes
}
