package book

import (
	"fmt"
	"strconv"
	"strings"
)

// dateStyles tells by a cell's style whether its number is shown as a date.
type dateStyles []bool

// readStyles reads the number formats of a workbook's cell styles.
func readStyles(p parts, name string) (dateStyles, error) {
	custom := map[string]bool{}
	var styles dateStyles
	err := p.elements(name, func(x *xmlScanner, parent string) error {
		switch parent + " " + string(x.name) {
		case "numFmts numFmt":
			v, err := x.attributes("numFmtId", "formatCode")
			if custom[v[0]] = dateFormat(v[1]); len(custom) > styleLimit {
				return fmt.Errorf("it has more than %d number formats", styleLimit)
			}
			return err
		case "cellXfs xf":
			v, err := x.attributes("numFmtId")
			isDate, isCustom := custom[v[0]]
			if styles = append(styles, isDate || !isCustom && builtInDate(v[0])); len(styles) > styleLimit {
				return fmt.Errorf("it has more than %d styles", styleLimit)
			}
			return err
		}
		return nil
	})
	return styles, err
}

// styleLimit is how many styles of cells a workbook may have. Excel allows 65,490.
const styleLimit = 1 << 17

func (d dateStyles) isDate(style int) bool {
	return style >= 0 && style < len(d) && d[style]
}

// builtInDate knows the formats that have a number and no code in the file.
func builtInDate(format string) bool {
	id, err := strconv.Atoi(format)
	return err == nil && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58)
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
