package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
)

// Pause lets nothing more be ordered on the accounts that are called so, by whichever process, until [Desk.GoOn]. It
// gives those that are paused now. A [*Mistake]: the books know none.
func (d *Desk) Pause(ctx context.Context, panel string) ([]journal.Pause, error) {
	j, accounts, err := d.accountsNamed(ctx, panel)
	if err != nil {
		return nil, err
	}
	for _, n := range accounts {
		if err := j.Pause(n, d.By, time.Now()); err != nil {
			return nil, err
		}
	}
	return pauses(ctx, j, accounts)
}

// GoOn lets go of the accounts that are called so, and gives those that were paused.
func (d *Desk) GoOn(ctx context.Context, panel string) ([]journal.Pause, error) {
	j, accounts, err := d.accountsNamed(ctx, panel)
	if err != nil {
		return nil, err
	}
	were, err := pauses(ctx, j, accounts)
	if err != nil {
		return nil, err
	}
	for _, p := range were {
		if err := j.GoOn(p.Account); err != nil {
			return nil, err
		}
	}
	return were, nil
}

func (d *Desk) accountsNamed(ctx context.Context, panel string) (*journal.Journal, []int64, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, nil, err
	}
	accounts, names, err := j.AccountsNamed(ctx, panel)
	if err == nil && len(accounts) == 0 {
		err = &Mistake{fmt.Errorf("nothing was ordered yet on a panel of that name; the books know: %s",
			strings.Join(names, ", "))}
	}
	return j, accounts, err
}

func pauses(ctx context.Context, j *journal.Journal, accounts []int64) ([]journal.Pause, error) {
	all, err := j.Pauses(ctx)
	return slices.DeleteFunc(all, func(p journal.Pause) bool { return !slices.Contains(accounts, p.Account) }), err
}

// PauseBatch lets no worker send more of a batch until [Desk.GoOnBatch]. A [*Mistake]: no worker is to send it.
func (d *Desk) PauseBatch(ctx context.Context, name string) (journal.Batch, error) {
	return d.turnJob(ctx, name, (*journal.Journal).PauseJob)
}

// GoOnBatch lets workers go on with a batch that was paused, or that stopped.
func (d *Desk) GoOnBatch(ctx context.Context, name string) (journal.Batch, error) {
	return d.turnJob(ctx, name, (*journal.Journal).GoOnJob)
}

func (d *Desk) turnJob(
	ctx context.Context, name string, turn func(*journal.Journal, journal.Batch) (bool, error),
) (journal.Batch, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return journal.Batch{}, err
	}
	b, err := j.Batch(ctx, name)
	if err != nil {
		return b, err
	}
	is, err := turn(j, b)
	if err == nil && !is {
		err = &Mistake{fmt.Errorf("no worker is to send batch %s; `bulkorder resume --detach %s` asks for it", b.ID, b.ID)}
	}
	return b, err
}
