package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// State is what became of a row, in our words; what the panel says of its order is its status.
type State string

const (
	Invalid State = "invalid"  // failed the check; never sent
	Held    State = "held"     // valid, but not sent until a person releases it
	Skipped State = "skipped"  // the sheet says that it has an order already, or no longer has it
	Queued  State = "queued"   // to be sent
	Sending State = "sending"  // its intent is durable; found at start-up it is in doubt
	Placed  State = "placed"   // has an order id
	Refused State = "refused"  // the panel said no
	InDoubt State = "in_doubt" // it may have been ordered
)

// SaidNo tells whether the panel refused the row: it may have left the sheet since.
func (e Entry) SaidNo() bool { return e.State == Refused || e.State == Skipped && e.Attempts > 0 }

// States lists all states in the order in which people are told of them.
func States() []State {
	return []State{Placed, Queued, Sending, InDoubt, Refused, Held, Invalid, Skipped}
}

// Reason says why a row is held.
type Reason string

const (
	Duplicate Reason = "duplicate" // another row of the sheet is the same
	Repeat    Reason = "repeat"    // another batch has ordered the same
	Reordered Reason = "ref"       // another batch has ordered this Ref; nothing releases it
	Dearer    Reason = "price"     // the price rose above the approved one
	Changed   Reason = "service"   // the service vanished, or its type or limits changed
	Dear      Reason = "charge"    // orders of its service were charged above the approved price
	OverCap   Reason = "cap"       // the batch's cap would be exceeded
	Warned    Reason = "warning"   // it is warned of, and nobody has decided about that
	// InWorkbook: a results workbook tells of its order, and these books don't know it.
	InWorkbook Reason = "workbook"
	// Forgotten: these books are a copy, and the account has orders that they don't know, one of which it may be.
	Forgotten Reason = "books"
	Left      Reason = "left" // it was still to be sent, and the sheet no longer has it
)

// Entry is a row in the books.
type Entry struct {
	Seq      int64  // orders the rows of a batch; stable, unlike Line
	Line     int    // the row's number in the spreadsheet, behind those of other worksheets where Tab is one of several
	Tab      string // the worksheet's name where several were read as one sheet; empty: the sheet was read alone
	Shared   bool   // other rows of the batch stand, or stood, there too; known where a person names rows, and of doubts
	Cells    []string
	Panel    string
	URL      string // of the panel, as the batch has it; empty: the sandbox inside the process
	Account  int64  // where it is ordered
	Key      string // names the row within its batch
	Identity        // by which it is recognised elsewhere
	Request  string // random: tells the request to a panel that asks for that
	Service  string
	Target   string // service and link
	Params   []panel.Param
	Rate     decimal.Decimal
	Units    Units
	Problems []parse.Problem

	State      State
	Reason     Reason
	Note       string
	Asks       []string // what a person must decide before it is sent: names of [parse.Warnings]
	Attempts   int
	OrderID    string   // empty where it is one of a set
	OneOf      []string // the ids of a set of orders, one of which is the row's; nil: its own is known
	StandIn    string   // of a set: the order that stands for the row in the books, where nobody sees it
	Candidate  string
	Charge     decimal.NullDecimal
	Currency   string
	Status     string
	StartCount string
	Remains    string
	Refill     string
	Silence    string    // what the panel said instead of a status when it was last asked
	SentAt     time.Time // zero: never
	CheckedAt  time.Time
	ChangedAt  time.Time // when something about it became known that its results show, beyond its state
	Finding    *Finding  // what was found out last about a row in doubt; nil: it was not looked for
}

// At tells where the row stands in the spreadsheet, and which of those it is that stand or stood there.
func (e Entry) At() parse.Line {
	if e.Shared {
		return parse.Line{N: e.Line, Tab: e.Tab, Seq: e.Seq}
	}
	return parse.Line{N: e.Line, Tab: e.Tab}
}

// HasLeft tells whether the row was sent, or was to be, and its sheet no longer has it so.
func (e Entry) HasLeft() bool { return strings.HasPrefix(e.Key, leftKey) }

// Link is where the order goes; empty: it has none.
func (e Entry) Link() string {
	for _, p := range e.Params {
		if p.Name == "link" {
			return p.Value
		}
	}
	return ""
}

// Units is how many times the rate an order is charged: a range where it depends on what comes (a
// subscription's posts), not valid where nothing is known.
type Units struct{ Low, High decimal.NullDecimal }

// Exactly makes units that are known.
func Exactly(d decimal.Decimal) Units {
	return Units{decimal.NewNullDecimal(d), decimal.NewNullDecimal(d)}
}

// Estimate gives the charge expected: ok is false where only a range, or nothing, is known.
func (e Entry) Estimate() (charge decimal.Decimal, ok bool) {
	if !e.Units.exact() {
		return decimal.Zero, false
	}
	return e.Rate.Mul(e.Units.Low.Decimal), true
}

// exact tells whether they are known.
func (u Units) exact() bool {
	return u.Low.Valid && u.High.Valid && u.Low.Decimal.Equal(u.High.Decimal)
}

// AtMost gives the highest charge expected; ok is false where nothing is known.
func (e Entry) AtMost() (charge decimal.Decimal, ok bool) {
	if !e.Units.High.Valid {
		return decimal.Zero, false
	}
	return e.Rate.Mul(e.Units.High.Decimal), true
}

