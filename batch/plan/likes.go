package plan

import (
	"crypto/sha256"
	"fmt"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// strictly counts the rows that are the same as a row: of its likes in the sheet, a link into a thing is not the same
// as a link to it.
func (r *reading) strictly(e *journal.Entry, same *twin, row parse.Row) int32 {
	name := fmt.Sprintf("loosely %d %s", e.Account, e.Likeness())
	switch {
	case e.Loose:
		r.loose = true
		r.count(name, row.Line())
		*same = r.count(fmt.Sprintf("strictly %d %s", e.Account, e.Content), row.Line())
	case r.loose:
		same.count -= r.seen[nameKey(name)].count
	}
	return same.count
}

func nameKey(name string) [16]byte {
	sum := sha256.Sum256([]byte(name))
	return [16]byte(sum[:16])
}
