package journal

import (
	"strconv"
	"strings"
)

// dialect is how a database is told what the texts of this package say. They are in words that SQLite and PostgreSQL
// both know, with parameters by number; the few that PostgreSQL has other words for are translated. The zero value is
// SQLite's.
type dialect struct {
	text func(query string) string // nil: SQLite's
	args func(args []any) []any    // nil: as they are
	// A statement that is refused ends its transaction, unless a savepoint was set before.
	aborts bool
}

// say gives a text as the database has it.
func (d dialect) say(query string) string {
	if d.text == nil {
		return unnamed(query)
	}
	return d.text(query)
}

// unnamed takes the numbers off parameters that come one after another: its driver asks SQLite for the name of each
// parameter that has one, each time that a statement runs.
func unnamed(query string) string {
	var b strings.Builder
	rest := query
	for n := 1; ; n++ {
		before, behind, found := strings.Cut(rest, "$")
		if !found {
			return b.String() + rest
		}
		number := strconv.Itoa(n)
		if rest = strings.TrimPrefix(behind, number); rest == behind || rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return query
		}
		b.WriteString(before)
		b.WriteByte('?')
	}
}

func (d dialect) give(args []any) []any {
	if d.args == nil {
		return args
	}
	return d.args(args)
}
