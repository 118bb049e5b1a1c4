package command

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

func (p *program) journalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "journal", Short: "Look after the books themselves", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			return usage(errors.New("journal needs check, backup, copy or migrate; see `bulkorder journal --help`"))
		},
	}
	cmd.AddCommand(p.journalCheckCommand(), p.journalBackupCommand(), p.journalCopyCommand(), p.journalMigrateCommand())
	return cmd
}

type journalOptions struct{ accept, yes bool }

func (p *program) journalCheckCommand() *cobra.Command {
	var o journalOptions
	cmd := &cobra.Command{
		Use: "check", Short: "Tell whether the journal is sound and the newest, and what it doesn't know", Args: noArguments,
		Long: `Looks whether the journal is sound and whether it is the newest: an older backup, a copy or a journal that lost
what was written last sends nothing, since rows that it shows as unsent may have been ordered. Such a journal is
compared with its accounts, which are asked for services, balance and statuses, and with results workbooks.

--accept is your word that it is to be used as it is. Rows that may have been ordered since are held then.

Exit codes: 0 sound and the newest, or accepted; 1 damaged, or not the newest.`,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runJournalCheck(ctx, o) }),
	}
	cmd.Flags().BoolVar(&o.accept, "accept", false, "go on with a journal that isn't the newest")
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "don't ask before going on")
	rateFlag(cmd.Flags())
	typedOnly(cmd, "accept")
	return cmd
}

// checkedBooks is what journal check prints as one object.
type checkedBooks struct {
	Checks   []report.Finding `json:"checks"`
	OK       bool             `json:"ok"`       // it is sound, and the newest
	Accepted bool             `json:"accepted"` // a person said that it is to be used as it is
	Held     int              `json:"held"`     // rows that are held for that
}

// runJournalCheck tells how the journal stands, and keeps a person's word about it.
func (p *program) runJournalCheck(ctx context.Context, o journalOptions) (a answer, err error) {
	found, err := p.desk.CheckJournal(ctx)
	if err != nil {
		return a, err
	}
	told := checkedBooks{Checks: findings(found.Findings), OK: found.Sound()}
	a = answer{words: func(s terminal.Screen) { s.Doctor(told.Checks) }}
	if !told.OK {
		a.code = exitOther
	}
	if o.accept && found.Behind && !found.Damaged {
		if !p.json { // what was found is told before a person is asked
			if err := p.print(a); err != nil {
				return a, err
			}
		}
		if err = p.agreeToBooks(ctx, o.yes); err == nil {
			told.Held, err = p.desk.AcceptJournal(ctx, found)
		}
		if err != nil {
			return answer{}, err
		}
		told.Accepted, a.code = true, exitOK
		a.words = func(s terminal.Screen) { s.Accepted(told.Held) }
	}
	told.Checks = report.Safe(told.Checks)
	a.object = told
	return a, nil
}

// agreeToBooks asks whether books that aren't the newest are to be used.
func (p *program) agreeToBooks(ctx context.Context, yes bool) error {
	switch {
	case yes:
		return nil
	case !p.inTerminal:
		return usage(
			errors.New("--accept goes on with books that forgot something, and there is no terminal to ask at; " +
				"give --yes too"),
		)
	}
	return p.confirm(ctx, "\nGo on with these books? [y/N] ")
}

func findings(all []desk.Finding) []report.Finding {
	told := []report.Finding{}
	for _, f := range all {
		told = append(told, report.Finding{Name: f.Name, State: health(f.Health), Found: f.Found, Do: f.Do})
	}
	return told
}

func (p *program) journalBackupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the journal soundly, also while it is worked on",
		Args: exactly(1, "the new file's name"),
		Long: `Copies the journal as it is at one moment to a new file, also while other processes work on it. A backup is for
the day on which the journal is lost: put it in the journal's place, or name it by --journal. What was ordered
since isn't in it, so nothing is sent from it before "journal check" has compared it with the account and you have said
--accept.`,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runJournalBackup(ctx, args[0])
		}),
	}
}

// backedUp is what journal backup prints as one object.
type backedUp struct {
	Backup  string `json:"backup"`
	Changes int64  `json:"changes"` // that the copy has seen
}

// runJournalBackup copies the journal.
func (p *program) runJournalBackup(ctx context.Context, path string) (a answer, err error) {
	changes, err := p.desk.BackupJournal(ctx, path)
	if err != nil {
		return a, err
	}
	return answer{
		object: backedUp{path, changes}, chat: true,
		words: func(s terminal.Screen) { s.BackedUp(path, changes) },
	}, nil
}
