// Package desk is the application: what the program does, each verb once, for every face that it has. Options go
// in, values and events come out; it knows no flags, no terminal and no JSON.
//
// A sheet goes through [Desk.OpenSheet], [Desk.Prepare], [Desk.Offer] and [Desk.Place]; a batch of the journal through
// [Desk.Resume], [Desk.Refresh], [Desk.Settle], [Desk.Decide], [Desk.Request]. Which account, address and key is meant
// is decided by [Accounts] alone. All of it may be called by many goroutines at once.
package desk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
	"bulkorder/batch/settle"
	"bulkorder/parse"
)

// Desk is the application.
type Desk struct {
	Accounts *Accounts
	By       string       // who works, for the books
	Log      *slog.Logger // of every request; nil: none is told

	// CheckResults fails where results can't be written as is wanted, of a sheet with these columns; nil: they can.
	CheckResults func(columns []string, r Results) error
	// WriteResults writes the results of a batch to r.Path and gives where they are; nil: none are written.
	WriteResults func(ctx context.Context, j *journal.Journal, b journal.Batch, r Results) (path string, err error)
	// ReadResults walks the orders that a results workbook tells of; an error says why it can't be read. nil: none are.
	ReadResults func(path string) iter.Seq2[journal.Outside, error]
	// Notice tells somebody who isn't watching; nil: nobody.
	Notice func(ctx context.Context, n Notice) error

	// Busy is told what takes its time now, and calls what it gives when that is done; nil: nobody waits.
	Busy func(what string) (done func())
	// Tell tells a person what is about no batch; nil: nobody.
	Tell func(note string)

	shelf *shelf // of all desks of one journal
}

// shelf holds a journal.
type shelf struct {
	mu    sync.Mutex
	books *journal.Journal // nil: not open
}

// Results says where the results of a batch are written, and how.
type Results struct {
	Path    string // empty: where they were, or beside the sheet
	GroupBy string // the column that the spending is told by; empty: Client or Campaign
}

// Notice is what somebody is told of a batch.
type Notice struct {
	Batch  journal.Batch
	Totals journal.Totals
	End    batch.End
	Final  bool // no status changes any more; otherwise a run ended
}

// Word is a person's word about the rows of a batch.
type Word struct {
	MaxSpend        decimal.NullDecimal // not valid: what the batch has, or no cap
	AllowDuplicates bool
	AllowRepeat     bool
	AcceptPrice     bool         // of services that became dearer
	Accept          []string     // warnings, by the names of [parse.Warnings]
	Release         []parse.Line // rows that are held, by their numbers in the sheet; of a batch alone
}

// Sending says how rows are sent.
type Sending struct {
	Word
	Limit    int           // rows to send as a pilot; 0: all
	Alone    bool          // the rows that the word releases by their numbers are sent, and no others
	Settle   bool          // wait for late orders at the end, and settle the rows in doubt
	Late     time.Duration // of [settle.Settler]
	Said     time.Time     // when the word was said, which covers no order that is younger; zero: now
	Detach   bool          // a worker sends them: here they are only put into the books
	Afresh   bool          // a person was asked meanwhile: catalogue and balance are fetched again first
	Results  Results
	Progress func(batch.Progress) // nil: nobody watches

	after     time.Time // a pilot's rows are those that were sent after it
	only      []int64   // rows that are sent, and no others; nil: all
	unwatched bool      // a worker sends them: nobody is told of an end after which they are tried again
}

// Outcome is how a batch stands after something was done with it.
type Outcome struct {
	Batch  journal.Batch
	Totals journal.Totals
	End    batch.End
	Notes  []string // what could not be asked or told afterwards

	Settlement settle.Settlement // where rows in doubt were settled
	Twice      string            // which rows may have been ordered twice, by the sum of the look; empty: none
	// what left the balance of an account on which nobody else is said to order, and that no order and no row in doubt
	// explains; empty: nothing
	Unexplained string
}

