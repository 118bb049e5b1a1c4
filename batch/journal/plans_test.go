package journal

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestRowsAreComparedByIndex: a row that goes through all rows of its batch, or of the books, makes hours of 100,000
// rows.
func TestRowsAreComparedByIndex(t *testing.T) {
	AboutAFile(t)
	j, _ := books(t, time.Now())
	condition := func(trigger string) (text string) {
		if err := j.read.QueryRow(`SELECT sql FROM sqlite_schema WHERE name = $1`, trigger).Scan(&text); err != nil {
			t.Fatal(err)
		}
		_, text, _ = strings.Cut(text, " WHEN ")
		text, _, _ = strings.Cut(text, ") BEGIN")
		return regexp.MustCompile(`(NEW|OLD)\.\w+`).ReplaceAllString(text, "abs(7)") + ")"
	}
	for name, query := range map[string]string{
		"the intent of a row":        "SELECT " + condition("rows_once"),
		"a row that is like some":    "SELECT " + condition("rows_judged"),
		"what is ordered already":    earlierRows(true, []int64{1, 2}),
		"counterparts by Ref":        counterparts(byRef),
		"counterparts by content":    counterparts(byContent),
		"Refs that moved":            movedRefs,
		"rows that stand for others": inherited,
		"rows that a sheet has now":  isFresh,
		"batches with the same Refs": formersByRef,
		"an order's row": `SELECT 1 FROM rows o WHERE o.account = $1 AND o.order_key = $2 AND o.order_id ` +
			`IS NOT NULL`,
		"rows that a workbook tells of":  `SELECT 1 FROM rows o WHERE o.content = $1 AND o.ref = $2 AND o.attempts > 0`,
		"accounts that have one address": `SELECT n FROM accounts WHERE address = $1`,
	} {
		args := []any{1, 2, "b", 1, 2, 1, 1, "s.csv", "bytes"}[:highestParameter(query)]
		rows, err := j.read.Query("EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		type step struct {
			id, parent, unused int
			detail             string
		}
		plan, err := scanAll(rows, func(s *step) []any { return []any{&s.id, &s.parent, &s.unused, &s.detail} })
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range plan {
			// Rows d are those that are compared; all others are found for each of them.
			through := strings.HasPrefix(s.detail, "SCAN o") || strings.HasPrefix(s.detail, "SCAN rows") ||
				strings.HasPrefix(s.detail, "SEARCH o ") && strings.HasSuffix(s.detail, "(batch=?)")
			if through {
				t.Errorf("%s goes through all rows: %s\n%s", name, s.detail, query)
			}
		}
	}
}

// highestParameter is the number of a query's last parameter.
func highestParameter(query string) int {
	for n := 9; n > 0; n-- {
		if strings.Contains(query, "$"+string(rune('0'+n))) {
			return n
		}
	}
	return 0
}
