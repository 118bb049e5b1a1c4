package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/batch/plan"
	"bulkorder/batch/settings"
)

// Accounts is the registry of the accounts that a process works with. It alone decides which panel, address and key is
// meant, and opens each account once.
type Accounts struct {
	Settings settings.Settings // as the process began with them; [Accounts.Now] has those of now
	// Sandbox starts the sample panel inside this process and gives its address; nil: there is none.
	Sandbox func(ctx context.Context) (string, error)
	// Accepted tells whether the panel of this name, at an address, accepted the client's key before.
	Accepted func(ctx context.Context, client *panel.Client) (bool, error)

	// Timed is told of each request to a panel that ended; a status of 0: no answer came. nil: nobody counts them.
	Timed func(panel, action string, status int, took time.Duration)
	// Asking is told of each question to a panel, and calls what it gives when that was answered; nil: nobody waits.
	Asking func(panel, action string) (ended func())

	// Several says that batches of several accounts are worked on, so that the address of the command line moves none.
	Several bool

	// Only is the one account that can be opened, whatever names and addresses are said, since the panel that it is at
	// is no real one: a rehearsal's. nil: every account can.
	Only *Account

	adding sync.Mutex                      // held while a panel is added
	since  atomic.Pointer[settings.Config] // the configuration after a panel was added; nil: none was

	mu     sync.Mutex
	open   map[target]*Account
	shared map[string]*standing // by address and key's source
	inside string               // address of the sandbox inside this process; empty: it isn't started
}

// target says which account is meant. By the zero target none is.
type target struct {
	name    string // in the configuration or of a preset; empty: by its address alone
	address string // wins over the one that the name stands for
	as      string // what a batch calls it; empty: as the name says
	books   bool   // the journal says so, not the person
}

// Now gives the settings as they are now: panels may have been added since the process began.
func (r *Accounts) Now() settings.Settings {
	s := r.Settings
	if c := r.since.Load(); c != nil {
		s.Config = *c
	}
	return s
}

// Add makes an account known that was opened elsewhere, under its panel's name.
func (r *Accounts) Add(a *Account) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a.begin()
	if r.open == nil {
		r.open = map[target]*Account{}
	}
	r.open[target{name: a.Name()}] = a
}

func (r *Accounts) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range r.open {
		a.Panel.Close()
	}
}

// meant is the account that the person names: on the command line, in the environment or the configuration.
func (r *Accounts) meant() target {
	t := target{name: r.Now().Given["panel"].Text, address: r.Now().Given["url"].Text}
	if t == (target{}) {
		t.name = r.Now().Config.Panel
	}
	return t
}

// IsMeant tells whether the person names an account.
func (r *Accounts) IsMeant() bool { return r.meant() != target{} }

// Meant opens the account that the person names. A [*Mistake] says that there is none.
func (r *Accounts) Meant(ctx context.Context) (*Account, error) { return r.at(ctx, r.meant()) }

// Named opens the account that a sheet names. [*plan.UnknownPanel]: there is none of that name.
func (r *Accounts) Named(ctx context.Context, name string) (*Account, error) {
	known := r.names()
	i := slices.Index(known, name)
	if i < 0 { // no two of them differ in case alone
		i = slices.IndexFunc(known, func(n string) bool { return strings.EqualFold(n, name) })
	}
	if i < 0 {
		return nil, &plan.UnknownPanel{Name: name, Known: known}
	}
	return r.at(ctx, target{name: known[i]})
}

// names are those that a sheet may use.
func (r *Accounts) names() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := r.Now().Config.Names()
	for t := range r.open {
		if t.name != "" && !slices.Contains(names, t.name) {
			names = append(names, t.name)
		}
	}
	return names
}

// OfBatch opens an account of a batch, at the address that it had. Only the command line moves a batch, and only its
// own account: never an environment that is set for another panel.
func (r *Accounts) OfBatch(ctx context.Context, b journal.Batch, a journal.Account) (*Account, error) {
	t := target{address: a.URL, as: a.Panel, books: true}
	if slices.Contains(r.names(), a.Panel) {
		t.name = a.Panel
	}
	if moved := r.Now().Given["url"]; moved.Flag && a.Panel == b.Panel && !r.Several {
		t.address, t.books = moved.Text, false
	}
	return r.at(ctx, t)
}

// at gives the account of a target, opened once.
func (r *Accounts) at(ctx context.Context, t target) (*Account, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Only != nil {
		return r.only(t)
	}
	for _, known := range []target{t, {name: cmp.Or(t.as, t.name)}} {
		if a := r.open[known]; a != nil && (known == t || a.added) {
			return a, nil
		}
	}
	a, err := r.connect(ctx, t)
	if err != nil {
		return nil, err
	}
	if r.open == nil {
		r.open = map[target]*Account{}
	}
	r.open[t] = a
	return a, nil
}

// only gives the one account to who means it.
func (r *Accounts) only(t target) (*Account, error) {
	if name := cmp.Or(t.as, t.name); name != "" && !strings.EqualFold(name, r.Only.Name()) {
		return nil, &Mistake{fmt.Errorf("a rehearsal is of one panel, %s; the sheet names %s too", r.Only.Name(), name)}
	}
	return r.Only, nil
}

// Resolve tells which panel a name and an address mean, without opening it.
func (r *Accounts) resolve(t target) (panel.Panel, settings.Panel, error) {
	p, own, err := r.Now().Config.Resolve(t.name, t.address)
	if err != nil {
		return p, own, &Mistake{err}
	}
	p.Name = cmp.Or(t.as, p.Name)
	return p, own, nil
}

