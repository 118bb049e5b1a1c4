package parse_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bulkorder/parse"
)

// TestRowsThatWereLeftOutAreCountedByTheirNotes: however many there are, by whatever they are left out, and whatever
// their column is called.
func TestRowsThatWereLeftOutAreCountedByTheirNotes(t *testing.T) {
	text := "service,link,quantity,Note: and 7 more,Client\n"
	for i := range 40 {
		mark := []string{"done", ""}[i%2]
		text += fmt.Sprintf("1,https://example.com/%d,100,%s,%s\n", i, mark, []string{"Nord", "Sued and more"}[i/20])
	}
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		said  parse.Options
		want  int
		notes int
	}{
		{parse.Options{}, 0, 0},
		{parse.Options{SkipMarked: []string{"Note: and 7 more"}}, 20, 1},
		{parse.Options{Where: []string{"Client=Sued and more"}}, 20, 1},
		{parse.Options{Where: []string{"Client=Sued and more"}, SkipMarked: []string{"Note: and 7 more"}}, 30, 2},
	} {
		s, err := parse.Open(path, c.said)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		read := 0
		for _, err := range s.Rows() {
			if read++; err != nil {
				t.Fatal(err)
			}
		}
		of, rows := parse.LeftOut(append(s.Notes, "rows left, and others: 1, 2"))
		if rows != c.want || read+rows != 40 || len(of) != c.notes {
			t.Errorf("%+v: %d of %d, %q", c.said, rows, read, of)
		}
	}
}
