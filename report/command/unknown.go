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
	if words, is := elsewhere(name); is {
		return usage(fmt.Errorf("%s has no flag --%s: %s", cmd.Name(), name, words))
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

// elsewhere tells what is meant by flags that other programs have.
func elsewhere(name string) (words string, is bool) {
	switch name {
	case "dry-run", "simulate", "noop":
		return "`bulkorder check SHEET` reads and checks a sheet, and sends nothing", true
	case "key", "api-key", "token":
		return "others on the machine can read the flags of a program; `bulkorder help panels` tells where keys are taken " +
			"from", true
	case "force":
		return "what may be sent in spite of a doubt has a flag of its own; `bulkorder help states` names them", true
	}
	return "", false
}

func mayBe(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " (did you mean " + strings.Join(names, " or ") + "?)"
}

// helpCommand tells how a command is called, or tells a topic. What is neither is an error, as an unknown command is.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND or TOPIC]", Short: "Tell how a command is called, or tell of a topic",
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // it needs no settings
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) (all []cobra.Completion,
			_ cobra.ShellCompDirective,
		) {
			about, _, err := cmd.Root().Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			for _, c := range about.Commands() {
				if !c.Hidden {
					all = append(all, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			return all, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, left, err := cmd.Root().Find(args)
			if err != nil || len(left) > 0 {
				unknown := args[max(0, len(args)-max(len(left), 1))]
				meant := near(about, unknown)
				for _, c := range about.Commands() {
					if c.IsAdditionalHelpTopicCommand() && strings.HasPrefix(c.Name(), strings.ToLower(unknown)) {
						meant = append(meant, c.Name())
					}
				}
				return usage(fmt.Errorf("there is no command and no topic %q%s; see `bulkorder help`", unknown, mayBe(meant)))
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}
