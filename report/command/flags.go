package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/notice"
	"bulkorder/samples/sandbox"
)

// typed marks flags that are taken from the command line alone: a person's word about orders, and those that mean
// something else for another command.
const typed = "on the command line alone"

// typedOnly marks flags of a command so.
func typedOnly(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		_ = cmd.Flags().SetAnnotation(name, typed, []string{"yes"}) // it fails for a flag that there isn't
	}
}

// begin takes what the environment and the configuration say where the command line says nothing, and makes the desk.
// Each flag also is BULKORDER_<FLAG>.
func (p *program) begin(cmd *cobra.Command) (environment, configuration error) {
	p.said = flagsSaid(cmd)
	given := map[string]settings.Value{}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		value := p.environ(settings.Variable(f.Name))
		switch {
		case f.Changed:
			given[f.Name] = settings.FromFlag(f.Name, f.Value.String())
		case value == "" || f.Name == "help" || f.Annotations[typed] != nil:
		default:
			if err := cmd.Flags().Set(f.Name, value); err != nil {
				environment = usage(fmt.Errorf("%s: %w", settings.Variable(f.Name), err))
			}
			given[f.Name] = settings.FromVariable(f.Name, f.Value.String())
		}
	})
	if at := given["journal"]; at.Flag && journal.TellsPassword(at.Text) {
		environment = usage(errPassword)
	}
	config, err := settings.Load(p.config)
	if err != nil {
		configuration = usage(err)
	}
	p.plain = p.environ("NO_COLOR") != "" || p.environ("TERM") == "dumb"
	p.settings = settings.Settings{Config: config, Given: given, Environ: p.environ}
	p.beAlive(cmd.Name() == "serve" || cmd.Name() == "work" || cmd.Name() == "sandbox")
	p.desk = p.newDesk()
	return environment, configuration
}

// newDesk makes the application with what the command line has of its own: the writers of results and notices, and
// the sandbox.
func (p *program) newDesk() *desk.Desk {
	d := desk.New(&desk.Accounts{Settings: p.settings, Sandbox: p.startSandbox}, userName(p.environ))
	if p.verbose {
		d.Log = slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	d.Busy, d.Accounts.Asking = p.life.For, p.asking
	d.CheckResults = func(columns []string, r desk.Results) error { return report.CheckGroupBy(columns, r.GroupBy) }
	d.WriteResults = func(ctx context.Context, j *journal.Journal, b journal.Batch, r desk.Results) (string, error) {
		defer p.life.For("writing the results to " + r.Path)()
		path, err := book.Results{Journal: j, Batch: b, GroupBy: r.GroupBy}.Write(ctx, r.Path)
		if header, fields := report.NewColumns(b, nil).Mapped(b.Mapped); err == nil && len(fields) > 0 {
			// What was said of the sheet's columns holds for its results too. Without it they can be run again with --map.
			_ = d.RememberColumns(header, fields)
		}
		return path, err
	}
	d.ReadResults = book.Ordered
	d.Tell = func(note string) { p.notes([]string{note}) }
	if address := p.settings.Of("notify").Text; address != "" {
		d.Notice = func(ctx context.Context, n desk.Notice) error { return post(ctx, address, n) }
	}
	return d
}

// asking tells what is waited for while a panel is asked.
func (p *program) asking(panel, action string) (ended func()) {
	what := map[string]string{"services": "the catalogue", "balance": "the balance", "status": "statuses",
		"orders": "the orders", "refill_status": "refills"}[action]
	return p.life.For("waiting for " + cmp.Or(what, "an answer") + " of " + panel)
}

// post posts a notice.
func post(ctx context.Context, address string, n desk.Notice) error {
	r := result(desk.Outcome{Batch: n.Batch, Totals: n.Totals, End: n.End})
	event := notice.EventOf(r)
	if n.Final {
		event = notice.Final
	}
	return notice.Notice{Event: event, Result: r, At: time.Now()}.Post(ctx, address)
}

// checkNotice fails before anything is done where notices can't be posted to the address that is set.
func (p *program) checkNotice() error {
	if address := p.settings.Of("notify").Text; address != "" {
		if err := notice.CheckURL(address); err != nil {
			return usage(fmt.Errorf("--notify: %w", err))
		}
	}
	return nil
}

// errPassword: a password is an argument.
var errPassword = errors.New("other users of this machine can read the arguments of a program, and there is a " +
	"password in the address of the journal; give it by BULKORDER_JOURNAL, the configuration, PGPASSWORD or ~/.pgpass")

// startSandbox runs the sample panel inside this process; its orders live on in the state folder.
func (p *program) startSandbox(context.Context) (string, error) {
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
	return "http://" + l.Addr().String() + "/api/v2", nil
}

func userName(environ func(string) string) string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return cmp.Or(environ("USER"), environ("USERNAME"), "somebody")
}

// Flags of the account: what they say reaches the desk with the settings, and with where it was said.

func rateFlag(f *pflag.FlagSet) {
	f.String("rate", "", "send at this `rate`: 60/m, 10/s or auto (default 60/m)")
}

func paceFlags(f *pflag.FlagSet) {
	rateFlag(f)
	f.Int("concurrency", 0, "keep `N` requests under way at once at most (default 2 to 128, as rate and answers need)")
	f.String("timeout", "", "how long an answer may take, a `duration` (default 150s)")
}

func notifyFlag(f *pflag.FlagSet) {
	f.String("notify", "", "post a notice to this `address` when a run ends, and when all orders are final")
}

func groupFlag(f *pflag.FlagSet, groupBy *string) {
	f.StringVar(
		groupBy, "group-by", "", "tell the spending by the sheet's column of this `name` (default Client or Campaign)",
	)
}

// holdNotesFlag is of each command that opens sheets: [desk.Desk.OpenSheet] asks the settings for it.
func holdNotesFlag(f *pflag.FlagSet) {
	f.Bool("hold-notes", false, "rows with a note that nobody understands wait for you")
}

func acceptFlag(f *pflag.FlagSet) {
	f.String("accept-warnings", "", "send rows that are warned of too: all, or the `names` of warnings, with commas")
	f.Lookup("accept-warnings").NoOptDefVal = "all"
}

func yesFlag(f *pflag.FlagSet, yes *bool) {
	f.BoolVarP(yes, "yes", "y", false, "don't ask before sending")
}

// pilot is a number of rows to send, 1 or more. 0, which can't be given: all.
type pilot int

func (n *pilot) String() string { return strconv.Itoa(int(*n)) }

func (n *pilot) Type() string { return "int" }

func (n *pilot) Set(text string) error {
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 {
		return errors.New("that sends nothing; give 1 or more, or leave it out")
	}
	*n = pilot(v)
	return nil
}

// lateness is how long after a lost answer its order may still appear; 0: the usual time.
type lateness time.Duration

func (l *lateness) String() string {
	if *l == 0 {
		return ""
	}
	text := time.Duration(*l).String()
	for _, zero := range []string{"m0s", "h0m"} { // 3m is typed, not 3m0s
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}

func (l *lateness) Type() string { return "string" }

func (l *lateness) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return fmt.Errorf("%q is no time; write it like 180s", text)
	}
	*l = lateness(d)
	return nil
}

func afterFlag(f *pflag.FlagSet, after *lateness) {
	f.Var(after, "after", "the `duration` after a lost answer in which its order may still appear (default 180s)")
}
