package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// batchView is how one batch stands.
type batchView struct {
	report.Result
	Title      string
	Only       journal.State
	Chips      []chip
	Rows       []placedRow
	Pages      extent
	Omitted    []string // of rows that were left out by what was said of all of them
	Here       string   // the address of these rows, without their page
	Events     string   // where what changes is told
	By         string   // who placed it
	Begun      time.Time
	Done, All  int // rows that something became of, of those that are sent
	UnderWay   int // rows whose answer is awaited by who sends them; they are in doubt where nobody does
	Live       bool
	Clients    bool // its rows name clients
	Busy       bool // a process sends it at this moment
	Refreshing bool
	Offers     bool      // rows wait that a person's word lets go
	Looks      time.Time // when late orders of rows in doubt are looked for; zero: nobody will
	Statuses   []statusCount
	Asking     asking
	Pauses     []journal.Pause
	Asked      *lookedAt // the last look at its orders; nil: there was none since the server was started
}

// Sum is how many rows the sheet has.
func (v batchView) Sum() int { return v.Result.Rows.Total + v.Result.Rows.LeftOut }

// LeftOut is how many of them are left out.
func (v batchView) LeftOut() int { return v.Result.Rows.Skipped + v.Result.Rows.LeftOut }

// statusCount is how many orders have a status.
type statusCount struct {
	Name string
	Rows int
}

// placedRow is a row of a batch.
type placedRow struct {
	report.Planned
	Line               parse.Line
	Status, Charge, At string
	Words              string
	Release            bool // a person's word lets it go
	Choose             bool // it has an order, about which something can be asked
}

// batch shows one batch, live while something goes on.
func (s *Server) batch(r *http.Request) (answer, error) {
	v, err := s.standing(r.Context(), r.PathValue("batch"))
	if err == nil {
		err = s.rowsOf(r, &v)
	}
	if err != nil {
		return answer{}, err
	}
	return answer{page: "batch", data: v}, nil
}

// standing tells how a batch stands, without its rows.
func (s *Server) standing(ctx context.Context, id string) (v batchView, err error) {
	b, err := s.Desk.Find(ctx, id)
	if err != nil {
		return v, err
	}
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return v, err
	}
	t, err := j.Totals(ctx, b)
	if err != nil {
		return v, err
	}
	v.Result, v.Title, v.By, v.Begun = report.NewResult(b, t), "Batch "+b.ID, b.By, b.Created
	job, err := s.Desk.JobOf(ctx, b)
	if err != nil {
		return v, err
	}
	if job != nil && !job.Sent {
		v.InBackground(report.NewBackground(job.Job, job.Worker, 1))
	}
	v.All = v.Result.Rows.Queued + v.Result.Rows.Placed + v.Result.Rows.Refused + v.Result.Rows.InDoubt
	v.Done = v.Result.Rows.Placed + v.Result.Rows.Refused + v.Result.Rows.InDoubt
	held := j.Held(b.ID)
	if held {
		v.UnderWay = t.States[journal.Sending]
		v.Result.Rows.InDoubt -= v.UnderWay
	}
	v.Busy, v.Clients = held, s.hasClients(b)
	v.Live = held || v.Background != nil && v.Background.State != "stopped"
	if v.Pauses, err = s.pausesOf(ctx, b); err != nil {
		return v, err
	}
	v.Offers = !v.Live && v.Result.Rows.Held+v.Result.Rows.Queued > 0
	if job != nil && job.Sent && job.State == journal.JobWaiting {
		v.Live, v.Looks = true, job.Due
	}
	for name, n := range t.Statuses {
		v.Statuses = append(v.Statuses, statusCount{name, n.Rows})
	}
	slices.SortFunc(v.Statuses, func(a, b statusCount) int { return b.Rows - a.Rows })
	s.mu.Lock()
	defer s.mu.Unlock()
	v.Refreshing = s.working[b.ID]
	v.Asking = s.asks
	for _, l := range s.asks.Last {
		if l.Batch == b.ID {
			v.Asked = &l
			break
		}
	}
	return v, nil
}

// rowsOf reads the page of the rows of a batch that a request asks for.
func (s *Server) rowsOf(r *http.Request, v *batchView) error {
	v.Only = stateOf(r.FormValue("only"))
	all := v.Result.Rows.Total
	for _, state := range report.States() {
		n := v.Result.Rows.In(state)
		if state == journal.Skipped {
			n += v.Result.Rows.LeftOut
		}
		if n > 0 {
			v.Chips = append(v.Chips, chip{Name: isIn(state), State: state, Rows: n, Chosen: state == v.Only})
		}
	}
	if v.Only != "" {
		all = v.Result.Rows.In(v.Only)
	}
	v.Pages = pagesOf(r, all, perPage)
	v.Here = fmt.Sprintf("/batches/%s?only=%s", v.Batch, v.Only)
	v.Events = fmt.Sprintf("/batches/%s/events?only=%s&from=%d", v.Batch, v.Only, v.Pages.From)
	j, err := s.Desk.Journal(r.Context())
	if err != nil {
		return err
	}
	b, err := j.Batch(r.Context(), v.Batch)
	if err != nil {
		return err
	}
	of, _ := parse.LeftOut(b.Notes)
	v.Omitted = omitted(of, v.Only)
	names, err := s.serviceNames(r.Context(), j, b)
	if err != nil {
		return err
	}
	or := v.Only
	if or == journal.InDoubt {
		or = journal.Sending // is told as in doubt
	}
	page, err := j.Page(r.Context(), b, v.Only, or, v.Pages.From, v.Pages.To-v.Pages.From)
	for _, e := range page {
		v.Rows = append(v.Rows, rowOf(e, names[[2]string{e.Panel, e.Service}]))
	}
	return err
}

