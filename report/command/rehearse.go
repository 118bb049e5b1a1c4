package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
	"bulkorder/samples/sandbox"
)

// plainMirror is a panel without faults.
const plainMirror = "plain"

// runRehearsal goes the whole way of a run on a mirror of the panel. Nobody is asked, as nothing is spent.
func (p *program) runRehearsal(ctx context.Context, o runOptions, path string) (a answer, err error) {
	out, err := book.RehearsalPath(path, o.out)
	if err != nil {
		return a, usage(err)
	}
	preparing, err := o.preparing(path)
	if err != nil {
		return a, err
	}
	sending, err := o.sending(preparing.Word)
	if err != nil {
		return a, err
	}
	if sending.Accept, err = p.accepts(); err != nil {
		return a, err
	}
	if o.detach {
		return a, usage(errors.New("--rehearse and --detach contradict each other: workers send in earnest"))
	}
	preparing.Word, preparing.Strict, preparing.Name = sending.Word, o.strict, "rehearsal"
	sending.Results, sending.Said = desk.Results{Path: out, GroupBy: o.groupBy}, time.Now()
	sheet, err := p.openSheet(path, o.sheetOptions)
	if err != nil {
		return a, err
	}
	defer sheet.Close()
	characters := o.rehearse
	r, err := p.desk.Rehearse(ctx, "", p.mirrorOf(characters))
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, r.End()) }()
	r.WriteResults = func(ctx context.Context, j *journal.Journal, b journal.Batch, to desk.Results) (string, error) {
		return book.Results{Journal: j, Batch: b, GroupBy: to.GroupBy, Rehearsal: true}.Write(ctx, to.Path)
	}
	p.say("REHEARSAL: nothing is ordered. What other batches ordered isn't looked at; `bulkorder check` tells that.")
	draft, err := r.Prepare(ctx, sheet, preparing)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, draft.Discard()) }()
	offer, err := r.Offer(ctx, draft)
	if err == nil {
		err = offer.Refused
	}
	if err != nil {
		return a, err
	}
	a, err = p.send(ctx, sending, func(s desk.Sending) (desk.Outcome, error) { return r.Place(ctx, draft, s) })
	if err != nil {
		return a, err
	}
	return p.rehearsed(a), nil
}

// mirrorOf makes mirrors that behave so.
func (p *program) mirrorOf(characters string) desk.Mirror {
	return func(m desk.Mirrored) (string, func() error, error) { return p.mirror(m, characters) }
}

// mirror starts a panel like the one that is meant, inside this process.
func (p *program) mirror(m desk.Mirrored, characters string) (address string, end func() error, err error) {
	c := sandbox.Config{
		Key: m.Secret, Balance: m.Balance.Amount.String(), Currency: m.Balance.Currency, Latency: m.Answers,
		DelayValues: m.Panel.Delays, KeepRequests: -1,
	}
	if l := m.Limit; l != nil && l.Most > 0 && l.Window == time.Minute {
		c.Rate = l.Most
	}
	for _, s := range m.Services {
		if one, ok := mirrored(s); ok {
			c.Services = append(c.Services, one)
		}
	}
	if characters != plainMirror {
		if c, err = sandbox.Like(c, strings.Split(characters, ",")...); err != nil {
			return "", nil, usage(fmt.Errorf("--rehearse: %w", err))
		}
	}
	s, err := sandbox.New(c)
	if err != nil {
		return "", nil, fmt.Errorf("making the rehearsal's panel: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("making the rehearsal's panel: %w", err)
	}
	server := &http.Server{Handler: s}
	go server.Serve(l) // until it is closed
	end = func() error {
		s.Close()
		return server.Close()
	}
	return "http://" + l.Addr().String() + "/api/v2", end, nil
}

// mirrored gives a service as the mirror sells it; ok is false where it can't: its id is no number, or it is odd.
func mirrored(s panel.Service) (one sandbox.Service, ok bool) {
	id, err := strconv.ParseInt(s.ID, 10, 64)
	if err != nil || s.Oddity != "" {
		return one, false
	}
	one = sandbox.Service{ID: id, Name: s.Name, Type: s.Type, Category: s.Category, Rate: s.Rate.String(), Min: s.Min,
		Max: s.Max, Refill: s.Refill, Cancel: s.Cancel}
	if s.Dripfeed != nil {
		one.Dripfeed = report.YesNo(*s.Dripfeed)
	}
	return one, true
}

// rehearsedResult is what a rehearsal came to, in JSON.
type rehearsedResult struct {
	Rehearsal bool `json:"rehearsal"` // true: nothing was ordered
	report.Result
}

// rehearsed tells an answer as what it is.
func (p *program) rehearsed(a answer) answer {
	settled, is := a.object.(settledResult)
	if !is {
		return a
	}
	r := settled.Result
	r.Batch, r.Next = "", p.said.in("bulkorder run "+report.FileWord(r.Sheet)+p.said.sheet)
	for i := range r.Held {
		r.Held[i].Command = "" // there is no batch to go on with
	}
	a.object = rehearsedResult{true, r}
	a.words = func(s terminal.Screen) {
		fmt.Fprintln(s.Out, "REHEARSAL: nothing was ordered. What it came to:")
		s.Rehearsed(r)
		fmt.Fprintf(s.Out, "REHEARSAL: nothing was ordered, and nothing of this can be resumed: %s\n",
			parse.Escape(r.Workbook))
	}
	return a
}
