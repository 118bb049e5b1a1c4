package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
)

// KnownPanel is a panel that can be named.
type KnownPanel struct {
	Name     string
	Address  string // empty: none is known, or it is the sandbox inside this process
	Document string // the panel's document; empty: the standard one
	Key      string // where its key is from; empty: nowhere
	Lacks    []panel.Form

	Exclusive panel.Exclusive // whether others order on its account
}

// Panels lists the panels that can be named. It reads no key and asks no panel.
func (d *Desk) Panels(ctx context.Context) ([]KnownPanel, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := d.Accounts.Now()
	var all []KnownPanel
	for _, name := range s.Config.Names() {
		p, own, err := d.Accounts.resolve(target{name: name})
		if err != nil {
			return nil, err
		}
		key, err := settings.KeySource(ctx, name, own, s.Environ)
		if err != nil {
			cancel() // a keyring that is locked or silent is asked once, not once a panel
		}
		all = append(all, KnownPanel{Name: name, Address: p.URL, Document: p.Document, Key: key, Lacks: p.Lacks,
			Exclusive: p.Exclusive})
	}
	return all, nil
}

// KnowsPanel fails for a name that no panel bears, and doesn't repeat it: it may be a key in the wrong place.
func (d *Desk) KnowsPanel(name string) error {
	names := d.Accounts.Now().Config.Names()
	if slices.Contains(names, name) {
		return nil
	}
	return &Mistake{fmt.Errorf("no panel of that name is known; known: %s; another one needs [panels.NAME] in the "+
		"configuration", strings.Join(names, ", "))}
}

// StoreKey keeps a panel's key in the system's keyring. wins is another source of the key that is used instead while
// it is set; empty: there is none.
func (d *Desk) StoreKey(ctx context.Context, name, secret string) (wins string, err error) {
	s := d.Accounts.Now()
	if err := settings.StoreKey(ctx, name, secret, s.Environ); err != nil {
		return "", err
	}
	source, err := settings.KeySource(ctx, name, s.Config.Panels[name], s.Environ)
	if err != nil || source == "keyring" {
		source = ""
	}
	return source, nil
}

// RemoveKey takes a panel's key out of the system's keyring.
func (d *Desk) RemoveKey(ctx context.Context, name string) error {
	return settings.RemoveKey(ctx, name, d.Accounts.Now().Environ)
}
