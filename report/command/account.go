package command

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/report"
)

func (a *app) services() *cobra.Command {
	var kind, out string
	cmd := &cobra.Command{Use: "services [WORDS]", Short: "Search the panel's catalogue",
		RunE: func(cmd *cobra.Command, args []string) error {
			client, _, err := a.connect(cmd.Context(), a.flags.panel, a.flags.url, "", anyKey)
			if err != nil {
				return err
			}
			defer client.Close()
			catalogue, err := client.Services(cmd.Context())
			if err != nil {
				return err
			}
			found := listed(catalogue.Search(args, kind))
			switch {
			case out != "":
				return writeServices(out, found)
			case a.flags.json:
				return report.ServicesJSON(a.out, found)
			}
			a.person(a.out, a.outTerminal).Services(found, "")
			return nil
		}}
	cmd.Flags().StringVar(&kind, "type", "", "only services of this order `type`")
	cmd.Flags().StringVarP(&out, "out", "o", "", "write the list to a .csv `file`")
	words(cmd, "out") // in the environment it is the results' file
	return cmd
}

func writeServices(path string, all []report.Service) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"service", "name", "type", "category", "rate", "min", "max", "refill", "cancel"})
	for _, s := range all {
		_ = w.Write(
			[]string{
				s.ID,
				s.Name,
				s.Type,
				s.Category,
				s.Rate.String(),
				fmt.Sprint(s.Min),
				fmt.Sprint(s.Max),
				fmt.Sprint(s.Refill),
				fmt.Sprint(s.Cancel),
			},
		)
	}
	w.Flush()
	return errors.Join(w.Error(), f.Close())
}

func (a *app) balance() *cobra.Command {
	return &cobra.Command{Use: "balance", Short: "Tell what is left on the account", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, _, err := a.connect(cmd.Context(), a.flags.panel, a.flags.url, "", anyKey)
			if err != nil {
				return err
			}
			defer client.Close()
			balance, err := client.Balance(cmd.Context())
			if err != nil {
				return err
			}
			if a.flags.json {
				return json.NewEncoder(a.out).
					Encode(map[string]string{"panel": client.Panel.Name, "balance": balance.Amount.String(), "currency": balance.Currency})
			}
			fmt.Fprintf(a.out, "%s %s\n", balance.Amount, parse.Escape(balance.Currency))
			return nil
		}}
}

func (a *app) panels() *cobra.Command {
	return &cobra.Command{Use: "panels", Short: "List the panels that are known", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithCancel(cmd.Context())
			defer cancel()
			var rows [][]string
			for _, name := range a.config.Names() {
				p, own, err := a.config.Resolve(name, "")
				if err != nil {
					return usageError{err}
				}
				var lacks []string
				for _, form := range p.Lacks {
					lacks = append(lacks, string(form))
				}
				address := p.URL
				if name == settings.Sandbox && address == "" {
					address = "(inside this program)"
				}
				key, err := settings.KeySource(ctx, name, own, a.environ)
				if err != nil {
					cancel() // a keyring that is locked or silent is asked once, not once a panel
				}
				key = cmp.Or(key, "none")
				rows = append(
					rows,
					[]string{name, address, cmp.Or(p.Document, "-"), key, cmp.Or(strings.Join(lacks, ", "), "nothing")},
				)
			}
			if a.flags.json {
				return json.NewEncoder(a.out).Encode(rows)
			}
			a.person(a.out, a.outTerminal).Table([]string{"Panel", "Address", "Document", "Key", "Lacks"}, rows)
			return nil
		}}
}

func (a *app) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Tell which version this is", Args: cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			version := "development"
			if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
				version = info.Main.Version
			}
			fmt.Fprintf(a.out, "bulkorder %s, %s, %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		}}
}
