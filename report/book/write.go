package book

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// Book is a batch to report on.
type Results struct {
	Journal *journal.Journal
	Batch   journal.Batch
	GroupBy string // the column that the spending is told by; empty: Client or Campaign, where the sheet has one
	// Rehearsal says so on every sheet, and tells orders so that nobody takes them for real ones. Of .xlsx alone.
	Rehearsal bool
}

// Write writes the results in the format that the ending of path names, .xlsx, .csv or .jsonl, and gives
// the path written: a numbered one beside it where a file can't be replaced, such as one that is open in
// Excel. The file is readable for its owner alone, and there whole or not at all.
func (b Results) Write(ctx context.Context, path string) (string, error) {
	if path == "" {
		return "", errors.New("the results need a file's name")
	}
	if err := CheckPath(path); err != nil {
		return "", err
	}
	formats := map[string]func(context.Context, io.Writer) error{
		".xlsx":  b.writeWorkbook,
		".csv":   b.writeCSV,
		".jsonl": b.writeLines,
	}
	write := formats[strings.ToLower(filepath.Ext(path))]
	written, err := replace(path, func(w io.Writer) error { return write(ctx, w) })
	if err != nil {
		return "", fmt.Errorf("writing the results to %s: %w", path, err)
	}
	return written, nil
}

// replace writes a file under a temporary name beside path, and renames it when it is on the disk: after
// a crash or a power cut there is the old file or the new one, never half of one.
func replace(path string, write func(io.Writer) error) (string, error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	f, err := os.CreateTemp(dir, "."+name+".*.tmp") // mode 0600
	if err != nil {
		return "", err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		path, err = rename(f.Name(), path)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return path, syncDir(dir)
}

// numbered is how many names are tried where path can't be replaced.
const numbered = 99

// rename moves the file to path, or to a numbered name that nothing has yet: Windows doesn't replace a
// file that is open, and nothing replaces a folder.
func rename(from, path string) (string, error) {
	first := os.Rename(from, path)
	if first == nil {
		return path, nil
	}
	ending := filepath.Ext(path)
	for n := 2; n <= numbered; n++ {
		other := fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(path, ending), n, ending)
		// Taken first, so that no other process's file is replaced.
		f, err := os.OpenFile(other, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			continue
		}
		if err := errors.Join(f.Close(), os.Rename(from, other)); err != nil {
			return "", errors.Join(first, err, os.Remove(other))
		}
		return other, nil
	}
	return "", first
}

// syncDir makes a new name last: one that was never synced is gone after a power cut.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // a folder can't be synced there
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// CheckPath fails where results can't be written to a file of this name; an empty one is fine.
func CheckPath(path string) error {
	if path == "" || slices.Contains([]string{".xlsx", ".csv", ".jsonl"}, strings.ToLower(filepath.Ext(path))) {
		return nil
	}
	return fmt.Errorf("%s: results are written as .xlsx, .csv or .jsonl; choose a name with one of these endings", path)
}

// Groups adds the batch up by the column that GroupBy names, or by Client or Campaign; nil where the sheet has
// no such column.
func (b Results) Groups(ctx context.Context) ([]report.Group, error) {
	s := report.NewSpending(b.Batch, b.GroupBy)
	if s.Column < 0 {
		return nil, nil
	}
	for e, err := range b.Journal.Entries(ctx, b.Batch) {
		if err != nil {
			return nil, err
		}
		s.Add(e)
	}
	return s.Sorted(), nil
}
