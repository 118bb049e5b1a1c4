package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bulkorder/batch/journal"
)

// Target says where the results of a batch go, and makes sure that they can be written there.
func (r Results) Target(b journal.Batch) (string, error) {
	path := cmp.Or(r.Path, b.Workbook, besideSheet(b))
	path, err := filepath.Abs(path)
	if err == nil {
		err = NotOver(path, b.Sheet)
	}
	if err != nil {
		return "", err
	}
	probe, err := os.CreateTemp(filepath.Dir(path), ".bulkorder-*")
	if err != nil {
		return "", fmt.Errorf("the results can't be written to %s; choose a place with --out: %w",
			filepath.Dir(path), err)
	}
	return path, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// NotOver fails with a [*Mistake] where results would replace the sheet that they are of.
func NotOver(path, sheet string) error {
	if path == "" || sheet == "-" || sheet == "" {
		return nil
	}
	is, err := os.Stat(path)
	if err != nil {
		return nil // what isn't there isn't replaced
	}
	if its, err := os.Stat(sheet); err == nil && os.SameFile(is, its) {
		return &Mistake{fmt.Errorf("%s is the sheet itself, which the results would replace; choose another --out", path)}
	}
	return nil
}

const resultsEnding = ".results.xlsx"

// besideSheet is where the results of a sheet go that nobody names a place for.
func besideSheet(b journal.Batch) string {
	if b.Sheet == "-" {
		return b.ID + resultsEnding
	}
	return strings.TrimSuffix(b.Sheet, filepath.Ext(b.Sheet)) + resultsEnding
}

// spare takes a numbered name where the results would replace a workbook that tells of orders which these books don't
// know: nothing else may tell of them.
func (r Results) spare(b journal.Batch, spared []string) Results {
	path, err := filepath.Abs(cmp.Or(r.Path, b.Workbook, besideSheet(b)))
	if err != nil || !slices.Contains(spared, path) {
		return r
	}
	ending := filepath.Ext(path)
	for n := 2; ; n++ {
		if r.Path = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(path, ending), n, ending); !fileExists(r.Path) {
			return r
		}
	}
}

// check fails where the results of a sheet with these columns can't be written as is wanted.
func (d *Desk) check(columns []string, r Results) error {
	if d.CheckResults == nil {
		return nil
	}
	if err := d.CheckResults(columns, r); err != nil {
		return &Mistake{err}
	}
	return nil
}

// ready makes sure before anything is ordered that the results can be written. A run that is killed leaves where they
// belong.
func (w *work) ready(b journal.Batch, r Results) error {
	if w.desk.WriteResults == nil {
		return nil
	}
	if err := w.desk.check(b.Columns, r); err != nil {
		return err
	}
	if w.desk.elsewhere(w.journal, b, r) {
		return nil
	}
	path, err := r.Target(b)
	if err != nil {
		return fmt.Errorf("nothing was sent: %w", err)
	}
	return w.journal.Note(b, journal.Run{Workbook: path, WorkbookOn: w.desk.holder().Host})
}

// elsewhere tells whether the results of a batch are on another machine, as far as nobody names a place for them on
// this one. A file that is as it was written is one that both machines have.
func (d *Desk) elsewhere(j *journal.Journal, b journal.Batch, r Results) bool {
	return j.IsShared() && (r.Path == "" || r.Path == b.Workbook) && b.WorkbookOn != "" &&
		b.WorkbookOn != d.holder().Host && !(fileExists(b.Workbook) && isAsWritten(b))
}

// RenewHere writes the results again that are on this machine and out of date since another one sent rows or asked
// about orders. Batches that a process works on are left to it.
func (d *Desk) RenewHere(ctx context.Context) error {
	j, err := d.Journal(ctx)
	if err != nil || !j.IsShared() || d.WriteResults == nil {
		return err
	}
	all, err := j.Batches(ctx)
	for _, b := range all {
		if b.WorkbookOn != d.holder().Host || b.Revision <= b.Written || j.Held(b.ID) {
			continue
		}
		w := &work{desk: d, journal: j}
		err = errors.Join(err, w.write(ctx, &Outcome{Batch: b}, Results{Path: b.Workbook}))
	}
	return err
}

