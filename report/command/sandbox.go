package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkorder/samples/sandbox"
)

// sandboxOptions say how the sample panel behaves.
type sandboxOptions struct {
	sandbox.Config
	listen         string
	faults, prices []string
	like           []string
}

func (p *program) sandboxCommand() *cobra.Command {
	var o sandboxOptions
	cmd := &cobra.Command{
		Use: "sandbox", Short: "Serve a panel to play with on this machine", Args: noArguments,
		Long: "Serve a panel to play with on this machine. It is patient and exact; --like makes it one of the\n" +
			"panels that there are:\n\n" + characters(),
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return answer{}, p.runSandbox(ctx, o) }),
	}
	o.flags(cmd.Flags())
	return cmd
}

// characters lists the panels that the sandbox can be like.
func characters() string {
	var b strings.Builder
	for _, c := range sandbox.Characters() {
		fmt.Fprintf(&b, "  %-13s %s\n", c.Name, c.Help)
	}
	return b.String()
}

// runSandbox serves the sample panel until it is interrupted.
func (p *program) runSandbox(ctx context.Context, o sandboxOptions) error {
	c, err := o.config()
	if err != nil {
		return usage(err)
	}
	s, err := sandbox.New(c)
	if err != nil {
		return usage(err)
	}
	l, err := net.Listen("tcp", o.listen)
	if err != nil {
		return fmt.Errorf("serving the sandbox: %w", err)
	}
	fmt.Fprintf(p.err, "The sandbox listens on http://%s/api/v2; its key is %q. Ctrl-C ends it.\n",
		l.Addr(), cmp.Or(c.Key, "sandbox"))
	server := http.Server{Handler: s}
	context.AfterFunc(ctx, func() { s.Close(); server.Close() })
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// config reads the characters, faults and prices.
func (o sandboxOptions) config() (sandbox.Config, error) {
	c := o.Config
	c.KeepRequests = -1
	for _, text := range o.faults {
		fault, err := sandbox.ParseFault(text)
		if err != nil {
			return c, err
		}
		c.Faults = append(c.Faults, fault)
	}
	for _, text := range o.prices {
		price, err := sandbox.ParsePrice(text)
		if err != nil {
			return c, err
		}
		c.Prices = append(c.Prices, price)
	}
	return sandbox.Like(c, o.like...)
}

func (o *sandboxOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "the `address` to listen on")
	f.StringVar(&o.Key, "sandbox-key", "sandbox", "the `key` that it accepts; it guards nothing")
	f.StringVar(&o.Balance, "balance", "10000", "the account's `amount` of money")
	f.StringVar(&o.File, "orders", "", "keep the orders in this `file`")
	f.DurationVar(&o.Latency, "latency", 0, "the `duration` that every answer takes")
	f.IntVar(&o.Rate, "requests", 0, "`requests` a minute that are allowed; 0: any number")
	f.BoolVar(&o.RateText, "rate-text", false, "tell of too many requests by text, not by HTTP 429")
	f.BoolVar(&o.Strings, "strings", false, "write ids as strings")
	f.BoolVar(&o.ActiveGuard, "active-guard", false, "refuse a second order for a service and link while one is active")
	f.StringSliceVar(
		&o.like,
		"like",
		nil,
		"be a panel like the one of this `name`; several make one that is all of them",
	)
	f.Float64Var(&o.Speed, "speed", 0, "how `fast` orders move on (default 1)")
	f.Float64Var(&o.Strangers, "strangers", 0, "the `chance` that a stranger's order takes an id between ours")
	f.StringVar(&o.Round, "round", "", "round charges to so many `PLACES:half`, up or down, such as 2:up")
	f.BoolVar(&o.Gross, "gross", false, "go on telling the charge of orders that gave money back")
	f.StringVar(&o.Echo, "echo", "",
		"tell the key in every answer, in a `writing` such as raw, json, percent, html, base64")
	f.StringArrayVar(&o.prices, "price", nil,
		"another rate that comes to hold: `SERVICE=RATE`[:after=3][:shown=10][:all]")
	f.Int64Var(&o.Seed, "seed", 0, "the `seed` of chances")
	f.StringArrayVar(
		&o.faults,
		"fault",
		nil,
		"spoil answers: `ACTION:KIND`[:before|:after][:p=0.05][:n=3], such as add:closed:after:p=0.1",
	)
}
