package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// noArguments refuses what stands behind a command that takes nothing; where it has commands of its own, those are
// named that may be meant.
func noArguments(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case !cmd.HasSubCommands():
		return usage(fmt.Errorf("%s takes nothing but flags, and %q is none", cmd.Name(), args[0]))
	}
	return usage(fmt.Errorf("there is no command %q%s; see `%s --help`", cmd.CommandPath()+" "+args[0],
		mayBe(near(cmd, args[0])), cmd.CommandPath()))
}

// near are the commands of one whose names are a mistake of typing away.
func near(cmd *cobra.Command, name string) []string {
	cmd.SuggestionsMinimumDistance = 2
	return cmd.SuggestionsFor(name)
}

// noFlag says the same of flags.
func noFlag(cmd *cobra.Command, err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !unknown {
		return usage(err)
	}
	names := &cobra.Command{} // it knows which names are near
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	meant := near(names, name)
	for i := range meant {
		meant[i] = "--" + meant[i]
	}
	return usage(fmt.Errorf("%s has no flag --%s%s; see `%s --help`", cmd.Name(), name, mayBe(meant), cmd.CommandPath()))
}

func mayBe(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " (did you mean " + strings.Join(names, " or ") + "?)"
}
