package desk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
)

// NewPanel is a panel that a person adds.
type NewPanel struct {
	Name   string
	URL    string // empty: the panel's document has it
	Key    string // of the account; it is kept where nobody else reads it, and told to nobody but the panel
	InFile bool   // the key is kept in a file, not in the system's keyring
	Try    bool   // nothing is kept unless the panel takes the key
}

// AddedPanel tells where what is known of a panel is kept, and what it answered.
type AddedPanel struct {
	KeyFile  string // where the key is; empty: in the system's keyring
	Services int    // of its catalogue, where it was tried
	Balance  panel.Balance
}

// tryTime is how long a panel may take to answer before it is added.
const tryTime = 30 * time.Second

// KeyFile is the file in which [Desk.AddPanel] keeps a panel's key where there is no keyring.
func KeyFile(config, name string) (string, error) { return settings.KeyFile(config, name) }

// AddPanel adds a panel to the configuration at path, its key to the system's keyring, or, where there is none, to a
// file beside the configuration that its owner alone can read. This desk knows it from then on, as those do that are
// started later. A [*Mistake] says what can't be so; then, and where the panel refuses the key, nothing is kept.
func (d *Desk) AddPanel(ctx context.Context, path string, p NewPanel) (added AddedPanel, err error) {
	d.Accounts.adding.Lock()
	defer d.Accounts.adding.Unlock()
	now, err := settings.Reload(path)
	if err == nil {
		err = p.check(now)
	}
	if err != nil {
		return added, &Mistake{err}
	}
	if p.Try {
		if added, err = p.try(ctx, now); err != nil {
			return added, err
		}
	}
	add := settings.NewPanel{Name: p.Name, URL: p.URL}
	if added.KeyFile, err = d.keepKey(ctx, now, path, p); err != nil {
		return added, err
	}
	if add.KeyFile = added.KeyFile; err == nil {
		err = settings.AddPanel(path, add)
	}
	if err != nil {
		return added, errors.Join(&Mistake{err}, d.forgetKey(ctx, p.Name, added.KeyFile))
	}
	if now, err = settings.Reload(path); err != nil {
		return added, &Mistake{err}
	}
	d.Accounts.since.Store(&now)
	return added, nil
}

// check tells what can't be so of a panel that is added to a configuration.
func (p NewPanel) check(now settings.Config) error {
	if err := settings.CheckName(p.Name); err != nil {
		return err
	}
	if _, is := now.Panels[p.Name]; is || p.Name == settings.Sandbox {
		return fmt.Errorf("panel %s is set up already", p.Name)
	}
	for _, other := range now.Names() {
		if other != p.Name && settings.KeyVariable(other) == settings.KeyVariable(p.Name) {
			return fmt.Errorf("panel %s couldn't be told from %s, which there is already; call it otherwise", p.Name, other)
		}
	}
	if p.URL != "" {
		if err := settings.CheckAddress(p.URL); err != nil {
			return err
		}
	} else if !slices.Contains(now.Names(), p.Name) {
		return fmt.Errorf("panel %s isn't one of the known ones: give the address of its API, such as "+
			"https://panel.example/api/v2", p.Name)
	}
	_, client, err := p.client(now)
	if err != nil {
		return err
	}
	client.Close()
	return settings.CheckKey(p.Key)
}

// client makes the client of a panel that isn't in the configuration yet: of exactly its address.
func (p NewPanel) client(now settings.Config) (panel.Panel, *panel.Client, error) {
	now.Panels = maps.Clone(now.Panels)
	if now.Panels == nil {
		now.Panels = map[string]settings.Panel{}
	}
	now.Panels[p.Name] = settings.Panel{URL: p.URL}
	of, _, err := now.Resolve(p.Name, "")
	if err != nil {
		return of, nil, err
	}
	client, err := panel.New(of, panel.NewKey(p.Key), nil)
	return of, client, err
}

// try asks the panel what nothing is spent by.
func (p NewPanel) try(ctx context.Context, now settings.Config) (added AddedPanel, err error) {
	_, client, err := p.client(now)
	if err != nil {
		return added, &Mistake{err}
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	g, calls := errgroup.WithContext(ctx)
	g.Go(func() error {
		catalogue, err := client.Services(calls)
		if err == nil {
			added.Services = len(catalogue.Services)
		}
		return err
	})
	g.Go(func() (err error) { added.Balance, err = client.Balance(calls); return err })
	return added, g.Wait()
}

// keepKey keeps the key of a panel, and gives the file that it is in; empty: it is in the system's keyring.
func (d *Desk) keepKey(ctx context.Context, now settings.Config, path string, p NewPanel) (file string, err error) {
	if !p.InFile {
		err = settings.StoreKey(ctx, p.Name, p.Key, d.Accounts.Now().Environ)
	}
	if !p.InFile && !errors.Is(err, settings.ErrNoKeyring) {
		return "", err
	}
	if file, err = settings.KeyFile(path, p.Name); err != nil {
		return "", err
	}
	for name, other := range now.Panels {
		if other.KeyFile == file {
			return "", &Mistake{fmt.Errorf("the key of panel %s is in %s already; call this one otherwise", name, file)}
		}
	}
	return file, settings.WriteKeyFile(file, p.Key)
}

// forgetKey takes back what was kept of a panel that couldn't be added.
func (d *Desk) forgetKey(ctx context.Context, name, file string) error {
	if file == "" {
		return d.RemoveKey(ctx, name)
	}
	return os.Remove(file)
}
