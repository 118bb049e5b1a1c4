package report

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Result is what --json prints: one object of these fields, to which fields are only ever added.
type Result struct {
	Batch string `json:"batch"`
	Panel string `json:"panel"` // of several the names, with commas
	Sheet string `json:"sheet"`
	Rows  Counts `json:"rows"`
	Money Money  `json:"money"`
	// placed rows by the panel's own text; those that were never asked are left out
	Statuses map[string]int `json:"statuses"`
	Workbook string         `json:"workbook"`
	Next     string         `json:"next"`
	Problems []Problem      `json:"problems,omitzero"` // nil: not told at all; what check tells is a list, empty or not
	Stop     *Stop          `json:"stop,omitempty"`    // nil: the run went to its end
	Alarm    string         `json:"alarm,omitempty"`   // what a person must hear of, though the run went on

	Alarms []Alarm `json:"alarms,omitempty"` // against what was decided about rows, until a person answers them

	By      string         `json:"by"`                       // who ran it
	Started *time.Time     `json:"started"`                  // when it was last begun; null: never
	Columns []Column       `json:"columns,omitempty"`        // of a checked sheet
	Notes   []string       `json:"notes,omitempty"`          // what reading it noticed: rows that were left out, and why
	ByMend  []ProblemGroup `json:"problem_groups,omitempty"` // its problems by what mends them
	Panels  []PanelResult  `json:"panels,omitempty"`         // of a batch of several panels
	// of a checked sheet: what would be ordered, and what would not
	Planned   []Planned  `json:"planned,omitempty"`
	Entries   []Row      `json:"entries,omitempty"`   // rows that were asked for
	Refreshed *Refreshed `json:"refreshed,omitempty"` // of refresh
	ToSend    *ToSend    `json:"to_send,omitempty"`   // of a checked sheet; nil: nothing
	// rows of a batch that are held, by reason
	Held     []HeldGroup `json:"held_rows,omitempty"`
	Requests *Requests   `json:"requests,omitempty"` // of refill and cancel
	// how it stands with a batch that workers send; nil: none is to
	Background *Background `json:"background,omitempty"`
	Pilot      *Pilot      `json:"pilot,omitempty"`  // nil: the batch has none
	Groups     []Group     `json:"groups,omitempty"` // of report: the spending by Client, Campaign or --group-by
	// of report --client and --clients: the files that were written, and how many rows name no client
	Clients       []ClientWritten `json:"clients,omitempty"`
	WithoutClient int             `json:"without_client,omitempty"`

	open   int // placed rows whose order may still change
	doubts []journal.Doubted
	owed   *journal.Owed // nil: rows that were refused weren't ordered, as far as is known
	since  int           // refused rows that another batch has placed since
}

// Refreshed is what asking about orders came to.
type Refreshed struct {
	Orders  int    `json:"orders"` // that were asked about
	Refills int    `json:"refills"`
	Calls   int    `json:"calls"`
	Changed int    `json:"changed"` // orders and refills of which the panel told something new
	Silent  int    `json:"silent"`  // orders that the answers didn't tell of
	Failed  int    `json:"failed"`  // calls that came to nothing
	Held    int    `json:"held"`    // rows held because of what became of their services
	Open    int    `json:"open"`    // orders that may still change
	Lost    string `json:"lost"`    // why something could not be asked; empty: everything was
}

// Alarm is what was found against what was decided about a row.
type Alarm struct {
	Row     int       `json:"row"`
	Tab     string    `json:"tab,omitempty"` // the worksheet, where several are read as one sheet
	At      time.Time `json:"at"`
	OrderID string    `json:"order_id"` // that speaks against it
	Words   string    `json:"words"`

	at parse.Line
}

// Line tells where the row stands in the spreadsheet.
func (a Alarm) Line() parse.Line { return a.at }

// Counts are numbers of rows. Total is the sum of all the others but Valid, which counts the rows that
// passed the check, whatever became of them.
type Counts struct {
	Total   int `json:"total"`
	Valid   int `json:"valid"`
	Invalid int `json:"invalid"`
	Held    int `json:"held"`
	Skipped int `json:"skipped"`
	Queued  int `json:"queued"`
	Placed  int `json:"placed"`
	Refused int `json:"refused"`
	InDoubt int `json:"in_doubt"`
	// rows of the sheet that a person left out by what was said of all of them, such as --where: Total has none of them
	LeftOut int `json:"left_out,omitempty"`
}

