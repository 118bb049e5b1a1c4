package command

import (
	"context"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/report"
	"bulkorder/report/notice"
	"bulkorder/report/terminal"
)

func (p *program) doctorCommand() *cobra.Command {
	var o desk.Diagnosis
	cmd := &cobra.Command{
		Use: "doctor", Short: "Tell what is set up and what is not", Args: noArguments,
		Long: `Looks at the configuration, the settings in force and where they come from, the key's source, the way to
the panel, its clock, catalogue and balance, the state folder and the journal. It orders nothing and changes nothing;
of the panel it asks services and balance. SQLite may leave its -wal and -shm files beside the journal until the next
run.

It also tells what the answers of panels taught of their limits, and how old that is. --forget-limits forgets it, for
all accounts: the next run finds the limit anew. Nothing else is changed.

Exit codes: 0 no problem (there may be warnings), 2 settings or configuration are wrong or there is no key, 7 the panel
refuses the key, 1 any other problem.`,
		// The usual beginning ends with a configuration that can't be read: here that is a finding.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			o.Environment, o.Configuration = p.begin(cmd)
			return nil
		},
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runDoctor(ctx, o) }),
	}
	paceFlags(cmd.Flags())
	notifyFlag(cmd.Flags())
	cmd.Flags().BoolVar(&o.ForgetLimits, "forget-limits", false, "forget what panels were found to take")
	typedOnly(cmd, "forget-limits")
	return cmd
}

// runDoctor tells what is set up and what is not.
func (p *program) runDoctor(ctx context.Context, o desk.Diagnosis) (answer, error) {
	o.CheckNotice = notice.CheckURL
	all, err := p.desk.Doctor(ctx, o)
	if err != nil {
		return answer{}, err
	}
	told := findings(all)
	return answer{
		object: report.DoctorObject(told), code: doctorCode(all), words: func(s terminal.Screen) { s.Doctor(told) },
	}, nil
}

func health(h desk.Health) report.Health {
	switch h {
	case desk.Healthy:
		return report.Healthy
	case desk.Warned:
		return report.Warned
	}
	return report.Failing
}
