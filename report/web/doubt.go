package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/report"
)

// card is a row in doubt: what was sent, what is known of it, and what a person may decide.
type card struct {
	report.Planned
	Line      parse.Line
	Sent      string
	Charge    string // estimated; empty: it isn't known
	Open      string // until when its order may still appear; empty: not any more
	Answers   []journal.Attempt
	Finding   *journal.Finding
	Found     string // what was found out, in the page's words
	Candidate string
	Reason    string
	Stand     string // orders of which it can be said that they are none of it
	Wrong     string // why the last decision wasn't kept
	Ask       bool   // what was wrong can be decided all the same
}

// doubt shows the rows in doubt.
func (s *Server) doubt(r *http.Request) (answer, error) {
	return s.doubts(r, r.FormValue("row"), nil, nil)
}

// doubts shows the rows in doubt, one of them with why a decision about it wasn't kept, and what a look found.
func (s *Server) doubts(r *http.Request, row string, wrong error, found []string) (answer, error) {
	ctx := r.Context()
	shown, err := s.Desk.Show(ctx, r.PathValue("batch"), desk.Picked{States: []journal.State{journal.InDoubt}})
	if err != nil {
		return answer{}, err
	}
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return answer{}, err
	}
	names := map[[2]string]string{}
	for _, one := range shown.Services {
		names[[2]string{one.Panel, one.ID}] = one.Name
	}
	var cards []card
	for _, e := range shown.Rows {
		c := card{Planned: report.NewPlanned(e, names[[2]string{e.Panel, e.Service}]), Line: e.At(), Finding: e.Finding,
			Candidate: e.Candidate}
		if !e.SentAt.IsZero() {
			c.Sent = report.Utc(e.SentAt)
			c.Open = s.open(e)
		}
		if charge, known := e.Estimate(); known {
			c.Charge = report.Amount(charge, shown.Batch.Currency)
		}
		if e.Finding != nil {
			c.Candidate = cmp.Or(c.Candidate, e.Finding.Placed)
			c.Found, c.Stand = pageWords(e.Finding.Words), idsOf(e.Finding.Orders)
		}
		if c.Answers, err = j.Attempts(ctx, shown.Batch, e.Seq); err != nil {
			return answer{}, err
		}
		if c.Line.String() == row {
			c.say(r, wrong)
		}
		cards = append(cards, c)
	}
	a := answer{page: "doubt", data: map[string]any{
		"Title": "Rows in doubt", "Batch": shown.Batch.ID, "Cards": cards,
		"Late": report.Lasting(cmp.Or(s.Late, settle.LateCommit)), "Found": plainly(found), "Currency": shown.Batch.Currency,
	}}
	if wrong != nil {
		a.code = http.StatusUnprocessableEntity
	}
	return a, nil
}

// open tells until when the order of a row in doubt may still appear; empty: not any more.
func (s *Server) open(e journal.Entry) string {
	until := e.SentAt.Add(cmp.Or(s.Late, settle.LateCommit))
	if left := time.Until(until); left > 0 {
		return fmt.Sprintf("%s (for %s)", report.Utc(until), report.Lasting(left))
	}
	return ""
}

// tooYoung fails where rows are said to be absent whose order may still appear: whoever says so can't know it yet.
func (s *Server) tooYoung(ctx context.Context, b journal.Batch, d desk.Decision) error {
	if !d.Queue {
		return nil
	}
	shown, err := s.Desk.Show(ctx, b.ID, desk.Picked{States: []journal.State{journal.InDoubt}})
	for _, e := range shown.Rows {
		meant := slices.ContainsFunc(d.Rows, func(s parse.Span) bool { return s.Has(e.At()) })
		if until := s.open(e); until != "" && meant {
			return fmt.Errorf("row %s: its order may still appear until %s; that it was not placed can be said then", e.At(), until)
		}
	}
	return err
}

