package web

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// review is a sheet that was checked: what placing it would do. It is made again whenever what was chosen changes, and
// after the server was started again.
type review struct {
	used time.Time // last; of the server's lock

	mu      sync.Mutex
	choices string // that it was made with
	draft   *desk.Draft
	made    time.Time // when the draft was begun
	offer   desk.Offer
	columns []parse.Column

	rows  map[journal.State][]int64 // by their numbers, in the order of the sheet; under no state all of them
	held  map[journal.Reason]desk.HeldRows
	names map[[2]string]string // of services, by panel and id
	waits map[string]waiting   // rows that wait for a decision, by its name
	word  desk.Word            // what was decided about the rows that it is still about
	asks  []warning
	mends []proposal
	taken []taken // decisions that count, and those that don't any more
}

// mostReviews is how many reviews are held at hand. Others are made again when somebody comes back to them.
const mostReviews = 8

// reviewed gives the review of a sheet, and lets nobody else use it until done is called. Afresh, its offer is of now,
// as it must be before a sheet is placed; otherwise it is as it was when what is chosen changed last.
func (s *Server) reviewed(ctx context.Context, id string, afresh bool) (
	u desk.Upload, v *review, done func(), err error,
) {
	if u, err = s.Desk.FindUpload(ctx, id); err != nil {
		return u, nil, nil, err
	}
	for {
		v = s.reviewOf(id)
		v.mu.Lock()
		if s.has(id, v) {
			break
		}
		v.mu.Unlock() // it made room meanwhile, or was forgotten
	}
	if u, err = s.Desk.FindUpload(ctx, id); err == nil && u.Batch == "" {
		err = v.make(ctx, s.Desk, u, afresh)
	}
	if err != nil {
		v.mu.Unlock()
		return u, nil, nil, err
	}
	return u, v, v.mu.Unlock, nil
}

// reviewOf gives the review of a sheet. One that nobody looked at for the longest makes room.
func (s *Server) reviewOf(id string) *review {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drafts[id] == nil {
		oldest := ""
		for other, v := range s.drafts {
			if oldest == "" || v.used.Before(s.drafts[oldest].used) {
				oldest = other
			}
		}
		if v := s.drafts[oldest]; len(s.drafts) >= mostReviews && v.mu.TryLock() { // else somebody is at it
			_ = v.discard() // what is left of it in the journal is thrown away a day later
			v.mu.Unlock()
			delete(s.drafts, oldest)
		}
		s.drafts[id] = &review{}
	}
	s.drafts[id].used = time.Now()
	return s.drafts[id]
}

// has tells whether a review is still the one of a sheet.
func (s *Server) has(id string, v *review) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drafts[id] == v
}

func (v *review) make(ctx context.Context, d *desk.Desk, u desk.Upload, afresh bool) (err error) {
	ctx = context.WithoutCancel(ctx) // who asked may be gone: the next one finds it
	if v.draft == nil || v.choices != u.Upload.Choices {
		return v.prepare(ctx, d, u)
	}
	if !afresh {
		return nil
	}
	return v.judge(ctx, d, u)
}

// prepare reads the sheet: first without any decision about its rows, then with those that are about the very rows that
// wait for them.
func (v *review) prepare(ctx context.Context, d *desk.Desk, u desk.Upload) (err error) {
	v.word, v.choices = desk.Word{}, ""
	for stage := -1; stage < len(stages()); stage++ {
		if stage >= 0 && !v.decided(stages()[stage], u.Choices.Said) {
			continue
		}
		if err := v.discard(); err != nil {
			return err
		}
		v.made = time.Now()
		if v.draft, err = d.PrepareUpload(ctx, u, v.word); err != nil {
			v.draft = nil
			return err
		}
		v.columns = v.draft.Plan.Columns
		if err := v.judge(ctx, d, u); err != nil {
			return err
		}
	}
	v.choices = u.Upload.Choices
	return nil
}

// judge judges the rows as things stand now.
func (v *review) judge(ctx context.Context, d *desk.Desk, u desk.Upload) (err error) {
	if v.offer, err = d.Offer(ctx, v.draft); err == nil {
		err = v.look(ctx, u)
	}
	if err != nil {
		return errors.Join(err, v.discard())
	}
	return nil
}

// look finds out what all pages of the review tell.
func (v *review) look(ctx context.Context, u desk.Upload) error {
	o, err := v.draft.Overview(ctx)
	if err != nil {
		return err
	}
	v.rows, v.held, v.names = map[journal.State][]int64{}, o.Held, map[[2]string]string{}
	for _, row := range o.Rows {
		v.rows[""] = append(v.rows[""], row.Seq)
		v.rows[row.State] = append(v.rows[row.State], row.Seq)
	}
	for _, s := range v.offer.Services {
		v.names[[2]string{s.Panel, s.ID}] = s.Name
	}
	if v.waits, err = v.waiting(ctx); err != nil {
		return err
	}
	v.asks, v.mends, v.taken = v.warnings(), v.fixes(), v.decisions(u.Choices)
	return nil
}

func (v *review) discard() error {
	if v.draft == nil {
		return nil
	}
	draft := v.draft
	v.draft = nil
	return draft.Discard()
}

