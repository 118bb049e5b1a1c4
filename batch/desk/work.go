package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/plan"
)

// work is one call at work: the journal, and the accounts that it uses. It is not for several goroutines at once.
type work struct {
	desk    *Desk
	journal *journal.Journal
	// named opens the account of a name, or fails with a [*plan.UnknownPanel].
	named  func(ctx context.Context, name string) (*Account, error)
	own    *Account  // of rows that name no panel; nil: each must name one
	opened []*opened // the own one first
}

// opened is an account in use.
type opened struct {
	*Account
	look
	proved bool
	types  panel.Types // made when it was proved
	began  time.Time   // when its balance was asked for the run that is under way; zero: none is
}

// onBatch makes the work on a batch, at the addresses that it had.
func (d *Desk) onBatch(ctx context.Context, b journal.Batch) (*work, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	accounts := b.Accounts()
	return &work{desk: d, journal: j, named: func(ctx context.Context, name string) (*Account, error) {
		var known []string
		for _, a := range accounts {
			if strings.EqualFold(a.Panel, name) {
				return d.Accounts.OfBatch(ctx, b, a)
			}
			known = append(known, a.Panel)
		}
		return nil, &plan.UnknownPanel{Name: name, Known: known}
	}}, nil
}

// open gives the account of a name. [*plan.UnknownPanel]: there is none.
func (w *work) open(ctx context.Context, name string) (*opened, error) {
	if w.own != nil && len(w.opened) == 0 {
		w.opened = append(w.opened, &opened{Account: w.own})
	}
	if o := w.find(name); o != nil {
		return o, nil
	}
	a, err := w.named(ctx, name)
	if err != nil {
		return nil, err
	}
	if o := w.find(a.Name()); o != nil { // under another spelling of its name
		return o, nil
	}
	o := &opened{Account: a}
	w.opened = append(w.opened, o)
	return o, nil
}

// ownOne gives the account of rows that name no panel; nil: there is none.
func (w *work) ownOne() *opened {
	if w.own == nil {
		return nil
	}
	if len(w.opened) == 0 {
		w.opened = append(w.opened, &opened{Account: w.own})
	}
	return w.opened[0]
}

func (w *work) find(name string) *opened {
	for _, o := range w.opened {
		if o.Name() == name {
			return o
		}
	}
	return nil
}

// recent is how old a catalogue may be that rows are judged by.
const recent = time.Minute

// justNow is how old catalogue and balance may be when a worker begins.
const justNow = 2 * time.Second

// prove fetches catalogue and balance of an account, once, where they are not recent.
func (w *work) prove(ctx context.Context, o *opened) (err error) {
	if o.proved {
		return nil
	}
	if o.look, err = o.Account.prove(ctx, recent, w.journal); err != nil {
		if len(w.opened) > 1 {
			return fmt.Errorf("panel %s: %w", o.Name(), err)
		}
		return err
	}
	o.proved, o.types = true, o.Panel.Panel.AllTypes()
	return nil
}

func (o *opened) rules() plan.Rules {
	return plan.Rules{
		Panel: o.Panel.Panel, Types: o.types, Account: o.number, Catalogue: o.catalogue, Today: time.Now(),
		AnyLink: o.AnyLink,
	}
}

// rulesOf gives the rules of a panel that a row names; without a name those of the own one.
func (w *work) rulesOf(ctx context.Context, name string) (plan.Rules, error) {
	o := w.ownOne()
	if name != "" {
		var err error
		if o, err = w.open(ctx, name); err != nil {
			return plan.Rules{}, err
		}
	}
	if o == nil {
		return plan.Rules{}, &plan.UnknownPanel{Known: w.desk.Accounts.names()}
	}
	err := w.prove(ctx, o)
	return o.rules(), err
}

// accounts tells the journal which panels the rows are on, with the balances of now.
func (w *work) accounts() []journal.Account {
	var all []journal.Account
	for _, o := range w.opened {
		one := journal.Account{Panel: o.Name(), URL: o.Panel.Panel.URL}
		if o.proved {
			one.N = o.number
			one.Currency, one.BalanceBefore = o.balance.Currency, decimal.NewNullDecimal(o.balance.Amount)
		}
		all = append(all, one)
	}
	return all
}

