package command

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
)

type servicesOptions struct{ kind, out string }

func (p *program) servicesCommand() *cobra.Command {
	var o servicesOptions
	cmd := &cobra.Command{
		Use: "services [WORDS]", Short: "Search the panel's catalogue",
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) { return p.runServices(ctx, o, args) }),
	}
	cmd.Flags().StringVar(&o.kind, "type", "", "only services of this order `type`")
	cmd.Flags().StringVarP(&o.out, "out", "o", "", "write the list to a .csv `file`")
	typedOnly(cmd, "out") // in the environment it is the results' file
	return cmd
}

// runServices searches the catalogue.
func (p *program) runServices(ctx context.Context, o servicesOptions, words []string) (a answer, err error) {
	found, notes, err := p.desk.Services(ctx, desk.Searched{Words: words, Type: o.kind})
	if err != nil {
		return a, err
	}
	p.notes(notes)
	var all []report.Service
	for _, s := range found {
		all = append(all, listed(s))
	}
	if o.out != "" {
		return a, writeServices(o.out, all)
	}
	return answer{
		object: report.ServicesObject(all), list: true, words: func(s terminal.Screen) { s.Services(all, "") },
	}, nil
}

func writeServices(path string, all []report.Service) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"service", "name", "type", "category", "rate", "min", "max", "refill", "cancel"})
	for _, s := range all {
		_ = w.Write([]string{
			s.ID, s.Name, s.Type, s.Category, s.Rate.String(), fmt.Sprint(s.Min), fmt.Sprint(s.Max),
			fmt.Sprint(s.Refill), fmt.Sprint(s.Cancel),
		})
	}
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}

func (p *program) balanceCommand() *cobra.Command {
	return &cobra.Command{
		Use: "balance", Short: "Tell what is left on the account", Args: noArguments,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runBalance(ctx) }),
	}
}

// runBalance tells what is left on the account.
func (p *program) runBalance(ctx context.Context) (answer, error) {
	name, b, err := p.desk.Balance(ctx)
	if err != nil {
		return answer{}, err
	}
	return answer{
		object: map[string]string{"panel": name, "balance": b.Amount.String(), "currency": b.Currency},
		words:  func(s terminal.Screen) { fmt.Fprintf(s.Out, "%s %s\n", b.Amount, parse.Escape(b.Currency)) },
	}, nil
}

// templateOptions say which services are offered, and where the template is written.
type templateOptions struct {
	ids               []string
	search, kind, out string
}

func (p *program) templateCommand() *cobra.Command {
	var o templateOptions
	cmd := &cobra.Command{
		Use:   "template [FILE]",
		Short: "Write a workbook to fill in, made from the panel's catalogue",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(fmt.Errorf("template writes one file, and %q is another", args[1]))
			}
			return o.into(first(args))
		},
		Long: `Writes a workbook with a drop-down of services, the limits and the cost of each row by formula,
and an example of each type. Without --services, --search or --type it offers the whole catalogue.`,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runTemplate(ctx, o) }),
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.ids, "services", nil, "offer these `ids` alone, such as 101,102")
	f.StringVar(&o.search, "search", "", "offer the services that hold all of these `words`")
	f.StringVar(&o.kind, "type", "", "offer the services of this order `type`")
	f.StringVarP(&o.out, "out", "o", "", "write to `file`, a new .xlsx (default orders-PANEL.xlsx)")
	typedOnly(cmd, "out") // in the environment it is the results' file
	return cmd
}

// into takes the file as it stands behind the command.
func (o *templateOptions) into(file string) error {
	if file != "" && o.out != "" && o.out != file {
		return usage(fmt.Errorf("the template can't be both %s and --out %s; leave one out", file, o.out))
	}
	o.out = cmp.Or(file, o.out)
	return nil
}

// target names the file, which must be new: a template that was filled in is a person's work.
func (o templateOptions) target(panelName string) (string, error) {
	name := regexp.MustCompile(`[^A-Za-z0-9._-]+`).ReplaceAllString(panelName, "-")
	path := cmp.Or(o.out, "orders-"+name+".xlsx")
	if !strings.HasSuffix(strings.ToLower(path), ".xlsx") {
		return "", fmt.Errorf("%s: a template is an .xlsx file; choose a name with that ending", path)
	}
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%s exists already, and may have been filled in; choose another name", path)
	}
	return path, nil
}

// runTemplate writes a workbook to fill in.
func (p *program) runTemplate(ctx context.Context, o templateOptions) (a answer, err error) {
	var path string
	search := desk.Searched{IDs: o.ids, Words: strings.Fields(o.search), Type: o.kind}
	t, err := p.desk.Template(ctx, search, func(on panel.Panel) (err error) {
		path, err = o.target(on.Name)
		return err
	})
	if err != nil {
		return a, err
	}
	made := templateOf(t)
	if err := made.Write(path); err != nil {
		return a, err
	}
	next := made.Next(path)
	object := map[string]any{
		"panel": made.Panel, "template": path, "services": len(made.Services), "left_out": made.LeftOut, "next": next,
	}
	return answer{object: object, words: func(s terminal.Screen) {
		fmt.Fprintf(s.Out, "%s: %d services, %d types of orders\n",
			parse.Escape(path), len(made.Services), len(made.Types))
		if made.LeftOut > 0 {
			fmt.Fprintf(s.Out, "%d services can't be ordered by this program, for an unknown type or an odd entry, "+
				"and were left out.\n", made.LeftOut)
		}
		if !p.quiet {
			fmt.Fprintf(s.Out, "Fill in the sheet Orders, then: %s\n", parse.Escape(next))
		}
	}}, nil
}

// writeTemplate writes a workbook to fill in with all services of a panel.
func (p *program) writeTemplate(ctx context.Context, panelName, path string) error {
	t, err := p.desk.Template(ctx, desk.Searched{Panel: panelName}, func(panel.Panel) error { return nil })
	if err != nil {
		return err
	}
	return templateOf(t).Write(path)
}

func templateOf(t desk.Template) book.Template {
	made := book.Template{
		Panel:    t.Panel.Name,
		URL:      t.Panel.URL,
		Currency: t.Currency,
		Fetched:  t.Fetched,
		Whole:    t.Whole,
		LeftOut:  t.LeftOut,
		Delays:   t.Panel.Delays,
	}
	for _, s := range t.Services {
		made.Services = append(made.Services, book.Offer{Service: listed(s), Label: s.Label()})
	}
	for _, typ := range t.Types {
		made.Types = append(made.Types, orderType(typ))
	}
	return made
}

// orderType tells the report of a type.
func orderType(t panel.Type) book.OrderType {
	charge := map[panel.Basis]book.Charge{
		panel.PerThousand: book.PerThousand, panel.Once: book.Once, panel.PerPost: book.PerPost,
	}[t.Basis]
	return book.OrderType{Name: t.Name, Needs: t.Required, May: t.Optional, Counts: t.Counts, Charge: charge}
}
