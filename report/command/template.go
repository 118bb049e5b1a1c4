package command

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"bulkorder/report/book"

	"github.com/spf13/cobra"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// templating is what the flags of the command template say.
type templating struct {
	ids          []string
	search, kind string
	out          string
}

func (a *app) template() *cobra.Command {
	var t templating
	cmd := &cobra.Command{
		Use:   "template",
		Short: "Write a workbook to fill in, made from the panel's catalogue",
		Args:  cobra.NoArgs,
		Long: `Writes a workbook with a drop-down of services, the limits and the cost of each row by formula, and an example of each
type. Without --services, --search or --type it offers the whole catalogue.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, _, err := a.connect(cmd.Context(), a.flags.panel, a.flags.url, "", anyKey)
			if err != nil {
				return err
			}
			defer client.Close()
			out, err := t.target(client.Panel)
			if err != nil {
				return usageError{err}
			}
			catalogue, err := client.Services(cmd.Context())
			if err != nil {
				return err
			}
			made, err := t.make(client.Panel, catalogue)
			if err != nil {
				return usageError{err}
			}
			// The currency stands beside the prices alone: a template without it is a template.
			if balance, err := client.Balance(cmd.Context()); err == nil {
				made.Currency = balance.Currency
			}
			if err := made.Write(out); err != nil {
				return err
			}
			return a.tellTemplate(out, made)
		},
	}
	p := cmd.Flags()
	p.StringSliceVar(&t.ids, "services", nil, "offer these `ids` alone, such as 101,102")
	p.StringVar(&t.search, "search", "", "offer the services that hold all of these `words`")
	p.StringVar(&t.kind, "type", "", "offer the services of this order `type`")
	p.StringVarP(&t.out, "out", "o", "", "write to `file`, a new .xlsx (default orders-PANEL.xlsx)")
	words(cmd, "out") // in the environment it is the results' file
	return cmd
}

// target names the file, which must be new: a template that was filled in is a person's work.
func (t templating) target(p panel.Panel) (string, error) {
	name := regexp.MustCompile(`[^A-Za-z0-9._-]+`).ReplaceAllString(p.Name, "-")
	path := cmp.Or(t.out, "orders-"+name+".xlsx")
	if !strings.HasSuffix(strings.ToLower(path), ".xlsx") {
		return "", fmt.Errorf("--out %s: a template is an .xlsx file; choose a name with that ending", path)
	}
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%s exists already, and may have been filled in; choose another name with --out", path)
	}
	return path, nil
}

// make chooses the services, and leaves out those that no row could order.
func (t templating) make(p panel.Panel, c *panel.Catalogue) (book.Template, error) {
	chosen, err := t.choose(c)
	if err != nil {
		return book.Template{}, err
	}
	made := book.Template{
		Panel:   p.Name,
		URL:     p.URL,
		Fetched: c.Fetched,
		Whole:   len(t.ids) == 0 && t.search == "" && t.kind == "",
		Delays:  p.Delays,
	}
	for _, s := range chosen {
		typ, known := p.Type(s.Type)
		if !known || s.Oddity != "" {
			made.LeftOut++
			continue
		}
		s.Type = typ.Name
		made.Services = append(made.Services, book.Offer{Service: listed([]panel.Service{s})[0], Label: s.Label()})
		if !slices.ContainsFunc(made.Types, func(o book.OrderType) bool { return o.Name == typ.Name }) {
			made.Types = append(made.Types, orderType(typ))
		}
	}
	if len(made.Services) == 0 {
		return made, fmt.Errorf(
			"none of the %d services that were chosen can be ordered; `bulkorder services` lists them all",
			len(chosen),
		)
	}
	return made, nil
}

// choose finds the services that the flags mean: all that are named, or those that are found.
func (t templating) choose(c *panel.Catalogue) ([]panel.Service, error) {
	found := c.Search(strings.Fields(t.search), t.kind)
	if len(t.ids) == 0 {
		if len(found) == 0 {
			return nil, fmt.Errorf("no service of the catalogue matches; `bulkorder services` searches it")
		}
		return found, nil
	}
	var chosen []panel.Service
	var unknown []string
	for _, id := range t.ids {
		id = strings.TrimSpace(id)
		i := slices.IndexFunc(found, func(s panel.Service) bool { return s.ID == id })
		switch {
		case i < 0:
			unknown = append(unknown, id)
		case !slices.ContainsFunc(chosen, func(s panel.Service) bool { return s.ID == id }):
			chosen = append(chosen, found[i])
		}
	}
	if len(unknown) > 0 {
		return nil, fmt.Errorf(
			"--services: %s: not in the catalogue, or not among what --search and --type leave; `bulkorder services` lists the ids",
			strings.Join(unknown, ", "),
		)
	}
	return chosen, nil
}

// orderType tells the report of a type.
func orderType(t panel.Type) book.OrderType {
	charge := map[panel.Basis]book.Charge{panel.PerThousand: book.PerThousand, panel.Once: book.Once, panel.PerPost: book.PerPost}[t.Basis]
	return book.OrderType{Name: t.Name, Needs: t.Required, May: t.Optional, Counts: t.Counts, Charge: charge}
}

func (a *app) tellTemplate(path string, t book.Template) error {
	next := t.Next(path)
	if a.flags.json {
		return json.NewEncoder(a.out).
			Encode(map[string]any{"panel": t.Panel, "template": path, "services": len(t.Services), "left_out": t.LeftOut, "next": next})
	}
	fmt.Fprintf(a.out, "%s: %d services, %d types of orders\n", parse.Escape(path), len(t.Services), len(t.Types))
	if t.LeftOut > 0 {
		fmt.Fprintf(
			a.out,
			"%d services can't be ordered by this program, for an unknown type or an odd entry, and were left out.\n",
			t.LeftOut,
		)
	}
	if !a.flags.quiet {
		fmt.Fprintf(a.out, "Fill in the sheet Orders, then: %s\n", parse.Escape(next))
	}
	return nil
}
