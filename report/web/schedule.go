package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
)

// asking is how orders are asked about on a schedule.
type asking struct {
	Every string // such as 15m; "off": they aren't
	Next  time.Time
	Last  []lookedAt // the latest first
}

// lookedAt is what became of one look at the orders of a batch.
type lookedAt struct {
	At                      time.Time
	Batch                   string
	Orders, Changed, Silent int
	Wrong                   string
}

// mostLooks is how many of them are told.
const mostLooks = 50

// AsksNext notes when orders are asked about next.
func (s *Server) AsksNext(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asks.Next = at
}

// Asked notes what became of asking about the orders of a batch.
func (s *Server) Asked(done desk.Refreshed, err error) {
	l := lookedAt{At: time.Now(), Batch: done.Batch.ID, Orders: done.Round.Orders, Changed: done.Round.Changed,
		Silent: done.Round.Silent}
	if err == nil {
		err = done.Lost
	}
	if err != nil {
		l.Wrong = err.Error()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asks.Last = append([]lookedAt{l}, s.asks.Last[:min(len(s.asks.Last), mostLooks-1)]...)
}

// mostSchedules is how many of the things that were said about them are shown.
const mostSchedules = 10

// scheduleForm is what a form says of the schedule.
type scheduleForm struct{ Every, Until string }

// setSchedule changes how often orders are asked about, or ends that.
func (s *Server) setSchedule(r *http.Request) (answer, error) {
	form := scheduleForm{strings.TrimSpace(r.FormValue("every")), strings.TrimSpace(r.FormValue("until"))}
	var every time.Duration
	var until time.Time
	var err error
	if r.FormValue("do") != "end" {
		if every, err = time.ParseDuration(form.Every); err != nil || every <= 0 {
			err = &desk.Mistake{Err: fmt.Errorf("%q is no time; write it like 15m or 2h", form.Every)}
		}
		if form.Until != "" && err == nil {
			if until, err = time.ParseInLocation(time.DateOnly, form.Until, time.Local); err != nil {
				err = &desk.Mistake{Err: fmt.Errorf("%q is no day; write it like 2026-12-31", form.Until)}
			}
			until = until.AddDate(0, 0, 1) // the day itself counts
		}
	}
	if err == nil {
		err = s.desk(r).SetAsking(r.Context(), every, until)
	}
	if is[*desk.Mistake](err) {
		a, lost := s.showSchedules(r, form, err.Error())
		a.code = http.StatusUnprocessableEntity
		return a, lost
	}
	return see("/schedules"), err
}

// spelled writes a time as it is typed in.
func spelled(d time.Duration) string {
	text := strings.TrimSuffix(d.String(), "0s")
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// schedules tells when orders are asked about, what came of it, and what is to be sent.
func (s *Server) schedules(r *http.Request) (answer, error) {
	return s.showSchedules(r, scheduleForm{}, "")
}

func (s *Server) showSchedules(r *http.Request, form scheduleForm, words string) (answer, error) {
	working, err := s.Desk.Working(r.Context())
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	asks := s.asks
	s.mu.Unlock()
	asks.Every = s.Every
	said, err := s.Desk.Asking(r.Context(), mostSchedules)
	if err != nil {
		return answer{}, err
	}
	if len(said) > 0 {
		asks.Every = "off"
		if said[0].Asks(time.Now()) {
			asks.Every = spelled(said[0].Every)
		}
	}
	return answer{page: "schedules", data: map[string]any{
		"Said": said, "Form": form, "Wrong": words, "Started": s.Every,
		"Title": "Schedules", "Asks": asks, "Jobs": working.Jobs, "Workers": working.Workers, "Now": time.Now(),
	}}, nil
}

// askNow asks about all orders that are due, beside the request.
func (s *Server) askNow(r *http.Request) (answer, error) {
	s.mu.Lock()
	busy := s.working[""]
	s.working[""] = true
	s.mu.Unlock()
	if busy {
		return see("/schedules"), nil
	}
	go func() {
		rounds := desk.Rounds{All: true, Due: true, Told: s.Asked}
		_, err := s.desk(r).Rounds(context.WithoutCancel(r.Context()), rounds)
		var held *journal.HeldError
		if err != nil && !errors.As(err, &held) {
			s.Log.Error("asking about orders", "error", err)
		}
		s.mu.Lock()
		delete(s.working, "")
		s.mu.Unlock()
	}()
	return see("/schedules"), nil
}

// Notices is how somebody is told who isn't watching.
type Notices struct {
	To   string                                     // the host that they are posted to; empty: none are
	Test func(ctx context.Context, by string) error // posts one that says that it is a test
}

func (s *Server) notices(r *http.Request) (answer, error) {
	return answer{page: "notices", data: map[string]any{"Title": "Notices", "To": s.Notices.To,
		"Sent": r.FormValue("sent") != ""}}, nil
}

// testNotice posts a notice that says that it is a test.
func (s *Server) testNotice(r *http.Request) (answer, error) {
	if s.Notices.To == "" {
		return answer{}, &desk.Mistake{Err: errors.New("no address is set for notices")}
	}
	if err := s.Notices.Test(r.Context(), who(r).name); err != nil {
		return answer{}, &desk.Mistake{Err: err}
	}
	return see("/notices?sent=yes"), nil
}
