package desk

import (
	"context"
	"errors"

	"bulkorder/batch/plan"
)

// Keep gives a draft a name, by which [Desk.OpenDraft] finds it, and lets go of it: it outlives its process.
func (p *Draft) Keep(name string) error {
	if p.close != nil {
		return errors.New("there is no journal that could keep the draft")
	}
	err := p.draft.Keep(name)
	p.draft = nil
	return err
}

// OpenDraft finds a draft that was kept, to be offered, placed or discarded; o is what it was prepared with, or what is
// wanted by now. [journal.ErrNoBatch]: there is none of this name. [*journal.HeldError]: another process has it at
// hand.
func (d *Desk) OpenDraft(ctx context.Context, name string, o Preparing) (*Draft, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	if behind := j.Behind(); behind != nil {
		return nil, behind
	}
	kept, err := j.OpenDraft(ctx, name)
	if err != nil {
		return nil, err
	}
	p := &Draft{draft: kept, asked: o, kept: true}
	if err := p.reopen(ctx, d); err != nil {
		return nil, errors.Join(err, kept.Keep(name))
	}
	return p, nil
}

// reopen reads from the books what reading the sheet told, and opens the accounts of the rows.
func (p *Draft) reopen(ctx context.Context, d *Desk) (err error) {
	b := p.draft.Batch
	if p.work, err = d.onBatch(ctx, b); err != nil {
		return err
	}
	if b.Panel != "" {
		all, lost := p.work.openBatch(ctx, b, true)
		if len(all) < len(b.Accounts()) {
			return lost
		}
	}
	p.Plan = plan.Plan{Fingerprint: b.Fingerprint, Worksheet: b.Worksheet, Notes: b.Notes}
	if p.Plan.Services, err = p.work.journal.Services(ctx, b); err != nil {
		return err
	}
	for e, err := range p.work.journal.Entries(ctx, b) {
		if err != nil {
			return err
		}
		p.Plan.Count(e)
	}
	if p.ID, err = p.batchID(ctx); err != nil {
		return err
	}
	return p.compare(ctx)
}
