package journal

import (
	"context"
	"testing"
	"time"
)

// TestTheBooksSendNoRowThatAsks: whatever queued it, the database itself refuses.
func TestTheBooksSendNoRowThatAsks(t *testing.T) {
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	d, err := j.Draft(Batch{Sheet: "s.csv", Columns: []string{"Service"}, Created: time.Now()})
	if err == nil {
		err = d.Add(Entry{Line: 2, Key: "a", State: Held, Reason: Warned, Asks: []string{"struck"}})
	}
	if err == nil {
		err = d.Finish(Reading{Fingerprint: "print"})
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), "a", Repeats{})
	if err == nil {
		err = j.do(func(ctx context.Context, t *statements) error {
			_, err := t.exec(ctx, `UPDATE rows SET state = 'queued'`)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Intend(b, 1, time.Now()); err == nil {
		t.Error("it was sent")
	}
}
