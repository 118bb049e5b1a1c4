package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// apart are rows of a trial that stay out of the books: there is nothing in them that these could be like, so that they
// need no judging. They are kept in the order of the sheet: in memory, and in a temporary file where there are many.
type apart struct {
	sums
	file    *os.File // nil: all of them are in last
	named   bool     // it still has a name: open files can't be removed everywhere
	written int64    // bytes in file
	last    []byte   // the rows behind those in file
}

// sums are what rows add up to that are queued, and the others.
type sums struct{ queued, others Totals }

func (s *sums) count(e Entry) {
	if e.State == Queued {
		s.queued.Add(e, 1)
	} else {
		s.others.Add(e, 1)
	}
}

// addTo adds both to the totals of other rows.
func (s *sums) addTo(t *Totals) {
	t.join(s.queued)
	t.join(s.others)
}

// apartInMemory is how many bytes of rows are kept in memory.
const apartInMemory = 1 << 20

// add keeps a row, and gives what the sheet says of it, until the next one is added.
func (a *apart) add(e Entry) (said []byte, err error) {
	a.count(e)
	whole := len(a.last)
	a.last = appendEntry(a.last, e)
	// A number and a text are before it.
	said = a.last[whole:]
	_, n := binary.Varint(said)
	length, m := binary.Varint(said[n:])
	said = said[n+m+int(length):]
	if len(a.last) < apartInMemory {
		return said, nil
	}
	return said, a.spill()
}

// spill moves the rows into the file.
func (a *apart) spill() error {
	if a.file == nil {
		var err error
		if a.file, err = os.CreateTemp("", "bulkorder-rows-"); err != nil {
			return fmt.Errorf("keeping the rows of the check: %w", err)
		}
		a.named = os.Remove(a.file.Name()) != nil
	}
	n, err := a.file.Write(a.last)
	if err != nil {
		return fmt.Errorf("keeping the rows of the check: %w", err)
	}
	a.written, a.last = a.written+int64(n), a.last[:0]
	return nil
}

// close throws the rows away.
func (a *apart) close() {
	if a == nil || a.file == nil {
		return
	}
	a.file.Close()
	if a.named {
		os.Remove(a.file.Name())
	}
	a.file = nil
}

