package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

func (p *program) journalCopyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "copy FROM TO", Short: "Copy the journal between a file and a database, and go on there",
		Args: exactly(2, "the journal that is copied, and the new one"),
		Long: `Copies a journal, each row as it is, into one that is empty, and compares the two row by row. FROM and TO are files
or databases, such as postgres://user@host/database (a password is given by PGPASSWORD or ~/.pgpass). Nothing may work
on FROM meanwhile. From then on TO is the journal: name it by --journal, BULKORDER_JOURNAL or "journal" in the
configuration. From FROM nothing is sent any more, unless "journal check --accept" takes that back. Rows in doubt stay
in doubt.`,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runJournalCopy(ctx, args[0], args[1])
		}),
	}
}

// copiedBooks is what journal copy prints as one object.
type copiedBooks struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Batches int    `json:"batches"`
	Rows    int64  `json:"rows"` // of all tables
	Queued  int    `json:"queued"`
	InDoubt int    `json:"in_doubt"`
}

// runJournalCopy copies a journal.
func (p *program) runJournalCopy(ctx context.Context, from, to string) (a answer, err error) {
	for _, where := range []string{from, to} {
		if journal.TellsPassword(where) {
			return a, usage(errPassword)
		}
	}
	done, err := p.desk.CopyJournal(ctx, from, to)
	if err != nil {
		return a, err
	}
	told := copiedBooks{journal.PlaceOf(from), journal.PlaceOf(to), done.Batches, done.Rows, done.Unsent, done.Doubts}
	return answer{object: told, chat: true, words: func(s terminal.Screen) {
		fmt.Fprintf(s.Out, "Copied %s and compared each: %s, %s to be sent, %s in doubt.\n",
			report.Counted(int(told.Rows), "row"), report.Counted(told.Batches, "batch"), report.Count(told.Queued),
			report.Count(told.InDoubt))
		fmt.Fprintf(s.Out, "The journal is %s from now on; from %s nothing is sent any more.\n",
			told.To, told.From)
	}}, nil
}

func (p *program) journalMigrateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Bring the journal's tables up to date", Args: cobra.NoArgs,
		Long: `Brings the journal's tables up to date, as every command does that works on it. It is for a database in which only
its owner may make tables: run it as the owner, and all else as a user who may read and write them.`,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runJournalMigrate(ctx) }),
	}
}

// migrated is what journal migrate prints as one object.
type migrated struct {
	Journal string `json:"journal"`
	From    int64  `json:"from"` // step of the schema; 0: there were no tables
	To      int64  `json:"to"`
}

// runJournalMigrate brings the journal up to date.
func (p *program) runJournalMigrate(ctx context.Context) (a answer, err error) {
	j, err := p.desk.Journal(ctx)
	if err != nil {
		return a, err
	}
	told := migrated{j.Path, j.Found, j.Step}
	return answer{object: told, chat: true, words: func(s terminal.Screen) {
		if told.From == told.To {
			fmt.Fprintf(s.Out, "%s is up to date: schema %d.\n", told.Journal, told.To)
			return
		}
		fmt.Fprintf(s.Out, "%s was brought from schema %d to %d.\n", told.Journal, told.From, told.To)
	}}, nil
}
