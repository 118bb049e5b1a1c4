package command

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/settings"
	"bulkorder/report/terminal"
)

func (p *program) panelsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "panels", Short: "List the panels that are known", Args: cobra.NoArgs,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runPanels(ctx) }),
	}
}

// knownPanel is a panel as --json tells it.
type knownPanel struct {
	Name     string   `json:"name"`
	Address  string   `json:"address"`  // empty: none is known, or it is inside this program
	Document string   `json:"document"` // empty: the standard one
	Key      string   `json:"key"`      // where it is from; empty: nowhere
	Lacks    []string `json:"lacks"`
}

type knownPanels struct {
	Panels []knownPanel `json:"panels"`
}

// runPanels lists the panels that are known.
func (p *program) runPanels(ctx context.Context) (answer, error) {
	all, err := p.desk.Panels(ctx)
	if err != nil {
		return answer{}, err
	}
	var rows [][]string
	told := knownPanels{[]knownPanel{}}
	for _, one := range all {
		lacks := []string{}
		for _, form := range one.Lacks {
			lacks = append(lacks, string(form))
		}
		told.Panels = append(told.Panels, knownPanel{one.Name, one.Address, one.Document, one.Key, lacks})
		address := one.Address
		if one.Name == settings.Sandbox && address == "" {
			address = "(inside this program)"
		}
		rows = append(rows, []string{
			one.Name, address, cmp.Or(one.Document, "-"), cmp.Or(one.Key, "none"),
			cmp.Or(strings.Join(lacks, ", "), "nothing"),
		})
	}
	return answer{object: told, words: func(s terminal.Screen) {
		s.Table([]string{"Panel", "Address", "Document", "Key", "Lacks"}, rows)
	}}, nil
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Tell which version this is", Args: cobra.NoArgs,
		RunE: p.does(func(context.Context, []string) (answer, error) { return p.runVersion(), nil }),
	}
}

// runVersion tells which version this is.
func (p *program) runVersion() answer {
	version := "development"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	return answer{
		object: map[string]string{
			"version": version, "go": runtime.Version(), "system": runtime.GOOS, "architecture": runtime.GOARCH,
		},
		words: func(s terminal.Screen) {
			fmt.Fprintf(s.Out, "bulkorder %s, %s, %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}
