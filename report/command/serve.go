package command

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/desk"
	"bulkorder/batch/fleet"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/notice"
	"bulkorder/report/web"
)

type serveOptions struct {
	addr, every string
	metrics     string
	names       []string
	cert, key   string // files of the certificate and its key; empty: plain http
}

func (p *program) serveCommand() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use: "serve", Short: "Show the page: upload, review, place and watch sheets in a browser", Args: noArguments,
		Long: `Serves the page to this machine's browser, and works in the background as "work" does: it sends what is placed
there, and what "run --detach" put into the books, and asks how orders stand. The link that it prints lets you in once,
and leaves a cookie. A server that is stopped or killed goes on, when it is started again, where the books stand.

Beyond this machine it listens with a certificate alone, to people with names and passwords, which the books keep:

  bulkorder serve password anna        # prints what to put into the configuration
  bulkorder serve --addr 0.0.0.0:8443 --tls-cert page.pem --tls-key page.key`,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return answer{}, p.runServe(ctx, o) }),
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8780", "listen at this `address`; port 0 is a free one")
	f.StringVar(&o.cert, "tls-cert", "", "the `file` of the certificate, with those that vouch for it behind")
	f.StringVar(&o.key, "tls-key", "", "the `file` of the certificate's key")
	f.StringSliceVar(&o.names, "host", nil, "further `names` that browsers call the server by, such as a proxy's")
	f.StringVar(&o.every, "every", "15m", "look after this `time` which orders are to be asked about; off: never")
	metricsFlag(f, &o.metrics)
	paceFlags(f)
	notifyFlag(f)
	holdNotesFlag(f)
	cmd.AddCommand(p.passwordCommand())
	return cmd
}

// runServe serves the page, and works, until it is interrupted.
func (p *program) runServe(ctx context.Context, o serveOptions) error {
	asks, err := asksEvery(o.every)
	if err != nil {
		return err
	}
	if err := p.checkNotice(); err != nil {
		return err
	}
	entry, err := p.entry(o)
	if err != nil {
		return err
	}
	certificate, err := o.certificate()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("listening at %s: %w", o.addr, err)
	}
	defer listener.Close()
	names := append(hosts(listener.Addr()), o.names...)
	if certificate != nil {
		names = append(names, certificate.names()...)
		listener = tls.NewListener(listener, certificate.config())
	}
	log := slog.New(slog.NewTextHandler(p.err, nil))
	page := &web.Server{Desk: p.desk, Hosts: names, Entry: entry, Log: log, Every: o.every, Notices: p.noticesOfPage(),
		Template: p.writeTemplate, Mirror: p.mirrorOf(plainMirror)}
	page.Clients = func(ctx context.Context, b journal.Batch) (*report.Clients, report.ClientTerms, error) {
		terms, err := p.clientTerms()
		if err != nil {
			return nil, terms, err
		}
		all, err := p.clientsOf(ctx, reportOptions{}, b, terms)
		return all, terms, err
	}
	page.Config, _ = p.configFile() // without a place for one no panel can be added
	handler, err := page.Handler()
	if err != nil {
		return err
	}
	metrics, err := metricsAt(o.metrics)
	if err != nil {
		return err
	}
	if err := p.tellLink(entry, o.address(listener.Addr(), names), metrics); err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog:    slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return ctx }}
	worker := fleet.Worker{Desk: p.desk, Parts: 10, Asks: asks, AsksNext: page.AsksNext, Told: func(e fleet.Event) {
		switch {
		case e.Asked != nil:
			page.Asked(*e.Asked, nil)
		case e.What == fleet.Failed:
			page.Asked(desk.Refreshed{}, e.Err)
		}
	}}
	g, ctx := errgroup.WithContext(ctx)
	if err := p.tellMetrics(ctx, g, metrics); err != nil {
		return err
	}
	g.Go(func() error { return p.worksOn(ctx, worker.Run(ctx), page) })
	g.Go(func() error { return web.Run(ctx, server, func() error { return server.Serve(listener) }) })
	if err := g.Wait(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// worksOn tells what ended the work. Where the books can't be written, everybody reads on the page why nothing goes on,
// until there is room: then the server ends, for whoever starts it again to go on with the books.
func (p *program) worksOn(ctx context.Context, err error, page *web.Server) error {
	var behind *journal.BehindError
	if !errors.Is(err, journal.ErrBroken) && !errors.As(err, &behind) {
		return err
	}
	page.Halt(err)
	fmt.Fprintln(p.err, parse.Escape(err.Error()))
	for behind != nil || !p.hasRoom() {
		select {
		case <-time.After(roomEvery):
		case <-ctx.Done():
			return err
		}
	}
	return err
}

const (
	roomEvery = 10 * time.Second // how often it is tried whether the books can be written again
	room      = 1 << 20          // bytes that must find room
)

// hasRoom tells whether files can be written beside the books.
func (p *program) hasRoom() bool {
	path, err := p.desk.JournalPath()
	if err != nil || journal.IsPostgres(path.Text) {
		return true
	}
	f, err := os.CreateTemp(filepath.Dir(path.Text), "bulkorder-room-")
	if err != nil {
		return false
	}
	_, err = f.Write(make([]byte, room))
	return errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name())) == nil
}