// named are the names of the services of a batch, as one edition of its sheet has them.
type named struct {
	edition string
	names   map[[2]string]string
}

// mostNamed is of how many batches the services' names are held at hand.
const mostNamed = 50

// serviceNames gives the names of a batch's services, by panel and id.
func (s *Server) serviceNames(ctx context.Context, j *journal.Journal, b journal.Batch) (map[[2]string]string, error) {
	s.mu.Lock()
	known := s.named[b.ID]
	s.mu.Unlock()
	if known.names != nil && known.edition == b.Fingerprint {
		return known.names, nil
	}
	services, err := j.Services(ctx, b)
	if err != nil {
		return nil, err
	}
	names := map[[2]string]string{}
	for _, one := range services {
		names[[2]string{one.Panel, one.ID}] = one.Name
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.named) >= mostNamed {
		clear(s.named)
	}
	s.named[b.ID] = named{b.Fingerprint, names}
	return names, nil
}

func rowOf(e journal.Entry, name string) placedRow {
	row := placedRow{Planned: report.NewPlanned(e, name), Line: e.At(), Status: e.Status, Words: report.ProblemText(e)}
	row.State = report.Told(e.State)
	row.Choose = e.State == journal.Placed
	row.Release = e.State == journal.Held && slices.Contains(
		[]journal.Reason{journal.Duplicate, journal.Repeat, journal.InWorkbook, journal.Forgotten, journal.Warned,
			journal.Left}, e.Reason)
	if e.Charge.Valid {
		row.Charge = report.Amount(e.Charge.Decimal, e.Currency)
	}
	if !e.SentAt.IsZero() {
		row.At = report.Utc(e.SentAt)
	}
	return row
}

// row tells the whole life of one row.
func (s *Server) row(r *http.Request) (answer, error) {
	line, err := lineOf(r.PathValue("row"))
	if err != nil {
		return answer{}, notThere("%v", err)
	}
	lives, err := s.Desk.Explain(r.Context(), r.PathValue("batch"), line)
	return answer{page: "row", data: map[string]any{
		"Title": "Row " + line.String(), "Batch": r.PathValue("batch"), "Lives": lives,
	}}, err
}

// lineOf reads the number of one row.
func lineOf(text string) (line parse.Line, err error) {
	spans, err := parse.Spans(text)
	if err != nil || len(spans) != 1 || spans[0].From != spans[0].To {
		return line, &desk.Mistake{Err: fmt.Errorf("%q is no row's number", text)}
	}
	return parse.Line{N: spans[0].From, Tab: spans[0].Tab, Seq: spans[0].Seq}, nil
}

func (s *Server) pause(r *http.Request) (answer, error) {
	b, err := s.desk(r).PauseBatch(r.Context(), r.PathValue("batch"))
	return see("/batches/%s", b.ID), err
}

// goOn lets workers go on with a batch that a person paused, or that stopped; one that nobody is to send is offered.
func (s *Server) goOn(r *http.Request) (answer, error) {
	ctx := r.Context()
	b, err := s.Desk.Find(ctx, r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	job, err := s.Desk.JobOf(ctx, b)
	if err != nil {
		return answer{}, err
	}
	if job == nil || job.Sent {
		return see("/batches/%s/offer", b.ID), nil
	}
	_, err = s.desk(r).GoOnBatch(ctx, b.ID)
	return see("/batches/%s", b.ID), err
}

// release lets go of one row that is held.
func (s *Server) release(r *http.Request) (answer, error) {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	line, err := lineOf(r.FormValue("row"))
	if err != nil {
		return answer{}, err
	}
	_, err = s.desk(r).Resume(context.WithoutCancel(r.Context()), b, desk.Sending{
		Detach: true, Alone: true, Settle: true, Said: time.Now(), Word: desk.Word{Release: []parse.Line{line}},
	})
	return see("/batches/%s", b.ID), err
}

// refresh asks how the orders of a batch stand, beside the request: a large batch takes its time.
func (s *Server) refresh(r *http.Request) (answer, error) {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	busy := s.working[b.ID]
	s.working[b.ID] = true
	s.mu.Unlock()
	if !busy {
		go func() {
			done, err := s.desk(r).Refresh(context.WithoutCancel(r.Context()), b, desk.Refreshing{})
			var held *journal.HeldError
			if done.Batch = b; !errors.As(err, &held) {
				s.Asked(done, err)
			}
			s.mu.Lock()
			delete(s.working, b.ID)
			s.mu.Unlock()
		}()
	}
	return see("/batches/%s", b.ID), nil
}
