package batch

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// money is what a queue knows of the account's balance, and which rows wait for it.
type money struct {
	known      decimal.NullDecimal // the balance, less what was sent since it was told
	words      string              // the panel's, when a row was turned away that the balance doesn't cover
	panelShort map[string]string   // by service: the panel's words, when a row was turned away that the balance covers
	waiting    map[int64]bool      // rows that the balance doesn't cover, or whose service waits, by seq
}

func (m *money) add(d decimal.Decimal) { m.known.Decimal = m.known.Decimal.Add(d) }

// told notes a balance: orders under way may not be in it yet.
func (m *money) told(balance decimal.NullDecimal, underWay map[int64]decimal.Decimal) {
	if !balance.Valid {
		return
	}
	m.known = balance
	for _, most := range underWay {
		m.add(most.Neg())
	}
}

func (m *money) covers(most decimal.Decimal) bool {
	return m.known.Valid && most.LessThanOrEqual(m.known.Decimal)
}

// covers tells whether the balance that is known covers a row.
func (q *queue) covers(e journal.Entry) bool {
	most, known := q.atMost(e)
	return known && q.money.covers(most)
}

// short notes that a row was turned away for lack of funds. Where the balance covers it, it is the panel that lacks
// them at its supplier.
func (m *money) short(e journal.Entry, words string) {
	m.waiting[e.Seq] = true
	most, known := e.AtMost()
	if known && m.covers(most) {
		m.panelShort[e.Service] = words
		return
	}
	m.words = words
}

// waits tells whether a row waits for money. Nothing waits before the panel has said that it lacks some:
// accounts may order on credit.
func (m *money) waits(e journal.Entry) bool {
	most, known := e.AtMost()
	_, short := m.panelShort[e.Service]
	if !short && (m.words == "" || known && m.covers(most)) {
		return false
	}
	m.waiting[e.Seq] = true
	return true
}

// end tells why rows were left for lack of money.
func (m *money) end() (Stop, string) {
	if m.words != "" {
		return FundsShort, fmt.Sprintf("the balance is short, so %d rows wait: %s", len(m.waiting), m.words)
	}
	if len(m.panelShort) == 0 {
		return Done, ""
	}
	services := slices.Sorted(maps.Keys(m.panelShort))
	return Waiting, fmt.Sprintf("the balance covers them, but the panel says of service %s that funds are short, so "+
		"it is the panel's own supplier that isn't paid; %d rows wait: %s", strings.Join(services, ", "), len(m.waiting),
		m.panelShort[services[0]])
}
