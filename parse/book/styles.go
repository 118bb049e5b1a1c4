package book

import (
	"fmt"
	"strconv"
	"strings"
)

// styles are what matters of the looks of a workbook's cells, by their number.
type styles []style

type style struct {
	date   bool // a number is shown as a date
	struck bool // the text is struck through

	percent bool // a number is shown as a percentage
}

// readStyles reads fonts, number formats and cell styles. Fonts stand before the styles that refer to them.
func readStyles(p parts, name string) (styles, error) {
	custom, hundredths := map[string]bool{}, map[string]bool{}
	var all styles
	var struck []bool // by font
	inFonts := false
	err := p.elements(name, func(x *xmlScanner, parent string) error {
		switch parent + " " + string(x.name) {
		case "numFmts numFmt":
			v, err := x.attributes("numFmtId", "formatCode")
			hundredths[v[0]] = percentFormat(v[1])
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