// Money is exact: decimal text in JSON.
type Money struct {
	// of the valid rows whose charge is known beforehand; null: in several currencies
	Estimated decimal.NullDecimal `json:"estimated"`
	// with the highest of every range; absent without ranges
	UpTo          decimal.NullDecimal `json:"estimated_up_to,omitzero"`
	Charged       decimal.NullDecimal `json:"charged"` // what the panel said so far; null: in several currencies
	Currency      string              `json:"currency"`
	BalanceBefore decimal.NullDecimal `json:"balance_before"` // null: not known
	BalanceAfter  decimal.NullDecimal `json:"balance_after"`
	Unknown       int                 `json:"unknown"`   // valid rows whose charge can't be known beforehand
	Uncharged     int                 `json:"uncharged"` // placed rows whose charge the panel hasn't told yet
	// charged above what was approved, and of how many rows
	Above     decimal.NullDecimal `json:"above_approved,omitzero"`
	AboveRows int                 `json:"above_approved_rows,omitempty"`
	// of charged, what the panel goes on telling in full of orders that gave money back, and how many these are: what
	// they cost in the end isn't known
	Gross     decimal.NullDecimal `json:"gross,omitzero"`
	GrossRows int                 `json:"gross_rows,omitempty"`
}

// Problem is a problem of the sheet as JSON has it.
type Problem struct {
	Row      int    `json:"row"`
	Tab      string `json:"tab,omitempty"`
	Cell     string `json:"cell"`
	Field    string `json:"field"`
	Found    string `json:"found"`
	Expected string `json:"expected"` // what is wrong with it, measured by what was expected
	Mend     string `json:"mend"`
	Rule     string `json:"rule"`
	Text     string `json:"text"` // the whole in one line, safe for a terminal
	Warning  bool   `json:"warning"`
	// the warning that a person must accept before the row is sent, and the option that decides it otherwise
	Asks   string `json:"asks,omitempty"`
	Option string `json:"option,omitempty"`
}

// ProblemGroup is the problems that one action mends.
type ProblemGroup struct {
	Rule    string       `json:"rule"`
	Title   string       `json:"title"`
	Rows    int          `json:"rows"`
	Warning bool         `json:"warning"`
	Mend    string       `json:"mend"`  // of the first of them
	First   []parse.Line `json:"first"` // some of its rows, the first first
}

// Column is a column of the person's sheet, and what it is taken for.
type Column struct {
	Letter string `json:"letter"`
	Name   string `json:"name"`
	Field  string `json:"field"` // empty: it is carried along
	By     string `json:"by"`    // how that was known

	Tab  string `json:"tab,omitempty"`  // the worksheet, where several are read as one sheet
	Cell string `json:"cell,omitempty"` // that names it, where the sheet has several tables
}

// Stop says why a run ended early.
type Stop struct {
	Why   string `json:"why"`   // a short stable word
	Words string `json:"words"` // for a person
}

