package desk

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/parse"
)

// Upload is a sheet that came by the page.
type Upload struct {
	journal.Upload
	Choices Choices
}

// uploads is the folder of the sheets that came by the page, beside the journal; of a journal in a database it is one
// of this machine.
func (d *Desk) uploads() (string, error) {
	const ending = ".uploads"
	path, err := d.JournalPath()
	if err != nil || !journal.IsPostgres(path.Text) {
		return path.Text + ending, err
	}
	j, err := d.Journal(context.Background())
	if err != nil {
		return "", err
	}
	return j.Files() + ending, nil
}

// AddUpload keeps a sheet that a person sends, under a name of ours: theirs says only what kind of file it is.
func (d *Desk) AddUpload(ctx context.Context, name, panel string, content io.Reader) (u Upload, err error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return u, err
	}
	dir, err := d.uploads()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return u, fmt.Errorf("keeping the sheet: %w", err)
	}
	if err := d.makeRoom(ctx, j); err != nil {
		return u, err
	}
	u.ID = strings.ToLower(rand.Text()[:16])
	u.Name, u.By, u.At = cmp.Or(filepath.Base(name), "sheet"), d.By, time.Now()
	u.File = u.ID + ending(name)
	u.Choices.Panel = panel
	if err := writeUpload(filepath.Join(dir, u.File), content); err != nil {
		return u, fmt.Errorf("keeping the sheet: %w", err)
	}
	if u.Upload.Choices, err = choicesText(u.Choices); err != nil {
		return u, err
	}
	return u, j.AddUpload(u.Upload)
}

const (
	uploadAge   = 30 * 24 * time.Hour // a sheet that isn't placed by then is thrown away
	mostUploads = 500                 // sheets that aren't placed
)

// makeRoom throws old sheets away that nobody placed. A [*Mistake]: there are too many.
func (d *Desk) makeRoom(ctx context.Context, j *journal.Journal) error {
	old, err := j.Stale(ctx, time.Now().Add(-uploadAge))
	if err != nil {
		return err
	}
	for _, u := range old {
		if err := d.DropUpload(ctx, u.ID); err != nil {
			return err
		}
	}
	waiting, err := j.Unplaced(ctx, mostUploads)
	if err == nil && len(waiting) == mostUploads {
		err = &Mistake{fmt.Errorf("%d sheets wait and aren't placed; throw some of them away", mostUploads)}
	}
	return err
}

// DropUpload throws a sheet away that isn't placed. [journal.ErrNoUpload]: there is none of this id.
func (d *Desk) DropUpload(ctx context.Context, id string) error {
	u, err := d.FindUpload(ctx, id)
	if err != nil {
		return err
	}
	j, err := d.Journal(ctx)
	if err != nil {
		return err
	}
	dir, err := d.uploads()
	if err != nil {
		return err
	}
	is, err := j.DropUpload(id)
	if err != nil || !is {
		return err
	}
	_ = os.Remove(filepath.Join(dir, u.ID+rehearsalEnding)) // mostly there is none
	if err := os.Remove(filepath.Join(dir, u.File)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("throwing the sheet away: %w", err)
	}
	return nil
}

// ending is what of a file's name tells its kind.
func ending(name string) string {
	switch e := strings.ToLower(filepath.Ext(name)); e {
	case ".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".xls", ".ods":
		return e
	}
	return ".txt"
}

func writeUpload(path string, content io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

func choicesText(c Choices) (string, error) {
	text, err := json.Marshal(c)
	return string(text), err
}

// FindUpload finds a sheet that came by the page. [journal.ErrNoUpload]: there is none.
func (d *Desk) FindUpload(ctx context.Context, id string) (u Upload, err error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return u, err
	}
	if u.Upload, err = j.Upload(ctx, id); err != nil {
		return u, err
	}
	return u, json.Unmarshal([]byte(u.Upload.Choices), &u.Choices)
}

