package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
)

// resumeView asks whether a batch goes on.
type resumeView struct {
	Title, Batch string
	Offer        desk.Offer
	Sum, Wrong   string
	Shown        string // stands for the rows that would be sent
	Held         []report.HeldGroup
	Word         desk.Word
	MaxSpend     string
	Warnings     []string // that rows wait for
	Lets         []string // the words that let rows go
	Typed        bool
	Time         string
	Pilot        int // rows of one that isn't over; 0: there is none
}

// resuming tells what going on with a batch would send, with what a person decides about the rows that are held.
func (s *Server) resuming(r *http.Request) (answer, error) { return s.asksOn(r, nil) }

func (s *Server) asksOn(r *http.Request, wrong error) (answer, error) {
	ctx := r.Context()
	b, err := s.Desk.Find(ctx, r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	word, bad := wordOf(r)
	if wrong == nil {
		wrong = bad
	}
	offer, err := s.desk(r).OfferResume(ctx, b, word)
	if err != nil {
		return answer{}, err
	}
	if err := offer.AskBalances(ctx); err != nil {
		return answer{}, err
	}
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return answer{}, err
	}
	totals, err := j.Totals(ctx, b)
	if err != nil {
		return answer{}, err
	}
	v := resumeView{Title: "Go on with batch " + b.ID, Batch: b.ID, Offer: offer, Sum: sumOf(offer), Word: word,
		Held: report.NewResult(b, totals).Held, MaxSpend: r.FormValue("max-spend"), Time: report.About(offer.Time),
		Typed: mustType(offer)}
	if b.Pilot.IsOpen() {
		v.Pilot = b.Pilot.Rows
	}
	for _, g := range v.Held {
		v.Warnings = append(v.Warnings, g.Warnings...)
		if option := report.HeldFor(g.Reason).Option; option != "" {
			v.Lets = append(v.Lets, strings.TrimPrefix(option, "--"))
		}
	}
	if v.Shown, err = offer.Shown(ctx); err != nil {
		return answer{}, err
	}
	slices.Sort(v.Warnings)
	v.Warnings = slices.Compact(v.Warnings)
	a := answer{page: "resume", data: &v}
	if wrong == nil && offer.Refused != nil {
		wrong = offer.Refused
	}
	if wrong != nil {
		v.Wrong, a.code = wrong.Error(), http.StatusUnprocessableEntity
	}
	return a, nil
}

// wordOf reads a person's word about rows that are held.
func wordOf(r *http.Request) (w desk.Word, wrong error) {
	if err := r.ParseForm(); err != nil {
		return w, err
	}
	w = desk.Word{AllowDuplicates: r.FormValue("allow-duplicates") != "", AllowRepeat: r.FormValue("allow-repeat") != "",
		AcceptPrice: r.FormValue("accept-price") != "", Accept: r.Form["warning"]}
	w.MaxSpend, wrong = capOf(r)
	return w, wrong
}

// capOf reads the most that a batch may cost.
func capOf(r *http.Request) (most decimal.NullDecimal, wrong error) {
	text := strings.TrimSpace(r.FormValue("max-spend"))
	if text == "" {
		return most, nil
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.IsNegative() {
		return most, fmt.Errorf("%q is no amount of money", text)
	}
	return decimal.NewNullDecimal(d), nil
}

func sumOf(o desk.Offer) string { return report.Amount(o.ToSend.Valid.Charge, o.Batch.Currency) }

// mustType tells whether the sum must be typed in before so much is sent.
func mustType(o desk.Offer) bool {
	return o.ToSend.Valid.Charge.GreaterThanOrEqual(decimal.NewFromInt(typedFrom)) || o.ToSend.Unknown > 0
}

// agrees fails where a person doesn't agree to what an offer is now: other rows, or another sum, were shown, or its sum
// isn't typed in.
func agrees(r *http.Request, o desk.Offer) error {
	shown, err := o.Shown(context.WithoutCancel(r.Context()))
	if err != nil {
		return err
	}
	if r.FormValue("rows") != shown || r.FormValue("shown") != sumOf(o) {
		return fmt.Errorf("what would be ordered has changed since this was shown; look at the rows again: it is %s now for %s",
			report.Counted(o.ToSend.Rows, "order"), sumOf(o))
	}
	if o.Refused != nil {
		return o.Refused
	}
	if o.ToSend.Rows == 0 {
		return errors.New("nothing of it can be ordered")
	}
	if !mustType(o) {
		return nil
	}
	sum := o.ToSend.Valid.Charge
	typed, err := decimal.NewFromString(strings.ReplaceAll(strings.TrimSpace(r.FormValue("sum")), ",", ""))
	if err != nil || !typed.Equal(sum.Round(2)) && !typed.Equal(sum) {
		return fmt.Errorf("type the sum, %s, to place these orders", sumOf(o))
	}
	return nil
}

// resume lets workers send what was shown of a batch.
func (s *Server) resume(r *http.Request) (answer, error) {
	ctx := context.WithoutCancel(r.Context())
	b, err := s.Desk.Find(ctx, r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	job, err := s.Desk.JobOf(ctx, b)
	if err != nil {
		return answer{}, err
	}
	if job != nil && !job.Sent && job.State == journal.JobWaiting { // a second click, or another tab
		return see("/batches/%s", b.ID), nil
	}
	word, wrong := wordOf(r)
	if wrong != nil {
		return s.asksOn(r, wrong)
	}
	said := time.Now()
	offer, err := s.desk(r).OfferResume(ctx, b, word)
	if err != nil {
		return answer{}, err
	}
	if wrong := agrees(r, offer); wrong != nil {
		return s.asksOn(r, wrong)
	}
	sending := desk.Sending{Word: word, Detach: true, Settle: true, Afresh: true, Said: said}
	if sending.Limit, err = pilotOf(r); err != nil {
		return s.asksOn(r, err)
	}
	_, err = s.desk(r).Resume(ctx, b, sending)
	return see("/batches/%s", b.ID), err
}

// pilotOf reads how many rows are sent at most; 0: all.
func pilotOf(r *http.Request) (int, error) {
	text := strings.TrimSpace(r.FormValue("limit"))
	if text == "" {
		return 0, nil
	}
	n := number(text)
	if n < 1 {
		return 0, fmt.Errorf("a pilot has 1 row or more, not %q", text)
	}
	return n, nil
}
