package desk

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
)

// reach looks at the key, the way to the panel and the account: it sends balance, then services.
func (c *checkup) reach(ctx context.Context, p panel.Panel, own settings.Panel) {
	if p.Name == settings.Sandbox && p.URL == "" {
		c.ok("address", "inside this program; there is nothing to reach")
		return
	}
	key, ok := c.key(ctx, p.Name, own)
	if !ok {
		return
	}
	client, err := panel.New(p, key, nil)
	if err != nil {
		c.ill(Misset, "address", err.Error(), "correct the address of the panel")
		return
	}
	defer client.Close()
	seen, err := client.Examine(ctx)
	c.address(seen, err)
	if seen.Clock.Told {
		c.clock(seen.Clock)
	}
	var refusal *panel.Refusal
	switch {
	case err == nil:
	case errors.As(err, &refusal) && refusal.Class == panel.ClassKey:
		c.ill(
			KeyRefused,
			"account",
			"the panel refuses the key: "+refusal.Text,
			"check the key: it is shown on the panel's API page",
		)
		return
	case seen.Address == "":
		return // told with the address
	default:
		c.ill(
			Broken,
			"account",
			err.Error(),
			"look whether the address is the API's, which usually ends in /api/v2, and whether the panel works",
		)
		return
	}
	c.balance(seen.Balance)
	c.catalogue(ctx, client)
}

// key tells the key's source, never a part of it.
func (c *checkup) key(ctx context.Context, name string, own settings.Panel) (panel.Key, bool) {
	source, trouble := settings.KeySource(ctx, name, own, c.settings.Environ)
	key, err := panel.Key{}, trouble
	if trouble == nil {
		key, _, err = settings.Key(ctx, name, own, c.settings.Environ)
	}
	switch {
	case err == nil:
		c.ok("key", source)
		return key, true
	case trouble != nil:
		c.ill(
			Misset,
			"key",
			trouble.Error(),
			"unlock the keyring, or set "+settings.KeyVariable(name)+", key_file or key_command",
		)
	case source == "":
		c.ill(Misset, "key", err.Error(), "the key is shown on the panel's API page")
	default:
		c.ill(
			Misset,
			"key",
			source+": "+err.Error(),
			"mend that, or set "+settings.KeyVariable(name)+", which wins over it",
		)
	}
	return key, false
}

// renewal is how long before its end a certificate that nobody renewed is told of.
const renewal = 14 * 24 * time.Hour

func (c *checkup) address(seen panel.Examined, err error) {
	var failed *tls.CertificateVerificationError
	switch {
	case errors.As(err, &failed):
		c.ill(Broken, "address", err.Error()+"; "+issued(seen.Certificate),
			"look whether the address and this machine's clock and certificates are right; until then nothing is sent")
		return
	case seen.Address == "":
		c.ill(
			Broken,
			"address",
			err.Error(),
			"look whether the address is right, and whether this machine is connected; "+
				"proxies of the environment are not used",
		)
		return
	case seen.Certificate == nil:
		c.ok("address", seen.Address+", plain http, which never leaves this machine")
		return
	}
	found := fmt.Sprintf("%s, %s, %s", seen.Address, tls.VersionName(seen.TLS), issued(seen.Certificate))
	if left := time.Until(seen.Certificate.NotAfter); left < renewal {
		c.warn(
			"address",
			fmt.Sprintf("%s, which is %d days from now", found, int(left.Hours()/24)),
			"ask the panel to renew it: nothing can be sent after that day",
		)
		return
	}
	c.ok("address", found)
}

// issued says who issued a certificate and until when.
func issued(cert *x509.Certificate) string {
	if cert == nil {
		return "its certificate was not seen"
	}
	by := strings.TrimSpace(strings.Join(cert.Issuer.Organization, ", ") + " " + cert.Issuer.CommonName)
	return fmt.Sprintf(
		"its certificate was issued by %q and is valid until %s",
		by,
		cert.NotAfter.UTC().Format(time.DateOnly),
	)
}

func (c *checkup) clock(k panel.Clock) {
	off := k.Off().Round(time.Second)
	which := "ahead of"
	if k.Ahead < 0 {
		which = "behind"
	}
	found := fmt.Sprintf("the panel's is %s %s this machine's", apart(off), which)
	const do = "set this machine's clock, by network time: the times of orders decide what settle can prove"
	switch {
	case off >= 5*time.Minute:
		c.ill(Broken, "clock", found, do)
	case off >= 30*time.Second:
		c.warn("clock", found, do)
	default:
		c.ok("clock", fmt.Sprintf("agrees with the panel's to within %s", apart(k.Ahead.Abs()+k.Doubt)))
	}
}

// apart says how far two clocks are apart.
func apart(d time.Duration) string {
	switch s := int(d.Round(time.Second).Seconds()); {
	case s < 120:
		return fmt.Sprintf("%d s", s)
	case s < 2*3600:
		return fmt.Sprintf("%d min", s/60)
	default:
		return fmt.Sprintf("%d h", s/3600)
	}
}

func (c *checkup) balance(b panel.Balance) {
	found := strings.TrimSpace(b.Amount.String() + " " + b.Currency)
	if !b.Amount.IsPositive() {
		c.warn("balance", found, "add funds: the panel refuses orders until then")
		return
	}
	c.ok("balance", found)
}

// catalogue counts what can't be ordered: services of types that are not known, and odd ones.
func (c *checkup) catalogue(ctx context.Context, client *panel.Client) {
	all, err := client.Services(ctx)
	if err != nil {
		c.ill(Broken, "catalogue", err.Error(), "ask the panel; nothing can be checked without its catalogue")
		return
	}
	unknown, odd, first := map[string]int{}, 0, ""
	types := client.Panel.AllTypes()
	for _, s := range all.Services {
		if _, known := types.Named(s.Type); !known {
			unknown[s.Type]++
		}
		if s.Oddity != "" {
			if odd++; odd == 1 {
				first = fmt.Sprintf("%s: %s", s.ID, s.Oddity)
			}
		}
	}
	if found := fmt.Sprintf("%d services", len(all.Services)); odd == 0 {
		c.ok("catalogue", found)
	} else {
		c.warn("catalogue", fmt.Sprintf("%s, %d of them odd, such as %s", found, odd, first),
			"rows that order those are invalid; ask the panel")
	}
	if notes := all.Notes(); len(notes) > 0 {
		c.warn("catalogue", strings.Join(notes, "; "), "the other services are used; ask the panel about these")
	}
	c.types(unknown)
}

// mostTypes is how many unknown types are listed.
const mostTypes = 10

func (c *checkup) types(unknown map[string]int) {
	if len(unknown) == 0 {
		c.ok("order types", "all are known")
		return
	}
	names := slices.SortedFunc(maps.Keys(unknown), func(a, b string) int {
		if n := unknown[b] - unknown[a]; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	var words []string
	for _, name := range names[:min(len(names), mostTypes)] {
		words = append(words, fmt.Sprintf("%q (services: %d)", name, unknown[name]))
	}
	found := "not known: " + strings.Join(words, ", ")
	if more := len(names) - mostTypes; more > 0 {
		found += fmt.Sprintf(" and %d more", more)
	}
	c.warn(
		"order types",
		found,
		fmt.Sprintf(
			"rows that order those are invalid until the configuration teaches them: [types.%q], "+
				`and below it a line such as required = ["link", "quantity"]; samples/config.toml shows one`,
			names[0],
		),
	)
}
