package desk

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Accept is a person's word about the warnings of a draft, after they were shown. An offer of before doesn't know of
// it.
func (d *Desk) Accept(p *Draft, warnings []string) error {
	all, err := p.draft.Accept(warnings)
	p.accepted = append(p.accepted, all...)
	return err
}

// keepAccepted keeps in the books which warnings about services were accepted. Those about one sheet hold for that
// alone.
func (d *Desk) keepAccepted(j *journal.Journal, all []journal.Acceptance) error {
	lasting := slices.DeleteFunc(slices.Clone(all), func(a journal.Acceptance) bool {
		w, known := parse.WarningNamed(a.Warning)
		return !known || !w.OfService()
	})
	return j.KeepAccepted(lasting, d.By, time.Now())
}

// acceptedOn tells which warnings were accepted earlier. What the books can't tell was not.
func (w *work) acceptedOn(ctx context.Context) func(journal.Acceptance) bool {
	known := map[int64]map[journal.Acceptance]bool{}
	return func(a journal.Acceptance) bool {
		of, is := known[a.Account]
		if !is {
			of, _ = w.journal.AcceptedWarnings(ctx, a.Account)
			known[a.Account] = of
		}
		return of[a]
	}
}

// release queues what a person's word about single rows and warnings of a batch lets go. This process holds b.
func (w *work) release(ctx context.Context, b journal.Batch, s Sending) error {
	if len(s.Accept) > 0 {
		all, err := w.journal.AcceptWarnings(b, s.Accept)
		if err == nil {
			err = w.desk.keepAccepted(w.journal, all)
		}
		if err != nil {
			return err
		}
	}
	rows, err := w.byLine(ctx, b, s.Release)
	if err != nil || len(rows) == 0 {
		return err
	}
	var seqs []int64
	for _, e := range rows {
		seqs = append(seqs, e.Seq)
	}
	_, err = w.journal.ReleaseRows(b, seqs, s.said())
	return err
}

// byLine gives the rows that a person releases by their numbers. A [*Mistake]: a row isn't held, or no word about it
// alone releases it.
func (w *work) byLine(ctx context.Context, b journal.Batch, lines []parse.Line) (rows []journal.Entry, err error) {
	for _, line := range lines {
		e, err := w.journal.AtLine(ctx, b, line, journal.Held)
		if err != nil {
			return nil, &Mistake{err}
		}
		switch {
		case e.State != journal.Held:
			return nil, &Mistake{fmt.Errorf("row %s isn't held, so there is nothing to release: it is %s", line, e.State)}
		case unreleased(e.Reason, b.ID) != "":
			return nil, &Mistake{fmt.Errorf("row %s can't be released alone: %s", line, unreleased(e.Reason, b.ID))}
		}
		rows = append(rows, e)
	}
	return rows, nil
}

// unreleased says why rows held for a reason aren't released one by one; empty: they are.
func unreleased(r journal.Reason, batch string) string {
	switch r {
	case journal.Reordered:
		return "its Ref is ordered already, and a Ref is ordered once; give the row another one and run the sheet again"
	case journal.Dearer, journal.Dear:
		return "prices are approved by service; --accept-price approves them"
	case journal.Changed:
		return "its service changed; run the sheet again with --batch " + batch + ", which checks it against the catalogue " +
			"of now"
	case journal.OverCap:
		return "the cap is the batch's; a higher --max-spend lets it go"
	}
	return ""
}

// sendable tells which rows going on with a batch would send: those that are queued, and those held that the word
// releases, where their services are as they were approved.
type sendable struct {
	work     *work
	word     Word
	reasons  []journal.Reason
	bad      map[[2]string]bool // services, by panel and id
	released []journal.Entry    // by their numbers
	prices   prices             // that the word accepts
}

func (w *work) sendable(ctx context.Context, b journal.Batch, approved []journal.Service, word Word) (
	*sendable, error,
) {
	s := &sendable{work: w, word: word, bad: map[[2]string]bool{}}
	for _, was := range approved {
		if o := w.find(was.Panel); o != nil && o.proved {
			is, found := o.catalogue.Service(was.ID)
			reason, _ := follow.Changed(was.Service, is, found)
			s.bad[[2]string{was.Panel, was.ID}] = reason != "" && !(reason == journal.Dearer && word.AcceptPrice)
		}
	}
	s.reasons = append(word.releases(), journal.Dearer, journal.Changed, journal.Warned)
	var err error
	if s.released, err = w.byLine(ctx, b, word.Release); err == nil && word.AcceptPrice {
		s.prices, err = w.risen(ctx, b, approved)
	}
	return s, err
}

// alike tells whether rows that wait alike would be sent.
func (s *sendable) alike(e journal.Entry) bool {
	open := slices.ContainsFunc(e.Asks, func(name string) bool { return !slices.Contains(s.word.Accept, name) })
	waits := e.State == journal.Queued || e.State == journal.Held && slices.Contains(s.reasons, e.Reason)
	return waits && !open && s.service(e)
}

// service tells whether a row's service can be ordered now.
func (s *sendable) service(e journal.Entry) bool {
	o := s.work.find(e.Panel)
	return !s.bad[[2]string{e.Panel, e.Service}] && o != nil && o.proved
}

// row tells whether one row would be sent.
func (s *sendable) row(e journal.Entry) bool {
	named := slices.ContainsFunc(s.released, func(r journal.Entry) bool { return r.Seq == e.Seq })
	return s.alike(e) || named && s.service(e)
}

// waiting walks the rows of a batch that are held or queued, those that would be sent as queued.
func (w *work) waiting(ctx context.Context, b journal.Batch, s *sendable) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for _, state := range []journal.State{journal.Held, journal.Queued} {
			for e, err := range w.journal.InState(ctx, b, state) {
				switch {
				case err != nil:
				case s.row(e):
					e = s.prices.of(e)
					e.State, e.Reason, e.Note = journal.Queued, "", ""
				case state == journal.Queued:
					continue // its panel or service can't be used now, which is told otherwise
				}
				if !yield(e, err) || err != nil {
					return
				}
			}
		}
	}
}
