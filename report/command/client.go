package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/pflag"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
)

// clientOptions say which clients are told of their orders, and how.
type clientOptions struct {
	name string
	all  bool
	pdf  bool
}

func (o *clientOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.name, "client", "", "write what this client, by `name`, can be sent: no cost, panel or balance in it")
	f.BoolVar(&o.all, "clients", false, "write that for each client, one file each; --out names the folder")
	f.BoolVar(&o.pdf, "pdf", false, "with --client or --clients: a PDF beside each workbook")
}

// wanted tells whether files for clients are asked for.
func (o *clientOptions) wanted() bool { return o.name != "" || o.all }

// check finds options that don't go together.
func (o *clientOptions) check(out string) error {
	switch {
	case o.name != "" && o.all:
		return usage(errors.New("--client names one client, --clients means all: leave one of them out"))
	case o.pdf && !o.wanted():
		return usage(errors.New("--pdf goes with --client NAME or --clients"))
	case o.all && book.CheckPath(out) == nil && out != "":
		return usage(fmt.Errorf("--out %s: --clients writes a file for each client; name the folder for them", out))
	case o.name != "" && out != "" && !strings.EqualFold(filepath.Ext(out), ".xlsx"):
		return usage(fmt.Errorf("--out %s: the report for a client is written as .xlsx; --pdf writes a PDF beside it", out))
	}
	return nil
}

// reportToClients writes the files that clients are sent.
func (p *program) reportToClients(ctx context.Context, o reportOptions, b journal.Batch) (a answer, err error) {
	terms, err := p.clientTerms()
	if err != nil {
		return a, usage(err)
	}
	all, err := p.clientsOf(ctx, o, b, terms)
	if err != nil {
		return a, err
	}
	defer p.life.For("writing the reports for clients")()
	told := all.All()
	if !o.clients.all {
		one := all.Of(o.clients.name)
		if one == nil {
			return a, usage(fmt.Errorf("no row is of the client %q; the sheet has %s", o.clients.name, namesOf(told)))
		}
		told = []*report.ClientReport{one}
	}
	if o.clients.all && o.out != "" {
		if err := os.MkdirAll(o.out, 0o700); err != nil {
			return a, fmt.Errorf("the folder for the reports: %w", err)
		}
	}
	j, err := p.desk.Journal(ctx)
	if err != nil {
		return a, err
	}
	totals, err := j.Totals(ctx, b)
	if err != nil {
		return a, err
	}
	result := report.NewResult(b, totals)
	result.WithoutClient = all.Without
	taken := map[string]bool{}
	for _, r := range told {
		f, err := o.write(b, book.ClientFile{Terms: terms, Report: r}, taken)
		if err != nil {
			return a, err
		}
		result.Clients = append(result.Clients, f)
	}
	return answer{object: result, words: func(s terminal.Screen) { s.ClientFiles(result) }}, nil
}

// clientTerms reads what the configuration says of clients.
func (p *program) clientTerms() (terms report.ClientTerms, err error) {
	c := p.settings.Config
	terms = report.ClientTerms{Title: c.Client.Title, Logo: c.Beside(c.Client.Logo),
		Font: c.Beside(c.Client.Font), Currency: c.Client.Currency}
	if terms.Markup, err = c.ClientMarkup(); err == nil && c.Client.Prices != "" {
		terms.Offers, err = report.ReadOffers(c.Beside(c.Client.Prices))
	}
	return terms, err
}

// clientsOf sorts the rows of a batch by client.
func (p *program) clientsOf(ctx context.Context, o reportOptions, b journal.Batch, terms report.ClientTerms) (
	*report.Clients, error,
) {
	if err := report.CheckGroupBy(b.Columns, o.groupBy); err != nil {
		return nil, usage(err)
	}
	column := report.GroupColumn(b.Columns, o.groupBy)
	if column < 0 {
		return nil, usage(errors.New("the sheet has no column Client; --group-by NAME says which column names the clients"))
	}
	j, err := p.desk.Journal(ctx)
	if err != nil {
		return nil, err
	}
	services, err := j.Services(ctx, b)
	if err != nil {
		return nil, err
	}
	all := report.NewClients(terms, column, services, time.Now())
	for e, err := range j.Entries(ctx, b) {
		if err != nil {
			return nil, err
		}
		all.Add(e)
	}
	return all, nil
}

// namesOf names some of the clients.
func namesOf(all []*report.ClientReport) string {
	const some = 8
	if len(all) == 0 {
		return "no clients"
	}
	var names []string
	for _, r := range all[:min(some, len(all))] {
		names = append(names, fmt.Sprintf("%q", r.Client))
	}
	if more := len(all) - some; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// write writes the files for one client. taken are the names of files that this command wrote, without case.
func (o reportOptions) write(b journal.Batch, c book.ClientFile, taken map[string]bool) (f report.ClientWritten,
	err error,
) {
	path := o.out
	if path == "" || o.clients.all {
		path = clientPath(b, o.out, c.Report.Client, taken)
	}
	if err := desk.NotOver(path, b.Sheet); err != nil {
		return f, err
	}
	if full, err := filepath.Abs(path); err == nil && b.Workbook != "" && strings.EqualFold(full, b.Workbook) {
		return f, usage(fmt.Errorf("%s is the results workbook, which the report would replace; choose another --out", path))
	}
	f = report.ClientWritten{Client: c.Report.Client, Orders: len(c.Report.Orders)}
	if f.Workbook, err = c.Write(path); err == nil && o.clients.pdf {
		f.PDF, err = c.Write(strings.TrimSuffix(path, filepath.Ext(path)) + ".pdf")
		f.Unshown = c.Unshown()
	}
	return f, err
}

// clientPath names the file for a client: beside the sheet, or in a folder, and never one that another client or the
// results have.
func clientPath(b journal.Batch, folder, client string, taken map[string]bool) string {
	dir, name := filepath.Split(b.Sheet)
	if name = strings.TrimSuffix(name, filepath.Ext(name)); b.Sheet == "-" || name == "" {
		dir, name = "", "orders"
	}
	if folder != "" {
		dir = folder
	}
	taken[strings.ToLower(strings.TrimSuffix(filepath.Base(b.Workbook), filepath.Ext(b.Workbook)))] = true
	base := name + "." + fileWords(client)
	for n := 1; ; n++ {
		path := base
		if n > 1 {
			path = fmt.Sprintf("%s (%d)", base, n)
		}
		if key := strings.ToLower(path); !taken[key] {
			taken[key] = true
			return filepath.Join(dir, path+".xlsx")
		}
	}
}

// fileWords makes a part of a file's name of a client's: its letters and digits.
func fileWords(client string) string {
	const most = 60
	name := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-_ ", r) {
			return r
		}
		return '-'
	}, client))
	return strings.TrimSpace(string(name[:min(most, len(name))]))
}
