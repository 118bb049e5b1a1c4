package parse

import "strings"

// dateStyles tells by a cell's style whether its number is shown as a date.
type dateStyles []bool

// readStyles reads the number formats of a workbook's cell styles.
func readStyles(p parts, name string) (dateStyles, error) {
	var doc struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := p.decode(name, &doc); err != nil {
		return nil, err
	}
	custom := map[int]bool{}
	for _, f := range doc.Formats {
		custom[f.ID] = dateFormat(f.Code)
	}
	styles := make(dateStyles, len(doc.Styles))
	for i, s := range doc.Styles {
		isDate, isCustom := custom[s.Format]
		styles[i] = isDate || !isCustom && builtInDate(s.Format)
	}
	return styles, nil
}

func (d dateStyles) isDate(style int) bool {
	return style >= 0 && style < len(d) && d[style]
}

// builtInDate knows the formats that have a number and no code in the file.
func builtInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// dateFormat tells whether a format code shows a day, month or year: outside "quoted text", [brackets], characters after
// \ (literal), _ (as wide as) and * (fill). An m beside h or s is minutes, unless there is a day or year.
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
