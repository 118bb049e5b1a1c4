package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// connect makes the client of the panel that is meant, and starts the sandbox where that is it. as names
// the panel of a batch, whatever the address; empty: what the name and address say.
func (a *app) connect(
	ctx context.Context,
	name, address, as string,
	use keyUse,
) (*panel.Client, settings.Panel, error) {
	p, own, err := a.config.Resolve(name, address)
	if err != nil {
		return nil, own, usageError{err}
	}
	p.Name = cmp.Or(as, p.Name)
	inside := p.Name == settings.Sandbox && p.URL == ""
	if inside {
		if p.URL, err = a.startSandbox(ctx); err != nil {
			return nil, own, err
		}
	}
	key := panel.NewKey("sandbox")
	if !inside {
		if key, err = a.panelKey(ctx, p.Name, own, use); err != nil {
			return nil, own, usageError{err}
		}
	}
	client, err := panel.New(p, key, nil)
	if err != nil {
		return nil, own, usageError{err}
	}
	if inside {
		client.Panel.URL = "" // another one each time
	}
	if timeout := cmp.Or(a.flags.timeout, own.Timeout, a.config.Timeout); timeout != "" {
		if client.Timeout, err = time.ParseDuration(timeout); err != nil || client.Timeout <= 0 {
			return nil, own, usageError{fmt.Errorf("--timeout %q is no time; write it like 150s", timeout)}
		}
	}
	return client, own, nil
}

// keyUse says what BULKORDER_KEY, which names no panel, is good for. It must not reach a panel that a sheet or
// the journal names and the person doesn't.
type keyUse int

const (
	anyKey   keyUse = iota // the person named this panel
	ownFirst               // where the panel has no key of its own
	ownKey                 // nothing
)

func (a *app) panelKey(ctx context.Context, name string, own settings.Panel, use keyUse) (panel.Key, error) {
	if use == anyKey {
		return settings.Key(ctx, name, own, a.environ)
	}
	key, err := settings.Key(ctx, name, own, func(variable string) string {
		if variable == settings.AnyKey {
			return ""
		}
		return a.environ(variable)
	})
	switch {
	case err == nil || a.environ(settings.AnyKey) == "":
		return key, err
	case use == ownFirst:
		return settings.Key(ctx, name, own, a.environ)
	}
	return key, fmt.Errorf(
		"%w; %s counts for the panel alone that the command line or the configuration names",
		err,
		settings.AnyKey,
	)
}

// account makes the account of a panel that is connected, with the rate that is meant for it.
func (a *app) account(client *panel.Client, own settings.Panel) (desk.Account, error) {
	if a.paces == nil {
		a.paces = map[string]*batch.Pace{}
	}
	c := desk.Account{
		Panel:       client,
		AnyLink:     own.AnyLink,
		Concurrency: cmp.Or(a.flags.concurrency, own.Concurrency, a.config.Concurrency),
	}
	if c.Concurrency < 0 {
		return c, usageError{errors.New("--concurrency can't be below 0")}
	}
	if rate := cmp.Or(a.flags.rate, own.Rate, a.config.Rate); rate != "" {
		var err error
		if c.Rate, err = batch.ParseRate(rate); err != nil {
			return c, usageError{fmt.Errorf("--rate: %w", err)}
		}
	}
	if c.Calls = a.paces[client.Panel.Name]; c.Calls == nil {
		c.Calls = batch.NewPace(cmp.Or(c.Rate, batch.DefaultRate()))
		a.paces[client.Panel.Name] = c.Calls
	}
	return c, nil
}

// sheetAccount opens the panel that is meant for a sheet's rows. Where none is, and the sheet has a column for
// it, each row must name its own.
func (a *app) sheetAccount(ctx context.Context, sheet *parse.Sheet) (desk.Account, error) {
	named := slices.ContainsFunc(sheet.Columns, func(c parse.Column) bool { return c.Field == "panel" })
	if named && cmp.Or(a.flags.panel, a.flags.url, a.config.Panel) == "" {
		return desk.Account{}, nil
	}
	client, own, err := a.connect(ctx, a.flags.panel, a.flags.url, "", anyKey)
	if err != nil {
		return desk.Account{}, err
	}
	return a.account(client, own)
}

