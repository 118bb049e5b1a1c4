package journal

import (
	"slices"
	"testing"
	"time"
)

// TestPagesTellAllRowsOnce: in the order of the sheet, of all rows and of those in a state, also where several stand on
// one line.
func TestPagesTellAllRowsOnce(t *testing.T) {
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	d, err := j.Draft(Batch{Panel: "p", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	rows := trialRows(0, 60, nil)
	rows[40].Line = rows[39].Line
	want := map[State][]string{}
	for _, e := range rows {
		if err := d.Add(e); err != nil {
			t.Fatal(err)
		}
		want[""], want[e.State] = append(want[""], e.Cells[0]), append(want[e.State], e.Cells[0])
	}
	if err := d.Finish(Reading{}); err != nil {
		t.Fatal(err)
	}
	told, err := d.RowStates(t.Context())
	if err != nil || len(told) != len(rows) {
		t.Fatalf("%d rows: %v", len(told), err)
	}
	seqs := map[State][]int64{}
	for _, r := range told {
		seqs[""], seqs[r.State] = append(seqs[""], r.Seq), append(seqs[r.State], r.Seq)
	}
	for s, cells := range want {
		var paged, numbered []string
		for at := 0; at < len(rows); at += 7 {
			page, err := j.Page(t.Context(), d.Batch, s, s, at, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				paged = append(paged, e.Cells[0])
			}
			some, err := d.Numbered(t.Context(), seqs[s][min(at, len(seqs[s])):min(at+7, len(seqs[s]))])
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range some {
				numbered = append(numbered, e.Cells[0])
			}
		}
		if !slices.Equal(paged, cells) || !slices.Equal(numbered, cells) {
			t.Errorf("%q: pages tell %v, numbers %v, want %v", s, paged, numbered, cells)
		}
	}
}
