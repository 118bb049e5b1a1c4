package web

import (
	"context"
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
	Shown                       string               // stands for these orders
	These                       []meant              // some of them
	Left                        []batch.RequestedRow // that it isn't asked for, and why
	Done                        bool
	More                        int // rows of these that aren't shown
}

// meant is an order that something would be asked about.
type meant struct {
	Line                parse.Line
	OrderID, Status     string
	Service, Name, Link string
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
		orders, left, err := s.desk(r).OfferRequest(ctx, b, o)
		if err == nil {
			err = s.mean(ctx, b, &v, orders)
		}
		if err != nil {
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

// mean tells which orders are meant.
func (s *Server) mean(ctx context.Context, b journal.Batch, v *asked, orders []journal.Entry) error {
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return err
	}
	names, err := s.serviceNames(ctx, j, b)
	v.Orders, v.Shown = len(orders), desk.ShownOrders(orders)
	for _, e := range orders[:min(len(orders), mostAsked)] {
		p := report.NewPlanned(e, names[[2]string{e.Panel, e.Service}])
		v.These = append(v.These, meant{e.At(), e.OrderID, e.Status, e.Service, p.Name, p.Link})
	}
	return err
}

func (v *asked) tell(rows []batch.RequestedRow) {
	v.Left = slices.Clone(rows[:min(len(rows), mostAsked)])
	for i := range v.Left { // which option says so is for the terminal
		v.Left[i].Words, _, _ = strings.Cut(v.Left[i].Words, "; --")
	}
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
	o.Agree = func(orders []journal.Entry) error {
		if desk.ShownOrders(orders) != r.FormValue("shown") {
			return &changedError{len(orders)}
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

// changedError says that other orders are meant than were shown.
type changedError struct{ orders int }

func (e *changedError) Error() string {
	return fmt.Sprintf("which orders are meant has changed since this was shown; look at them again: it is %s now",
		report.Counted(e.orders, "order"))
}
