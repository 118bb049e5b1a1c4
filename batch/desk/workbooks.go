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
	paths, err := p.workbooks(ctx)
	if err != nil || len(paths) == 0 {
		return err
	}
	unknown, err := p.draft.HoldOutside(ctx, p.work.desk.orders(paths, p.unread), !p.asked.AllowRepeat, time.Now())
	if err != nil {
		return err
	}
	for _, path := range paths {
		name := filepath.Base(path)
		if len(unknown.Files[name]) > 0 {
			p.spared = append(p.spared, path)
		}
		if n := unknown.Blind[name]; n > 0 {
			p.Plan.Notes = append(p.Plan.Notes, fmt.Sprintf(
				"%s tells of %d orders that these books don't know, and that can't be compared with the rows of this "+
					"sheet: it is of an older version, or its column Row key was changed; look that none is ordered again", name, n))
		}
	}
	return nil
}

// unread notes a workbook that can't be read.
func (p *Draft) unread(path string, err error) {
	p.Plan.Notes = append(p.Plan.Notes, fmt.Sprintf(
		"%s could not be read, so rows that it tells to be ordered aren't known by it: %v", filepath.Base(path), err))
}

// workbooks lists the results workbooks that may tell of a sheet's rows: those beside the sheet, numbered ones too, the
// sheet itself where it is one, and those that are named for it.
func (p *Draft) workbooks(ctx context.Context) ([]string, error) {
	found := map[string]bool{}
	add := func(path string) {
		whole, err := filepath.Abs(path)
		if err == nil && strings.EqualFold(filepath.Ext(path), ".xlsx") && fileExists(path) {
			found[whole] = true
		}
	}
	sheet := p.draft.Batch.Sheet
	beside := besideSheet(journal.Batch{ID: p.ID, Sheet: sheet})
	add(p.asked.Out)
	if isResults(sheet, "") {
		add(sheet)
	}
	b, err := p.work.journal.Batch(ctx, p.ID)
	switch {
	case err == nil && b.ID == p.ID:
		add(b.Workbook)
	case err != nil && !errors.Is(err, journal.ErrNoBatch):
		return nil, err
	}
	dir := filepath.Dir(beside)
	entries, err := os.ReadDir(dir)
	if err != nil && sheet != "-" { // from a folder that can't be listed, results may still be written by name
		p.Plan.Notes = append(p.Plan.Notes, "results workbooks beside the sheet could not be looked for: "+err.Error())
	}
	for _, e := range entries {
		if isResults(e.Name(), strings.TrimSuffix(filepath.Base(beside), resultsEnding)) {
			add(filepath.Join(dir, e.Name()))
		}
	}
	all := slices.Sorted(maps.Keys(found))
	if len(all) > mostWorkbooks {
		p.Plan.Notes = append(p.Plan.Notes, fmt.Sprintf("there are %d results workbooks beside the sheet; %d were looked at",
			len(all), mostWorkbooks))
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
