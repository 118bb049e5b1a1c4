package settle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Word is a person's word about rows in doubt.
type Word struct {
	Lines    []parse.Line // of the rows in the sheet
	OrderID  string       // the one row is this order; empty: the rows were not placed
	Although []string     // orders that are none of the rows', wherever they lie
	Reason   string
	// Agree is asked where the panel shows something that speaks against the word; its error keeps the rows as they are.
	// nil: nobody can be asked.
	Agree func(words string) error
}

// StandingError says which orders stand where those of rows must lie that a person says were not placed.
type StandingError struct {
	Line   parse.Line
	Orders []string
	Words  string
}

func (e *StandingError) Error() string {
	return fmt.Sprintf("row %s isn't decided: %s; where you know that it isn't the row's, say so with --although %s",
		e.Line, e.Words, strings.Join(e.Orders, ","))
}

// Force keeps a person's word about rows in doubt: one is an order, which is asked for first, or some were not placed,
// which queues them again. All of them are decided, or none.
func (s *Settler) Force(ctx context.Context, w Word) error {
	var all []journal.Entry
	for _, line := range w.Lines {
		e, err := s.Journal.AtLine(ctx, s.Batch, line, journal.InDoubt)
		if err == nil && e.State != journal.InDoubt {
			err = s.decidedAlready(ctx, e)
		}
		if err != nil {
			return err
		}
		all = append(all, e)
	}
	if err := s.agreedAbroad(all, w); err != nil {
		return err
	}
	if w.OrderID != "" {
		return s.forcePlaced(ctx, all[0], w)
	}
	return s.forceNotPlaced(ctx, all, w)
}

// decidedAlready says why nothing is decided about a row: a decision is never overwritten.
func (s *Settler) decidedAlready(ctx context.Context, e journal.Entry) error {
	words := fmt.Sprintf("row %s is %s", e.At(), e.State)
	before, err := s.Journal.Decisions(ctx, s.Batch, e.Seq)
	if err != nil {
		return err
	}
	if len(before) > 0 {
		d := before[len(before)-1]
		words += fmt.Sprintf(", by a decision of %s on %s (%s)", d.By, d.At.UTC().Format("2006-01-02 15:04 UTC"), d.How)
	}
	return fmt.Errorf("%s: %w", words, journal.ErrNotInDoubt)
}

// forcePlaced keeps that a row is an order which the panel has and no other row.
func (s *Settler) forcePlaced(ctx context.Context, e journal.Entry, w Word) error {
	statuses, err := s.Panel.Statuses(ctx, []string{w.OrderID}, s.Pace.Turn)
	if err != nil {
		return err
	}
	status, is := statuses[w.OrderID]
	if !is || status.Error != "" {
		return fmt.Errorf("the panel doesn't know order %s: %s", w.OrderID, status.Error)
	}
	against, err := s.against(ctx, e, w.OrderID, status)
	if err != nil {
		return err
	}
	evidence := fmt.Sprintf("%s said that it is order %s, which the panel has with the status %q and the charge %s",
		s.By, w.OrderID, status.Status, chargeWords(status))
	if against != "" {
		if err := w.agreed(fmt.Sprintf("order %s doesn't look like row %s's: %s", w.OrderID, e.At(), against)); err != nil {
			return err
		}
		evidence += ", although " + against
	}
	err = s.Journal.Decide(s.Batch, e.Seq, journal.Decision{At: time.Now(), By: s.By, How: journal.Forced,
		State: journal.Placed, OrderID: w.OrderID, Although: w.Although, Reason: w.Reason, Evidence: evidence})
	if err != nil {
		return err
	}
	now := time.Now()
	// Whose the order is, which alarms ask, is answered.
	if err := s.Journal.AnswerAlarmsOf(s.account(), w.OrderID, s.By, w.Reason, now); err != nil {
		return err
	}
	_, err = s.Journal.Check(s.Batch, []journal.Checked{{Seq: e.Seq, At: now, Due: now, Status: status}})
	return err
}

func (w Word) agreed(words string) error {
	if w.Agree == nil {
		return errors.New(words)
	}
	return w.Agree(words)
}

// against says what speaks against an order being a row's, by its charge and by where it lies; empty: nothing.
func (s *Settler) against(ctx context.Context, e journal.Entry, order string, status panel.Status) (string, error) {
	suspects, book, err := s.bounded(ctx)
	if err != nil {
		return "", err
	}
	k, err := s.calibrate(ctx, s.prober(), book, suspects)
	if err != nil {
		return "", err
	}
	id, numeric := strconv.ParseInt(order, 10, 64)
	if numeric == nil && book.claimed[id] {
		return "", s.taken(ctx, order)
	}
	var words []string
	if numeric == nil && book.beside[id] {
		words = append(words, "it"+besideWords)
	}
	m := &matching{learned: k}
	switch o := (found{status: status}); {
	case k.charges(e, o) == misfit:
		words = append(words, fmt.Sprintf("it is charged %s, and the row's charge should be %s", chargeWords(status),
			m.expected(e)))
	case k.leavesOther(e, o):
		words = append(words, fmt.Sprintf("%s remain of it, and the row orders %s", status.Remains, parameter(e, "quantity")))
	case k.otherwise(e, o) != "":
		words = append(words, k.otherwise(e, o))
	}
	if where := (suspect{batch: s.Batch, entry: e}).elsewhere(suspects, id); numeric == nil && k.bounded && where != "" {
		words = append(words, "the row's order must lie "+where)
	}
	return strings.Join(words, "; "), nil
}