const entryColumns = `seq, line, tab, cells, panel,
	coalesce((SELECT url FROM panels p WHERE p.batch = rows.batch AND p.panel = rows.panel), ''),
	account, key, ref, content, alias, nth, request, service, target, params, rate, units_low, units_high, problems,
	state, reason, note, attempts, order_id, candidate, charge, currency, status, start_count, remains, refill, silence,
	sent_at, checked_at, changed_at, finding, asks, one_of, ` + setColumn

// queuedColumns are the same of rows that wait, without what sending them doesn't need: what the sheet says beside the
// order, the panel's address, and what only orders and doubts have.
const queuedColumns = `seq, line, tab, '[]', panel, '', account, key, ref, content, alias, nth, request, service,
	target, params, rate, units_low, units_high, 'null', state, reason, note, attempts, order_id, candidate, charge,
	currency, status, start_count, remains, refill, silence, sent_at, checked_at, changed_at, '', asks, '', NULL`

func scanEntry(scan func(...any) error) (Entry, error) {
	var e Entry
	var cells, params, problems []byte
	var order, set sql.NullString
	var oneOf, finding, asks string
	var sent, checked, changed int64
	err := scan(
		&e.Seq,
		&e.Line,
		&e.Tab,
		&cells,
		&e.Panel,
		&e.URL,
		&e.Account,
		&e.Key,
		&e.Ref,
		&e.Content,
		&e.Alias,
		&e.Nth,
		&e.Request,
		&e.Service,
		&e.Target,
		&params,
		&e.Rate,
		&e.Units.Low,
		&e.Units.High,
		&problems,
		&e.State,
		&e.Reason,
		&e.Note,
		&e.Attempts,
		&order,
		&e.Candidate,
		&e.Charge,
		&e.Currency,
		&e.Status,
		&e.StartCount,
		&e.Remains,
		&e.Refill,
		&e.Silence,
		&sent,
		&checked,
		&changed,
		&finding,
		&asks,
		&oneOf,
		&set,
	)
	if err != nil {
		return e, err
	}
	e.OrderID, e.SentAt, e.Asks = order.String, fromMillis(sent), asksOf(asks)
	e.CheckedAt, e.ChangedAt = fromMillis(checked), fromMillis(changed)
	err = errors.Join(e.readSet(oneOf, set.String), e.readFinding(finding), e.readLists(cells, params, problems))
	return e, err
}

// readLists reads the lists of a row.
func (e *Entry) readLists(cells, params, problems []byte) (err error) {
	if e.Cells, err = decodeTexts(cells); err != nil {
		return err
	}
	if e.Params, err = decodeParams(params); err != nil || string(problems) == "null" {
		return err
	}
	return json.Unmarshal(problems, &e.Problems)
}

// Entries walks the rows of a batch in the order of the sheet.
func (j *Journal) Entries(ctx context.Context, b Batch) iter.Seq2[Entry, error] {
	return j.entries(ctx, "SELECT "+entryColumns+" FROM rows WHERE batch = $1 ORDER BY line, seq", b.n)
}

// Unsettled walks the rows of a batch that are being sent or in doubt, in the order of the sheet. They are found among
// all others by index.
func (j *Journal) Unsettled(ctx context.Context, b Batch) iter.Seq2[Entry, error] {
	return j.entries(ctx, "SELECT "+entryColumns+` FROM rows INDEXED BY rows_unsettled
		WHERE batch = $1 AND state IN ('sending', 'in_doubt') ORDER BY line, seq`, b.n)
}

// InState walks the rows of a batch that are in one state.
func (j *Journal) InState(ctx context.Context, b Batch, s State) iter.Seq2[Entry, error] {
	return j.entries(
		ctx,
		"SELECT "+entryColumns+" FROM rows WHERE batch = $1 AND state = $2 ORDER BY seq",
		b.n,
		string(s),
	)
}

// InStateOn walks the rows of a batch on one panel that are in one state.
func (j *Journal) InStateOn(ctx context.Context, b Batch, panel string, s State) iter.Seq2[Entry, error] {
	return j.entries(
		ctx,
		"SELECT "+entryColumns+" FROM rows WHERE batch = $1 AND panel = $2 AND state = $3 ORDER BY seq",
		b.n,
		panel,
		string(s),
	)
}

// Queued gives up to n queued rows on a panel after seq, in order, without their cells and problems.
func (j *Journal) Queued(ctx context.Context, b Batch, panel string, after int64, n int) ([]Entry, error) {
	return collect(
		j.entries(
			ctx,
			"SELECT "+queuedColumns+
				" FROM rows WHERE batch = $1 AND panel = $2 AND seq > $3 AND state = 'queued' ORDER BY seq LIMIT $4",
			b.n,
			panel,
			after,
			n,
		),
	)
}

func collect(entries iter.Seq2[Entry, error]) ([]Entry, error) {
	var all []Entry
	for e, err := range entries {
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (j *Journal) entries(ctx context.Context, query string, args ...any) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		rows, err := j.read.QueryContext(ctx, query, args...)
		if err != nil {
			yield(Entry{}, fmt.Errorf("reading the journal: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows.Scan)
			if err != nil {
				err = fmt.Errorf("reading the journal: %w", err)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Entry{}, fmt.Errorf("reading the journal: %w", err))
		}
	}
}

func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// nullMillis is null for a time that never comes.
func nullMillis(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: toMillis(t), Valid: !t.IsZero()}
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// encode writes a list as JSON; the types kept can always be.
func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("journal: " + err.Error())
	}
	return string(b)
}