// connect makes the account of a target.
func (r *Accounts) connect(ctx context.Context, t target) (*Account, error) {
	p, own, err := r.resolve(t)
	if err != nil {
		return nil, err
	}
	inside := p.Name == settings.Sandbox && p.URL == ""
	key, from := panel.NewKey("sandbox"), "the sandbox's own"
	if inside {
		p.URL, err = r.startSandbox(ctx)
	} else {
		key, from, err = r.key(ctx, t, p, own)
	}
	if err != nil {
		return nil, err
	}
	client, err := panel.New(p, key, nil)
	if err != nil {
		return nil, &Mistake{err}
	}
	if r.Timed != nil {
		client.Timed = func(action string, status int, took time.Duration) { r.Timed(p.Name, action, status, took) }
	}
	if r.Asking != nil {
		client.Asking = func(action string) func() { return r.Asking(p.Name, action) }
	}
	identity := panel.NormalAddress(p.URL) + " " + from
	if inside {
		client.Panel.URL, identity = "", settings.Sandbox // its port is another one each time
	}
	return r.account(client, own, identity)
}

func (r *Accounts) startSandbox(ctx context.Context) (address string, err error) {
	if r.inside == "" && r.Sandbox == nil {
		return "", &Mistake{errors.New("there is no sandbox in this process; give its address with --url")}
	}
	if r.inside == "" {
		r.inside, err = r.Sandbox(ctx)
	}
	return r.inside, err
}

// account makes an account of a client, with what is set for its panel.
func (r *Accounts) account(client *panel.Client, own settings.Panel, identity string) (*Account, error) {
	set := func(name string) settings.Value { return r.Now().OfPanel(name, client.Panel.Name) }
	a := &Account{Panel: client, AnyLink: own.AnyLink, Apart: own.Account == "other"}
	var err error
	if timeout := set("timeout"); timeout.Text != "" {
		if client.Timeout, err = time.ParseDuration(timeout.Text); err != nil || client.Timeout <= 0 {
			return nil, &Mistake{fmt.Errorf("--timeout %q is no time; write it like 150s", timeout.Text)}
		}
	}
	if n := set("concurrency"); n.Text != "" {
		if a.Concurrency, err = strconv.Atoi(n.Text); err != nil || a.Concurrency < 0 {
			return nil, &Mistake{errors.New("--concurrency can't be below 0")}
		}
	}
	if rate := set("rate"); rate.Text != "" {
		if a.Rate, err = pace.ParseRate(rate.Text); err != nil {
			return nil, &Mistake{fmt.Errorf("--rate: %w", err)}
		}
	}
	if r.shared == nil {
		r.shared = map[string]*standing{}
	}
	if r.shared[identity] == nil {
		r.shared[identity] = newStanding(a.rate())
	}
	a.standing = r.shared[identity]
	return a, nil
}

// key finds the key of a panel, and tells where it is from. A key goes only where the person named it for, by the
// command line, the environment or the configuration, or where it was accepted before. One that names no panel is
// named for the panel that the person means.
func (r *Accounts) key(ctx context.Context, t target, p panel.Panel, own settings.Panel) (panel.Key, string, error) {
	general := panel.NewKey(r.Now().Environ(settings.AnyKey))
	may, err := !general.Empty() && r.isMeant(p), error(nil)
	if !may && t.books && !general.Empty() {
		may, err = r.accepted(ctx, p, general)
	}
	if err != nil {
		return panel.Key{}, "", err
	}
	environ := func(variable string) string {
		if variable == settings.AnyKey && !may {
			return ""
		}
		return r.Now().Environ(variable)
	}
	key, source, err := settings.Key(ctx, p.Name, own, environ)
	switch {
	case err != nil && !may && !general.Empty():
		err = fmt.Errorf(
			"%w; %s counts for the panel alone that the command line or the configuration names; "+
				"to use it for this one, name its address by --url", err, settings.AnyKey,
		)
	case err == nil && t.books && source != settings.FromEnvironment(settings.AnyKey) && !r.isNamed(t, p):
		if may, err = r.accepted(ctx, p, key); err == nil && !may {
			err = fmt.Errorf("the key of panel %s (%s) was never accepted at %s, where this batch is; "+
				"to send it there, name the address by --url", p.Name, source, p.URL)
		}
	}
	if err != nil {
		return panel.Key{}, "", &Mistake{err}
	}
	return key, source, nil
}

// isMeant tells whether a panel is at the address that the person names.
func (r *Accounts) isMeant(p panel.Panel) bool {
	if !r.IsMeant() {
		return false
	}
	named, _, err := r.resolve(r.meant())
	return err == nil && panel.NormalAddress(named.URL) == panel.NormalAddress(p.URL)
}

// isNamed tells whether a panel is where its name says: at the address of the configuration or the preset, or at the
// host that is its name.
func (r *Accounts) isNamed(t target, p panel.Panel) bool {
	if t.name == "" {
		u, err := url.Parse(p.URL)
		return err == nil && u.Host == p.Name
	}
	named, _, err := r.resolve(target{name: t.name})
	return err == nil && panel.NormalAddress(named.URL) == panel.NormalAddress(p.URL)
}

// accepted tells whether a panel accepted a key before.
func (r *Accounts) accepted(ctx context.Context, p panel.Panel, key panel.Key) (bool, error) {
	if r.Accepted == nil {
		return false, nil
	}
	client, err := panel.New(p, key, nil)
	if err != nil {
		return false, err
	}
	defer client.Close()
	return r.Accepted(ctx, client)
}
