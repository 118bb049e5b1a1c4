package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

func (p *program) pauseCommand() *cobra.Command {
	var batch string
	cmd := &cobra.Command{
		Use: "pause PANEL", Short: "Let nothing more be ordered on a panel's account, by any process",
		Args: panelOrBatch(&batch),
		Long: `Lets nothing more be ordered on the account that the panel's name stands for, in whichever batch and by whichever
process, from the next row on: what is under way is finished. Statuses are asked all the same. The word stays until
"bulkorder go-on PANEL". With --batch it is one batch, which workers leave alone then.`,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			if batch != "" {
				b, err := p.desk.PauseBatch(ctx, batch)
				return pausedBatch(b, true, err)
			}
			all, err := p.desk.Pause(ctx, args[0])
			return pausedPanel(args[0], true, all, err)
		}),
	}
	cmd.Flags().StringVar(&batch, "batch", "", "pause this `batch`, which workers send")
	typedOnly(cmd, "batch")
	return cmd
}

func (p *program) goOnCommand() *cobra.Command {
	var batch string
	cmd := &cobra.Command{
		Use: "go-on PANEL", Short: "Let go of an account that was paused",
		Args: panelOrBatch(&batch),
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			if batch != "" {
				b, err := p.desk.GoOnBatch(ctx, batch)
				return pausedBatch(b, false, err)
			}
			all, err := p.desk.GoOn(ctx, args[0])
			return pausedPanel(args[0], false, all, err)
		}),
	}
	cmd.Flags().StringVar(&batch, "batch", "", "let go of this `batch`, which was paused, or which stopped")
	typedOnly(cmd, "batch")
	return cmd
}

// panelOrBatch wants a panel's name, or the flag that names a batch.
func panelOrBatch(batch *string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if *batch != "" && len(args) > 0 {
			return usage(errors.New("a panel and --batch contradict each other; name one of them"))
		}
		if *batch != "" {
			return nil
		}
		return exactly(1, "the panel, or --batch")(cmd, args)
	}
}

// paused is what pause and go-on print as one object.
type paused struct {
	Panel  string `json:"panel,omitempty"`
	Batch  string `json:"batch,omitempty"`
	Paused bool   `json:"paused"`
	Since  string `json:"since,omitempty"` // when it was paused
	By     string `json:"by,omitempty"`
}

func pausedPanel(panel string, now bool, all []journal.Pause, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	told := paused{Panel: panel, Paused: now}
	if len(all) > 0 {
		told.Since, told.By = all[0].At.UTC().Format(time.RFC3339), all[0].By
	}
	return answer{object: told, chat: true, words: func(s terminal.Screen) {
		name := parse.Escape(panel)
		switch {
		case now:
			fmt.Fprintf(s.Out, "%s is paused since %s: nothing more is ordered on it.\n", name,
				all[0].At.Local().Format(time.DateTime))
			s.GoOn("bulkorder go-on " + report.ShellWord(panel))
		case len(all) == 0:
			fmt.Fprintf(s.Out, "%s was not paused.\n", name)
		default:
			fmt.Fprintf(s.Out, "%s goes on: a batch that stopped for it goes on by `bulkorder resume`.\n", name)
		}
	}}, nil
}

func pausedBatch(b journal.Batch, now bool, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return answer{object: paused{Batch: b.ID, Paused: now}, chat: true, words: func(s terminal.Screen) {
		name := parse.Escape(b.ID)
		if !now {
			fmt.Fprintf(s.Out, "Batch %s goes on.\n", name)
			return
		}
		fmt.Fprintf(s.Out, "Batch %s is paused: no worker sends more of it.\n", name)
		s.GoOn("bulkorder go-on --batch " + name)
	}}, nil
}
