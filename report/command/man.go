package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manCommand writes the pages of the manual, for packages: one for each command and topic.
func (p *program) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man FOLDER", Short: "Write the pages of the manual into a folder", Hidden: true,
		Args: exactly(1, "the folder"),
		RunE: func(cmd *cobra.Command, args []string) error { return writeManual(cmd.Root(), args[0]) },
	}
}

// writeManual writes the same pages whenever it is called on one build.
func writeManual(root *cobra.Command, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("the manual: %w", err)
	}
	b := thisBuild()
	date, err := time.Parse(time.RFC3339, b.Date)
	if err != nil {
		date = time.Unix(0, 0).UTC() // a development build has none
	}
	root.DisableAutoGenTag = true
	header := &doc.GenManHeader{
		Section: "1", Date: &date, Source: "bulkorder " + b.Version, Manual: "Orders from sheets",
	}
	if err := doc.GenManTree(root, header, folder); err != nil {
		return fmt.Errorf("the manual: %w", err)
	}
	return writeTopics(root, header, folder)
}

// writeTopics writes the pages of what is no command, which cobra leaves out.
func writeTopics(root *cobra.Command, header *doc.GenManHeader, folder string) error {
	for _, cmd := range root.Commands() {
		if !cmd.IsAdditionalHelpTopicCommand() {
			continue
		}
		var page strings.Builder
		own := *header // its title is filled in
		if err := doc.GenMan(cmd, &own, &page); err != nil {
			return fmt.Errorf("the manual: %w", err)
		}
		path := filepath.Join(folder, "bulkorder-"+cmd.Name()+".1")
		if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
			return fmt.Errorf("the manual: %w", err)
		}
	}
	return nil
}