// entry decides who may come in: who started the server, where it listens to this machine alone, and people with
// passwords. Beyond this machine there must be some, and a certificate.
func (p *program) entry(o serveOptions) (*web.Entry, error) {
	host, _, err := net.SplitHostPort(o.addr)
	if err != nil {
		return nil, usage(fmt.Errorf("--addr %q is no address such as 127.0.0.1:8780", o.addr))
	}
	e := &web.Entry{People: map[string]string{}, TLS: o.cert != ""}
	for name, one := range p.settings.Config.People {
		e.People[name] = one.Password
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		e.Owner = p.desk.By
	}
	switch {
	case (o.cert == "") != (o.key == ""):
		return nil, usage(errors.New("--tls-cert and --tls-key go together"))
	case e.Owner == "" && (!e.TLS || len(e.People) == 0):
		return nil, usage(fmt.Errorf("--addr %q is no address of this machine alone, such as 127.0.0.1:8780; beyond it the "+
			"page needs --tls-cert and --tls-key, and people with passwords in the configuration; "+
			"`bulkorder serve password NAME` makes one", o.addr))
	}
	if e.Dir, err = settings.StateDir(); err == nil {
		err = os.MkdirAll(e.Dir, 0o700)
	}
	if err != nil {
		return nil, err
	}
	if err := e.Open(); err != nil {
		return nil, usage(err)
	}
	return e, nil
}

// address is where a browser finds the server.
func (o serveOptions) address(at net.Addr, names []string) string {
	scheme, host := "http", at.String()
	if o.cert != "" {
		scheme = "https"
	}
	if a, is := at.(*net.TCPAddr); is && a.IP.IsUnspecified() {
		name := "localhost"
		if last := names[len(names)-1]; len(names) > len(hosts(at)) {
			name = last
		}
		host = net.JoinHostPort(name, fmt.Sprint(a.Port))
	}
	return scheme + "://" + host + "/"
}

// tellLink prints where the page is; with what lets the one person in who started the server, once.
func (p *program) tellLink(e *web.Entry, address string, metrics net.Listener) error {
	words := "Open %s and sign in. Interrupt to stop: what is under way is finished.\n"
	if e.Owner != "" {
		address += "?token=" + e.Token()
		words = "Open %s\nIt counts once. Interrupt to stop: what is under way is finished.\n"
	}
	object := map[string]string{"url": address}
	if metrics != nil {
		object["metrics"] = "http://" + metrics.Addr().String() + "/metrics"
		words += "Metrics are at " + object["metrics"] + "\n"
	}
	if !p.json {
		_, err := fmt.Fprintf(p.out, words, address)
		return err
	}
	return json.NewEncoder(p.out).Encode(object)
}

// noticesOfPage tells the page where notices are posted.
func (p *program) noticesOfPage() web.Notices {
	address := p.settings.Of("notify").Text
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return web.Notices{}
	}
	return web.Notices{To: u.Host, Test: func(ctx context.Context, by string) error {
		return notice.Notice{Event: notice.Trial, Result: report.Result{By: by}, At: time.Now()}.Post(ctx, address)
	}}
}

// hosts are the names by which a browser of this machine reaches an address of it.
func hosts(addr net.Addr) []string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return []string{addr.String()}
	}
	return []string{addr.String(), net.JoinHostPort("localhost", port), net.JoinHostPort("127.0.0.1", port)}
}

// asksEvery reads how often orders are asked about; nil: never.
func asksEvery(text string) (*follow.Schedule, error) {
	if text == "off" {
		return nil, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return nil, usage(fmt.Errorf("--every %q is no time; write it like 15m or 2h, or off", text))
	}
	asks, err := follow.Every(d)
	if err != nil {
		return nil, usage(fmt.Errorf("--every: %w", err))
	}
	return &asks, nil
}
