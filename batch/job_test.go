package batch_test

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/parse"
)

// job is what tests ask of the desk: each call is one of a process of its own.
type job struct {
	Journal      *journal.Journal
	desk.Account                // of rows that name no panel; without a Panel each row must name one
	others       []desk.Account // that rows may name
	By           string

	Name            string
	Limit           int
	MaxSpend        decimal.NullDecimal
	Strict          bool
	AllowDuplicates bool
	AllowRepeat     bool
	AcceptPrice     bool
	Again           bool
	Settle          bool
	Late            time.Duration

	Ready    func(journal.Batch) error // called before anything is sent; nil: nothing to do
	Progress func(batch.Progress)
	Results  string // where results are written to; empty: none are
	Written  int    // how often they were
}

func (j *job) desk() *desk.Desk {
	a := &desk.Accounts{Settings: settings.Settings{Environ: func(string) string { return "" }}}
	for _, other := range j.others {
		a.Add(&other)
	}
	if j.Panel != nil {
		own := j.Account
		a.Add(&own)
		a.Settings.Given = map[string]settings.Value{"panel": settings.FromFlag("panel", own.Name())}
	}
	d := desk.New(a, j.By)
	d.Use(j.Journal)
	if j.Ready != nil {
		d.CheckResults = func([]string, desk.Results) error { return j.Ready(journal.Batch{}) }
		d.WriteResults = func(context.Context, *journal.Journal, journal.Batch, desk.Results) (string, error) {
			return "", errors.New("no results are written")
		}
	}
	if j.Results != "" {
		d.CheckResults = func([]string, desk.Results) error { return nil }
		d.WriteResults = func(context.Context, *journal.Journal, journal.Batch, desk.Results) (string, error) {
			j.Written++
			return j.Results, os.WriteFile(j.Results, []byte("results"), 0o600)
		}
	}
	return d
}

func (j *job) sending() desk.Sending {
	return desk.Sending{
		Word: desk.Word{
			MaxSpend: j.MaxSpend, AllowDuplicates: j.AllowDuplicates, AllowRepeat: j.AllowRepeat,
			AcceptPrice: j.AcceptPrice,
			Accept:      []string{"quantity"}, // many tests order one link in several quantities, so that they are told apart
		},
		Limit: j.Limit, Settle: j.Settle, Late: j.Late, Progress: j.Progress,
	}
}

// Run prepares and places a sheet.
func (j *job) Run(ctx context.Context, sheet *parse.Sheet, path string) (desk.Outcome, error) {
	d, s := j.desk(), j.sending()
	draft, err := d.Prepare(ctx, sheet, desk.Preparing{
		Word: s.Word, Path: path, Name: j.Name, Again: j.Again, Strict: j.Strict,
	})
	if err != nil {
		return desk.Outcome{}, err
	}
	out, err := d.Place(ctx, draft, s)
	return out, errors.Join(err, draft.Discard())
}

func (j *job) Resume(ctx context.Context, b journal.Batch) (desk.Outcome, error) {
	return j.desk().Resume(ctx, b, j.sending())
}

func (j *job) Refresh(ctx context.Context, b journal.Batch, dueOnly, watch bool) (desk.Refreshed, error) {
	return j.desk().Refresh(ctx, b, desk.Refreshing{DueOnly: dueOnly, Watch: watch})
}

func (j *job) Request(
	ctx context.Context, b journal.Batch, action journal.Action, c batch.Choice, again bool,
) (desk.Requested, error) {
	return j.desk().Request(ctx, b, desk.Requesting{Action: action, Choice: c, Again: again})
}

func (j *job) Resettle(ctx context.Context, b journal.Batch, wait bool) (desk.Outcome, error) {
	return j.desk().Settle(ctx, b, desk.Settling{Wait: wait, Late: j.Late})
}

func (j *job) Decide(ctx context.Context, b journal.Batch, line int, orderID, reason string) (desk.Outcome, error) {
	return j.desk().Decide(ctx, b, desk.Decision{
		Rows: []batch.Span{{From: line, To: line}}, OrderID: orderID, Queue: orderID == "", Reason: reason,
		Late: j.Late,
	})
}
