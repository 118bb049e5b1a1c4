package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/book"
)

// downloadTime is how long a file may take to be made and taken.
const downloadTime = 15 * time.Minute

// file gives the results of a batch, written now.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	ending := filepath.Ext(r.PathValue("file"))
	s.download(w, r, func(dir string) (path, name string, err error) {
		if ending != ".xlsx" && ending != ".csv" && ending != ".jsonl" {
			return "", "", notThere("A batch has no file %s.", r.PathValue("file"))
		}
		b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
		if err != nil {
			return "", "", err
		}
		path, name = filepath.Join(dir, b.ID+ending), b.ID+".results"+ending
		if r.PathValue("file") == "to-fix.csv" {
			return path, b.ID + ".to-fix.csv", s.writeToFix(r.Context(), b, path)
		}
		return path, name, s.Desk.WriteCopy(r.Context(), b, desk.Results{Path: path})
	})
}

// sheetFile gives a sheet as it is after what was edited, or a copy of its workbook in which wrong cells are marked.
func (s *Server) sheetFile(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, func(dir string) (path, name string, err error) {
		u, v, done, err := s.reviewed(r.Context(), r.PathValue("sheet"), false)
		if err != nil {
			return "", "", err
		}
		defer done()
		base := strings.TrimSuffix(filepath.Base(u.Name), filepath.Ext(u.Name))
		switch file := r.PathValue("file"); {
		case u.Batch != "":
			return "", "", &desk.Mistake{Err: errors.New("the sheet is placed; its batch has the results")}
		case file == "corrected.csv":
			path = filepath.Join(dir, file)
			return path, base + ".corrected.csv", v.writeCorrected(r.Context(), path)
		case file == markedName(u) && file != "":
			path = filepath.Join(dir, file)
			return path, base + "." + file, v.writeMarked(r.Context(), s.Desk, u, path)
		}
		return "", "", journal.ErrNoUpload
	})
}

// template gives a workbook to fill in with the services of an account.
func (s *Server) template(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, func(dir string) (path, name string, err error) {
		if !s.isAccount(r.Context(), r.PathValue("panel")) {
			return "", "", noAccount(r.PathValue("panel"))
		}
		path = filepath.Join(dir, "orders.xlsx")
		return path, "orders-" + r.PathValue("panel") + ".xlsx",
			s.Template(r.Context(), r.PathValue("panel"), path)
	})
}

// download makes a file in a folder of its own and gives it away, to be kept and never shown.
func (s *Server) download(w http.ResponseWriter, r *http.Request,
	make func(dir string) (path, name string, err error),
) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadTime))
	dir, err := os.MkdirTemp("", "bulkorder-")
	if err == nil {
		defer os.RemoveAll(dir)
		var path, name string
		if path, name, err = make(dir); err == nil {
			w.Header().Set("Content-Disposition", attachment(name))
			http.ServeFile(w, r, path)
			return
		}
	}
	s.page(func(*http.Request) (answer, error) { return answer{}, err }).ServeHTTP(w, r)
}

// attachment names a download. What isn't plain in a name is left to browsers that know how to read it.
func attachment(name string) string {
	plain := strings.Map(func(c rune) rune {
		if c > ' ' && c < 0x7f && !strings.ContainsRune(`"\/:*?<>|;%`, c) {
			return c
		}
		return '_'
	}, name)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, pathEscape(name))
}

// writeToFix writes the rows that must be corrected before they can be ordered.
func (s *Server) writeToFix(ctx context.Context, b journal.Batch, path string) error {
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(book.Results{Journal: j, Batch: b}.WriteToFix(ctx, f), f.Close())
}

// writeCorrected writes the rows as they are now, without those that were left out.
func (v *review) writeCorrected(ctx context.Context, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	var heads []string
	for _, c := range v.columns {
		heads = append(heads, c.Name)
	}
	err = book.WriteCells(f, heads, func(yield func([]string, error) bool) {
		for e, err := range v.draft.Rows(ctx) {
			if err == nil && e.State == journal.Skipped {
				continue
			}
			if !yield(e.Cells, err) || err != nil {
				return
			}
		}
	})
	return errors.Join(err, f.Close())
}

// markedName is what the marked copy of a workbook is called; empty: the sheet is none.
func markedName(u desk.Upload) string {
	if e := filepath.Ext(u.File); e == ".xlsx" || e == ".xlsm" {
		return "marked" + e
	}
	return ""
}

// writeMarked writes a copy of the workbook as it came, its wrong cells marked.
func (v *review) writeMarked(ctx context.Context, d *desk.Desk, u desk.Upload, path string) error {
	sheet, from, err := d.OpenOriginal(u)
	if err != nil {
		return err
	}
	defer sheet.Close()
	marked := book.Marked{Path: from, Sheet: sheet, Rows: v.offer.Totals.Rows, Problems: v.offer.Problems}
	for e, err := range v.draft.Rows(ctx) {
		if err != nil {
			return err
		}
		if e.State == journal.Held {
			marked.Held = append(marked.Held, report.HeldProblem(e))
		}
	}
	_, err = marked.Write(path)
	return err
}
