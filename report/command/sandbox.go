package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/spf13/cobra"

	"bulkorder/samples/sandbox"
)

func (p *program) sandboxCommand() *cobra.Command {
	var c sandbox.Config
	var listen string
	var faults, prices []string
	cmd := &cobra.Command{Use: "sandbox", Short: "Serve a panel to play with on this machine", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, text := range faults {
				fault, err := sandbox.ParseFault(text)
				if err != nil {
					return usage(err)
				}
				c.Faults = append(c.Faults, fault)
			}
			for _, text := range prices {
				price, err := sandbox.ParsePrice(text)
				if err != nil {
					return usage(err)
				}
				c.Prices = append(c.Prices, price)
			}
			c.KeepRequests = -1
			s, err := sandbox.New(c)
			if err != nil {
				return usage(err)
			}
			l, err := net.Listen("tcp", listen)
			if err != nil {
				return fmt.Errorf("serving the sandbox: %w", err)
			}
			fmt.Fprintf(
				p.err,
				"The sandbox listens on http://%s/api/v2; its key is %q. Ctrl-C ends it.\n",
				l.Addr(),
				cmp.Or(c.Key, "sandbox"),
			)
			server := http.Server{Handler: s}
			context.AfterFunc(cmd.Context(), func() { s.Close(); server.Close() })
			if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		}}
	f := cmd.Flags()
	f.StringVar(&listen, "listen", "127.0.0.1:8080", "the `address` to listen on")
	f.StringVar(&c.Key, "sandbox-key", "sandbox", "the `key` that it accepts; it guards nothing")
	f.StringVar(&c.Balance, "balance", "10000", "the account's `amount` of money")
	f.StringVar(&c.File, "orders", "", "keep the orders in this `file`")
	f.DurationVar(&c.Latency, "latency", 0, "how `long` every answer takes")
	f.IntVar(&c.Rate, "requests", 0, "`requests` a minute that are allowed; 0: any number")
	f.BoolVar(&c.RateText, "rate-text", false, "tell of too many requests by text, not by HTTP 429")
	f.BoolVar(&c.Strings, "strings", false, "write ids as strings")
	f.BoolVar(&c.ActiveGuard, "active-guard", false, "refuse a second order for a service and link while one is active")
	f.Float64Var(&c.Speed, "speed", 1, "how `fast` orders move on")
	f.Float64Var(&c.Strangers, "strangers", 0, "the `chance` that a stranger's order takes an id between ours")
	f.StringVar(&c.Round, "round", "", "round charges to so many `PLACES:half`, up or down, such as 2:up")
	f.BoolVar(&c.Gross, "gross", false, "go on telling the charge of orders that gave money back")
	f.StringVar(&c.Echo, "echo", "",
		"tell the key in every answer, in a `writing` such as raw, json, percent, html, base64")
	f.StringArrayVar(&prices, "price", nil,
		"another rate that comes to hold: `SERVICE=RATE`[:after=3][:shown=10][:all]")
	f.Int64Var(&c.Seed, "seed", 0, "the `seed` of chances")
	f.StringArrayVar(
		&faults,
		"fault",
		nil,
		"spoil answers: `ACTION:KIND`[:before|:after][:p=0.05][:n=3], such as add:closed:after:p=0.1",
	)
	return cmd
}
