package command

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/report/terminal"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Tell which version this is", Args: noArguments,
		RunE: p.does(func(context.Context, []string) (answer, error) { return p.runVersion(), nil }),
	}
}

// build is what the program was built from, as the Go command wrote it into the program.
type build struct {
	Version      string `json:"version"`          // "development": none was given
	Commit       string `json:"commit,omitempty"` // of the source; "-dirty" where files had changed since
	Date         string `json:"date,omitempty"`   // of the commit, RFC 3339
	Go           string `json:"go"`
	System       string `json:"system"`
	Architecture string `json:"architecture"`
}

func thisBuild() build {
	b := build{
		Version: "development", Go: runtime.Version(), System: runtime.GOOS, Architecture: runtime.GOARCH,
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = strings.TrimPrefix(v, "v")
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	const short = 12 // letters tell commits apart
	b.Commit, b.Date = set["vcs.revision"], set["vcs.time"]
	if b.Commit = b.Commit[:min(short, len(b.Commit))]; b.Commit != "" && set["vcs.modified"] == "true" {
		b.Commit += "-dirty"
	}
	return b
}

func (b build) String() string {
	from := ""
	if b.Commit != "" {
		from = fmt.Sprintf(" (%s, %s)", b.Commit, cmp.Or(b.Date, "no date"))
	}
	return fmt.Sprintf("bulkorder %s%s, %s, %s/%s", b.Version, from, b.Go, b.System, b.Architecture)
}

// runVersion tells which version this is.
func (p *program) runVersion() answer {
	return answer{object: thisBuild(), words: func(s terminal.Screen) { fmt.Fprintln(s.Out, thisBuild()) }}
}
