package command

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"bulkorder/report/notice"

	"github.com/spf13/cobra"

	"bulkorder/report"
)

func (a *app) notifyFlag(cmd *cobra.Command) {
	cmd.Flags().
		StringVar(&a.flags.notify, "notify", "", "post a notice to this `address` when a run ends, and when all orders are final")
}

// checkNotify fails before anything is done where notices can't be posted to the address that is set.
func (a *app) checkNotify() error {
	if address := cmp.Or(a.flags.notify, a.config.Notify); address != "" {
		if err := notice.CheckURL(address); err != nil {
			return usageError{fmt.Errorf("--notify: %w", err)}
		}
	}
	return nil
}

// notify posts a notice where that is wanted. That it can't be is told, and harms nothing.
func (a *app) notify(ctx context.Context, event notice.Event, r report.Result) {
	address := cmp.Or(a.flags.notify, a.config.Notify)
	if address == "" {
		return
	}
	if err := (notice.Notice{Event: event, Result: r, At: time.Now()}).Post(context.WithoutCancel(ctx), address); err != nil {
		fmt.Fprintln(a.err, "the notice could not be posted:", err)
	}
}
