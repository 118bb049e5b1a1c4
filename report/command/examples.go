package command

import (
	_ "embed"
	"strings"

	"github.com/spf13/cobra"
)

// examples are command lines, below a heading with the command that they call.
//
//go:embed examples.txt
var examples string

// addExamples gives each command below one its examples.
func addExamples(root *cobra.Command) {
	for section := range strings.SplitSeq(strings.TrimPrefix(examples, "# "), "\n# ") {
		name, lines, _ := strings.Cut(section, "\n")
		cmd, _, err := root.Find(strings.Fields(name))
		if err != nil {
			continue // a test finds all of them
		}
		cmd.Example = "  " + strings.ReplaceAll(strings.TrimSpace(lines), "\n", "\n  ")
	}
}
