package report

import (
	"bytes"
	"encoding/json"

	"bulkorder/batch/journal"
)

// Row is one line of a .jsonl file: the row's number, our columns, and all else that is known of it.
type Row struct {
	columns ResultColumns
	entry   journal.Entry
}

// NewRow makes the line of a row.
func NewRow(c ResultColumns, e journal.Entry) Row { return Row{c, e} }

// MarshalJSON writes one object: row as the spreadsheet numbers it, our columns in their order, the problems one by
// one, what is sent, and the person's cells by header.
func (r Row) MarshalJSON() ([]byte, error) {
	e, params, cells, problems := r.entry, map[string]string{}, map[string]string{}, []Problem{}
	for _, p := range e.Problems {
		problems = append(problems, newProblem(p))
	}
	for _, p := range e.Params {
		params[p.Name] = p.Value
	}
	for i, name := range r.columns.Headers {
		cells[name] = Cell(e, i)
	}
	var o object
	o.put("row", e.At().Number())
	if e.Tab != "" {
		o.put("tab", e.Tab)
	}
	for at, text := range r.columns.Values(e) {
		c := r.columns.Ours[at]
		o.put(c.JSON, c.value(e, text))
	}
	o.put("problems", problems)
	o.put("service", e.Service)
	o.put("params", params)
	o.put("cells", cells)
	return o.end()
}

// object is a JSON object that is being written, its fields in the order in which they are put.
type object struct {
	text bytes.Buffer
	into *json.Encoder
	err  error
}

func (o *object) put(name string, value any) {
	before := byte(',')
	if o.into == nil {
		o.into, before = json.NewEncoder(&o.text), '{'
		o.into.SetEscapeHTML(false)
	}
	o.text.WriteByte(before)
	o.text.WriteString(`"` + name + `":`)
	if err := o.into.Encode(value); err != nil && o.err == nil {
		o.err = err
	}
	o.text.Truncate(o.text.Len() - 1) // the newline
}

func (o *object) end() ([]byte, error) {
	o.text.WriteByte('}')
	return o.text.Bytes(), o.err
}
