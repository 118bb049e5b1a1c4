package web

import (
	"errors"
	"fmt"
	"net/http"
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
	Open      string // how long its order may still appear; empty: not any more
	Answers   []journal.Attempt
	Finding   *journal.Finding
	Candidate string
	Wrong     string // why the last decision wasn't kept
	Ask       bool   // what was wrong can be decided all the same
}

// doubt shows the rows in doubt.
func (s *Server) doubt(r *http.Request) (answer, error) { return s.doubts(r, "", nil, nil) }

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
			if left := time.Until(e.SentAt.Add(settle.LateCommit)); left > 0 {
				c.Open = report.Lasting(left)
			}
		}
		if charge, known := e.Estimate(); known {
			c.Charge = report.Amount(charge, shown.Batch.Currency)
		}
		if e.Finding != nil && c.Candidate == "" {
			c.Candidate = e.Finding.Placed
		}
		if c.Answers, err = j.Attempts(ctx, shown.Batch, e.Seq); err != nil {
			return answer{}, err
		}
		if wrong != nil && c.Line.String() == row {
			c.Wrong = parse.Escape(wrong.Error())
			var unagreed *notAgreedError
			c.Ask = errors.As(wrong, &unagreed)
		}
		cards = append(cards, c)
	}
	a := answer{page: "doubt", data: map[string]any{
		"Title": "Rows in doubt", "Batch": shown.Batch.ID, "Cards": cards,
		"Late": report.Lasting(settle.LateCommit), "Found": found,
	}}
	if wrong != nil {
		a.code = http.StatusUnprocessableEntity
	}
	return a, nil
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
	if err != nil {
		return s.doubts(r, row, err, nil)
	}
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	if _, err = s.desk(r).Decide(r.Context(), b, word); err != nil {
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
	out, err := s.desk(r).Settle(r.Context(), b, desk.Settling{})
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
