package book

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// styles are what matters of the looks of a workbook's cells, by their number.
type styles []style

type style struct {
	date   bool // a number is shown as a date
	struck bool // the text is struck through

	percent bool // a number is shown as a percentage
	scaled  bool // a number is shown as another one, by thousands
}

// readStyles reads fonts, number formats and cell styles. Fonts stand before the styles that refer to them.
func readStyles(p parts, name string) (styles, error) {
	custom, hundredths, thousands := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var all styles
	var struck []bool // by font
	inFonts := false
	err := p.elements(name, func(x *xmlScanner, parent string) error {
		switch parent + " " + string(x.name) {
		case "numFmts numFmt":
			v, err := x.attributes("numFmtId", "formatCode")
			hundredths[v[0]], thousands[v[0]] = percentFormat(v[1]), scaledFormat(v[1])
			if custom[v[0]] = dateFormat(v[1]); len(custom) > styleLimit {
				return fmt.Errorf("it has more than %d number formats", styleLimit)
			}
			return err
		case "fonts font", "dxf font":
			if inFonts = parent == "fonts"; !inFonts {
				return nil
			}
			if struck = append(struck, false); len(struck) > styleLimit {
				return fmt.Errorf("it has more than %d fonts", styleLimit)
			}
		case "font strike":
			v, err := x.attributes("val")
			if inFonts && on(v[0]) {
				struck[len(struck)-1] = true
			}
			return err
		case "cellXfs xf":
			v, err := x.attributes("numFmtId", "fontId")
			isDate, isCustom := custom[v[0]]
			font, isFont := digits([]byte(v[1]))
			all = append(all, style{
				date:   isDate || !isCustom && builtInDate(v[0]),
				struck: isFont && font < len(struck) && struck[font],

				percent: hundredths[v[0]] || !isCustom && (v[0] == "9" || v[0] == "10"),
				scaled:  thousands[v[0]] || !isCustom && builtInMoney(v[0]),
			})
			if len(all) > styleLimit {
				return fmt.Errorf("it has more than %d styles", styleLimit)
			}
			return err
		}
		return nil
	})
	return all, err
}

// on tells whether a property without a value, or with this one, holds.
func on(value string) bool { return value == "" || yes(value) }

// styleLimit is how many styles of cells a workbook may have. Excel allows 65,490.
const styleLimit = 1 << 17

func (s styles) at(number int) style {
	if number < 0 || number >= len(s) {
		return style{}
	}
	return s[number]
}

// builtInDate knows the formats that have a number and no code in the file.
func builtInDate(format string) bool {
	id, err := strconv.Atoi(format)
	return err == nil && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58)
}

// builtInMoney knows the formats of money that have a number and no code in the file.
func builtInMoney(format string) bool {
	switch format {
	case "5", "6", "7", "8", "42", "44":
		return true
	}
	return false
}

// percentFormat tells whether a format code shows a number as a percentage.
func percentFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i += 1 + strings.IndexByte(code[i+1:]+`"`, '"')
		case '\\', '_', '*':
			i++
		case '%':
			return true
		}
	}
	return false
}

// scaledFormat tells whether a format code shows a number as another one: with a word for thousands behind it that it
// isn't divided by, divided without a word, or with digits that aren't its own. A format of a number such as 50,000
// that
// shows 50K shows that number.
func scaledFormat(code string) bool {
	if code != "" && strings.Trim(code, ";") == "" {
		return true // ;;; shows nothing
	}
	code, _, _ = strings.Cut(code, ";")
	if strings.ContainsAny(strings.ReplaceAll(code, "[$-", ""), "$€£₺₹¥₽₫") { // [$-409] is a language
		return true // money
	}
	var literal strings.Builder
	divided := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			end := strings.IndexByte(code[i+1:]+`"`, '"')
			literal.WriteString(code[i+1 : i+1+end])
			i += 1 + end
		case '[':
			i += strings.IndexByte(code[i:]+"]", ']')
		case '\\':
			if i++; i < len(code) {
				literal.WriteByte(code[i])
			}
		case '_', '*':
			i++
		case '0', '#', '?':
			divided = 0
		case ',':
			divided++
		}
	}
	words := literal.String()
	return strings.ContainsAny(words, "0123456789%") || (divided > 0) != ofThousands(words) || bounded(words) ||
		ofMoney(words) ||
		clockFormat(code)
}

// ofMoney knows the letters of currencies.
func ofMoney(literal string) bool {
	switch strings.ToLower(strings.Trim(literal, " .\u00a0")) {
	case "tl", "try", "usd", "eur", "rub", "руб", "inr", "rs", "brl", "r", "lei", "zł", "rp", "vnd", "đ", "dh", "sar":
		return true
	}
	return false
}

// clockFormat tells whether a format shows hours, such as [h]:mm.
func clockFormat(code string) bool {
	code = strings.ToLower(code)
	return strings.Contains(code, "h:") || strings.Contains(code, "[h") || strings.Contains(code, "mm:ss")
}

// ofThousands knows the words for thousands and millions that formats put behind numbers.
func ofThousands(literal string) bool {
	const words = "k m n/a x b mm thousand thousands hundred hundreds lakh lakhs crore million millions " +
		"тысяч тысячи тыс т " +
		"млн сот сотен бин bin milyon tsd tausend mio mn millionen mil milhares milhões miles millones milliers mille rb " +
		"ribu jt juta nghìn ngàn triệu ألف مليون हज़ार लाख 千 万 千个 万个 百"
	known := strings.Fields(words)
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(literal), func(r rune) bool {
		return r == ' ' || r == '.' || r == '\u00a0' || r == '(' || r == ')'
	}), func(word string) bool { return slices.Contains(known, word) })
}

// bounded tells whether words around a number say that it is only a bound, or for each day.
func bounded(literal string) bool {
	literal = " " + strings.ToLower(literal) + " "
	return slices.ContainsFunc(strings.Split("/| per | up to | at most | max| min| ca| about | pro | par | por | na | bis "+
		"| до | hasta | até | jusqu| günlük | в день|~|≈|≤|≥|<|>| or |each", "|"), func(word string) bool {
		return strings.Contains(literal, word)
	})
}

// dateFormat tells whether a format code shows a day, month or year: outside "quoted text", [brackets], characters
// after \ (literal), _ (as wide as) and * (fill). An m beside h or s is minutes, unless there is a day or year.
func dateFormat(code string) bool {
	var day, month, clock bool
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	code = strings.ReplaceAll(strings.ReplaceAll(code, "am/pm", "h"), "a/p", "h")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i += 1 + strings.IndexByte(code[i+1:]+`"`, '"')
		case '[':
			end := i + strings.IndexByte(code[i:]+"]", ']')
			clock = clock || strings.Trim(code[i+1:min(end, len(code))], "hms") == ""
			i = end
		case '\\', '_', '*':
			i++
		case 'd', 'y':
			day = true
		case 'm':
			month = true
		case 'h', 's':
			clock = true
		}
	}
	return day || month && !clock
}
