package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// completed is what a shell may offer for a word that is being typed.
type completed = []cobra.Completion

// addCompletions lets shells complete batches, panels, states, statuses, services and columns. They ask nobody: what
// the books and the configuration know is offered, and nothing is written for it.
func (p *program) addCompletions(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		switch name, _, _ := strings.Cut(cmd.Use, " "); name {
		case "resume", "report", "show", "settle", "refill", "cancel", "explain":
			cmd.ValidArgsFunction = p.completes(once(p.batches))
		case "refresh":
			cmd.ValidArgsFunction = p.completes(p.batches)
		case "check", "run":
			cmd.ValidArgsFunction = cobra.FixedCompletions([]cobra.Completion{"xlsx", "xlsm", "csv", "tsv", "txt"},
				cobra.ShellCompDirectiveFilterFileExt)
		case "services":
			cmd.ValidArgsFunction = p.completes(p.services)
		case "pause", "go-on":
			cmd.ValidArgsFunction = p.completes(once(p.panels))
		case "key":
			for _, sub := range cmd.Commands() {
				sub.ValidArgsFunction = p.completes(once(p.panels))
			}
		}
		for name, offer := range map[string]offering{"status": p.statuses, "state": states, "group-by": p.columns,
			"batch": p.batches} {
			if cmd.Flags().Lookup(name) != nil && (name != "batch" || cmd.Name() != "run") {
				_ = cmd.RegisterFlagCompletionFunc(name, p.completes(offer)) // it fails for a flag that there isn't
			}
		}
	}
	_ = root.RegisterFlagCompletionFunc("panel", p.completes(p.panels))
}

// offering gives the words that may stand in a place. j are the books; nil: there are none yet.
type offering func(ctx context.Context, j *journal.Journal, args []string) completed

// completes makes what cobra asks of an offering: only what begins as the word does.
func (p *program) completes(offer offering) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		_, _ = p.begin(cmd) // what is wrong there is told when the command runs
		var j *journal.Journal
		if at, err := p.desk.JournalPath(); err == nil && !journal.IsPostgres(at.Text) {
			if j, err = journal.OpenReadOnly(cmd.Context(), at.Text); err == nil {
				defer j.Close()
			} else {
				j = nil
			}
		}
		all := slices.DeleteFunc(offer(cmd.Context(), j, args), func(c cobra.Completion) bool {
			return !strings.HasPrefix(strings.ToLower(c), strings.ToLower(word))
		})
		return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// once offers something for the first argument alone.
func once(offer offering) offering {
	return func(ctx context.Context, j *journal.Journal, args []string) completed {
		if len(args) > 0 {
			return nil
		}
		return offer(ctx, j, args)
	}
}

// batches are the batches in the books, the last one first.
func (p *program) batches(ctx context.Context, j *journal.Journal, args []string) (all completed) {
	if j == nil {
		return nil
	}
	known, _ := j.Batches(ctx)
	slices.SortFunc(known, func(a, b journal.Batch) int { return b.Created.Compare(a.Created) })
	for _, b := range known {
		if !slices.Contains(args, b.ID) {
			about := fmt.Sprintf("%s, %s", b.Sheet, b.Created.Local().Format("2 Jan 15:04"))
			all = append(all, cobra.CompletionWithDesc(b.ID, about))
		}
	}
	return all
}

// panels are those that `bulkorder panels` lists.
func (p *program) panels(ctx context.Context, _ *journal.Journal, _ []string) (all completed) {
	known, _ := p.desk.Panels(ctx)
	for _, one := range known {
		all = append(all, cobra.CompletionWithDesc(one.Name, one.Address))
	}
	return all
}

func states(context.Context, *journal.Journal, []string) (all completed) {
	for _, s := range report.States() {
		all = append(all, string(s))
	}
	return all
}

// meant is the batch that a command is about: the one that is named, or the last.
func meant(ctx context.Context, j *journal.Journal, args []string) (journal.Batch, bool) {
	if j == nil {
		return journal.Batch{}, false
	}
	b, err := j.Batch(ctx, first(args))
	return b, err == nil
}

// statuses are those that the orders of the batch have.
func (p *program) statuses(ctx context.Context, j *journal.Journal, args []string) completed {
	b, is := meant(ctx, j, args)
	if !is {
		return nil
	}
	totals, err := j.Totals(ctx, b)
	if err != nil {
		return nil
	}
	return report.StatusesOf(totals)
}

// columns are those of the batch's sheet.
func (p *program) columns(ctx context.Context, j *journal.Journal, args []string) (all completed) {
	b, _ := meant(ctx, j, args)
	for _, name := range b.Columns {
		if strings.TrimSpace(name) != "" {
			all = append(all, name)
		}
	}
	return all
}

// services are those that batches ordered: the catalogue isn't fetched while somebody types.
func (p *program) services(ctx context.Context, j *journal.Journal, _ []string) (all completed) {
	if j == nil {
		return nil
	}
	known, _ := j.Batches(ctx)
	names := map[string]string{}
	for _, b := range known {
		used, _ := j.Services(ctx, b)
		for _, s := range used {
			names[s.ID] = s.Name
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(names), journal.CompareIDs) {
		all = append(all, cobra.CompletionWithDesc(id, names[id]))
	}
	return all
}
