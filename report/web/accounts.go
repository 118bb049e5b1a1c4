package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/plan"
	"bulkorder/report"
)

// accountView is an account that can be ordered on.
type accountView struct {
	desk.KnownPanel
	Balance string // empty: it isn't told
	Wrong   string
	Rate    float64
	Limit   float64
	Pause   *journal.Pause
	Health  desk.AccountHealth
	Books   bool // something was ordered on it: it can be paused
}

// balanceWait is how long a page waits for an account's balance.
const balanceWait = 5 * time.Second

// accounts lists the accounts.
func (s *Server) accounts(r *http.Request) (answer, error) { return s.listAccounts(r, nil) }

// listAccounts lists the accounts, beside what a person does there.
func (s *Server) listAccounts(r *http.Request, view map[string]any) (answer, error) {
	panels, err := s.Desk.Panels(r.Context())
	if err != nil {
		return answer{}, err
	}
	working, err := s.Desk.Working(r.Context())
	if err != nil {
		return answer{}, err
	}
	healths, err := s.Desk.Healths(r.Context(), working.Accounts)
	if err != nil {
		return answer{}, err
	}
	for _, a := range working.Accounts { // those that no name of the configuration stands for
		is := func(p desk.KnownPanel) bool { return strings.EqualFold(p.Name, a.Panel) }
		if !slices.ContainsFunc(panels, is) {
			panels = append(panels, desk.KnownPanel{Name: a.Panel})
		}
	}
	var all []accountView
	for _, p := range panels {
		v := accountView{KnownPanel: p}
		for _, a := range working.Accounts {
			if strings.EqualFold(a.Panel, p.Name) {
				v.Rate, v.Limit, v.Books, v.Health = a.Rate, a.Limit, true, healths[a.Account]
			}
		}
		for _, one := range working.Pauses {
			if strings.EqualFold(one.Panel, p.Name) {
				v.Pause = &one
			}
		}
		if p.Name == r.PathValue("panel") {
			v.Balance, v.Wrong = s.balance(r.Context(), p.Name)
		}
		all = append(all, v)
	}
	page := map[string]any{"Title": "Accounts", "Accounts": all, "Workers": working.Workers, "Config": s.Config,
		"Panel": addedPanel{}, "Wrong": "", "Added": ""}
	if file, err := desk.KeyFile(s.Config, "NAME"); err == nil {
		page["KeyFile"] = file
	}
	for _, p := range panels {
		if p.Name == r.FormValue("added") && p.Name != "" && r.Method == http.MethodGet {
			page["Added"], page["Key"] = p.Name, s.keptIn(p)
		}
	}
	maps.Copy(page, view)
	return answer{page: "accounts", data: page}, nil
}

// keptIn says where the key of a panel is that was added, and what wins over it.
func (s *Server) keptIn(p desk.KnownPanel) string {
	kept := "the system's keyring"
	if file := s.Desk.Accounts.Now().Config.Panels[p.Name].KeyFile; file != "" {
		kept = file
	}
	if strings.HasPrefix(p.Key, "environment") {
		kept += "; " + p.Key + " may win over it while that is set"
	}
	return kept
}

// askAccount asks an account for its balance.
func (s *Server) askAccount(r *http.Request) (answer, error) {
	if !s.isAccount(r.Context(), r.PathValue("panel")) {
		return answer{}, noAccount(r.PathValue("panel"))
	}
	return s.listAccounts(r, nil)
}

// addedPanel is what a form says of a panel, without its key.
type addedPanel struct{ Name, URL string }