// Choose changes what a person chose for a sheet.
func (d *Desk) Choose(ctx context.Context, id string, change func(*Choices)) error {
	return d.changeUpload(ctx, id, func(u *journal.Upload) error {
		var c Choices
		if err := json.Unmarshal([]byte(u.Choices), &c); err != nil {
			return err
		}
		change(&c)
		var err error
		u.Choices, err = choicesText(c)
		return err
	})
}

func (d *Desk) changeUpload(ctx context.Context, id string, change func(*journal.Upload) error) error {
	j, err := d.Journal(ctx)
	if err != nil {
		return err
	}
	return j.ChangeUpload(id, change)
}

// OpenUpload opens a sheet as its person chose.
func (d *Desk) OpenUpload(u Upload) (*parse.Sheet, error) {
	path, err := d.uploaded(u)
	if err != nil {
		return nil, err
	}
	return d.OpenSheet(path, u.options(), false)
}

// OpenChosen opens a sheet as [Desk.OpenUpload] does, and remembers for later sheets with the same header which columns
// a person said to hold what.
func (d *Desk) OpenChosen(u Upload) (*parse.Sheet, error) {
	path, err := d.uploaded(u)
	if err != nil {
		return nil, err
	}
	return d.OpenSheet(path, u.options(), len(u.Choices.Map) > 0)
}

// OpenOriginal opens a sheet as it came, without what was edited since, and tells where it lies.
func (d *Desk) OpenOriginal(u Upload) (sheet *parse.Sheet, path string, err error) {
	if path, err = d.uploaded(u); err != nil {
		return nil, "", err
	}
	o := u.options()
	o.Edits = nil
	sheet, err = d.OpenSheet(path, o, false)
	return sheet, path, err
}

// GlanceUpload tells what is in a sheet, also where it can't be read yet.
func (d *Desk) GlanceUpload(u Upload) ([]parse.Tab, error) {
	path, err := d.uploaded(u)
	if err != nil {
		return nil, err
	}
	o := u.options()
	o.Extra = d.Accounts.Now().Config.Fields()
	if dir, err := settings.StateDir(); err == nil {
		if known, err := settings.LoadMappings(filepath.Join(dir, "columns.json")); err == nil {
			o.Remembered = known.Of // what can't be read is told by the review
		}
	}
	return parse.Glance(path, o)
}

// uploaded gives the file of a sheet that came by the page. Where several machines share the books, it is on that one
// whose page took it.
func (d *Desk) uploaded(u Upload) (string, error) {
	dir, err := d.uploads()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, u.File)
	j, err := d.Journal(context.Background())
	if err == nil && j.IsShared() && !fileExists(path) {
		err = &Mistake{fmt.Errorf("%s is on the machine on whose page it was dropped; go on there, or drop it here again",
			u.Name)}
	}
	return path, err
}

// PrepareUpload reads a sheet that came by the page, as [Desk.Prepare] does, with a person's word about its rows.
func (d *Desk) PrepareUpload(ctx context.Context, u Upload, word Word) (*Draft, error) {
	sheet, err := d.OpenUpload(u)
	if err != nil {
		return nil, err
	}
	defer sheet.Close()
	p, err := d.Prepare(ctx, sheet, Preparing{
		Word: word, Path: u.Name, Panel: u.Choices.Panel, Off: u.Choices.off(sheet), Again: u.Choices.Again,
		Upload: &u.Upload,
	})
	if err == nil {
		p.lettered = letteredIn(sheet)
	}
	return p, err
}

const rehearsalEnding = ".rehearsal.xlsx"

// RehearsalOf is where the workbook of a rehearsal of a sheet goes that came by the page.
func (d *Desk) RehearsalOf(u Upload) (string, error) {
	dir, err := d.uploads()
	return filepath.Join(dir, u.ID+rehearsalEnding), err
}

// ResultsOf is where the results go of a batch whose sheet came by the page.
func (d *Desk) ResultsOf(batch string) (Results, error) {
	dir, err := d.uploads()
	if err != nil {
		return Results{}, err
	}
	return Results{Path: filepath.Join(dir, batch+resultsEnding)}, os.MkdirAll(dir, 0o700)
}
