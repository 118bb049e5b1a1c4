package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// Account is one panel of a batch's rows, and the account there.
type Account struct {
	N             int64 // the account's number in the books; 0: not known yet
	Panel         string
	URL           string
	Currency      string
	BalanceBefore decimal.NullDecimal // before the batch's first run; not valid: not known
	BalanceAfter  decimal.NullDecimal
}

// Accounts lists the panels of the batch's rows, its own one first.
func (b Batch) Accounts() []Account {
	own := Account{
		N:             b.account,
		Panel:         b.Panel,
		URL:           b.URL,
		Currency:      b.Currency,
		BalanceBefore: b.BalanceBefore,
		BalanceAfter:  b.BalanceAfter,
	}
	return append([]Account{own}, b.Others...)
}

// AccountOn gives the number of the account on one of the batch's panels; 0: the batch has no such panel.
func (b Batch) AccountOn(panel string) int64 {
	for _, a := range b.Accounts() {
		if a.Panel == panel {
			return a.N
		}
	}
	return 0
}

// OneCurrency tells whether amounts of the batch's panels can be added up: not where one doesn't tell its currency.
func (b Batch) OneCurrency() bool {
	for _, a := range b.Others {
		if a.Currency == "" || b.Currency == "" || !panel.SameCurrency(a.Currency, b.Currency) {
			return false
		}
	}
	return true
}

// Known is an account as the books know it: an address, and the keys that it accepted.
type Known struct {
	N       int64
	Address string // as [panel.NormalAddress] gives it
	Name    string // as it is called now
	Called  string // as it was called when it was made
	New     bool   // this call made it
	Maybe   []Maybe
	Apart   bool // a person said that it is an account of its own
	Keys    int  // that it accepted, at whatever addresses
}

// Maybe is an account that may be the same as another: it has the same address and another key, or the same key
// and another address, and nobody has shown or said which it is. Repeats count over both meanwhile.
type Maybe struct {
	N       int64
	Address string
	Name    string
	Apart   bool // a person said that it is an account of its own
	Orders  []Witness
}

// Witness is an order of an account: another account that is shown it is the same.
type Witness struct {
	ID     string
	Charge decimal.NullDecimal // as the panel told it last
	Cost   decimal.NullDecimal // what it should have been
}

// sandboxAddress is the address of the panel inside the process, whose port is another one each time.
const sandboxAddress = "inside:"

// accountAddress is the address that an account is known by.
func accountAddress(url, name string) string {
	if url == "" {
		return sandboxAddress + name
	}
	return panel.NormalAddress(url)
}

// OpenAccount finds the account that accepted this key at this address, or makes it. Whoever calls it has seen the
// panel accept the key. name is what the person calls it now.
func (j *Journal) OpenAccount(ctx context.Context, url, name, fingerprint string) (Known, error) {
	k := Known{Address: accountAddress(url, name), Name: name}
	found, err := j.accountOf(ctx, k.Address, fingerprint)
	if err != nil {
		return k, err
	}
	k.Called = name
	if k.N = found; k.N != 0 {
		err = j.read.QueryRowContext(ctx, `SELECT name FROM accounts WHERE n = $1`, k.N).Scan(&k.Called)
		if err != nil {
			return k, fmt.Errorf("reading the journal: %w", err)
		}
	} else {
		k.New = true
		if err := j.do(func(ctx context.Context, t *statements) error {
			return addAccount(ctx, t, &k,
				fingerprint)
		}); err != nil {
			return k, fmt.Errorf("opening the account: %w", err)
		}
	}
	err = j.read.QueryRowContext(ctx,
		`SELECT apart, (SELECT count(*) FROM account_keys WHERE account = n) FROM accounts WHERE n = $1`,
		k.N).Scan(&k.Apart, &k.Keys)
	if err != nil {
		return k, fmt.Errorf("reading the journal: %w", err)
	}
	k.Maybe, err = j.maybe(ctx, k, fingerprint)
	return k, err
}