// write writes the results of a batch and notes where they are and what they show. A journal that can't take that is
// no reason not to have results.
func (w *work) write(ctx context.Context, out *Outcome, r Results) error {
	return w.writeAndTell(ctx, out, r, nil)
}

// writeAndTell tells who isn't watching before it notes what the results show. Where that was told to nobody, or the
// process ends before, the results stay out of date, and the next refresh writes them and tells it again. tell is nil
// where there is nothing to be told.
func (w *work) writeAndTell(ctx context.Context, out *Outcome, r Results, tell func() bool) error {
	if w.desk.WriteResults == nil {
		return nil
	}
	b := &out.Batch
	if w.desk.elsewhere(w.journal, *b, r) {
		out.Notes = append(out.Notes, fmt.Sprintf("the results are on %s; `bulkorder report %s --out FILE` writes them here",
			b.WorkbookOn, b.ID))
		return nil
	}
	path, err := w.desk.WriteResults(ctx, w.journal, *b, r)
	if err != nil {
		return err
	}
	shown, written := fileMark(path, r.GroupBy), b.Revision
	if tell != nil && !tell() {
		written--
	}
	err = w.journal.Note(*b, journal.Run{Workbook: path, WorkbookOn: w.desk.holder().Host, Written: written,
		Shown: shown})
	if err != nil && !errors.Is(err, journal.ErrBroken) {
		out.Notes = append(out.Notes, err.Error())
	}
	b.Workbook, b.Written, b.Shown = path, written, shown
	return nil
}

// fileMark tells a file of results from one that was changed since, or that is of another kind; empty: it can't be
// known.
func fileMark(path, groupBy string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d %d %s", info.Size(), info.ModTime().UnixNano(), groupBy)
}

// isShown tells whether the file of a batch's results is as it was written, and shows all that there is to show.
func isShown(b journal.Batch, r Results) bool {
	return b.Revision == b.Written && b.Shown != "" && b.Shown == fileMark(r.Path, r.GroupBy)
}

// isAsWritten tells whether the file of a batch's results is as these books wrote it.
func isAsWritten(b journal.Batch) bool {
	return b.Shown != "" && strings.HasPrefix(b.Shown, fileMark(b.Workbook, ""))
}

// notify tells who isn't watching. That this fails is noted, and harms nothing.
func (d *Desk) notify(ctx context.Context, out *Outcome, n Notice) (told bool) {
	if d.Notice == nil {
		return true
	}
	defer d.busy("posting a notice of batch %s", n.Batch.ID)()
	if err := d.Notice(context.WithoutCancel(ctx), n); err != nil {
		out.Notes = append(out.Notes, "the notice could not be posted: "+err.Error())
		return false
	}
	return true
}

// Report writes the results of a batch again.
func (d *Desk) Report(ctx context.Context, b journal.Batch, r Results) (Outcome, error) {
	out := Outcome{Batch: b}
	j, err := d.Journal(ctx)
	if err != nil {
		return out, err
	}
	if out.Totals, err = j.Totals(ctx, b); err != nil {
		return out, err
	}
	if r.Path, err = r.Target(b); err != nil {
		return out, err
	}
	if err := d.check(b.Columns, r); err != nil {
		return out, err
	}
	out.Batch.Workbook, err = d.WriteResults(ctx, j, b, r)
	out.Batch.Written = b.Revision
	return out, err
}

// WriteCopy writes the results of a batch to r.Path; the books go on naming the file that they have.
func (d *Desk) WriteCopy(ctx context.Context, b journal.Batch, r Results) error {
	j, err := d.Journal(ctx)
	if err != nil {
		return err
	}
	_, err = d.WriteResults(ctx, j, b, r)
	return err
}