// all walks the rows in the order of the sheet.
func (a *apart) all() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		var in io.Reader = bytes.NewReader(a.last)
		if a.file != nil {
			in = io.MultiReader(io.NewSectionReader(a.file, 0, a.written), in)
		}
		r := entryReader{in: bufio.NewReaderSize(in, 64<<10)}
		for {
			e, err := r.next()
			if err == io.EOF {
				return
			}
			if err != nil {
				err = fmt.Errorf("reading the rows of the check: %w", err)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// appendEntry writes what a draft knows of a row: numbers, and texts behind their lengths. What it has by itself comes
// first, behind it what is drawn of the sheet.
func appendEntry(b []byte, e Entry) []byte {
	b = binary.AppendVarint(binary.AppendVarint(b, e.Seq), int64(len(e.Request)))
	return appendSaid(append(b, e.Request...), e)
}

// appendSaid writes what is drawn of the sheet, the catalogue and the person's options.
func appendSaid(b []byte, e Entry) []byte {
	for _, n := range []int64{int64(e.Line), e.Account, int64(e.Nth), int64(len(e.Cells)), int64(len(e.Params))} {
		b = binary.AppendVarint(b, n)
	}
	text := func(s string) { b = append(binary.AppendVarint(b, int64(len(s))), s...) }
	for _, cell := range e.Cells {
		text(cell)
	}
	for _, p := range e.Params {
		text(p.Name)
		text(p.Value)
	}
	for _, s := range []string{
		e.Tab, e.Panel, e.Key, e.Ref, e.Content, e.Alias, e.Service, e.Target, string(e.State), string(e.Reason), e.Note,
		asksText(e.Asks),
		e.Rate.String(), nullText(e.Units.Low), nullText(e.Units.High),
	} {
		text(s)
	}
	if len(e.Problems) == 0 {
		text("")
	} else {
		text(encode(e.Problems))
	}
	return b
}

// nullText is empty for an amount that isn't known.
func nullText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// entryReader reads what appendEntry wrote.
type entryReader struct {
	in  *bufio.Reader
	err error
}

// next gives a row; at the end io.EOF.
func (r *entryReader) next() (e Entry, err error) {
	if e.Seq = r.number(); r.err != nil {
		return e, r.err
	}
	e.Request = r.text()
	e.Line, e.Account, e.Nth = int(r.number()), r.number(), int(r.number())
	cells, params := r.number(), r.number()
	for range cells {
		e.Cells = append(e.Cells, r.text())
	}
	for range params {
		e.Params = append(e.Params, panel.Param{Name: r.text(), Value: r.text()})
	}
	e.Tab, e.Panel, e.Key, e.Ref, e.Content, e.Alias = r.text(), r.text(), r.text(), r.text(), r.text(), r.text()
	e.Service, e.Target = r.text(), r.text()
	e.State, e.Reason, e.Note, e.Asks = State(r.text()), Reason(r.text()), r.text(), asksOf(r.text())
	var amounts [3]decimal.NullDecimal
	for i := range amounts {
		if s := r.text(); s != "" && r.err == nil {
			amounts[i].Valid = true
			amounts[i].Decimal, r.err = decimal.NewFromString(s)
		}
	}
	e.Rate, e.Units = amounts[0].Decimal, Units{amounts[1], amounts[2]}
	if s := r.text(); s != "" && r.err == nil {
		r.err = json.Unmarshal([]byte(s), &e.Problems)
	}
	if r.err == io.EOF {
		r.err = io.ErrUnexpectedEOF
	}
	return e, r.err
}

func (r *entryReader) number() (n int64) {
	if r.err == nil {
		n, r.err = binary.ReadVarint(r.in)
	}
	return n
}

func (r *entryReader) text() string {
	n := r.number()
	if r.err != nil || n == 0 {
		return ""
	}
	b := make([]byte, n)
	_, r.err = io.ReadFull(r.in, b)
	return string(b)
}

// known tells which of some rows the books have something like, whatever became of that: by key, Ref or content. More
// may be told of than is needed.
func (j *Journal) known(ctx context.Context, entries []Entry) (func(Entry) bool, error) {
	none := func(Entry) bool { return false }
	var written bool
	err := j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows)`).Scan(&written)
	if err != nil || !written {
		return none, err
	}
	var contents, aliases, refs, keys []string
	for _, e := range entries {
		keys = append(keys, e.Key)
		if e.Content != "" {
			contents = append(contents, e.Content)
		}
		if e.Alias != "" {
			aliases = append(aliases, e.Alias)
		}
		if e.Ref != "" {
			refs = append(refs, e.Ref)
		}
	}
	found := map[string]bool{} // the first letter tells what it is of
	for _, look := range []struct {
		of, where string
		values    []string
	}{
		{"k", `EXISTS (SELECT 1 FROM rows INDEXED BY rows_key WHERE key = value)`, keys},
		{"c", `EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = value)`, contents},
		{"c", `EXISTS (SELECT 1 FROM rows INDEXED BY rows_alias WHERE alias = value AND alias <> '')`, contents},
		{"c", `EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = value)`, aliases},
		{"c", `EXISTS (SELECT 1 FROM rows INDEXED BY rows_alias WHERE alias = value AND alias <> '')`, aliases},
		{"r", `EXISTS (SELECT 1 FROM rows INDEXED BY rows_ref WHERE ref = value AND ref <> '')`, refs},
	} {
		if len(look.values) == 0 {
			continue
		}
		rows, err := j.read.QueryContext(ctx, `SELECT value FROM json_each($1) WHERE `+look.where, encode(look.values))
		if err != nil {
			return none, err
		}
		all, err := scanAll(rows, func(s *string) []any { return []any{s} })
		if err != nil {
			return none, err
		}
		for _, s := range all {
			found[look.of+s] = true
		}
	}
	return func(e Entry) bool {
		return found["k"+e.Key] || found["c"+e.Content] || e.Alias != "" && found["c"+e.Alias] || found["r"+e.Ref]
	}, nil
}