// notes tells which of the accounts the books know by another name.
func (w *work) notes() []string {
	var all []string
	for _, o := range w.opened {
		if note := o.note(); note != "" {
			all = append(all, note)
		}
		if o.catalogue != nil {
			all = append(all, o.catalogue.Notes()...)
		}
	}
	return all
}

// openBatch opens the accounts of a batch's rows. One that can't be opened, or, where they are to be proved, doesn't
// prove itself, is left out and told, unless it is the only one.
func (w *work) openBatch(ctx context.Context, b journal.Batch, prove bool) (all []*opened, lost error) {
	for _, a := range b.Accounts() {
		if slices.ContainsFunc(all, func(o *opened) bool { return o.Name() == a.Panel }) {
			continue
		}
		o, err := w.open(ctx, a.Panel)
		if err == nil && prove {
			err = w.prove(ctx, o)
		}
		if err != nil {
			lost = errors.Join(lost, err)
			continue
		}
		all = append(all, o)
	}
	return all, lost
}

// sameAccounts fails with a [*Mistake] where a batch would go on on another account than the one that its orders are
// on: a key may be the wrong one. One account under a new key is known by its orders.
func (w *work) sameAccounts(ctx context.Context, b journal.Batch, all []*opened) error {
	for _, o := range all {
		if err := sameCurrency(b, o); err != nil {
			return err
		}
		was := b.AccountOn(o.Name())
		if was == 0 || was == o.number {
			continue
		}
		elsewhere, err := w.journal.SentElsewhere(ctx, b, o.Name(), o.number)
		if err != nil {
			return err
		}
		if elsewhere {
			called := "an account that doesn't show the orders of this batch"
			if o.called != "" {
				called = "the account that the books know as " + o.called
			}
			return &Mistake{fmt.Errorf("nothing was sent: the key and the address of panel %s are of %s, and orders of batch "+
				"%s are on another one; put its own key and address back, or give this account a name of its own in the "+
				"configuration and %s", o.Name(), called, b.ID, leftWords(b.ID, " --panel NAME"))}
		}
	}
	return nil
}

// sameCurrency fails with a [*Mistake] where a panel tells its balance in another currency than that in which prices
// and amounts of a batch were approved: they can't be compared, and would be called what they aren't.
func sameCurrency(b journal.Batch, o *opened) error {
	for _, a := range b.Accounts() {
		if a.Panel == o.Name() && !panel.SameCurrency(a.Currency, o.balance.Currency) {
			return &Mistake{fmt.Errorf("nothing was sent: panel %s tells its balance in %s now, and what batch %s costs was "+
				"approved in %s; where that is right, check the prices, and %s", o.Name(), o.balance.Currency, b.ID, a.Currency,
				leftWords(b.ID, ""))}
		}
	}
	return nil
}

// leftWords say how the rows are ordered that a batch has still to send and can't. Its results bear the orders of the
// others, which are left out by them.
func leftWords(batch, flags string) string {
	return fmt.Sprintf("order the rows that are left by `bulkorder report %[1]s --out left.csv` and `bulkorder run "+
		"left.csv%[2]s --allow-repeat` (which leaves out what has an order; without --allow-repeat they wait for batch %[1]s)",
		batch, flags)
}

// oneCurrency tells whether amounts of the panels can be added up.
func oneCurrency(all []*opened) bool {
	for _, o := range all[1:] {
		if o.balance.Currency == "" || all[0].balance.Currency == "" ||
			!panel.SameCurrency(o.balance.Currency, all[0].balance.Currency) {
			return false
		}
	}
	return true
}

// sum adds up how a batch stands.
func (w *work) sum(ctx context.Context, out *Outcome) (err error) {
	if out.Batch, err = w.journal.Batch(ctx, out.Batch.ID); err != nil {
		return err
	}
	out.Totals, err = w.journal.KeepTotals(ctx, out.Batch)
	return err
}
