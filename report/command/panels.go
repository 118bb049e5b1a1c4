package command

import (
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/settings"
	"bulkorder/report/terminal"
)

func (p *program) panelsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "panels", Short: "List the panels that are known", Args: noArguments,
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
