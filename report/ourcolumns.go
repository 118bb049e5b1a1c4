package report

import (
	"math"
	"strconv"
	"strings"
	"time"

	"bulkorder/batch/journal"
)

// Kind is what the values of a column are.
type Kind int

const (
	KindWord   Kind = iota // text, also where it looks like a number: ids are names
	KindNumber             // a number where the panel wrote one
	KindMoney
	KindMoment
)

// ResultColumn is a column of ours in the results.
type ResultColumn struct {
	Heading string
	JSON    string // its name in .jsonl
	Kind    Kind
	Widest  float64 // in characters; 0: as wide as others may be
	Inner   bool    // it isn't printed
	Hidden  bool    // in the workbook

	text   func(journal.Entry) string
	moment func(journal.Entry) time.Time // of KindMoment
	json   func(journal.Entry) any       // nil: the text
	always bool                          // it is ours also in rows that keep what the sheet says
}

// OurColumns lists them in their order: the first two and the catalogue's name stand among the person's columns.
// Workbook, CSV and JSON lines are all made from it. What the catalogue calls a service only a batch knows.
func OurColumns() []ResultColumn {
	type e = journal.Entry
	return []ResultColumn{
		{Heading: "State", JSON: "state", always: true,
			text: func(e e) string { return string(Told(e.State)) }},
		{Heading: "Problem", JSON: "problem", Widest: 40, always: true, text: ProblemText},
		{Heading: "Catalogue name", JSON: "catalogue_name", Widest: 34, text: func(e) string { return "" }},
		{Heading: "Order ID", JSON: "order_id", text: func(e e) string { return e.OrderID }},
		{Heading: "Status", JSON: "status", text: func(e e) string { return e.Status }},
		{Heading: "Delivered", JSON: "delivered", Kind: KindNumber, text: delivered},
		{Heading: "Percent", JSON: "percent", Kind: KindNumber, text: percent},
		{Heading: "Charge", JSON: "charge", Kind: KindMoney, Widest: 15, text: charge,
			json: func(e e) any { return e.Charge }},
		{Heading: "Currency", JSON: "currency", text: func(e e) string { return e.Currency }},
		{Heading: "One of", JSON: "one_of", Inner: true, text: func(e e) string { return strings.Join(oneOf(e), ", ") },
			json: func(e e) any { return oneOf(e) }},
		{Heading: "Start count", JSON: "start_count", Kind: KindNumber, Inner: true,
			text: func(e e) string { return e.StartCount }},
		{Heading: "Remains", JSON: "remains", Kind: KindNumber, Inner: true, text: func(e e) string { return e.Remains }},
		{Heading: "Refill", JSON: "refill", Inner: true, text: func(e e) string { return e.Refill }},
		{Heading: "Sent at", JSON: "sent_at", Kind: KindMoment, Inner: true, moment: SentAt},
		{Heading: "Checked at", JSON: "checked_at", Kind: KindMoment, Inner: true,
			moment: func(e e) time.Time { return e.CheckedAt }},
		{Heading: "Row key", JSON: "row_key", Inner: true, Hidden: true, always: true, text: e.RowKey},
	}
}

// Text is a row's value as text: times are RFC 3339 in UTC, money exact.
func (c ResultColumn) Text(e journal.Entry) string {
	if c.Kind != KindMoment {
		return c.text(e)
	}
	if at := c.moment(e); !at.IsZero() {
		return at.UTC().Format(TimeText)
	}
	return ""
}

// Moment is a row's value as a time; zero where there is none.
func (c ResultColumn) Moment(e journal.Entry) time.Time {
	if c.Kind != KindMoment {
		return time.Time{}
	}
	return c.moment(e)
}

// value is a row's value in JSON. text is what a file of text has in its place.
func (c ResultColumn) value(e journal.Entry, text string) any {
	switch at := c.Moment(e); {
	case c.json != nil:
		return c.json(e)
	case c.Kind != KindMoment:
		return text
	case at.IsZero():
		return nil
	default:
		return at.UTC()
	}
}

func charge(e journal.Entry) string {
	if !e.Charge.Valid {
		return ""
	}
	return e.Charge.Decimal.String()
}

// oneOf are the ids of a set of orders, one of which is the row's.
func oneOf(e journal.Entry) []string {
	if e.OneOf == nil {
		return []string{}
	}
	return e.OneOf
}

// delivered is what was ordered less what remains; empty where one of the two isn't known or they don't fit together.
// A quantity that is delivered several times has no remains of its own.
func delivered(e journal.Entry) string {
	done, _, known := deliveredOf(e)
	if !known {
		return ""
	}
	return strconv.FormatInt(done, 10)
}

// percent is how much of what was ordered is delivered: 100 only where all is.
func percent(e journal.Entry) string {
	done, ordered, known := deliveredOf(e)
	if !known || ordered == 0 {
		return ""
	}
	if done > math.MaxInt64/100 {
		done, ordered = done/100, ordered/100
	}
	return strconv.FormatInt(done*100/ordered, 10)
}

func deliveredOf(e journal.Entry) (done, ordered int64, known bool) {
	remains, err := strconv.ParseInt(e.Remains, 10, 64)
	if err != nil || e.State != journal.Placed || param(e, "runs") != "" {
		return 0, 0, false
	}
	ordered, err = strconv.ParseInt(param(e, "quantity"), 10, 64)
	if list := param(e, "comments") + param(e, "usernames"); err != nil && list != "" {
		ordered, err = int64(strings.Count(list, "\n")+1), nil
	}
	return ordered - remains, ordered, err == nil && remains >= 0 && remains <= ordered
}
