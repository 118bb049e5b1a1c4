package command

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"bulkorder/batch/desk"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkorder/batch/settings"
	"bulkorder/parse"
)

// flags are those that all commands share, and those of check, run and resume.
type flags struct {
	panel, url, journal, config   string
	json, quiet, verbose, noColor bool

	batch, out, rate, maxSpend, after                           string
	concurrency, limit                                          int
	timeout, notify                                             string
	yes, strict, duplicates, repeat, acceptPrice, again, settle bool

	sheet, delimiter, encoding, hidden string
	columns                            []string
	remember                           bool
	groupBy                            string
}

// aWord marks flags that are taken from the command line alone: a person's word about orders, and those that mean
// something else for another command.
const aWord = "a person's word"

func words(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		_ = cmd.Flags().SetAnnotation(name, aWord, []string{"yes"}) // it fails for a flag that there isn't
	}
}

// settle takes what the environment and the configuration say where the command line says nothing. Each
// flag also is BULKORDER_<FLAG>.
func (a *app) settle(cmd *cobra.Command) error {
	var wrong error
	a.urlGiven = true
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		variable := "BULKORDER_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value := a.environ(variable); value != "" && !f.Changed && f.Name != "help" && f.Annotations[aWord] == nil {
			if err := cmd.Flags().Set(f.Name, value); err != nil {
				wrong = usageError{fmt.Errorf("%s: %w", variable, err)}
			}
			a.urlGiven = a.urlGiven && f.Name != "url"
		}
	})
	if wrong != nil {
		return wrong
	}
	a.limited = cmd.Flags().Changed("limit")
	var err error
	if a.config, err = settings.Load(a.flags.config); err != nil {
		return usageError{err}
	}
	return nil
}

// readingFlags are those of commands that read a sheet.
func (a *app) readingFlags(cmd *cobra.Command) {
	f, p := &a.flags, cmd.Flags()
	p.StringVar(&f.sheet, "sheet", "", "the worksheet's `name`, where several have orders")
	p.StringSliceVar(&f.columns, "map", nil, "name a column: `\"Their name=field\"`")
	p.BoolVar(&f.remember, "remember-map", false, "use what --map says for later sheets with the same header too")
	p.StringVar(&f.delimiter, "delimiter", "", "the `character` between the cells of a text file")
	p.StringVar(&f.encoding, "encoding", "", "the `name` of a text file's encoding, such as windows-1252")
	p.StringVar(&f.hidden, "hidden", "", "`include` or skip hidden rows")
	p.StringVar(&f.batch, "batch", "", "the batch's `name` (default by the sheet's content)")
	p.BoolVar(&f.duplicates, "allow-duplicates", false, "order equal rows of the sheet, each")
	p.BoolVar(&f.repeat, "allow-repeat", false, "order rows that another batch has ordered")
	p.BoolVar(&f.again, "again", false, "order the same sheet again, as a new batch")
}

// sendingFlags are those of commands that place orders.
func (a *app) sendingFlags(cmd *cobra.Command) {
	f, p := &a.flags, cmd.Flags()
	p.BoolVarP(&f.yes, "yes", "y", false, "don't ask before sending")
	p.StringVarP(&f.out, "out", "o", "", "write the results to `file` (.xlsx, .csv, .jsonl)")
	p.IntVar(&f.concurrency, "concurrency", 0, "requests under way at once (default 2, more for higher rates)")
	p.StringVar(&f.timeout, "timeout", "", "how `long` an answer may take (default 150s)")
	p.StringVar(&f.maxSpend, "max-spend", "", "never let the batch cost more than this `amount`")
	p.IntVar(&f.limit, "limit", 0, "send `N` rows only: a pilot")
	p.BoolVar(&f.settle, "settle", false, "at the end, wait for late orders and settle the rows in doubt")
	a.afterFlag(cmd)
	a.notifyFlag(cmd)
	p.BoolVar(&f.acceptPrice, "accept-price", false, "approve prices that rose")
}

