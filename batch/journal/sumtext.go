package journal

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// appendSums writes totals as texts, each behind its length and a colon: all but what rows take from the cap that are
// sent or in doubt, who are few. What is zero isn't told of states, statuses and services, so that the change of some
// rows is a short text.
func appendSums(b []byte, t Totals) []byte {
	t.Committed = t.Committed.Sub(t.unsettled)
	text := func(s string) { b = append(append(strconv.AppendInt(b, int64(len(s)), 10), ':'), s...) }
	number := func(n int) { text(strconv.Itoa(n)) }
	amount := func(d decimal.Decimal) {
		if d.IsZero() {
			text("")
			return
		}
		text(d.String())
	}
	for _, n := range t.numbers() {
		number(*n)
	}
	for _, d := range t.amounts() {
		amount(*d)
	}
	number(len(t.States))
	for s, n := range t.States {
		text(string(s))
		number(n)
	}
	number(len(t.Statuses))
	for status, sum := range t.Statuses {
		text(status)
		number(sum.Rows)
		amount(sum.Charge)
	}
	for _, s := range t.services {
		if s.isZero() {
			continue
		}
		text(s.Panel)
		text(s.ID)
		number(s.Rows)
		number(s.Placed)
		amount(s.Estimated)
		amount(s.Charged)
	}
	return b
}

// numbers are those of the rows together.
func (t *Totals) numbers() []*int {
	return []*int{&t.Rows, &t.Unknown, &t.Uncharged, &t.Open, &t.Valid.Rows, &t.Above.Rows, &t.Gross.Rows}
}

// amounts are those of the rows together.
func (t *Totals) amounts() []*decimal.Decimal {
	return []*decimal.Decimal{&t.Valid.Charge, &t.AtMost, &t.Charged, &t.Above.Charge, &t.Gross.Charge, &t.Committed}
}

func (s *ServiceTotal) isZero() bool {
	return s.Rows == 0 && s.Placed == 0 && s.Estimated.IsZero() && s.Charged.IsZero()
}

// addText adds what appendSums wrote; false: it didn't write this.
func (t *Totals) addText(text string) bool {
	t.init()
	r := &sumsReader{rest: text}
	for _, n := range t.numbers() {
		*n += r.number()
	}
	for _, d := range t.amounts() {
		*d = d.Add(r.amount())
	}
	for i := r.number(); i > 0 && !r.bad; i-- {
		state := State(r.text())
		t.States[state] += r.number()
	}
	for i := r.number(); i > 0 && !r.bad; i-- {
		status := r.text()
		sum := t.Statuses[status]
		sum.Rows += r.number()
		sum.Charge = sum.Charge.Add(r.amount())
		t.Statuses[status] = sum
	}
	for r.rest != "" {
		s := t.service(Entry{Panel: r.text(), Service: r.text()})
		s.Rows += r.number()
		s.Placed += r.number()
		s.Estimated = s.Estimated.Add(r.amount())
		s.Charged = s.Charged.Add(r.amount())
	}
	return !r.bad
}

// tidy removes what nothing is left of.
func (t *Totals) tidy() {
	for s, n := range t.States {
		if n == 0 {
			delete(t.States, s)
		}
	}
	for status, sum := range t.Statuses {
		if sum.Rows == 0 {
			delete(t.Statuses, status)
		}
	}
	for key, s := range t.services {
		if s.isZero() {
			delete(t.services, key)
		}
	}
}

// sumsReader reads texts behind their lengths.
type sumsReader struct {
	rest string
	bad  bool
}

func (r *sumsReader) text() string {
	length, rest, is := strings.Cut(r.rest, ":")
	n, err := strconv.Atoi(length)
	if !is || err != nil || n < 0 || n > len(rest) {
		r.rest, r.bad = "", true
		return ""
	}
	r.rest = rest[n:]
	return rest[:n]
}

func (r *sumsReader) number() int {
	n, err := strconv.Atoi(r.text())
	if err != nil {
		r.rest, r.bad = "", true
	}
	return n
}

func (r *sumsReader) amount() decimal.Decimal {
	s := r.text()
	if s == "" {
		return decimal.Zero
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		r.rest, r.bad = "", true
	}
	return d
}
