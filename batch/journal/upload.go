package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Upload is a sheet that came by the page, and what its person chose for it.
type Upload struct {
	ID      string
	Name    string // of the file, as the person calls it
	File    string // its name in the folder of uploads
	By      string
	At      time.Time
	Choices string // JSON, in words of who keeps it
	Batch   string // the id of the batch that it became; empty: it isn't placed
}

// ErrNoUpload: no upload has this id.
var ErrNoUpload = errors.New("no such sheet was uploaded")

// ErrUploadChanged: an upload was placed or thrown away, or something else was chosen for it, since it was read.
var ErrUploadChanged = errors.New("the sheet was changed or placed since this was shown")

// AddUpload keeps an upload.
func (j *Journal) AddUpload(u Upload) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `INSERT INTO uploads (id, name, file, by, at, choices, batch)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, u.ID, u.Name, u.File, u.By, toMillis(u.At), u.Choices, u.Batch)
		return err
	})
}

const uploadColumns = `SELECT id, name, file, by, at, choices, batch FROM uploads `

func scanUpload(scan func(...any) error) (u Upload, err error) {
	var at int64
	err = scan(&u.ID, &u.Name, &u.File, &u.By, &at, &u.Choices, &u.Batch)
	u.At = fromMillis(at)
	return u, err
}

// Upload finds an upload. [ErrNoUpload]: there is none.
func (j *Journal) Upload(ctx context.Context, id string) (Upload, error) {
	u, err := scanUpload(j.read.QueryRowContext(ctx, uploadColumns+`WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return u, ErrNoUpload
	}
	if err != nil {
		return u, fmt.Errorf("reading the journal: %w", err)
	}
	return u, nil
}

// Unplaced gives the latest uploads that aren't placed, the latest first.
func (j *Journal) Unplaced(ctx context.Context, most int) ([]Upload, error) {
	return j.uploads(ctx, `WHERE batch = '' ORDER BY at DESC LIMIT $1`, most)
}

// Stale gives uploads that came before a time and aren't placed.
func (j *Journal) Stale(ctx context.Context, before time.Time) ([]Upload, error) {
	return j.uploads(ctx, `WHERE batch = '' AND at < $1`, toMillis(before))
}

// DropUpload forgets an upload that isn't placed; is tells whether it was one.
func (j *Journal) DropUpload(id string) (is bool, err error) {
	err = j.do(func(ctx context.Context, t *statements) error {
		n, err := t.exec(ctx, `DELETE FROM uploads WHERE id = $1 AND batch = ''`, id)
		is = n > 0
		return err
	})
	return is, err
}

func (j *Journal) uploads(ctx context.Context, which string, args ...any) ([]Upload, error) {
	rows, err := j.read.QueryContext(ctx, uploadColumns+which, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Upload
	for rows.Next() {
		u, err := scanUpload(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, u)
	}
	return all, rows.Err()
}

// ChangeUpload changes what is kept of an upload, and nobody else does at the same time. [ErrNoUpload]: there is none.
func (j *Journal) ChangeUpload(id string, change func(*Upload) error) error {
	return j.do(func(ctx context.Context, t *statements) error {
		u, err := scanUpload(t.conn.QueryRowContext(ctx, uploadColumns+`WHERE id = $1`, id).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return rowError{ErrNoUpload}
		}
		if err != nil {
			return err
		}
		if err := change(&u); err != nil {
			return rowError{err}
		}
		_, err = t.exec(ctx, `UPDATE uploads SET choices = $1, batch = $2 WHERE id = $3`, u.Choices, u.Batch, id)
		return err
	})
}
