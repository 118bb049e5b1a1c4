package desk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
)

// mostWorkbooks is how many results workbooks are looked at beside a sheet.
const mostWorkbooks = 50

// compare reads the results workbooks of a sheet, and holds the rows that they tell to be ordered where the books don't
// know that. A workbook that can't be read is no error: it is told.
func (p *Draft) compare(ctx context.Context) error {
	if p.work.desk.ReadResults == nil {
		return nil
	}
	paths, err := p.work.workbooks(ctx, journal.Batch{ID: p.ID, Sheet: p.draft.Batch.Sheet}, p.asked.Out, p.note)
	if err != nil || len(paths) == 0 {
		return err
	}
	unknown, err := p.draft.HoldOutside(ctx, p.work.desk.orders(paths, unread(p.note)), !p.asked.AllowRepeat, time.Now())
	if err != nil {
		return err
	}
	p.spared = spared(paths, unknown)
	for _, path := range paths {
		name := filepath.Base(path)
		if n := unknown.Blind[name]; n > 0 {
			p.note(fmt.Sprintf(
				"%s tells of %d orders that these books don't know, and that can't be compared with the rows of this "+
					"sheet: it is of an older version, or its column Row key was changed; look that none is ordered again", name, n))
		}
	}
	return nil
}

func (p *Draft) note(words string) { p.Plan.Notes = append(p.Plan.Notes, words) }

// spared are the workbooks that tell of orders which the books don't know.
func spared(paths []string, unknown journal.Unknown) (all []string) {
	for _, path := range paths {
		if len(unknown.Files[filepath.Base(path)]) > 0 {
			all = append(all, path)
		}
	}
	return all
}

// unread notes a workbook that can't be read.
func unread(note func(words string)) func(path string, err error) {
	return func(path string, err error) {
		note(fmt.Sprintf("%s could not be read, so rows that it tells to be ordered aren't known by it: %v",
			filepath.Base(path), err))
	}
}

// told compares a batch that is gone on with, with its results workbooks, as its sheet is compared when it is run: the
// books may be a copy. Those that are as these books wrote them tell nothing new. It gives the results with a place
// that replaces none that tells of orders which the books don't know.
func (w *work) told(ctx context.Context, b journal.Batch, s Sending, out *Outcome) (Results, error) {
	if w.desk.ReadResults == nil {
		return s.Results, nil
	}
	waits := false
	err := w.journal.Waiting(ctx, b, func(journal.Entry, int) { waits = true })
	if err != nil || !waits {
		return s.Results, err
	}
	note := func(words string) { out.Notes = append(out.Notes, words) }
	paths, err := w.workbooks(ctx, b, s.Results.Path, note)
	if err != nil {
		return s.Results, err
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return path == b.Workbook && isAsWritten(b) })
	if len(paths) == 0 {
		return s.Results, nil
	}
	unknown, err := w.journal.HoldTold(ctx, b, w.desk.orders(paths, unread(note)), !s.AllowRepeat, time.Now())
	if unknown.Held > 0 {
		note(fmt.Sprintf("rows of batch %s that results workbooks tell to be ordered, which these books don't know: %d; "+
			"they are held", b.ID, unknown.Held))
	}
	return s.Results.spare(b, spared(paths, unknown)), err
}

// workbooks lists the results workbooks that may tell of the rows of a batch, or of a sheet that becomes one: those
// beside the sheet, numbered ones too, the sheet itself where it is one, and those that are named for it.
func (w *work) workbooks(ctx context.Context, of journal.Batch, named string, note func(string)) ([]string, error) {
	found := map[string]bool{}
	add := func(path string) {
		whole, err := filepath.Abs(path)
		if err == nil && strings.EqualFold(filepath.Ext(path), ".xlsx") && fileExists(path) {
			found[whole] = true
		}
	}
	beside := besideSheet(of)
	add(named)
	if isResults(of.Sheet, "") {
		add(of.Sheet)
	}
	b, err := w.journal.Batch(ctx, of.ID)
	switch {
	case err == nil && b.ID == of.ID:
		add(b.Workbook)
	case err != nil && !errors.Is(err, journal.ErrNoBatch):
		return nil, err
	}
	dir := filepath.Dir(beside)
	entries, err := os.ReadDir(dir)
	if err != nil && of.Sheet != "-" { // from a folder that can't be listed, results may still be written by name
		note("results workbooks beside the sheet could not be looked for: " + err.Error())
	}
	for _, e := range entries {
		if isResults(e.Name(), strings.TrimSuffix(filepath.Base(beside), resultsEnding)) {
			add(filepath.Join(dir, e.Name()))
		}
	}
	all := slices.Sorted(maps.Keys(found))
	if len(all) > mostWorkbooks {
		note(fmt.Sprintf("there are %d results workbooks beside the sheet; %d were looked at", len(all), mostWorkbooks))
		all = all[:mostWorkbooks]
	}
	return all, nil
}

// isResults tells by its name whether a file is a results workbook, numbered or not, of a sheet of this name; of any
// sheet where that is empty.
func isResults(file, sheet string) bool {
	name := strings.ToLower(filepath.Base(file))
	if filepath.Ext(name) != ".xlsx" {
		return false
	}
	if sheet == "" {
		return strings.Contains(name, ".results")
	}
	return strings.HasPrefix(name, strings.ToLower(sheet)+".results")
}
