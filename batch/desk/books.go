package desk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/batch/settle"
)

// Books is how the journal stands, compared with its accounts and with results workbooks where it isn't the newest.
type Books struct {
	Findings  []Finding
	Behind    bool    // it isn't the newest: nothing is sent from it
	Damaged   bool    // it can't be gone on with
	doubtful  []int64 // accounts that have orders which the books don't know, or that can't be compared
	workbooks []string
}

// Sound tells whether the journal can be worked with.
func (b Books) Sound() bool { return !b.Behind && !b.Damaged }

// CheckJournal looks whether the journal is sound, and whether it is the newest. Where it isn't, it is compared with
// its accounts, which are asked for services, balance and statuses, and with results workbooks.
func (d *Desk) CheckJournal(ctx context.Context) (Books, error) {
	c := &comparison{checkup: checkup{Desk: d, settings: d.Accounts.Now(), compared: true}}
	path, err := d.JournalPath()
	if err != nil {
		return c.Books, err
	}
	c.checkup.books(ctx, path.Text)
	for _, f := range c.findings {
		c.Damaged = c.Damaged || f.Health == Broken
	}
	if !c.Damaged && mayExist(path.Text) {
		err = c.compare(ctx)
	}
	c.Findings = c.findings
	return c.Books, errors.Join(err, ctx.Err())
}

// comparison is one call of CheckJournal.
type comparison struct {
	checkup
	Books
	journal *journal.Journal
}

func (c *comparison) compare(ctx context.Context) (err error) {
	if c.journal, err = c.Journal(ctx); err != nil {
		return err
	}
	behind := c.journal.Behind()
	if behind == nil {
		c.ok("mark", "these books are the newest")
		return nil
	}
	c.Behind = true
	c.ill(Broken, "mark", behind.Words, "put the newest journal back where you have it; otherwise read on")
	accounts, err := c.journal.Homes(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if err := c.account(ctx, a); err != nil {
			return err
		}
	}
	if err := c.told(ctx); err != nil {
		return err
	}
	c.next()
	return nil
}

// account compares the books with an account.
func (c *comparison) account(ctx context.Context, home journal.Account) error {
	name := "account " + home.Panel
	doubt := func(found, do string) {
		c.doubtful = append(c.doubtful, home.N)
		c.ill(Broken, name, found, do)
	}
	a, err := c.Accounts.OfBatch(ctx, journal.Batch{}, home)
	var now look
	if err == nil {
		now, err = a.prove(ctx, recent, c.journal)
	}
	if err != nil {
		doubt("it could not be asked: "+err.Error(), "its rows are held until you release them")
		return ctx.Err()
	}
	highest, err := c.journal.HighestOrder(ctx, home.N)
	if err != nil {
		return err
	}
	balance := balanceWords(home, now.balance.Amount)
	if highest == 0 {
		doubt("these books know no order of it by a number, so newer ones can't be looked for; "+balance,
			"look at the panel's page of orders")
		return nil
	}
	apart, err := c.journal.OrdersApart(ctx, home.N)
	if err != nil {
		return err
	}
	newer, more, err := settle.OrdersAbove(ctx, a.Panel, a.calls, highest)
	none := fmt.Sprintf("of the %d ids above %d, the highest that these books know, none is an order of it; %s",
		settle.Patience, highest, balance)
	switch then := lastBalance(home); {
	case err != nil:
		doubt("its orders could not be looked for: "+err.Error(), "try again")
	case len(newer) > 0:
		doubt(fmt.Sprintf("these books know its orders up to %d, and it has %s above: %s; %s",
			highest, atLeast(len(newer), more), orderWords(newer), balance),
			"they are of rows that these books show as unsent, or of sheets that they don't know; "+
				"compare them with the panel's page of orders")
	case more:
		doubt(none+"; the panel doesn't tell of more in so many calls", "look at the panel's page of orders")
	case !then.Valid:
		doubt(none+", and these books don't know what it was", "look at the panel's page of orders")
	case !then.Decimal.Equal(now.balance.Amount):
		doubt(none, "look at the panel's page of orders for what moved the balance")
	case apart >= settle.Patience:
		doubt(fmt.Sprintf("%s; its orders are up to %d ids apart, so a newer one may be further away", none, apart),
			"look at the panel's page of orders")
	default:
		c.ok(name, none)
	}
	return ctx.Err()
}

// lastBalance is what the books knew last.
func lastBalance(a journal.Account) decimal.NullDecimal {
	if a.BalanceAfter.Valid {
		return a.BalanceAfter
	}
	return a.BalanceBefore
}

func balanceWords(a journal.Account, now decimal.Decimal) string {
	then := lastBalance(a)
	if !then.Valid {
		return fmt.Sprintf("its balance is %s %s", now, a.Currency)
	}
	return fmt.Sprintf("its balance is %s, and was %s %s when these books last saw it", now, then.Decimal, a.Currency)
}

func atLeast(n int, more bool) string {
	words := fmt.Sprintf("%d orders", n)
	if n == 1 {
		words = "1 order"
	}
	if more {
		words = "at least " + words
	}
	return words
}

// namedOrders is how many orders are told one by one.
const namedOrders = 10

func orderWords(all []settle.NewOrder) string {
	var words []string
	for _, o := range all[:min(len(all), namedOrders)] {
		charge := ""
		if o.Charge.Valid {
			charge = o.Charge.Decimal.String() + ", "
		}
		words = append(words, fmt.Sprintf("%s (%s%s)", o.ID, charge, o.Status.Status))
	}
	if len(all) > namedOrders {
		words = append(words, "…", all[len(all)-1].ID)
	}
	return strings.Join(words, ", ")
}

