package journaltest

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// bound: a batch, the upload that it was, its job and its cap are there together or not at all, and once.
func bound(t *testing.T, j *journal.Journal) {
	for _, id := range []string{"u", "v"} {
		must(t, j.AddUpload(journal.Upload{ID: id, Name: id, File: id, By: "mia", At: time.Now(), Choices: "{}"}))
	}
	find := func(id string) *journal.Upload {
		t.Helper()
		u, err := j.Upload(t.Context(), id)
		must(t, err)
		return &u
	}
	made := func(u *journal.Upload, n int, limit int64) *journal.Draft {
		t.Helper()
		d := draft(t, j, rows(n))
		d.Upload, d.Cap = u, decimal.NewNullDecimal(decimal.NewFromInt(limit))
		d.Job = &journal.Job{By: "mia", Asked: time.Now()}
		return d
	}
	jobs := func() int {
		t.Helper()
		all, err := j.Jobs(t.Context())
		must(t, err)
		return len(all)
	}
	admitted := func(d *journal.Draft, id string) error {
		_, err := d.Admit(t.Context(), id, journal.Repeats{})
		return err
	}

	stale := made(find("u"), 2, 5)
	must(t, j.ChangeUpload("u", func(u *journal.Upload) error { u.Choices = `{"panel":"p"}`; return nil }))
	if err := admitted(stale, "a"); !errors.Is(err, journal.ErrUploadChanged) {
		t.Errorf("something else was chosen meanwhile: %v", err)
	}
	free, err := j.Free(t.Context(), "a")
	must(t, err)
	want(t, "after a refusal", []any{free, jobs(), find("u").Batch}, []any{true, 0, ""})
	must(t, stale.Discard())

	first, second := made(find("u"), 2, 5), made(find("u"), 2, 5)
	must(t, admitted(first, "a"))
	b, err := j.Batch(t.Context(), "a")
	must(t, err)
	want(t, "placed", []any{b.MaxSpend.Decimal.String(), jobs(), find("u").Batch}, []any{"5", 1, "a"})
	if err := admitted(second, "b"); !errors.Is(err, journal.ErrUploadChanged) {
		t.Errorf("placed by somebody else meanwhile: %v", err)
	}
	must(t, second.Discard())

	must(t, admitted(made(find("v"), 3, 7), "a"))
	b, err = j.Batch(t.Context(), "a")
	must(t, err)
	want(t, "an edition", []any{b.MaxSpend.Decimal.String(), jobs(), find("v").Batch}, []any{"7", 1, "a"})
}