// NewResult tells a batch by its totals. For a sheet that is only checked the batch has no ID. Its Workbook
// must be where the results are now: Next depends on it.
func NewResult(b journal.Batch, t journal.Totals) Result {
	r := Result{
		Batch: b.ID, By: b.By, Started: moment(b.Started), Panel: PanelNames(b), Sheet: b.Sheet, Panels: panelResults(b, t),
		Rows: Counts{
			Total: t.Rows, Valid: t.Valid.Rows, Invalid: t.States[journal.Invalid], Held: t.States[journal.Held],
			Skipped: t.States[journal.Skipped],
			Queued:  t.States[journal.Queued], Placed: t.States[journal.Placed], Refused: t.States[journal.Refused],
			InDoubt: t.States[journal.InDoubt] + t.States[journal.Sending],
		},
		Money: Money{
			Estimated: decimal.NewNullDecimal(
				t.Valid.Charge,
			), Charged: decimal.NewNullDecimal(t.Charged), Currency: b.Currency,
			BalanceBefore: b.BalanceBefore,
			BalanceAfter:  b.BalanceAfter,
			Unknown:       t.Unknown, Uncharged: t.Uncharged,
			Above:     decimal.NullDecimal{Decimal: t.Above.Charge, Valid: t.Above.Rows > 0},
			AboveRows: t.Above.Rows,
			Gross:     decimal.NullDecimal{Decimal: t.Gross.Charge, Valid: t.Gross.Rows > 0},
			GrossRows: t.Gross.Rows,
		},
		Statuses: map[string]int{},
		open:     t.Open,
		doubts:   t.Doubts,
		owed:     t.Owed,
		since:    t.Elsewhere,
	}
	for _, a := range t.Alarms {
		r.Alarms = append(r.Alarms, Alarm{
			Row: a.Line.Number(), Tab: a.Line.Tab, at: a.Line, At: a.At.UTC(), OrderID: a.OrderID, Words: a.Words,
		})
	}
	_, r.Rows.LeftOut = parse.LeftOut(b.Notes)
	if b.Written > 0 || b.Revision == 0 {
		r.Workbook = b.Workbook // before that it is where the results will be
	}
	if !b.OneCurrency() {
		r.Money.Estimated, r.Money.Charged, r.Money.Currency = decimal.NullDecimal{}, decimal.NullDecimal{}, ""
	}
	if len(b.Others) > 0 {
		r.Money.BalanceBefore, r.Money.BalanceAfter = decimal.NullDecimal{}, decimal.NullDecimal{} // each panel has its own
	}
	if t.AtMost.GreaterThan(t.Valid.Charge) && b.OneCurrency() {
		r.Money.UpTo = decimal.NewNullDecimal(t.AtMost)
	}
	for status, sum := range t.Statuses {
		if status != "" {
			r.Statuses[status] = sum.Rows
		}
	}
	if b.Pilot.Rows > 0 {
		r.Pilot = &Pilot{Rows: b.Pilot.Rows, Sent: t.Piloted, Over: b.Pilot.Over}
	}
	r.Held = r.heldGroups(b, t.Held)
	r.Next = r.next(b)
	return r
}

// AddProblems tells problems in JSON, as check does; without any the list is there and empty.
func (r *Result) AddProblems(all []parse.Problem) {
	if r.Problems == nil {
		r.Problems = []Problem{}
	}
	var found ByMend
	for _, p := range all {
		r.Problems = append(r.Problems, newProblem(p))
		found.Add(p)
	}
	for _, g := range found.Sorted() {
		one := ProblemGroup{Rule: g.Rule, Title: g.Title(), Rows: g.Rows, Warning: g.Warning, Mend: g.First[0].Mend}
		for _, p := range g.First {
			one.First = append(one.First, p.Line())
		}
		one.First = slices.Compact(append(one.First, g.More...))
		r.ByMend = append(r.ByMend, one)
	}
}

// AddEntries tells rows of the batch in JSON, as .jsonl does.
func (r *Result) AddEntries(b journal.Batch, services []journal.Service, all []journal.Entry) {
	c := NewColumns(b, services)
	for _, e := range all {
		r.Entries = append(r.Entries, NewRow(c, e))
	}
}

func newProblem(p parse.Problem) Problem {
	return Problem{
		Row:      p.Row,
		Tab:      p.Tab,
		Cell:     p.Cell(),
		Field:    p.Field,
		Found:    p.Found,
		Expected: p.Wrong,
		Mend:     p.Mend,
		Rule:     p.Rule,
		Text:     p.Error(),
		Warning:  p.Warning,
		Asks:     p.Asks,
		Option:   p.Option,
	}
}

// WriteObject writes what --json prints: one object and a newline.
func WriteObject(w io.Writer, object any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(object)
}

// In gives the number of rows in a state, as it is told.
func (c Counts) In(s journal.State) int {
	switch s {
	case journal.Invalid:
		return c.Invalid
	case journal.Held:
		return c.Held
	case journal.Skipped:
		return c.Skipped
	case journal.Queued:
		return c.Queued
	case journal.Placed:
		return c.Placed
	case journal.Refused:
		return c.Refused
	}
	return c.InDoubt
}

// moment is a time for JSON, nil for one that never was.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