// say tells on a card what a form said of it, and why that wasn't kept.
func (c *card) say(r *http.Request, wrong error) {
	c.Candidate = cmp.Or(r.FormValue("take"), r.FormValue("order"), c.Candidate)
	c.Reason = r.FormValue("reason")
	if wrong == nil {
		return
	}
	c.Wrong = parse.Escape(pageWords(wrong.Error()))
	var unagreed *notAgreedError
	c.Ask = errors.As(wrong, &unagreed)
	var standing *settle.StandingError
	if errors.As(wrong, &standing) {
		c.Stand = strings.Join(slices.Compact(slices.Sorted(slices.Values(append(
			strings.Split(r.FormValue("although"), ","), standing.Orders...)))), ",")
		c.Stand = strings.Trim(c.Stand, ",")
		c.Wrong = parse.Escape(pageWords(standing.Words)) + "; where you know that it isn't the row's, tick that it was not " +
			"placed although it stands there"
	}
}

// idsOf names orders as a form sends them.
func idsOf(orders []journal.MayBe) string {
	var ids []string
	for _, o := range orders {
		ids = append(ids, o.Order)
	}
	return strings.Join(ids, ",")
}

// notAgreedError is what a person must know before it is decided so, and agree to.
type notAgreedError struct{ words string }

func (e *notAgreedError) Error() string { return e.words }

// decide keeps a person's word about a row in doubt.
func (s *Server) decide(r *http.Request) (answer, error) {
	row := r.FormValue("row")
	if r.FormValue("do") == "settle" {
		return s.settle(r)
	}
	word, err := decisionOf(r)
	word.Late = s.Late
	if err != nil {
		return s.doubts(r, row, err, nil)
	}
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	if err = s.tooYoung(r.Context(), b, word); err == nil {
		_, err = s.desk(r).Decide(r.Context(), b, word)
	}
	if err != nil {
		return s.doubts(r, row, err, nil)
	}
	return see("/batches/%s/doubt", b.ID), nil
}

// settle looks for the orders of the rows in doubt, and tells what was found.
func (s *Server) settle(r *http.Request) (answer, error) {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	out, err := s.desk(r).Settle(r.Context(), b, desk.Settling{Late: s.Late})
	if err != nil {
		return answer{}, err
	}
	found := out.Notes
	for _, c := range out.Settlement.Conclusions {
		batch := ""
		if c.Batch != b.ID {
			batch = "batch " + c.Batch + ", "
		}
		found = append(found, fmt.Sprintf("%srow %s: %s", batch, c.Entry.At(), c.Words))
	}
	for _, words := range []string{out.Settlement.Alarm, out.Settlement.Advice, out.Settlement.Learned, out.Twice,
		out.Unexplained} {
		if words != "" {
			found = append(found, words)
		}
	}
	if ready := out.Settlement.Ready; !ready.IsZero() {
		found = append(found, "the youngest row can be settled at "+report.Utc(ready))
	}
	found = append(found, report.Counted(out.Settlement.Calls, "call")+" were made to look")
	return s.doubts(r, "", nil, found)
}

// decisionOf reads a decision.
func decisionOf(r *http.Request) (d desk.Decision, err error) {
	d.Reason = strings.TrimSpace(r.FormValue("reason"))
	if d.Reason == "" {
		return d, errors.New("say in a few words why, such as: seen on the panel's orders page")
	}
	line, err := lineOf(r.FormValue("row")) // a card is about one
	if err != nil {
		return d, err
	}
	d.Rows = []parse.Span{{From: line.N, To: line.N, Tab: line.Tab, Seq: line.Seq}}
	switch r.FormValue("do") {
	case "placed":
		if d.OrderID = strings.TrimSpace(r.FormValue("order")); d.OrderID == "" {
			return d, errors.New("give the id of the order that it is")
		}
	case "not-placed":
		d.Queue = true
	default:
		return d, fmt.Errorf("nothing is decided")
	}
	for id := range strings.FieldsFuncSeq(r.FormValue("although"), func(c rune) bool { return c == ',' || c == ' ' }) {
		d.Although = append(d.Although, id)
	}
	d.Agree = func(words string) error {
		if r.FormValue("agree") != "" {
			return nil
		}
		return &notAgreedError{words}
	}
	return d, nil
}
