package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Account is one panel and how it is used.
type Account struct {
	Panel       *panel.Client
	AnyLink     bool        // of [batch.Rules]
	Rate        batch.Rate  // zero: batch.DefaultRate
	Concurrency int         // requests under way at once; 0: by the rate
	Calls       *batch.Pace // of refreshes, shared by those that come one after another on this panel; nil: each has its own
}

func (a Account) name() string { return a.Panel.Panel.Name }

func (a Account) rate() batch.Rate {
	if a.Rate.PerSecond == 0 {
		return batch.DefaultRate()
	}
	return a.Rate
}

// opened is an account in use, and what its panel said when it was proved.
type opened struct {
	Account
	rules   batch.Rules // without a catalogue until it is proved
	balance panel.Balance
}

// own is the account of rows that name no panel; nil: there is none.
func (j *Job) own() *opened {
	if len(j.opened) == 0 && j.Panel != nil {
		j.opened = append(j.opened, &opened{Account: j.Account})
	}
	if j.Panel == nil {
		return nil
	}
	return j.opened[0]
}

// open gives the account of a panel by its name. [*batch.UnknownPanel]: there is none.
func (j *Job) open(ctx context.Context, name string) (*opened, error) {
	j.own()
	if o := j.find(name); o != nil {
		return o, nil
	}
	if j.Open == nil {
		return nil, &batch.UnknownPanel{Name: name, Known: j.names()}
	}
	a, err := j.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	if o := j.find(a.name()); o != nil { // under another spelling of its name
		return o, nil
	}
	o := &opened{Account: a}
	j.opened = append(j.opened, o)
	return o, nil
}

func (j *Job) find(name string) *opened {
	for _, o := range j.opened {
		if o.name() == name {
			return o
		}
	}
	return nil
}

func (j *Job) names() []string {
	var all []string
	for _, o := range j.opened {
		all = append(all, o.name())
	}
	return all
}

// prove fetches the catalogue and the balance, once. Besides what they tell, they prove address, certificate
// and key with no money at risk.
func (j *Job) prove(ctx context.Context, o *opened) error {
	if o.rules.Catalogue != nil {
		return nil
	}
	var catalogue *panel.Catalogue
	g, calls := errgroup.WithContext(ctx)
	g.Go(func() (err error) { catalogue, err = o.Panel.Services(calls); return err })
	g.Go(func() (err error) { o.balance, err = o.Panel.Balance(calls); return err })
	if err := g.Wait(); err != nil {
		if len(j.opened) > 1 {
			return fmt.Errorf("panel %s: %w", o.name(), err)
		}
		return err
	}
	account, err := j.identify(ctx, o)
	if err != nil {
		return err
	}
	o.rules = batch.Rules{Panel: o.Panel.Panel, Account: account, Catalogue: catalogue, Today: time.Now(), AnyLink: o.AnyLink}
	return nil
}

// identify finds out which account of the books this is. Of accounts that it may be, it is the one whose order the
// panel shows to its key.
func (j *Job) identify(ctx context.Context, o *opened) (int64, error) {
	if j.Journal == nil {
		return 0, nil
	}
	salt, err := j.Journal.Salt(ctx)
	if err != nil {
		return 0, err
	}
	known, err := j.Journal.OpenAccount(ctx, o.Panel.Panel.URL, o.name(), o.Panel.Fingerprint(salt))
	if err != nil {
		return 0, err
	}
	for _, other := range known.Maybe {
		same, err := isAccount(ctx, o.Panel, other, other.Address == known.Address)
		if err == nil && same {
			same, err = j.Journal.Same(known.N, other.N)
		}
		if err != nil {
			return 0, err
		}
		if same {
			return other.N, nil
		}
	}
	return known.N, nil
}

// isAccount tells whether a panel shows the orders of an account to another key, or at another address. There the
// charges must agree too: panels count their orders, so that others have orders of the same ids.
func isAccount(ctx context.Context, client *panel.Client, other journal.Maybe, sameAddress bool) (bool, error) {
	agreed := false
	for _, order := range other.Orders {
		charge, shown, err := client.Shown(ctx, order.ID)
		switch {
		case err != nil:
			return false, err
		case sameAddress && shown:
			return true, nil
		case sameAddress:
			continue
		case !shown || !charge.Valid || !order.Charge.Valid || !charge.Decimal.Equal(order.Charge.Decimal):
			return false, nil
		}
		agreed = true
	}
	return agreed, nil
}

// rulesOf gives the rules of a panel that a row names; without a name those of the job's own.
func (j *Job) rulesOf(ctx context.Context, name string) (batch.Rules, error) {
	o := j.own()
	if name != "" {
		var err error
		if o, err = j.open(ctx, name); err != nil {
			return batch.Rules{}, err
		}
	}
	if o == nil {
		return batch.Rules{}, &batch.UnknownPanel{Known: j.names()}
	}
	err := j.prove(ctx, o)
	return o.rules, err
}

// accounts tells the journal which panels a sheet's rows are on.
func (j *Job) accounts() []journal.Account {
	var all []journal.Account
	for _, o := range j.opened {
		all = append(
			all,
			journal.Account{
				N:             o.rules.Account,
				Panel:         o.name(),
				URL:           o.Panel.Panel.URL,
				Currency:      o.balance.Currency,
				BalanceBefore: decimal.NewNullDecimal(o.balance.Amount),
			},
		)
	}
	return all
}

// openBatch opens the panels of a batch's rows. A panel that can't be opened, or, where they are to be proved,
// doesn't prove itself, is left out and told, unless it is the only one.
func (j *Job) openBatch(ctx context.Context, b journal.Batch, prove bool) (all []*opened, lost error) {
	for _, a := range b.Accounts() {
		if slices.ContainsFunc(all, func(o *opened) bool { return o.name() == a.Panel }) {
			continue
		}
		o, err := j.open(ctx, a.Panel)
		if err == nil && prove {
			err = j.prove(ctx, o)
		}
		if err != nil {
			lost = errors.Join(lost, err)
			continue
		}
		all = append(all, o)
	}
	if len(all) == 0 {
		return nil, lost
	}
	return all, lost
}
