package book

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// ownRows are rows of a streamed sheet that are written here instead of by excelize, which needs twice as long for them
// and keeps 16 MB of each sheet in memory. They are as excelize would write them, in a temporary file where there are
// many, until the workbook's parts are put together.
type ownRows struct {
	styles []int    // of columns, for cells that have none of their own
	names  []string // of columns
	last   []byte   // rows behind those in file
	file   *os.File // nil: all of them are in last
	named  bool     // it still has a name: open files can't be removed everywhere
}

const (
	rowsInMemory = 256 << 10
	sheetDataEnd = "</sheetData>"
)

func newOwnRows(columns []column) (*ownRows, error) {
	r := &ownRows{}
	for i, c := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		r.styles, r.names = append(r.styles, c.style), append(r.names, name)
	}
	return r, nil
}

// add writes a row, so many points high; 0: as high as rows are.
func (r *ownRows) add(row int, values []any, high int) error {
	if len(values) > len(r.names) {
		return fmt.Errorf("a row of %d cells for %d columns", len(values), len(r.names))
	}
	b := append(strconv.AppendInt(append(r.last, `<row r="`...), int64(row), 10), '"')
	if high > 0 {
		b = append(strconv.AppendInt(append(b, ` ht="`...), int64(high), 10), `" customHeight="1"`...)
	}
	b = append(b, '>')
	for i, value := range values {
		style := r.styles[i]
		if c, is := value.(excelize.Cell); is {
			if c.Formula != "" {
				return errors.New("a formula stands among rows that may hold none")
			}
			if value = c.Value; c.StyleID > 0 {
				style = c.StyleID
			}
		} else if value == nil {
			continue
		}
		b = append(append(b, `<c r="`...), r.names[i]...)
		b = append(strconv.AppendInt(b, int64(row), 10), '"')
		if style != 0 {
			b = append(strconv.AppendInt(append(b, ` s="`...), int64(style), 10), '"')
		}
		b = appendValue(b, value)
	}
	if r.last = append(b, `</row>`...); len(r.last) < rowsInMemory {
		return nil
	}
	return r.spill()
}

// appendValue writes what follows the attributes of a cell.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(b, `></c>`...)
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			b = strconv.AppendFloat(append(b, `><v>`...), v, 'f', -1, 64)
			return append(b, `</v></c>`...)
		}
	case int:
		return append(strconv.AppendInt(append(b, `><v>`...), int64(v), 10), `</v></c>`...)
	case int64:
		return append(strconv.AppendInt(append(b, `><v>`...), v, 10), `</v></c>`...)
	case string:
		return appendText(b, v)
	}
	return appendText(b, fmt.Sprint(value))
}

// appendText writes a text into its cell. Space at its ends is kept only where that is said.
func appendText(b []byte, s string) []byte {
	b = append(b, ` t="inlineStr"><is><t`...)
	if s != "" && (strings.IndexByte(" \t\r\n", s[0]) >= 0 || strings.IndexByte(" \t\r\n", s[len(s)-1]) >= 0) {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = append(b, '>')
	if isPlain(s) {
		b = append(b, s...)
	} else {
		b = append(b, escaped(s)...)
	}
	return append(b, `</t></is></c>`...)
}

// isPlain tells texts that stand in XML as they are, and that no spreadsheet reads otherwise.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' || c >= utf8.RuneSelf || c == '&' || c == '<' || c == '>' || c == '"' ||
			c == '\'' || c == '_' && strings.HasPrefix(s[i:], "_x") {
			return false
		}
	}
	return true
}

// coded is how spreadsheets write a character that XML has no place for; of a text that looks so the first letter is
// written in this form.
var coded = regexp.MustCompile(`^_x([a-fA-F0-9]{4})_`)

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	text := strings.ReplaceAll(b.String(), "&#xA;", "\n")
	b.Reset()
	for {
		before, behind, is := strings.Cut(text, "_")
		b.WriteString(before)
		if !is {
			return b.String()
		}
		if m := coded.FindStringSubmatch("_" + behind); m != nil && isCharacter(m[1]) {
			b.WriteString("_x005F")
		}
		b.WriteByte('_')
		text = behind
	}
}

// isCharacter tells codes that stand for a character of their own: halves of a pair don't.
func isCharacter(code string) bool {
	n, err := strconv.ParseUint(code, 16, 32)
	return err == nil && (n < 0xd800 || n > 0xdfff)
}

// spill moves the rows into the file.
func (r *ownRows) spill() error {
	if r.file == nil {
		var err error
		if r.file, err = os.CreateTemp("", "bulkorder-sheet-"); err != nil {
			return err
		}
		r.named = os.Remove(r.file.Name()) != nil
	}
	_, err := r.file.Write(r.last)
	r.last = r.last[:0]
	return err
}

// writeTo writes all rows.
func (r *ownRows) writeTo(w io.Writer) error {
	if r.file != nil {
		if _, err := r.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, r.file); err != nil {
			return err
		}
	}
	_, err := w.Write(r.last)
	return err
}

// close throws the rows away.
func (r *ownRows) close() {
	if r.file == nil {
		return
	}
	r.file.Close()
	if r.named {
		os.Remove(r.file.Name())
	}
	r.file = nil
}
