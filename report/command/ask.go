package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// ask shows what would be sent, with the totals of these rows, and waits for a yes. What rows are warned of is asked
// first; again gives the offer without the warnings that were accepted, nil: they are left. asked tells whether that
// took its time.
func (p *program) ask(
	ctx context.Context, o desk.Offer, shown journal.Totals, by sendingOptions, again func([]string) (desk.Offer, error),
) (asked bool, err error) {
	var plan *report.Plan
	if !by.yes || o.Warned() {
		if plan, _, err = p.plan(ctx, o, fewRows, by.pilot(o)); err != nil {
			return false, err
		}
	}
	asks := p.inTerminal && !by.yes
	if !p.quiet && !p.json && (o.ToSend.Rows > 0 || !o.Known || asks && o.Warned()) {
		told := offered(o, shown)
		told.Asking, told.Plan = asks, plan
		p.screen(p.err, p.errTerminal).Checked(told)
	}
	if asks && again != nil {
		if o, plan, err = p.askWarnings(ctx, o, plan, by, again); err != nil {
			return false, err
		}
	}
	n := o.Pilot(int(by.limit))
	if n == 0 || by.yes {
		return false, nil
	}
	if err := p.desk.Idle(ctx, o.ID); err != nil {
		return false, err
	}
	what := fmt.Sprintf("%s would be sent", report.Counted(n, "order"))
	return true, p.agree(ctx, false, what, question(o, plan, n, by.maxSpend))
}

// pilot is how many rows of a pilot would be sent, at least one; 0: there is none.
func (o sendingOptions) pilot(offer desk.Offer) int {
	if o.limit == 0 {
		return 0
	}
	return max(offer.Pilot(int(o.limit)), 1)
}

// askWarnings asks whether rows are sent that are warned of.
func (p *program) askWarnings(
	ctx context.Context, o desk.Offer, plan *report.Plan, by sendingOptions, again func([]string) (desk.Offer, error),
) (desk.Offer, *report.Plan, error) {
	g := plan.Warned()
	if g.Rows == 0 {
		return o, plan, nil
	}
	yes, err := p.wants(ctx, fmt.Sprintf("\nSend the %s too that %s warned of (%s)? [y/N] ", report.Counted(g.Rows, "row"),
		map[bool]string{true: "is", false: "are"}[g.Rows == 1], strings.Join(g.Asks, ", ")))
	if err != nil || !yes {
		return o, plan, err
	}
	if o, err = again(g.Asks); err != nil {
		return o, plan, err
	}
	plan, _, err = p.plan(ctx, o, fewRows, by.pilot(o))
	return o, plan, err
}

// question asks for a yes: how many orders, what they would cost, what is left then, and what is left out.
func question(o desk.Offer, plan *report.Plan, n int, most string) string {
	var panels []string
	for _, account := range o.Batch.Accounts() {
		panels = append(panels, account.Panel)
	}
	var said []string
	if o.Batch.OneCurrency() && plan != nil {
		currency := parse.Escape(o.Batch.Currency)
		words := "estimated at "
		if o.ToSend.Unknown > 0 {
			words = "estimated at more than "
		}
		said = append(said, words+report.Amount(plan.Charge, currency))
		if before := o.Batch.BalanceBefore; before.Valid && len(o.Batch.Others) == 0 {
			said = append(said, "balance after it "+report.Amount(before.Decimal.Sub(plan.Charge), currency))
		}
	}
	if most != "" {
		said = append(said, strings.TrimSpace("no more than "+most+" "+parse.Escape(o.Batch.Currency)))
	}
	var left []string
	rows := 0
	for _, s := range report.States() {
		if count := o.Left[s]; count > 0 {
			rows, left = rows+count, append(left, report.Count(count)+" "+report.StateWords(s))
		}
	}
	if _, count := parse.LeftOut(o.Notes); count > 0 {
		rows, left = rows+count, append(left, report.Count(count)+" by your word")
	}
	if rest := o.ToSend.Rows - n; rest > 0 {
		rows, left = rows+rest, append(left, report.Count(rest)+" beyond the pilot")
	}
	if rows > 0 {
		said = append(said, fmt.Sprintf("%s left out (%s)", report.Counted(rows, "row"), strings.Join(left, ", ")))
	}
	words := strings.Join(said, "; ")
	if words != "" {
		words = strings.ToUpper(words[:1]) + words[1:] + ".\n"
	}
	return fmt.Sprintf("\n%sSend %s to %s? [y/N] ", words, report.Counted(n, "order"), strings.Join(panels, ", "))
}

// accepts reads which warnings a person accepts beforehand: all, or some by name.
func (p *program) accepts() ([]string, error) {
	said := p.settings.Of("accept-warnings")
	var known []string
	for _, w := range parse.Warnings() {
		known = append(known, w.Name)
	}
	if strings.TrimSpace(said.Text) == "all" {
		return known, nil
	}
	var names []string
	for name := range strings.SplitSeq(said.Text, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case name == "":
		case !slices.Contains(known, name):
			return nil, usage(fmt.Errorf("accept-warnings (%s): there is no warning %q; use all, or some of %s", said.From,
				name, strings.Join(known, ", ")))
		default:
			names = append(names, name)
		}
	}
	return names, nil
}

// lines reads rows by their numbers, such as 3,7-12.
func lines(text string) (all []parse.Line, err error) {
	if text == "" {
		return nil, nil
	}
	named, err := parse.Spans(text)
	if err != nil {
		return nil, fmt.Errorf("--release %w", err)
	}
	const most = 100_000
	for _, s := range named {
		for n := s.From; n <= s.To && len(all) < most; n++ {
			all = append(all, parse.Line{N: n, Tab: s.Tab})
		}
	}
	slices.SortStableFunc(all, parse.CompareLines)
	return slices.Compact(all), nil
}