func (j *Journal) accountOf(ctx context.Context, address, fingerprint string) (n int64, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT account FROM account_keys WHERE address = $1 AND fingerprint = $2`,
		address, fingerprint).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("reading the journal: %w", err)
	}
	return n, nil
}

// addAccount makes an account of the kin of all that have its address or its key.
func addAccount(ctx context.Context, t *statements, k *Known, fingerprint string) error {
	// Another process may have made it since it was looked for.
	err := t.QueryRowContext(ctx, `SELECT account FROM account_keys WHERE address = $1 AND fingerprint = $2`,
		k.Address, fingerprint).Scan(&k.N)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	err = t.queryRow(ctx, `INSERT INTO accounts (address, name, kin) VALUES ($1, $2, 0) RETURNING n`, &k.N, k.Address,
		k.Name)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO account_keys (address, fingerprint, account, accepted_at) VALUES ($1, $2, $3, $4)`,
		k.Address, fingerprint, k.N, toMillis(time.Now()))
	if err != nil {
		return err
	}
	const related = `SELECT kin FROM accounts WHERE n <> $1 AND NOT apart AND same_as = 0 AND (address = $2
		OR n IN (SELECT account FROM account_keys WHERE fingerprint = $3))`
	if _, err = t.exec(ctx, `UPDATE accounts SET kin = $1 WHERE kin IN (`+related+`)`, k.N, k.Address,
		fingerprint); err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE accounts SET kin = $1 WHERE n = $2`, k.N, k.N)
	return err
}

// Same notes that two accounts are one: the panel showed an order of the older one to the key of the newer. All that
// is the newer's becomes the older's. Where both have an order of the same id they can't be one: that is kept instead,
// and same is false.
func (j *Journal) Same(newer, older int64) (same bool, err error) {
	err = j.do(func(ctx context.Context, t *statements) error {
		var both int
		if err := t.QueryRowContext(ctx,
			`SELECT count(*) FROM rows a JOIN rows b ON b.account = $1 AND b.order_key = a.order_key AND b.order_id IS NOT NULL
			WHERE a.account = $2 AND a.order_id IS NOT NULL`, older, newer).Scan(&both); err != nil {
			return err
		}
		if both > 0 {
			return standApart(ctx, t, newer)
		}
		same = true
		for _, q := range []string{
			`UPDATE rows SET account = $2 WHERE account = $1`,
			`UPDATE panels SET account = $2 WHERE account = $1`,
			`UPDATE account_keys SET account = $2 WHERE account = $1`,
			`UPDATE accounts SET (paused_at, paused_by) = (SELECT paused_at, paused_by FROM accounts WHERE n = $1)
				WHERE n = $2 AND paused_at = 0`,
			// Another process may have the newer one at hand.
			`UPDATE accounts SET same_as = $2, kin = (SELECT kin FROM accounts WHERE n = $2),
				apart = (SELECT apart FROM accounts WHERE n = $2) WHERE n = $1 AND n <> $2`,
			`DELETE FROM sightings WHERE account = $2 AND account <> $1 AND order_id IN (SELECT order_id FROM sightings
				WHERE account = $1)`,
			`UPDATE sightings SET account = $2 WHERE account = $1`,
			// What was compared with the balance were the orders of one of them alone.
			`DELETE FROM moments WHERE account IN ($1, $2)`,
		} {
			if _, err := t.exec(ctx, q, newer, older); err != nil {
				return err
			}
		}
		return nil
	})
	return same && err == nil, err
}

func standApart(ctx context.Context, t *statements, n int64) error {
	_, err := t.exec(ctx, `UPDATE accounts SET apart = true, kin = -n WHERE n = $1`, n)
	return err
}

// SendOn notes on which account the rows of a batch on a panel are sent from now on. Those that were sent stay where
// they are.
func (j *Journal) SendOn(b Batch, panel string, account int64) error {
	return j.doIn(b, func(ctx context.Context, t *statements) error {
		const today = `SELECT CASE WHEN same_as > 0 THEN same_as ELSE n END FROM accounts WHERE n = $1`
		if err := t.QueryRowContext(ctx, today, account).Scan(&account); err != nil &&
			!errors.Is(err, sql.ErrNoRows) {
			return err
		}
		changed, err := t.exec(ctx, `UPDATE panels SET account = $3, sent_on = $3
			WHERE batch = $1 AND panel = $2 AND (account <> $3 OR sent_on <> $3)`, b.n, panel, account)
		if err != nil || changed == 0 {
			return err
		}
		_, err = t.exec(ctx, `UPDATE rows SET account = $3 WHERE batch = $1 AND panel = $2 AND account <> $3
			AND state NOT IN ('sending', 'placed', 'in_doubt')`, b.n, panel, account)
		return err
	})
}

// Other notes a person's word that an account is none of those that it might be.
func (j *Journal) Other(n int64) error {
	return j.do(func(ctx context.Context, t *statements) error { return standApart(ctx, t, n) })
}

// Accepted tells whether an address accepted this key before: then it may be sent there again.
func (j *Journal) Accepted(ctx context.Context, url, name, fingerprint string) (bool, error) {
	n, err := j.accountOf(ctx, accountAddress(url, name), fingerprint)
	return n > 0, err
}

// Salt is what the fingerprints of keys in these books are made with.
func (j *Journal) Salt(ctx context.Context) (salt string, err error) {
	if err = j.read.QueryRowContext(ctx, `SELECT salt FROM book`).Scan(&salt); err != nil {
		return "", fmt.Errorf("reading the journal: %w", err)
	}
	return salt, nil
}

// Service is a service that a batch uses, as it stood when its price was approved.
type Service struct {
	Panel string
	panel.Service
}

// Services gives the services of a batch as they stood when their prices were approved, by panel and id.
func (j *Journal) Services(ctx context.Context, b Batch) ([]Service, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT panel, id, name, type, category, rate, min, max, refill, cancel FROM services
		WHERE batch = $1 ORDER BY panel <> $2, panel, id`,
		b.n,
		b.Panel,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(s *Service) []any {
		return []any{&s.Panel, &s.ID, &s.Name, &s.Type, &s.Category, &s.Rate, &s.Min, &s.Max, &s.Refill, &s.Cancel}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

// others reads the further panels of all batches.
func (j *Journal) others(ctx context.Context) (map[int64][]Account, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT batch, account, panel, url, currency, balance_before, balance_after FROM panels
		WHERE position > 0 ORDER BY batch, position`,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type other struct {
		batch int64
		Account
	}
	found, err := scanAll(rows, func(o *other) []any {
		return []any{&o.batch, &o.N, &o.Panel, &o.URL, &o.Currency, &o.BalanceBefore, &o.BalanceAfter}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all := map[int64][]Account{}
	for _, o := range found {
		all[o.batch] = append(all[o.batch], o.Account)
	}
	return all, nil
}

// Run is what a run notes about its batch as a whole; zero fields are left as they are.
type Run struct {
	Started, Ended time.Time
	By             string
	Panel          string // whose currency and balances these are; empty: the batch's own
	Currency       string
	BalanceBefore  decimal.NullDecimal // kept from the batch's first run
	BalanceAfter   decimal.NullDecimal
	MaxSpend       decimal.NullDecimal
	Workbook       string
	WorkbookOn     string // the machine that it is on
	Written        int64  // the batch's revision that the workbook shows
	Shown          string // how its file is known
}

// Note stores what a run says of its batch. A run that begins has something new to show where a row may leave, and so
// has a batch whose results go elsewhere. The balance after a run isn't known before it is asked.
func (j *Journal) Note(b Batch, r Run) error {
	started := toMillis(r.Started)
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(
			ctx,
			`UPDATE panels SET currency = coalesce(nullif($1, ''), currency), balance_before = coalesce(balance_before, $2),
				balance_after = coalesce($3, CASE WHEN CAST($6 AS BIGINT) > 0 THEN NULL ELSE balance_after END)
				WHERE batch = $4 AND panel = coalesce(nullif($5, ''), (SELECT panel FROM panels WHERE batch = $4
				AND position = 0))`,
			r.Currency,
			r.BalanceBefore,
			r.BalanceAfter,
			b.n,
			r.Panel,
			started,
		)
		if err != nil {
			return err
		}
		_, err = t.exec(
			ctx,
			`UPDATE batches SET
			started_at = CASE WHEN started_at > CAST($1 AS BIGINT) THEN started_at ELSE $1 END,
			ended_at = CASE WHEN ended_at > CAST($2 AS BIGINT) THEN ended_at ELSE $2 END,
			created_by = coalesce(nullif($3, ''), created_by),
			max_spend = coalesce($4, max_spend), workbook = coalesce(nullif($5, ''), workbook),
			workbook_on = CASE $5 WHEN '' THEN workbook_on ELSE $9 END,
			written = coalesce(nullif(CAST($6 AS BIGINT), 0), written), shown = CASE $6 WHEN 0 THEN shown ELSE $7 END,
			revision = revision + CASE WHEN $1 > 0 AND (`+waitsToLeave+`) OR $6 = 0 AND $5 <> '' AND $5 <> workbook
				THEN 1 ELSE 0 END
			WHERE n = $8`,
			started, toMillis(r.Ended), r.By, r.MaxSpend, r.Workbook, r.Written, r.Shown, b.n, r.WorkbookOn,
		)
		return err
	})
}

// waitsToLeave tells whether a row of a batch waits to be sent, or may come to do so when it is looked at.
const waitsToLeave = `EXISTS (SELECT 1 FROM rows WHERE batch = batches.n AND state = 'queued')
	OR EXISTS (SELECT 1 FROM rows INDEXED BY rows_unsettled WHERE state IN ('sending', 'in_doubt') AND batch = batches.n)`
