package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// latest is how many batches and sheets the first page lists.
const latest = 10

// home is where a sheet is dropped.
func (s *Server) home(r *http.Request) (answer, error) {
	panels, err := s.Desk.Panels(r.Context())
	if err != nil {
		return answer{}, err
	}
	j, err := s.Desk.Journal(r.Context())
	if err != nil {
		return answer{}, err
	}
	most := latest
	if r.FormValue("sheets") == "all" {
		most = mostListed
	}
	waiting, err := j.Unplaced(r.Context(), most)
	if err != nil {
		return answer{}, err
	}
	all, err := s.listed(r, latest, desk.Picked{}, "")
	return answer{page: "home", data: map[string]any{
		"Title": "Order from a sheet", "Panels": panels, "Chosen": s.Desk.Accounts.Now().Config.Panel,
		"Stands": s.standsOf(panels), "Waiting": waiting, "Batches": all,
		"More": most == latest && len(waiting) == latest,
	}}, err
}

// listed gives the latest batches that have such rows, and hold some words.
func (s *Server) listed(r *http.Request, most int, p desk.Picked, words string) (all []report.Result, err error) {
	found, err := s.Desk.Latest(r.Context(), p, words, most)
	for _, l := range found {
		all = append(all, report.NewResult(l.Batch, l.Totals))
	}
	return all, err
}

// mostListed is how many batches a search shows.
const mostListed = 200

// batches lists all batches.
func (s *Server) batches(r *http.Request) (answer, error) {
	words, state := strings.TrimSpace(r.FormValue("q")), stateOf(r.FormValue("state"))
	var picked desk.Picked
	if state != "" {
		picked.States = []journal.State{state}
	}
	all, err := s.listed(r, mostListed, picked, words)
	return answer{page: "batches", data: map[string]any{"Title": "Batches", "Words": words, "State": state,
		"States": report.States(), "Batches": all, "Most": mostListed}}, err
}

// throwAway forgets a sheet that isn't placed.
func (s *Server) throwAway(r *http.Request) (answer, error) {
	s.forget(r.PathValue("sheet"))
	return see("/"), s.Desk.DropUpload(r.Context(), r.PathValue("sheet"))
}

// upload keeps the sheet that is sent, or the lines that were pasted.
func (s *Server) upload(r *http.Request) (answer, error) {
	name, content, err := sent(r)
	if err != nil {
		return answer{}, err
	}
	defer content.Close()
	u, err := s.desk(r).AddUpload(r.Context(), name, r.FormValue("panel"), content)
	if err != nil {
		return answer{}, err
	}
	return see("/sheets/%s", u.ID), nil
}

// sent gives the file of a request, or what was pasted.
func sent(r *http.Request) (name string, content io.ReadCloser, err error) {
	err = r.ParseMultipartForm(4 << 20)
	if large := (*http.MaxBytesError)(nil); err != nil && !errors.As(err, &large) {
		err = &desk.Mistake{Err: errors.New("this is no form of the page")}
	}
	if err != nil {
		return "", nil, err
	}
	var file multipart.File
	file, header, err := r.FormFile("sheet")
	if err == nil && header.Size > 0 {
		return header.Filename, file, nil
	}
	if err != nil && !errors.Is(err, http.ErrMissingFile) {
		return "", nil, err
	}
	if text := r.FormValue("paste"); strings.TrimSpace(text) != "" {
		return "pasted.txt", io.NopCloser(strings.NewReader(text)), nil
	}
	return "", nil, &desk.Mistake{
		Err: errors.New("choose a sheet, or paste orders, one a line: service | link | quantity"),
	}
}

// read shows what each column became.
func (s *Server) read(r *http.Request) (answer, error) {
	u, err := s.Desk.FindUpload(r.Context(), r.PathValue("sheet"))
	if err != nil {
		return answer{}, err
	}
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	return s.reading(u, nil)
}

// reading shows how a sheet is read, and where it can't be, why.
func (s *Server) reading(u desk.Upload, wrong error) (answer, error) {
	tabs, err := s.Desk.GlanceUpload(u)
	if err != nil {
		return answer{}, err
	}
	view := map[string]any{"Title": "Read " + u.Name, "Upload": u, "Tabs": tabs, "Fields": parse.KnownFields(),
		"Text": markedName(u) == "", "Encodings": encodings(), "Delimiters": delimiters()}
	a := answer{page: "read", data: view}
	if wrong != nil {
		view["Wrong"], a.code = parse.Escape(choices(wrong.Error())), http.StatusUnprocessableEntity
	}
	return a, nil
}

// choices tells of choices of the command line as those that the page has below.
func choices(text string) string {
	return strings.NewReplacer(
		"say --hidden include to order them too, --hidden skip to leave them out",
		"choose below whether they are read or left out",
		"say --encoding with the name that reads right", "choose below how it is encoded",
	).Replace(text)
}

// encodings are those that sheets of text come in, beside UTF-8.
func encodings() []string {
	return []string{"utf-8", "windows-1252", "windows-1254", "windows-1251", "windows-1250", "iso-8859-9", "utf-16le",
		"windows-1256", "gbk", "big5", "shift_jis", "euc-kr"}
}

// delimiter parts the cells of a text.
type delimiter struct{ Mark, Name string }

func delimiters() []delimiter {
	return []delimiter{{",", "a comma"}, {";", "a semicolon"}, {"\t", "a tab"}, {"|", "an upright line"}}
}

// choose keeps what a person chose for a sheet, and goes on to the review where it can be read so.
func (s *Server) choose(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	if err := r.ParseForm(); err != nil {
		return answer{}, err
	}
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		c.Tabs(r.Form["tab"], r.FormValue("tab-client") != "")
		c.Hidden, c.Thousands = r.FormValue("hidden"), r.FormValue("thousands")
		c.AcceptK, c.SkipStruck = r.FormValue("accept-k") != "", r.FormValue("skip-struck") != ""
		c.Again, c.Encoding = r.FormValue("again") != "", r.FormValue("encoding")
		c.Delimiter = r.FormValue("delimiter")
		c.Map = nil
		for key, values := range r.Form {
			if name, is := strings.CutPrefix(key, "column "); is && values[0] != "" {
				if c.Map == nil {
					c.Map = map[string]string{}
				}
				c.Map[name] = values[0]
			}
		}
	})
	if err != nil {
		return answer{}, err
	}
	s.forget(id)
	if r.FormValue("do") == "look" {
		return see("/sheets/%s", id), nil
	}
	u, err := s.Desk.FindUpload(r.Context(), id)
	if err != nil {
		return answer{}, err
	}
	sheet, err := s.Desk.OpenChosen(u)
	if isOfSheet(err) {
		return s.reading(u, err)
	}
	if err != nil {
		return answer{}, err
	}
	return see("/sheets/%s/review", id), sheet.Close()
}

// isOfSheet tells errors about a sheet, which what is chosen for it may mend.
func isOfSheet(err error) bool {
	var file *parse.FileError
	var problem *parse.Problem
	return errors.As(err, &file) || errors.As(err, &problem)
}