// told compares the books with the results workbooks that they wrote, and with those that lie beside.
func (c *comparison) told(ctx context.Context) (err error) {
	if c.ReadResults == nil {
		return nil
	}
	if c.workbooks, err = c.results(ctx); err != nil {
		return err
	}
	var silent []Finding
	unknown, err := c.journal.CompareOutside(ctx, c.orders(c.workbooks, func(path string, err error) {
		silent = append(silent, Finding{Name: "workbook " + filepath.Base(path), Health: Warned,
			Found: "it could not be read: " + err.Error(), Do: "look at it yourself"})
	}), false, time.Now())
	if err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(unknown.Files)) {
		ids := unknown.Files[file]
		c.ill(Broken, "workbook "+file, fmt.Sprintf("it tells of %s that these books don't know: %s",
			atLeast(len(ids), false), strings.Join(slices.DeleteFunc(slices.Clone(ids[:min(len(ids), namedOrders)]),
				func(id string) bool { return id == "" }), ", ")),
			"leave it where it is: rows of a sheet beside it are held for it")
	}
	c.findings = append(c.findings, silent...)
	return nil
}

// orders walks what workbooks tell; silent is called for those that can't be read.
func (d *Desk) orders(paths []string, silent func(path string, err error)) iter.Seq2[journal.Outside, error] {
	return func(yield func(journal.Outside, error) bool) {
		for _, path := range paths {
			for o, err := range d.ReadResults(path) {
				if err != nil {
					silent(path, err)
					break
				}
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}

// results lists the results workbooks that batches name, and those in the same folders and beside the sheets.
func (c *comparison) results(ctx context.Context) ([]string, error) {
	batches, err := c.journal.Batches(ctx)
	if err != nil {
		return nil, err
	}
	found, dirs := map[string]bool{}, map[string]bool{}
	for _, b := range batches {
		for _, path := range []string{b.Workbook, b.Sheet} {
			if path == "" || path == "-" {
				continue
			}
			if whole, err := filepath.Abs(path); err == nil {
				dirs[filepath.Dir(whole)] = true
			}
		}
		if strings.EqualFold(filepath.Ext(b.Workbook), ".xlsx") && fileExists(b.Workbook) {
			found[b.Workbook] = true
		}
	}
	for dir := range dirs {
		entries, _ := os.ReadDir(dir) // a folder that is gone has no workbooks
		for _, e := range entries {
			if isResults(e.Name(), "") {
				found[filepath.Join(dir, e.Name())] = true
			}
		}
	}
	all := slices.Sorted(maps.Keys(found))
	if len(all) > mostWorkbooks {
		c.warn("workbooks", fmt.Sprintf("there are %d; %d were looked at", len(all), mostWorkbooks), "")
		all = all[:mostWorkbooks]
	}
	return all, nil
}

// next says what to do.
func (c *comparison) next() {
	do := "`bulkorder journal check --accept` goes on with these books"
	if len(c.doubtful) > 0 {
		do += "; rows that may have been ordered since are held then, and `bulkorder resume BATCH --allow-repeat` " +
			"sends them; " +
			"a sheet that these books don't know is ordered again when it is run, unless its results workbook lies beside it"
	}
	c.warn("what to do", "nothing is sent from these books before a person says so", do)
}

// AcceptJournal is a person's word that the journal is to be used as it was found. Rows that may have been ordered
// since it was copied are held; it gives how many.
func (d *Desk) AcceptJournal(ctx context.Context, found Books) (held int, err error) {
	j, err := d.Journal(ctx)
	if err != nil || !found.Behind {
		return 0, err
	}
	if d.ReadResults != nil {
		unknown, err := j.CompareOutside(ctx, d.orders(found.workbooks, func(string, error) {}), true, time.Now())
		if err != nil {
			return 0, err
		}
		held += unknown.Held
	}
	n, err := j.HoldForgotten(found.doubtful)
	if err != nil {
		return held, err
	}
	return held + n, j.TrustCopy()
}

// BackupJournal copies the journal soundly to a new file, and gives how many changes the copy has seen.
func (d *Desk) BackupJournal(ctx context.Context, path string) (int64, error) {
	from, err := d.JournalPath()
	if err != nil {
		return 0, err
	}
	if journal.IsPostgres(from.Text) {
		return 0, &Mistake{fmt.Errorf("the journal is the database %[1]s: `pg_dump` copies it soundly, also while it is "+
			"worked on, such as pg_dump --format=custom --file=%[2]s; once it is put back, `bulkorder journal check` compares it with "+
			"the accounts before anything is sent from it", journal.PlaceOf(from.Text),
			filepath.Base(path))}
	}
	if !fileExists(from.Text) {
		return 0, &Mistake{fmt.Errorf("there is no journal at %s", from.Text)}
	}
	j, err := d.Journal(ctx)
	if err != nil {
		return 0, err
	}
	return j.Backup(ctx, path)
}

// CopyJournal copies a journal into another one that is empty, and that is the journal from then on. A [*Mistake]:
// there is none to copy.
func (d *Desk) CopyJournal(ctx context.Context, from, to string) (journal.Copied, error) {
	if !mayExist(from) {
		return journal.Copied{}, &Mistake{fmt.Errorf("there is no journal at %s", from)}
	}
	old, err := journal.OpenBooks(ctx, from, settings.StateDir)
	if err != nil {
		return journal.Copied{}, err
	}
	made, err := journal.OpenBooks(ctx, to, settings.StateDir)
	if err != nil {
		return journal.Copied{}, errors.Join(err, old.Close())
	}
	done, err := old.CopyTo(ctx, made)
	return done, errors.Join(err, old.Close(), made.Close())
}
