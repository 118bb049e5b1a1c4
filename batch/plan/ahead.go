package plan

import (
	"iter"
	"sync"

	"bulkorder/parse"
)

// rowsAhead is how many rows are read while as many are checked.
const rowsAhead = 256

// readRow is a row of the sheet, or why there are no more.
type readRow struct {
	parse.Row
	err error
}

// readAhead reads rows in a goroutine of its own, while those before them are checked. It has ended when the walk has.
func readAhead(rows iter.Seq2[parse.Row, error]) iter.Seq2[parse.Row, error] {
	return func(yield func(parse.Row, error) bool) {
		lots, done := make(chan []readRow), make(chan struct{})
		var reader sync.WaitGroup
		defer reader.Wait()
		defer close(done)
		reader.Go(func() {
			defer close(lots)
			lot := make([]readRow, 0, rowsAhead)
			hand := func() bool {
				select {
				case lots <- lot:
					lot = make([]readRow, 0, rowsAhead)
					return true
				case <-done:
					return false
				}
			}
			for row, err := range rows {
				if lot = append(lot, readRow{row, err}); len(lot) == rowsAhead && !hand() {
					return
				}
			}
			hand()
		})
		for lot := range lots {
			for _, r := range lot {
				if !yield(r.Row, r.err) {
					return
				}
			}
		}
	}
}
