package desk

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// Account is an account at a panel, open, under the name by which a sheet or a batch knows it.
type Account struct {
	Panel       *panel.Client
	AnyLink     bool      // of [plan.Rules]
	Apart       bool      // a person said that it is none of the accounts that it might be
	Rate        pace.Rate // zero: [pace.DefaultRate]
	Concurrency int       // requests under way at once at most; 0: [batch.AtOnce]

	*standing
	added bool // it was opened elsewhere
}

// standing is what is known of an account by whatever name.
type standing struct {
	calls *pace.Pace // of all calls on the account, orders too

	mu      sync.Mutex
	told    look                       // zero: it was not asked yet
	offered *panel.Catalogue           // what a question showed last; nil: none was
	numbers map[*journal.Journal]known // in the books
}

// look is what a panel told of itself.
type look struct {
	catalogue *panel.Catalogue
	balance   panel.Balance
	at        time.Time // when they were asked for
	answered  time.Time
	known
}

// known is what the books call an account.
type known struct {
	number int64
	called string // another name by which the account became known; empty: there is none
}

func newStanding(rate pace.Rate) *standing {
	return &standing{calls: pace.New(rate), numbers: map[*journal.Journal]known{}}
}

// show notes the catalogue that a question shows.
func (s *standing) show(c *panel.Catalogue) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offered = c
}

func (s *standing) shown() *panel.Catalogue {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offered
}

// begin completes an account that was opened elsewhere.
func (a *Account) begin() {
	a.added = true
	if a.standing == nil {
		a.standing = newStanding(a.rate())
	}
}

// Name is what the sheet or the batch calls the account.
func (a *Account) Name() string { return a.Panel.Panel.Name }

func (a *Account) rate() pace.Rate {
	if a.Rate.PerSecond == 0 {
		return pace.DefaultRate()
	}
	return a.Rate
}

// prove gives catalogue and balance, fetched again where they are older than that, and finds the account in the books.
// The calls prove address, certificate and key with no money at risk.
func (a *Account) prove(ctx context.Context, older time.Duration, j *journal.Journal) (look, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.told.catalogue == nil || time.Since(a.told.at) > older {
		l := look{at: time.Now()}
		g, calls := errgroup.WithContext(ctx)
		g.Go(func() (err error) { l.catalogue, err = a.Panel.Services(calls); return err })
		g.Go(func() (err error) { l.balance, err = a.Panel.Balance(calls); return err })
		if err := g.Wait(); err != nil {
			return look{}, err
		}
		l.answered = time.Now()
		a.told = l
	}
	found, is := a.numbers[j]
	if !is {
		var err error
		if found, err = a.identify(ctx, j); err != nil {
			return look{}, err
		}
		if err := a.remember(ctx, j, found.number); err != nil {
			return look{}, err
		}
		a.numbers[j] = found
		a.calls.Share(time.Now(), j.Allowance(found.number))
	}
	l := a.told
	l.known = found
	return l, nil
}

// remember tells the client what the books know of the account's answers, and keeps in them what it learns.
func (a *Account) remember(ctx context.Context, j *journal.Journal, account int64) error {
	ids, err := j.NewestOrders(ctx, account, knownIDs)
	if err != nil {
		return err
	}
	lacks, err := j.Lacks(ctx, account)
	if err != nil {
		return err
	}
	a.Panel.Knows(ids...)
	for _, form := range lacks {
		a.Panel.Lacks(form)
	}
	// Books that can't be written are told of elsewhere; the panel is asked once more then.
	a.Panel.Learned = func(form panel.Form) { _ = j.Lack(account, form) }
	return nil
}

// knownIDs is how many ids of its orders tell a client what an account's ids look like.
const knownIDs = 200

// identify finds out which account of the books this is. Of accounts that it may be, it is the one whose order the
// panel shows to its key.
func (a *Account) identify(ctx context.Context, j *journal.Journal) (known, error) {
	salt, err := j.Salt(ctx)
	if err != nil {
		return known{}, err
	}
	found, err := j.OpenAccount(ctx, a.Panel.Panel.URL, a.Name(), a.Panel.Fingerprint(salt))
	if err != nil {
		return known{}, err
	}
	if a.Apart && !found.Apart && found.Keys > 1 {
		return known{}, &Mistake{fmt.Errorf("panel %s has account = \"other\", but it was shown orders of the account "+
			"that is called %s, "+
			"so the books hold both as one; leave account out", a.Name(), found.Called)}
	}
	for _, other := range found.Maybe {
		// What a person said to be an account of its own is one with nothing but itself under another key.
		if other.Apart != (a.Apart || found.Apart) || other.Apart && other.Name != a.Name() {
			continue
		}
		same, err := a.is(ctx, other, other.Address == found.Address)
		if err == nil && same {
			same, err = j.Same(found.N, other.N)
		}
		if err != nil {
			return known{}, err
		}
		if same {
			return known{other.N, differs(other.Name, a.Name())}, nil
		}
	}
	if a.Apart && !found.Apart {
		err = j.Other(found.N)
	}
	return known{found.N, differs(found.Called, a.Name())}, err
}

// differs gives the name that was, where it is another than the one that is.
func differs(was, is string) string {
	if was == is {
		return ""
	}
	return was
}

// note tells that an account is known by another name; empty: it isn't.
func (o *opened) note() string {
	if o.called == "" {
		return ""
	}
	return fmt.Sprintf("panel %s is the account that the books know as %s", o.Name(), o.called)
}

// agrees tells whether an order was charged that. What nobody was told of it may be what it costs, rounded as panels do.
func agrees(order journal.Witness, charge decimal.Decimal) bool {
	if order.Charge.Valid {
		return charge.Equal(order.Charge.Decimal)
	}
	const cent = -2
	return order.Cost.Valid && charge.Sub(order.Cost.Decimal).Abs().LessThan(decimal.New(1, cent)) && !charge.IsZero()
}

// is tells whether the panel shows the orders of an account to another key, or at another address. There the charges
// must agree too: panels count their orders, so that others have orders of the same ids.
func (a *Account) is(ctx context.Context, other journal.Maybe, sameAddress bool) (bool, error) {
	agreed := false
	for _, order := range other.Orders {
		charge, shown, err := a.Panel.Shown(ctx, order.ID)
		switch {
		case err != nil:
			return false, err
		case sameAddress && shown:
			return true, nil
		case sameAddress:
			continue
		case !shown || !charge.Valid || !agrees(order, charge.Decimal):
			return false, nil
		}
		agreed = true
	}
	return agreed, nil
}