// elsewhere says where the orders of all of a row's requests must lie, where an order lies in none of them; empty: it
// may be the row's.
func (x suspect) elsewhere(suspects []suspect, id int64) string {
	var all []string
	for _, y := range suspects {
		if y.isOf(x) && y.holds(id) {
			return ""
		}
		if y.isOf(x) && y.tried == nil {
			all = append(all, y.where())
		}
	}
	return strings.Join(all, " or ")
}

// forceNotPlaced keeps that rows were not placed, unless an order that nobody claims stands where one of theirs must
// lie and the person didn't name it.
func (s *Settler) forceNotPlaced(ctx context.Context, rows []journal.Entry, w Word) error {
	m, err := s.standing(ctx, rows)
	if err != nil {
		return err
	}
	for i, x := range m.suspects {
		for _, o := range m.strangers {
			if o.id > x.low && m.resembles(x.entry, o) && !slices.Contains(w.Although, o.name()) {
				return &StandingError{
					Line:   x.entry.At(),
					Orders: []string{o.name()},
					Words: "order " + o.name() + " (charged " +
						chargeWords(o.status) + "), which no row claims, may be its own all the same",
				}
			}
		}
		if lent := slices.DeleteFunc(m.lentBeside(i), func(o lent) bool {
			return slices.Contains(w.Although, o.name())
		}); len(lent) > 0 {
			return &StandingError{Line: x.entry.At(), Orders: lentNames(lent), Words: lentWords(lent)}
		}
		here := slices.DeleteFunc(m.here(i), func(j int) bool {
			return slices.Contains(w.Although, m.id(j)) || x.denies(m.id(j))
		})
		if len(here) > 0 {
			words := m.list(here, "stands", "stand") + " where its order must lie, " + x.where()
			if charge := m.expected(x.entry); charge != "" {
				words += ", and its charge should be " + charge
			}
			return &StandingError{Line: x.entry.At(), Orders: m.ids(here), Words: words}
		}
	}
	evidence := s.By + " said that it was not placed"
	if early := s.early(m); early != "" {
		if err := w.agreed(early); err != nil {
			return err
		}
		evidence += ", although " + early
	}
	if lack := s.lacking(ctx, m); lack != "" {
		if err := w.agreed(lack); err != nil {
			return err
		}
		evidence += ", although " + lack
	}
	if len(w.Although) > 0 {
		evidence += ", and that it isn't order " + strings.Join(w.Although, " or ")
	}
	var all []journal.Decided
	for _, e := range rows {
		all = append(all, journal.Decided{Batch: s.Batch, Seq: e.Seq, Decision: journal.Decision{
			At: time.Now(), By: s.By, How: journal.Forced, State: journal.Queued, Although: w.Although, Reason: w.Reason,
			Evidence: evidence,
		}})
	}
	return s.Journal.DecideAll(all)
}

// early says why orders of rows may be there though none was found: they may still appear, lie elsewhere, or among too
// many; empty: they would be there.
func (s *Settler) early(m *matching) string {
	for _, x := range m.suspects {
		absent := x.entry.Finding != nil && x.entry.Finding.NotPlaced
		if x.tried == nil && x.placeless && !absent && m.bounded {
			return fmt.Sprintf("row %s: no order of ours of %s shows where its own would have its id, so that none was looked "+
				"for elsewhere", x.entry.At(), x.kindWords())
		}
		if x.putOff {
			return fmt.Sprintf("row %s: more lies where its order must than can be asked about, so that it may be there",
				x.entry.At())
		}
		if x.tried == nil && x.young {
			return fmt.Sprintf("row %s: its order may still appear, until %s", x.entry.At(),
				x.began.Add(s.late()).Local().Format(time.DateTime))
		}
	}
	return ""
}

// lacking says what left the balance that may have been charged for one of the rows; empty: nothing, or that can't be
// known.
func (s *Settler) lacking(ctx context.Context, m *matching) string {
	sum := &Sum{Journal: s.Journal, Panel: s.Panel, Pace: s.Pace, Account: s.account()}
	now, err := sum.Strike(ctx, time.Now())
	if err == nil {
		err = s.missing(ctx, m, sum, now)
	}
	m.strangers = nil // they are asked about one by one
	for i, x := range m.suspects {
		if lack := m.lacks(i); err == nil && lack != "" {
			return fmt.Sprintf("row %s: %s", x.entry.At(), lack)
		}
	}
	return ""
}

// standing looks for orders that no row claims where those of rows must lie.
func (s *Settler) standing(ctx context.Context, rows []journal.Entry) (*matching, error) {
	suspects, book, err := s.bounded(ctx)
	if err != nil {
		return nil, err
	}
	// Each request of a row may have made an order, also one that was turned away before the last.
	own := slices.DeleteFunc(suspects, func(x suspect) bool {
		meant := slices.ContainsFunc(rows, func(e journal.Entry) bool { return e.Seq == x.entry.Seq })
		return x.batch.ID != s.Batch.ID || !meant
	})
	if !book.numeric {
		return match(own, nil, learned{}), nil
	}
	p := s.prober()
	k, err := s.calibrate(ctx, p, book, own)
	if err != nil {
		return nil, err
	}
	ids, err := p.unclaimed(ctx, book, own)
	if err != nil {
		return nil, err
	}
	if book, err = s.ledger(ctx); err != nil {
		return nil, err
	}
	orders, err := s.found(ctx, p, book, ids)
	if err != nil {
		return nil, err
	}
	if err := s.priced(ctx, &k, own); err != nil {
		return nil, err
	}
	m := match(own, orders, k)
	for i := range m.suspects {
		m.suspects[i].putOff, _ = p.putOff(book, m.suspects[i])
	}
	m.lent, err = s.lent(ctx)
	return m, err
}