// opener opens the panels that rows name. Those that the batch has go on at the address that they had.
func (a *app) opener(b journal.Batch) func(context.Context, string) (desk.Account, error) {
	opened := map[string]desk.Account{}
	return func(ctx context.Context, name string) (desk.Account, error) {
		names, address := a.config.Names(), ""
		for _, other := range b.Others {
			if strings.EqualFold(other.Panel, name) {
				names, address = []string{other.Panel}, other.URL
			}
		}
		i := slices.Index(names, name)
		if i < 0 { // no two of them differ in case alone
			i = slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
		}
		if i < 0 {
			return desk.Account{}, &batch.UnknownPanel{Name: name, Known: names}
		}
		if known, is := opened[names[i]]; is {
			return known, nil
		}
		client, own, err := a.connect(ctx, names[i], address, "", ownKey)
		if err != nil {
			return desk.Account{}, err
		}
		account, err := a.account(client, own)
		if err == nil {
			opened[names[i]] = account
		}
		return account, err
	}
}

// startSandbox runs the sample panel inside this process; its orders live on in the state folder.
func (a *app) startSandbox(ctx context.Context) (string, error) {
	if a.sandboxURL != "" {
		return a.sandboxURL, nil
	}
	dir, err := settings.StateDir()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return "", fmt.Errorf("starting the sandbox: %w", err)
	}
	s, err := sandbox.New(sandbox.Config{File: filepath.Join(dir, "sandbox.jsonl"), Balance: "10000", KeepRequests: -1})
	if err != nil {
		return "", fmt.Errorf("starting the sandbox: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("starting the sandbox: %w", err)
	}
	// It ends with the process: a request under way at the first Ctrl-C still gets its answer.
	go http.Serve(l, s)
	a.sandboxURL = "http://" + l.Addr().String() + "/api/v2"
	return a.sandboxURL, nil
}

func (a *app) openJournal(ctx context.Context) (*journal.Journal, error) {
	path, err := a.journalPath()
	if err != nil {
		return nil, err
	}
	return journal.Open(context.WithoutCancel(ctx), path)
}

func (a *app) journalPath() (string, error) {
	if path := cmp.Or(a.flags.journal, a.config.Journal); path != "" {
		return path, nil
	}
	dir, err := settings.StateDir()
	return filepath.Join(dir, "journal.db"), err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// findBatch looks a batch up in the journal.
func (a *app) findBatch(ctx context.Context, args []string) (journal.Batch, error) {
	j, err := a.openJournal(ctx)
	if err != nil {
		return journal.Batch{}, err
	}
	defer j.Close()
	return j.Batch(ctx, strings.Join(args, ""))
}

// onBatch gives a command the batch that its arguments name, and the job that works on it.
func (a *app) onBatch(ctx context.Context, args []string, do func(journal.Batch, *desk.Job) error) error {
	b, err := a.findBatch(ctx, args)
	if err != nil {
		return err
	}
	job, err := a.batchJob(ctx, b, anyKey)
	if err != nil {
		return err
	}
	return do(b, job)
}

// batchJob makes the job that works on a batch. The batch goes on at the addresses that it had: only the
// command line moves its own one, never an environment that is set for another panel.
func (a *app) batchJob(ctx context.Context, b journal.Batch, use keyUse) (*desk.Job, error) {
	if b.Panel == cmp.Or(a.flags.panel, a.config.Panel) {
		use = anyKey
	} else if len(b.Others) > 0 {
		use = max(use, ownFirst)
	}
	name, address := "", b.URL
	if slices.Contains(a.config.Names(), b.Panel) {
		name = b.Panel
	}
	if a.urlGiven && a.flags.url != "" {
		address = a.flags.url
	}
	client, own, err := a.connect(ctx, name, address, b.Panel, use)
	if err != nil {
		return nil, err
	}
	job, err := a.job()
	if err != nil {
		return nil, err
	}
	job.Account, err = a.account(client, own)
	job.Open = a.opener(b)
	return job, err
}

// withBatch gives a command the batch that its arguments name.
func (a *app) withBatch(
	ctx context.Context,
	args []string,
	do func(*journal.Journal, journal.Batch, journal.Totals) error,
) error {
	j, err := a.openJournal(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	b, err := j.Batch(ctx, strings.Join(args, ""))
	if err != nil {
		return err
	}
	t, err := j.Totals(ctx, b)
	if err != nil {
		return err
	}
	return do(j, b, t)
}