// Mistake is something that a person said, on the command line, in the environment or in the configuration, and that
// can't be.
type Mistake struct{ Err error }

func (m *Mistake) Error() string { return m.Err.Error() }

func (m *Mistake) Unwrap() error { return m.Err }

var (
	// ErrStrict: the sheet has problems, and nothing was sent because that was asked for.
	ErrStrict = errors.New("not every row is valid, and --strict sends nothing then")
	// ErrNoPanel: nothing says to which panel any row goes.
	ErrNoPanel = errors.New(
		"no row names a panel that is known, and none is given by --panel or --url; nothing was sent",
	)
	// ErrCurrencies: a cap is one amount, and the batch's panels charge in several currencies.
	ErrCurrencies = errors.New("the panels of this batch charge in different currencies, so there can be no cap; " +
		"leave --max-spend out, or put each panel's rows into a sheet of their own")
)

// New makes the application.
func New(accounts *Accounts, by string) *Desk {
	d := &Desk{Accounts: accounts, By: by, shelf: &shelf{}}
	accounts.Accepted = d.accepted
	return d
}

// As is the desk for another person: the same accounts and the same journal, and what is done at it is theirs in the
// books.
func (d *Desk) As(by string) *Desk {
	theirs := *d
	theirs.By = by
	return &theirs
}

// accepted tells whether the books say that a panel accepted a key.
func (d *Desk) accepted(ctx context.Context, client *panel.Client) (bool, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return false, err
	}
	salt, err := j.Salt(ctx)
	if err != nil {
		return false, err
	}
	return j.Accepted(ctx, client.Panel.URL, client.Panel.Name, client.Fingerprint(salt))
}

// JournalPath is where the journal is, or would be, and where that was said. An address may have a password in it: only
// [journal.PlaceOf] it is shown.
func (d *Desk) JournalPath() (settings.Value, error) {
	if path := d.Accounts.Now().Of("journal"); path.Text != "" {
		return path, nil
	}
	dir, err := settings.StateDir()
	return settings.Value{Text: filepath.Join(dir, "journal.db"), From: "default"}, err
}

// busy says what takes its time until done is called.
func (d *Desk) busy(format string, args ...any) (done func()) {
	if d.Busy == nil {
		return func() {}
	}
	return d.Busy(fmt.Sprintf(format, args...))
}

// Journal opens the journal, once, and makes it where there is none. It stays open until [Desk.Close].
func (d *Desk) Journal(ctx context.Context) (*journal.Journal, error) {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	if d.shelf.books != nil {
		return d.shelf.books, nil
	}
	path, err := d.JournalPath()
	if err != nil {
		return nil, err
	}
	defer d.busy("opening the journal %s", journal.PlaceOf(path.Text))()
	d.shelf.books, err = journal.OpenBooks(context.WithoutCancel(ctx), path.Text, settings.StateDir)
	if err != nil || d.Tell == nil {
		return d.shelf.books, err
	}
	for _, note := range d.shelf.books.Upgraded {
		d.Tell(note)
	}
	return d.shelf.books, nil
}

func (d *Desk) isOpen() bool {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	return d.shelf.books != nil
}

// Use takes a journal that is open. Who opened it closes it, after the desk's last call.
func (d *Desk) Use(j *journal.Journal) {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	d.shelf.books = j
}

// Close closes the journal and the connections of the accounts.
func (d *Desk) Close() error {
	d.Accounts.close()
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	if d.shelf.books == nil {
		return nil
	}
	err := d.shelf.books.Close()
	d.shelf.books = nil
	return err
}

// Find looks a batch up in the journal; an empty name is the last one.
func (d *Desk) Find(ctx context.Context, name string) (journal.Batch, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return journal.Batch{}, err
	}
	return j.Batch(ctx, name)
}

// holder says who this process is, for others that want the batch.
func (d *Desk) holder() journal.Holder {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	return journal.Holder{PID: os.Getpid(), Host: host, User: d.By, Since: time.Now()}
}
