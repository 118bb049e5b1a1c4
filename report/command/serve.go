package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch"
	"bulkorder/batch/fleet"
	"bulkorder/batch/settings"
	"bulkorder/report/web"
)

type serveOptions struct{ addr, every string }

func (p *program) serveCommand() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use: "serve", Short: "Show the page: upload, review, place and watch sheets in a browser", Args: cobra.NoArgs,
		Long: `Serves the page to this machine's browser, and works in the background as "work" does: it sends what is placed
there, and what "run --detach" put into the books, and asks how orders stand. The link that it prints lets you in once,
and leaves a cookie. A server that is stopped or killed goes on, when it is started again, where the books stand.`,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return answer{}, p.runServe(ctx, o) }),
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8780", "listen at this `address` of this machine; port 0 is a free one")
	f.StringVar(&o.every, "every", "15m", "look after this `time` which orders are to be asked about; off: never")
	paceFlags(f)
	notifyFlag(f)
	return cmd
}

// runServe serves the page, and works, until it is interrupted.
func (p *program) runServe(ctx context.Context, o serveOptions) error {
	host, _, err := net.SplitHostPort(o.addr)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return usage(fmt.Errorf("--addr %q is no address of this machine alone, such as 127.0.0.1:8780", o.addr))
	}
	asks, err := asksEvery(o.every)
	if err != nil {
		return err
	}
	if err := p.checkNotice(); err != nil {
		return err
	}
	dir, err := settings.StateDir()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return err
	}
	entry, err := web.NewEntry(filepath.Join(dir, "page.secret"))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("listening at %s: %w", o.addr, err)
	}
	defer listener.Close()
	log := slog.New(slog.NewTextHandler(p.err, nil))
	page := &web.Server{Desk: p.desk, Hosts: hosts(listener.Addr()), Entry: entry, Log: log}
	handler, err := page.Handler()
	if err != nil {
		return err
	}
	if err := p.tellLink(fmt.Sprintf("http://%s/?token=%s", listener.Addr(), entry.Token())); err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute,
		MaxHeaderBytes: 64 << 10, BaseContext: func(net.Listener) context.Context { return ctx }}
	worker := fleet.Worker{Desk: p.desk, Parts: 10, Asks: asks, Told: func(fleet.Event) {}}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return worker.Run(ctx) })
	g.Go(func() error { return web.Run(ctx, server, func() error { return server.Serve(listener) }) })
	if err := g.Wait(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// tellLink prints the link that lets a person in.
func (p *program) tellLink(link string) error {
	if !p.json {
		_, err := fmt.Fprintf(p.out, "Open %s\nIt counts once. Interrupt to stop: what is under way is finished.\n", link)
		return err
	}
	return json.NewEncoder(p.out).Encode(map[string]string{"url": link})
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
func asksEvery(text string) (*batch.Schedule, error) {
	if text == "off" {
		return nil, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return nil, usage(fmt.Errorf("--every %q is no time; write it like 15m or 2h, or off", text))
	}
	asks, err := batch.Every(d)
	if err != nil {
		return nil, usage(fmt.Errorf("--every: %w", err))
	}
	return &asks, nil
}
