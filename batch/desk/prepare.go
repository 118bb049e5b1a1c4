package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/plan"
	"bulkorder/parse"
)

// Preparing says how a sheet becomes a draft.
type Preparing struct {
	Word
	Path   string // of the sheet, as the person named it
	Out    string // where its results are to go; empty: beside it
	Name   string // of the batch; empty: by the sheet's content
	Again  bool   // the same sheet as a new batch
	Panel  string // of rows that name none; empty: the one that is meant everywhere
	Off    []int  // rows that are left out, by their [parse.Line]
	Strict bool   // nothing is sent unless every row is valid
	// StrictLinks: links that lead elsewhere than their service goes are problems, not warnings.
	StrictLinks bool

	Upload *journal.Upload // that the sheet came by; placing it binds the two; nil: none

	Trial bool // nothing of it needs to last: where there is no journal that can be written, none is made
}

// Draft is a sheet that was read and checked: the rows are in the journal, and nothing of them is sent yet.
type Draft struct {
	draft *journal.Draft
	work  *work
	asked Preparing
	kept  bool         // it was prepared by another process
	close func() error // of the journal that is for this draft alone; nil: it is the desk's
	Plan  plan.Plan
	ID    string // of the batch that it becomes

	before   map[int64]journal.Before      // rows that the batch has sent already, by the draft's numbers
	approved map[[2]string]journal.Service // what the batch approved, by panel and service; nil: there is no such batch
	risen    prices                        // that a person accepts; nil: none
	accepted []journal.Acceptance          // warnings, since it was prepared

	spared []string // workbooks that tell of orders which the books don't know

	lettered []lettered // of a sheet that was uploaded
}

// Prepare reads a sheet against the catalogues of its panels, and keeps its rows as a draft, which is placed or
// discarded. It sends nothing but services and balance.
func (d *Desk) Prepare(ctx context.Context, sheet *parse.Sheet, o Preparing) (*Draft, error) {
	if err := NotOver(o.Out, o.Path); err != nil {
		return nil, err
	}
	defer d.busy("reading and checking %s", sheet.File)()
	w, done, err := d.onSheet(ctx, sheet, o)
	if err != nil {
		return nil, err
	}
	if behind := w.journal.Behind(); behind != nil && !o.Trial {
		return nil, behind
	}
	draft := &Draft{work: w, asked: o, close: done}
	if err = draft.read(ctx, sheet); err != nil {
		return nil, errors.Join(err, draft.Discard())
	}
	return draft, nil
}

// onSheet makes the work on a sheet. Where no panel is named for it, and the sheet has a column for that, each row
// must name its own.
func (d *Desk) onSheet(ctx context.Context, sheet *parse.Sheet, o Preparing) (*work, func() error, error) {
	w := &work{desk: d, named: d.Accounts.Named}
	column := slices.ContainsFunc(sheet.Columns, func(c parse.Column) bool { return c.Field == "panel" })
	var err error
	if o.Panel != "" {
		if w.own, err = d.Accounts.Named(ctx, o.Panel); err != nil {
			return nil, nil, err
		}
	} else if d.Accounts.IsMeant() || !column {
		if w.own, err = d.Accounts.Meant(ctx); err != nil {
			return nil, nil, err
		}
	}
	var done func() error
	if o.Trial {
		w.journal, done, err = d.trialJournal(ctx)
	} else {
		w.journal, err = d.Journal(ctx)
	}
	if err == nil && w.own != nil {
		// Before the sheet is read: what is wrong with the panel is told at once.
		err = w.prove(ctx, w.ownOne())
	}
	if err != nil && done != nil {
		err = errors.Join(err, done())
	}
	return w, done, err
}

// trialJournal opens the journal for a draft that nobody keeps. Where there is no file, or it can't be written, that is
// a journal for this draft alone: empty, or a copy.
func (d *Desk) trialJournal(ctx context.Context) (*journal.Journal, func() error, error) {
	path, err := d.JournalPath()
	exists := err == nil && fileExists(path.Text)
	if d.isOpen() || journal.IsPostgres(path.Text) || exists && canWrite(path.Text) {
		j, err := d.Journal(ctx)
		return j, nil, err
	}
	dir, err := os.MkdirTemp("", "bulkorder-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a journal for the check: %w", err)
	}
	copied := filepath.Join(dir, "journal.db")
	for _, ending := range []string{"", "-wal"} {
		if exists && fileExists(path.Text+ending) {
			err = errors.Join(err, copyFile(path.Text+ending, copied+ending))
		}
	}
	var j *journal.Journal
	if err == nil {
		j, err = journal.Open(context.WithoutCancel(ctx), copied)
	}
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return j, func() error { return errors.Join(j.Close(), os.RemoveAll(dir)) }, nil
}

