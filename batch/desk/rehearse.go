package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Mirrored is what a rehearsal's panel is made like.
type Mirrored struct {
	Panel   panel.Panel
	Secret  string // the mirror's key, made for it
	Balance panel.Balance
	// Services are those of the catalogue, just fetched.
	Services []panel.Service
	Answers  time.Duration  // how long the panel took to answer
	Limit    *journal.Limit // what its answers taught of its limit; nil: nothing
}

// Rehearsal is a desk that works on a mirror of a panel: with a journal of its own, which is thrown away with it, and
// with no way to any other account. What it places is no order anywhere.
type Rehearsal struct {
	*Desk
	dir string
	end func() error // of the mirror
}

// Mirror starts a panel like another one inside this process: it gives its address, and what ends it.
type Mirror func(Mirrored) (address string, end func() error, err error)

// Rehearse makes the desk of a rehearsal on the account of that name; empty: the one that is meant. Its panel is asked
// for services and balance alone.
func (d *Desk) Rehearse(ctx context.Context, on string, mirror Mirror) (made *Rehearsal, err error) {
	meant, err := d.accountNamed(ctx, on)
	if err != nil {
		return nil, err
	}
	m := Mirrored{Panel: meant.Panel.Panel, Secret: rand.Text(), Limit: d.limitOf(ctx, meant.Name())}
	began := time.Now()
	if m.Balance, err = meant.Panel.Balance(ctx); err != nil {
		return nil, err
	}
	m.Answers = time.Since(began)
	catalogue, err := meant.Panel.Services(ctx)
	if err != nil {
		return nil, err
	}
	m.Services = catalogue.Services
	address, end, err := mirror(m)
	if err != nil {
		return nil, err
	}
	defer func() {
		if made == nil {
			err = errors.Join(err, end())
		}
	}()
	client, err := mirrorClient(m, address)
	if err != nil {
		return nil, err
	}
	only := &Account{Panel: client, AnyLink: meant.AnyLink, Rate: meant.Rate, Concurrency: meant.Concurrency}
	only.standing = newStanding(only.rate())
	accounts := &Accounts{Settings: d.Accounts.Now(), Only: only}
	r := &Rehearsal{Desk: New(accounts, d.By), end: end}
	if r.dir, err = os.MkdirTemp("", "bulkorder-rehearsal-"); err != nil {
		return nil, err
	}
	books, err := journal.Open(context.WithoutCancel(ctx), filepath.Join(r.dir, "journal.db"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(r.dir))
	}
	r.shelf.books = books
	return r, nil
}

// accountNamed opens the account of a name; without one the account that is meant.
func (d *Desk) accountNamed(ctx context.Context, name string) (*Account, error) {
	if name == "" {
		return d.Accounts.Meant(ctx)
	}
	return d.Accounts.Named(ctx, name)
}

// PrepareUpload reads a sheet that came by the page of another desk, without any tie to it.
func (r *Rehearsal) PrepareUpload(ctx context.Context, of *Desk, u Upload, word Word) (*Draft, error) {
	sheet, err := of.OpenUpload(u)
	if err != nil {
		return nil, err
	}
	defer sheet.Close()
	return r.Prepare(ctx, sheet, Preparing{Word: word, Path: u.Name, Off: u.Choices.off(sheet), Name: "rehearsal"})
}

// mirrorClient makes the client of a mirror. It has no address in books and workbooks, as the sandbox inside a process
// has none: what tells of it is passed over.
func mirrorClient(m Mirrored, address string) (*panel.Client, error) {
	p := m.Panel
	if !strings.HasPrefix(address, "http://127.0.0.1:") {
		return nil, fmt.Errorf("a rehearsal's panel is inside this process, not at %s", address)
	}
	p.URL, p.Exclusive = address, panel.Alone
	client, err := panel.New(p, panel.NewKey(m.Secret), nil)
	if err == nil {
		client.Panel.URL = ""
	}
	return client, err
}

// limitOf is what the books know of a panel's limit; nil: nothing, or there are no books.
func (d *Desk) limitOf(ctx context.Context, name string) *journal.Limit {
	path, err := d.JournalPath()
	if err != nil || !mayExist(path.Text) {
		return nil
	}
	j, err := d.Journal(ctx)
	if err != nil {
		return nil
	}
	all, err := j.Limits(ctx)
	if i := slices.IndexFunc(all, func(l journal.FoundLimit) bool { return l.Account == name }); err == nil && i >= 0 {
		return &all[i].Limit
	}
	return nil
}

// End throws the rehearsal's journal away.
func (r *Rehearsal) End() error { return errors.Join(r.Desk.Close(), os.RemoveAll(r.dir), r.end()) }