// addAccount adds a panel, once it answered to its key. The key isn't shown again, also where it was wrong.
func (s *Server) addAccount(r *http.Request) (answer, error) {
	if s.Config == "" {
		return answer{}, &desk.Mistake{Err: errors.New("the server has no configuration; start it with --config")}
	}
	if err := r.ParseForm(); err != nil {
		return answer{}, err
	}
	form := addedPanel{strings.TrimSpace(r.PostFormValue("name")), strings.TrimSpace(r.PostFormValue("url"))}
	_, err := s.desk(r).AddPanel(r.Context(), s.Config, desk.NewPanel{Name: form.Name, URL: form.URL,
		Key: strings.TrimSpace(r.PostFormValue("key")), Try: true})
	if err == nil {
		s.Log.Info("a panel was added", "name", form.Name, "by", who(r).name)
		return see("/accounts?added=%s", queryEscape(form.Name)), nil
	}
	code := statusOf(r, err)
	if code == http.StatusInternalServerError {
		return answer{}, err
	}
	a, lost := s.listAccounts(r, map[string]any{"Panel": form, "Wrong": err.Error()})
	a.code = code
	return a, lost
}

// account opens an account by a name, or the one that the server was started for, which may have no other name than its
// address.
func (s *Server) account(ctx context.Context, name string) (*desk.Account, error) {
	a, err := s.Desk.Accounts.Named(ctx, name)
	var unknown *plan.UnknownPanel
	if errors.As(err, &unknown) && s.Desk.Accounts.IsMeant() {
		if meant, lost := s.Desk.Accounts.Meant(ctx); lost == nil && strings.EqualFold(meant.Name(), name) {
			return meant, nil
		}
	}
	return a, err
}

func (s *Server) balance(ctx context.Context, name string) (balance, wrong string) {
	ctx, cancel := context.WithTimeout(ctx, balanceWait)
	defer cancel()
	a, err := s.account(ctx, name)
	var b panel.Balance
	if err == nil {
		b, err = a.Panel.Balance(ctx)
	}
	if err != nil {
		return "", err.Error()
	}
	return report.Amount(b.Amount, b.Currency), ""
}

func (s *Server) pauseAccount(r *http.Request) (answer, error) {
	_, err := s.desk(r).Pause(r.Context(), r.PathValue("panel"))
	return see("/accounts"), s.orNowhere(r, err)
}

func (s *Server) goOnAccount(r *http.Request) (answer, error) {
	_, err := s.desk(r).GoOn(r.Context(), r.PathValue("panel"))
	return see("/accounts"), s.orNowhere(r, err)
}

// pausesOf gives the accounts of a batch that are paused.
func (s *Server) pausesOf(ctx context.Context, b journal.Batch) ([]journal.Pause, error) {
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return nil, err
	}
	all, err := j.Pauses(ctx)
	return slices.DeleteFunc(all, func(p journal.Pause) bool {
		return !slices.ContainsFunc(b.Accounts(), func(a journal.Account) bool { return a.N == p.Account })
	}), err
}

// orNowhere tells what went wrong with an account; of one that nobody knows, that there is none.
func (s *Server) orNowhere(r *http.Request, err error) error {
	name := r.PathValue("panel")
	if err != nil && !s.isAccount(r.Context(), name) {
		return noAccount(name)
	}
	return err
}

func noAccount(name string) error { return notThere("There is no account that is called %s.", name) }

// isAccount tells whether an account is called so, in the configuration or the books.
func (s *Server) isAccount(ctx context.Context, name string) bool {
	var unknown *plan.UnknownPanel
	if _, err := s.account(ctx, name); !errors.As(err, &unknown) {
		return true
	}
	working, err := s.Desk.Working(ctx)
	is := func(a journal.AccountRate) bool { return strings.EqualFold(a.Panel, name) }
	return err != nil || slices.ContainsFunc(working.Accounts, is)
}

// catalogue searches an account's services.
func (s *Server) catalogue(r *http.Request) (answer, error) {
	words := strings.TrimSpace(r.FormValue("q"))
	found, notes, err := s.Desk.Services(r.Context(), desk.Searched{
		Panel: r.PathValue("panel"), Words: strings.Fields(words),
	})
	if len(found) > perPage {
		found = found[:perPage]
	}
	return answer{page: "catalogue", data: map[string]any{
		"Title": "Services of " + r.PathValue("panel"), "Panel": r.PathValue("panel"), "Words": words, "Services": found,
		"Notes": notes,
	}}, s.orNowhere(r, err)
}