// mayExist tells whether there may be books where they are meant to be; of a database that is found out by opening it.
func mayExist(where string) bool { return journal.IsPostgres(where) || fileExists(where) }

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// canWrite tells whether a file and what lies beside it can be written.
func canWrite(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return errors.Join(f.Close(), writable(filepath.Dir(path))) == nil
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// read reads the sheet into a draft of the journal.
func (p *Draft) read(ctx context.Context, sheet *parse.Sheet) (err error) {
	w, o := p.work, p.asked
	begin := w.journal.Draft
	if o.Trial {
		begin = w.journal.Trial
	}
	p.draft, err = begin(journal.Batch{
		Sheet:     o.Path,
		Digest:    sheet.Digest(),
		Worksheet: sheet.Name,
		Columns:   headers(sheet.Columns),
		Mapped:    mapped(sheet.Columns),
		Created:   time.Now(),
		By:        w.desk.By,
		MaxSpend:  o.MaxSpend,
	})
	if err != nil {
		return err
	}
	planner := plan.Planner{Panel: w.rulesOf, AllowDuplicates: o.AllowDuplicates, Keep: p.draft.Add,
		StrictLinks: o.StrictLinks, Accept: o.Accept, Accepted: w.acceptedOn(ctx), Off: o.Off}
	if p.Plan, err = planner.Read(ctx, sheet); err != nil {
		return err
	}
	err = p.draft.Finish(journal.Reading{
		Fingerprint: p.Plan.Fingerprint,
		Worksheet:   p.Plan.Worksheet,
		Columns:     headers(p.Plan.Columns),
		Mapped:      mapped(p.Plan.Columns),
		Notes:       p.Plan.Notes,
		Services:    p.Plan.Services,
		Accounts:    w.accounts(),
	})
	if err != nil {
		return err
	}
	if p.ID, err = p.batchID(ctx); err != nil {
		return err
	}
	return p.compare(ctx)
}

// refused tells why nothing of a draft may be sent.
func (p *Draft) refused() error {
	switch {
	case len(p.work.opened) == 0:
		return ErrNoPanel
	case p.asked.MaxSpend.Valid && !p.draft.Batch.OneCurrency():
		return ErrCurrencies
	case p.asked.Strict && p.Plan.Invalid > 0:
		return ErrStrict
	}
	return nil
}

// elsewhere fails where the draft would be an edition of a batch whose orders are on another account, or were ordered
// under other Refs.
func (p *Draft) elsewhere(ctx context.Context) error {
	b, err := p.work.journal.Batch(ctx, p.ID)
	if errors.Is(err, journal.ErrNoBatch) || err == nil && b.ID != p.ID {
		return nil
	}
	if err != nil {
		return err
	}
	if err := p.work.sameAccounts(ctx, b, p.work.opened); err != nil {
		return err
	}
	moved, err := p.draft.MovedRefs(ctx, b.ID)
	if err != nil || len(moved) == 0 {
		return err
	}
	return &Mistake{errors.New(movedWords(b.ID, moved))}
}

// movedWords say that Refs stand beside other orders than they did.
func movedWords(id string, moved []journal.MovedRef) string {
	rows := map[parse.Line]bool{}
	for _, m := range moved {
		rows[m.At] = true
	}
	one := moved[0]
	return fmt.Sprintf("nothing was sent: %d Refs stand beside other orders than in batch %s: what was ordered under Ref %q "+
		"stands in row %s now, and row %s bears that Ref; a Ref names one order for ever, so put them back, and give new rows "+
		"Refs of their own; if they are mere numbers of the rows, call their column otherwise (No, for one), and rows are known "+
		"by what they order", len(rows), id, one.Ref, one.Was, one.At)
}

// batchID names the batch: as the person does, or by the sheet's content, with a number behind it where the sheet is
// wanted again.
func (p *Draft) batchID(ctx context.Context) (string, error) {
	if p.asked.Name != "" {
		return p.asked.Name, nil
	}
	id, err := p.sheetID(ctx)
	if err != nil {
		return "", err
	}
	if !p.asked.Again {
		return id, nil
	}
	for n, numbered := 2, id; ; n++ {
		free, err := p.work.journal.Free(ctx, numbered)
		if free || err != nil {
			return numbered, err
		}
		numbered = fmt.Sprintf("%s-%d", id, n)
	}
}

// sheetID is the id of a sheet's batch: by the account and the content. A batch that older books named by the panel
// keeps its name.
func (p *Draft) sheetID(ctx context.Context) (string, error) {
	if len(p.work.opened) == 0 {
		return p.Plan.BatchID(0), nil
	}
	own := p.work.opened[0]
	older := p.Plan.OlderID(own.Name())
	free, err := p.work.journal.Free(ctx, older)
	if err != nil || free {
		return p.Plan.BatchID(own.number), err
	}
	b, err := p.work.journal.Batch(ctx, older)
	if err == nil && b.AccountOn(b.Panel) != own.number {
		older = p.Plan.BatchID(own.number)
	}
	return older, err
}

// maxRepeat is how long an order is remembered as one that need not be ordered again.
const maxRepeat = 30 * 24 * time.Hour

func (p *Draft) repeats() journal.Repeats {
	r := journal.Repeats{Since: time.Now().Add(-maxRepeat), Allow: p.asked.AllowRepeat, Said: p.draft.Batch.Created}
	if p.asked.Again {
		r.Under = p.Plan.Fingerprint
	}
	return r
}

// Discard throws a draft away that is not placed.
func (p *Draft) Discard() error {
	var err error
	switch {
	case p.close != nil: // with the journal that it is in
		err = p.close()
	case p.draft != nil:
		err = p.draft.Discard()
	}
	p.draft, p.close = nil, nil
	return err
}