// forget lets go of a sheet's review.
func (s *Server) forget(id string) {
	s.mu.Lock()
	v := s.drafts[id]
	delete(s.drafts, id)
	s.mu.Unlock()
	if v != nil {
		v.mu.Lock()
		defer v.mu.Unlock()
		_ = v.discard() // what is left of it in the journal is thrown away a day later
	}
}

// chips are the filters of a review, by what becomes of the rows.
func chips() []struct {
	Name  string
	State journal.State
} {
	return []struct {
		Name  string
		State journal.State
	}{
		{"Will be ordered", journal.Queued}, {"Held", journal.Held}, {"Wrong", journal.Invalid},
		{"Left out", journal.Skipped},
	}
}

// chip is a filter as it is shown.
type chip struct {
	Name   string
	State  journal.State
	Rows   int
	Sum    string // of their estimated charges; empty: none is told
	Chosen bool
}

func (v *review) chips(only journal.State) (all []chip) {
	for _, c := range chips() {
		one := chip{Name: c.Name, State: c.State, Rows: v.offer.Totals.States[c.State], Chosen: c.State == only}
		switch c.State {
		case journal.Queued:
			one.Sum = report.Amount(v.offer.ToSend.Valid.Charge, "")
		case journal.Held:
			one.Sum = v.heldSum()
		case journal.Skipped:
			_, apart := parse.LeftOut(v.offer.Notes)
			one.Rows += apart
		}
		all = append(all, one)
	}
	for _, state := range report.States() { // rows of a sheet that was placed before
		known := func(c chip) bool { return c.State == state }
		if n := v.offer.Totals.States[state]; n > 0 && !slices.ContainsFunc(all, known) {
			all = append(all, chip{Name: isIn(state), State: state, Rows: n, Chosen: state == only})
		}
	}
	return all
}

// sum tells the estimated charge of what would be ordered, with the currency.
func (v *review) sum() string {
	return report.Amount(v.offer.ToSend.Valid.Charge, v.offer.Batch.Currency)
}

// review shows what would become of the rows.
func (s *Server) review(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	u, v, done, err := s.reviewed(r.Context(), id, false)
	if isOfSheet(err) {
		return s.reading(u, err)
	}
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	only, edited := stateOf(r.FormValue("only")), number(r.FormValue("edit"))
	pages := pagesOf(r, len(v.rows[only]), rowsAtOnce(only))
	rows, err := v.page(r.Context(), u, only, pages.From, edited)
	if err != nil {
		return answer{}, err
	}
	of, apart := parse.LeftOut(v.offer.Notes)
	return answer{page: "review", data: map[string]any{
		"Title": "Review " + u.Name, "Upload": u, "Rows": rows, "Offer": v.offer, "Only": only, "Chips": v.chips(only),
		"Notes": plainNotes(v.offer.Notes), "Warnings": v.asks, "Sum": v.sum(), "Fixes": v.mends, "Pages": pages,
		"Taken": v.taken, "All": v.offer.Totals.Rows + apart, "Omitted": omitted(of, only),
		"Edit": template.URL(inPlace(only, pages.From)),
		"Here": "/sheets/" + id + "/review?only=" + string(only), "Marked": markedName(u),
	}}, nil
}

// inPlace is what an address of the same page begins with: short, since each row has one.
func inPlace(only journal.State, from int) (query string) {
	if only != "" {
		query = "only=" + string(only) + "&"
	}
	if from > 0 {
		query += "from=" + strconv.Itoa(from) + "&"
	}
	return query
}

// perPage is how many rows a page shows, and wrongPerPage how many whose cells can all be edited there.
const perPage, wrongPerPage = 200, 100

func rowsAtOnce(only journal.State) int {
	if only == journal.Invalid {
		return wrongPerPage
	}
	return perPage
}

// extent tells which of all rows a page shows.
type extent struct {
	From, To, All  int // rows From+1 to To
	Earlier, Later int // where the pages before and after begin; -1: there is none
}

// pagesOf reads which page of so many rows a request asks for.
func pagesOf(r *http.Request, all, most int) extent {
	from := number(r.FormValue("from"))
	if at := number(r.FormValue("at")); at > 0 { // as a person counts
		from = at - 1
	}
	from = min(from, max(0, all-1))
	p := extent{From: from, To: min(from+most, all), All: all, Earlier: -1, Later: -1}
	if from > 0 {
		p.Earlier = max(0, from-most)
	}
	if p.To < all {
		p.Later = p.To
	}
	return p
}

// number reads a number that isn't below 0; what is none is 0.
func number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// page gives a page of the rows in a state, or of all, behind so many; the one that is edited with all its cells.
func (v *review) page(ctx context.Context, u desk.Upload, only journal.State, from, edited int) ([]rowView, error) {
	seqs := v.rows[only]
	page, err := v.draft.Numbered(ctx, seqs[min(from, len(seqs)):min(from+rowsAtOnce(only), len(seqs))])
	var all []rowView
	for _, e := range page {
		all = append(all, v.row(u, e, e.Line == edited))
	}
	return all, err
}
