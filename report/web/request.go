package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// asked is what refilling or cancelling orders of a batch would do, or did.
type asked struct {
	Title, Batch, Action, Wrong string
	Rows                        string // which are meant, by their numbers
	All                         bool   // all orders are meant
	Chosen                      []string
	Statuses                    []statusCount
	Again                       bool
	Meant                       bool // somebody said which rows
	Orders                      int
	Left                        []batch.RequestedRow // that it isn't asked for, and why
	Done                        bool
	More                        int // rows of these that aren't shown
}

// mostAsked is how many rows are told one by one.
const mostAsked = 500

// requesting tells for how many of the chosen orders a refill or a cancellation would be asked, and for which not.
func (s *Server) requesting(r *http.Request) (answer, error) { return s.requests(r, nil) }

func (s *Server) requests(r *http.Request, wrong error) (answer, error) {
	ctx := r.Context()
	v, o, bad := requestOf(r)
	if bad != nil && wrong == nil {
		wrong = bad
	}
	standing, err := s.standing(ctx, r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	v.Batch, v.Statuses = standing.Batch, standing.Statuses
	v.Title = map[journal.Action]string{journal.Refill: "Refill orders", journal.Cancel: "Cancel orders"}[o.Action]
	if v.Meant && bad == nil {
		b, err := s.Desk.Find(ctx, v.Batch)
		if err != nil {
			return answer{}, err
		}
		var left desk.Requested
		if v.Orders, left, err = s.desk(r).OfferRequest(ctx, b, o); err != nil {
			return answer{}, err
		}
		v.tell(left.Rows)
	}
	a := answer{page: "request", data: &v}
	if wrong != nil {
		v.Wrong, a.code = wrong.Error(), http.StatusUnprocessableEntity
	}
	return a, nil
}

func (v *asked) tell(rows []batch.RequestedRow) {
	v.Left = rows[:min(len(rows), mostAsked)]
	v.More = len(rows) - len(v.Left)
}

// requestOf reads what is asked for, and for which rows.
func requestOf(r *http.Request) (v asked, o desk.Requesting, wrong error) {
	if err := r.ParseForm(); err != nil {
		return v, o, err
	}
	o.Action = journal.Refill
	if r.FormValue("action") == string(journal.Cancel) {
		o.Action = journal.Cancel
	}
	v.Action, v.Again = string(o.Action), r.FormValue("again") != ""
	v.Rows = strings.TrimSpace(strings.Join(append(slices.Clone(r.Form["row"]), r.FormValue("rows")), ","))
	v.Rows = strings.Trim(v.Rows, ", ")
	v.Chosen, v.All = r.Form["status"], r.FormValue("all") != ""
	v.Meant = v.All || v.Rows != "" || len(v.Chosen) > 0
	o.Again, o.Choice.Statuses = v.Again, v.Chosen
	switch {
	case v.All && (v.Rows != "" || len(v.Chosen) > 0):
		wrong = errors.New("all orders, or some of them: not both")
	case v.Rows != "":
		o.Choice.Lines, wrong = parse.Spans(v.Rows)
	}
	return v, o, wrong
}

// request asks the panel for what was shown.
func (s *Server) request(r *http.Request) (answer, error) {
	ctx := r.Context()
	v, o, wrong := requestOf(r)
	if wrong == nil && !v.Meant {
		wrong = errors.New("no row is chosen")
	}
	if wrong != nil {
		return s.requests(r, wrong)
	}
	b, err := s.Desk.Find(ctx, r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	var changed *changedError
	o.Agree = func(orders int) error {
		if orders != number(r.FormValue("orders")) {
			return &changedError{orders}
		}
		return nil
	}
	done, err := s.desk(r).Request(ctx, b, o)
	if errors.As(err, &changed) {
		return s.requests(r, changed)
	}
	if err != nil {
		return answer{}, err
	}
	v.Batch, v.Done, v.Orders = b.ID, true, len(done.Rows)
	v.Title = map[journal.Action]string{
		journal.Refill: "Refills asked for", journal.Cancel: "Cancellations asked for",
	}[o.Action]
	v.tell(done.Rows)
	if done.Left > 0 {
		v.Wrong = fmt.Sprintf("%s left, since it ended early: %s", report.Counted(done.Left, "row"), done.End.Words)
	}
	return answer{page: "request", data: &v}, nil
}

// changedError says that another number of orders is meant than was shown.
type changedError struct{ orders int }

func (e *changedError) Error() string {
	return fmt.Sprintf("what is meant has changed since this was shown: it is %s now", report.Counted(e.orders, "order"))
}
