package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Settler gathers evidence about the rows in doubt, and decides only what it can prove. A panel that
// proves itself well-behaved ([Settler.calibrate]) gives ascending ids and shows nothing but the account's
// own orders: an order that is there, that no row claims, that lies where a row in doubt must lie and has
// exactly its charge, is that row's.
type Settler struct {
	Journal *journal.Journal
	Batch   journal.Batch
	Panel   *panel.Client
	Pace    *Pace // of calls
	By      string
	Late    time.Duration // how long after an attempt its order may still appear; 0: 180 s
}

// LateCommit is how long after its attempt an order may still appear, where nothing else is said.
const LateCommit = 180 * time.Second

// Conclusion is what was found out about one row in doubt.
type Conclusion struct {
	Entry   journal.Entry // as it was
	How     journal.How   // Inferred, InSet, RequestID; empty: nothing was decided
	OrderID string
	Words   string // the evidence, for a person
}

// Settlement is what came of settling.
type Settlement struct {
	Conclusions []Conclusion
	Advice      string    // why nothing is decided on this panel, whatever was found; empty: proof decides
	Alarm       string    // orders that no row can explain
	Ready       time.Time // when the youngest row can be settled; zero: all could be
}

// Join adds what was found out on another panel.
func (s *Settlement) Join(o Settlement) {
	s.Conclusions = append(s.Conclusions, o.Conclusions...)
	s.Advice, s.Alarm = cmp.Or(s.Advice, o.Advice), cmp.Or(s.Alarm, o.Alarm)
	if o.Ready.After(s.Ready) {
		s.Ready = o.Ready
	}
}

// found is an order of the account that no row claims.
type found struct {
	id     int64
	status panel.Status
}

// Settle looks for the orders of the rows in doubt on its panel and decides what is proved. Whoever calls it holds the
// batch.
func (s *Settler) Settle(ctx context.Context) (Settlement, error) {
	suspects, book, err := s.bounded(ctx)
	if err != nil || len(ours(suspects)) == 0 {
		return Settlement{}, err
	}
	if s.Panel.Panel.RequestID != "" {
		return s.askAgain(ours(suspects))
	}
	p := &prober{panel: s.Panel, pace: s.Pace, known: map[int64]panel.Status{}}
	out := Settlement{Ready: s.ready(ours(suspects))}
	if out.Advice, err = s.calibrate(ctx, p, book, suspects); err != nil {
		return out, err
	}
	var ids []int64
	if book.numeric {
		if ids, err = p.unclaimed(ctx, book, suspects); err != nil {
			return out, err
		}
	}
	// Whatever was seen has its intent in the books by now, also where its row began after they were read.
	if suspects, book, err = s.bounded(ctx); err != nil {
		return out, err
	}
	return out, s.decide(&out, suspects, p.found(book, ids))
}

// SettleAll settles now, waits until the youngest row can be settled, and settles again.
func (s *Settler) SettleAll(ctx context.Context) (Settlement, error) {
	first, err := s.Settle(ctx)
	if err != nil || first.Ready.IsZero() {
		return first, err
	}
	if err := sleep(ctx, time.Until(first.Ready)); err != nil {
		return first, err
	}
	return s.Settle(ctx)
}

func (s *Settler) late() time.Duration {
	if s.Late > 0 {
		return s.Late
	}
	return LateCommit
}

// askAgain queues the rows: the panel documents that it knows the same request again, so sending it tells
// the order that there is, or makes the one that there isn't.
func (s *Settler) askAgain(suspects []suspect) (Settlement, error) {
	var out Settlement
	for _, x := range suspects {
		words := fmt.Sprintf(
			"the panel knows the same request again by %q, so it is asked again",
			s.Panel.Panel.RequestID,
		)
		err := s.Journal.Decide(
			s.Batch,
			x.entry.Seq,
			journal.Decision{At: time.Now(), By: s.By, How: journal.RequestID, State: journal.Queued, Evidence: words},
		)
		if err != nil {
			return out, err
		}
		out.Conclusions = append(out.Conclusions, Conclusion{Entry: x.entry, How: journal.RequestID, Words: words})
	}
	return out, nil
}

// decide matches rows and orders, and keeps what is proved.
func (s *Settler) decide(out *Settlement, suspects []suspect, orders []found) error {
	m := match(suspects, orders)
	out.Alarm = m.alarm
	for i, x := range suspects {
		if x.other {
			continue
		}
		c := Conclusion{Entry: x.entry, Words: m.words(i)}
		j, how := m.proved(i)
		young := time.Since(x.began) < s.late()
		switch {
		case how == "" || out.Alarm != "":
		case out.Advice != "":
			c.Words += "; not adopted, because " + out.Advice
		case young:
			c.Words += fmt.Sprintf("; not adopted yet: orders may appear until %s after the attempt", s.late())
		default:
			c.How, c.OrderID = how, fmt.Sprint(orders[j].id)
			err := s.Journal.Decide(
				s.Batch,
				x.entry.Seq,
				journal.Decision{
					At:       time.Now(),
					By:       s.By,
					How:      how,
					State:    journal.Placed,
					OrderID:  c.OrderID,
					Evidence: c.Words,
				},
			)
			if errors.Is(err, journal.ErrOrderTaken) {
				out.Alarm = err.Error()
				c.How, c.OrderID = "", ""
			} else if err != nil {
				return err
			}
		}
		out.Conclusions = append(out.Conclusions, c)
	}
	return nil
}

// Force keeps a person's decision about a row in doubt: placed as an order, which is asked for first, or
// not placed, which queues it again.
func (s *Settler) Force(ctx context.Context, line int, orderID, reason string) error {
	e, err := s.Journal.AtLine(ctx, s.Batch, line)
	if err != nil {
		return err
	}
	if e.State != journal.InDoubt {
		return fmt.Errorf("row %d is %s: %w", line, e.State, journal.ErrNotInDoubt)
	}
	d := journal.Decision{
		At:       time.Now(),
		By:       s.By,
		How:      journal.Forced,
		State:    journal.Queued,
		Reason:   reason,
		Evidence: s.By + " said that it was not placed",
	}
	if orderID != "" {
		statuses, err := s.Panel.Statuses(ctx, []string{orderID})
		if err != nil {
			return err
		}
		status, is := statuses[orderID]
		if !is || status.Error != "" {
			return fmt.Errorf("the panel doesn't know order %s: %s", orderID, status.Error)
		}
		d.State, d.OrderID = journal.Placed, orderID
		d.Evidence = fmt.Sprintf(
			"%s said that it is order %s, which the panel has with the status %q and the charge %s",
			s.By,
			orderID,
			status.Status,
			chargeWords(status),
		)
	}
	return s.Journal.Decide(s.Batch, e.Seq, d)
}

func chargeWords(s panel.Status) string {
	if !s.Charge.Valid {
		return "unknown"
	}
	return s.Charge.Decimal.String()
}