func (a *app) afterFlag(cmd *cobra.Command) {
	cmd.Flags().
		StringVar(&a.flags.after, "after", "", "how `long` after a lost answer its order may still appear (default 180s)")
}

func (a *app) rateFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.flags.rate, "rate", "", "orders in a time: 60/m, 10/s or auto (default 60/m)")
}

// readOptions says how the sheet is read.
func (a *app) readOptions() (parse.Options, error) {
	f := a.flags
	o := parse.Options{Sheet: f.sheet, Encoding: f.encoding, Hidden: f.hidden, Extra: a.config.Fields(), Stdin: a.in}
	if f.hidden != "" && f.hidden != "include" && f.hidden != "skip" {
		return o, usageError{fmt.Errorf("--hidden %s: use include or skip", f.hidden)}
	}
	switch runes := []rune(f.delimiter); {
	case f.delimiter == `\t` || f.delimiter == "tab":
		o.Delimiter = '\t'
	case len(runes) == 1:
		o.Delimiter = runes[0]
	case len(runes) > 1:
		return o, usageError{fmt.Errorf("--delimiter %s: use one character", f.delimiter)}
	}
	for _, pair := range f.columns {
		theirs, field, ok := strings.Cut(pair, "=")
		if !ok {
			return o, usageError{fmt.Errorf("--map %q: write it as \"Their name=field\"", pair)}
		}
		if o.Map == nil {
			o.Map = map[string]string{}
		}
		o.Map[strings.TrimSpace(theirs)] = strings.TrimSpace(field)
	}
	return o, nil
}

var batchName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$`)

// job makes the work that the flags describe; its panel is not set yet.
func (a *app) job() (*desk.Job, error) {
	f := a.flags
	j := &desk.Job{
		By:              userName(a.environ),
		Name:            f.batch,
		Limit:           f.limit,
		Strict:          f.strict,
		AllowDuplicates: f.duplicates,
		AllowRepeat:     f.repeat,
		AcceptPrice:     f.acceptPrice,
		Again:           f.again,
	}
	if f.batch != "" && !batchName.MatchString(f.batch) {
		return nil, usageError{fmt.Errorf("--batch %q: use letters, digits, dots, - and _", f.batch)}
	}
	if f.limit < 1 && a.limited {
		return nil, usageError{fmt.Errorf("--limit %d sends nothing; give 1 or more, or leave it out", f.limit)}
	}
	var err error
	if j.Settle = f.settle; f.after != "" {
		if j.Late, err = time.ParseDuration(f.after); err != nil || j.Late <= 0 {
			return nil, usageError{fmt.Errorf("--after %q is no time; write it like 180s", f.after)}
		}
	}
	if f.maxSpend != "" {
		most, err := decimal.NewFromString(f.maxSpend)
		if err != nil || most.IsNegative() {
			return nil, usageError{fmt.Errorf("--max-spend %q is no amount of money", f.maxSpend)}
		}
		j.MaxSpend = decimal.NewNullDecimal(most)
	}
	if f.verbose {
		j.Log = slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return j, nil
}

func userName(environ func(string) string) string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return cmp.Or(environ("USER"), environ("USERNAME"), "somebody")
}

// openSheet opens a sheet, with the columns that were named for such a header before.
func (a *app) openSheet(path string) (*parse.Sheet, error) {
	o, err := a.readOptions()
	if err != nil {
		return nil, err
	}
	if a.flags.remember && len(o.Map) == 0 {
		return nil, usageError{errors.New("--remember-map needs --map: there is nothing to remember")}
	}
	var known settings.Mappings
	dir, err := settings.StateDir()
	if err == nil {
		known, err = settings.LoadMappings(filepath.Join(dir, "columns.json"))
		o.Remembered = known.Of
	} else if !a.flags.remember {
		err = nil // without a home nothing is remembered
	}
	if err != nil {
		return nil, usageError{err}
	}
	sheet, err := parse.Open(path, o)
	if err == nil && a.flags.remember {
		if err = known.Remember(sheet.HeaderFingerprint, o.Map); err != nil {
			return nil, errors.Join(err, sheet.Close())
		}
	}
	return sheet, err
}
