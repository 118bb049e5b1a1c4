package desk

import (
	"encoding/json"
	"slices"

	"bulkorder/parse"
)

// Choices are what a person chose for a sheet that was uploaded.
type Choices struct {
	Panel      string            `json:"panel,omitempty"` // of rows that name none
	Sheet      string            `json:"sheet,omitempty"`
	AllSheets  bool              `json:"all_sheets,omitempty"`
	Sheets     []string          `json:"sheets,omitempty"` // of AllSheets: only these; none: all
	TabClient  bool              `json:"tab_client,omitempty"`
	Map        map[string]string `json:"map,omitempty"` // their header -> field; "-": none
	Hidden     string            `json:"hidden,omitempty"`
	Thousands  string            `json:"thousands,omitempty"`
	AcceptK    bool              `json:"accept_k,omitempty"`
	SkipStruck bool              `json:"skip_struck,omitempty"`
	Where      []string          `json:"where,omitempty"`
	Encoding   string            `json:"encoding,omitempty"`
	Delimiter  string            `json:"delimiter,omitempty"` // of text

	SkipMarked   []string `json:"skip_marked,omitempty"` // columns of theirs
	SkipSections bool     `json:"skip_sections,omitempty"`

	// A row is named by its worksheet and its number there, as [parse.Line] is written: which other worksheets are read
	// makes it no other row.
	Edits map[string]map[string]string `json:"edits,omitempty"` // cells that were changed, by row and column letter
	Off   rowNames                     `json:"off,omitempty"`   // rows that are left out

	// Said are the decisions that let rows go, by their names, with what stands for the rows that they were shown with.
	// Where other rows wait for them by now, they are no word about those.
	Said  map[string]string `json:"said,omitempty"`
	Again bool              `json:"again,omitempty"` // the same sheet as a new batch
}

// rowNames are names of rows; older books have mere numbers.
type rowNames []string

// UnmarshalJSON reads both.
func (r *rowNames) UnmarshalJSON(text []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	*r = nil
	for _, one := range all {
		name := string(one)
		if one[0] == '"' {
			if err := json.Unmarshal(one, &name); err != nil {
				return err
			}
		}
		*r = append(*r, name)
	}
	return nil
}

// Row is the name of a row. One that is said without its worksheet stands on the one that was chosen alone.
func (c *Choices) Row(at parse.Line) string {
	if at.Tab == "" {
		at.Tab = c.Sheet
	}
	return at.String()
}

// Tabs chooses worksheets. Several are read as one sheet, where each row's Client is the name of its worksheet unless a
// column says it; one alone is read so too where that is wanted.
func (c *Choices) Tabs(names []string, client bool) {
	c.Sheet, c.AllSheets, c.Sheets, c.TabClient = "", false, nil, client
	if len(names) == 1 && !client {
		c.Sheet = names[0]
	} else if len(names) > 0 || client {
		c.AllSheets, c.Sheets = true, names
	}
}

// Reads tells whether the orders of a worksheet are read.
func (c *Choices) Reads(tab string) bool {
	return tab == c.Sheet || c.AllSheets && (len(c.Sheets) == 0 || slices.Contains(c.Sheets, tab))
}

// Edit changes a cell of a row.
func (c *Choices) Edit(row, letter, text string) {
	if c.Edits == nil {
		c.Edits = map[string]map[string]string{}
	}
	if c.Edits[row] == nil {
		c.Edits[row] = map[string]string{}
	}
	c.Edits[row][letter] = text
}

// Leave leaves a row out.
func (c *Choices) Leave(row string) {
	if !slices.Contains(c.Off, row) {
		c.Off = append(c.Off, row)
		slices.Sort(c.Off)
	}
}

// Take takes a row in again that was left out.
func (c *Choices) Take(row string) {
	c.Off = slices.DeleteFunc(c.Off, func(one string) bool { return one == row })
}

// Say keeps a decision, with what stands for the rows that it is about; about none it is taken back.
func (c *Choices) Say(name, rows string) {
	if rows == "" {
		delete(c.Said, name)
		return
	}
	if c.Said == nil {
		c.Said = map[string]string{}
	}
	c.Said[name] = rows
}

// off are the rows that are left out of those that are read.
func (c *Choices) off(sheet *parse.Sheet) (all []int) {
	for _, name := range c.Off {
		at, ok := parse.LineAt(name)
		if ok && at.Tab != "" {
			at, ok = sheet.Line(at.Tab, at.N)
		}
		if ok {
			all = append(all, at.N)
		}
	}
	return all
}

// edits are the cells that were changed, as reading the sheet wants to know them.
func (c *Choices) edits() map[parse.Line]map[string]string {
	all := map[parse.Line]map[string]string{}
	for name, cells := range c.Edits {
		if at, ok := parse.LineAt(name); ok {
			all[at] = cells
		}
	}
	return all
}

// options says how a sheet is read as its person chose.
func (u Upload) options() parse.Options {
	c := u.Choices
	o := parse.Options{Sheet: c.Sheet, AllSheets: c.AllSheets, Sheets: c.Sheets, Map: c.Map, Hidden: c.Hidden,
		Where: c.Where, SkipStruck: c.SkipStruck, AcceptK: c.AcceptK, Called: u.Name, Edits: c.edits(),
		Encoding: c.Encoding, SkipMarked: c.SkipMarked, SkipSections: c.SkipSections}
	if c.Thousands != "" {
		o.Thousands = c.Thousands[0]
	}
	if c.Delimiter != "" {
		o.Delimiter = rune(c.Delimiter[0])
	}
	return o
}

// lettered is a table of a sheet: the letters that the sheet's columns have in it.
type lettered struct {
	tab     string // of its rows' [parse.Line]
	row     int    // of its header
	letters []string
}

func letteredIn(sheet *parse.Sheet) (all []lettered) {
	for _, t := range sheet.Tables() {
		all = append(all, lettered{t.Tab, t.Row(), t.Letters()})
	}
	return all
}

// Letter is the letter of a sheet's column where a row stands: worksheets may have their columns in other orders. "":
// there it has none.
func (p *Draft) Letter(at parse.Line, column int) string {
	for _, t := range slices.Backward(p.lettered) {
		if t.tab == at.Tab && t.row < at.Number() {
			if column < len(t.letters) {
				return t.letters[column]
			}
			return ""
		}
	}
	return ""
}
