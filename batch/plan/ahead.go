package plan

import (
	"iter"
	"sync"
)

// rowsAhead is how many rows are made ready while as many are worked on.
const rowsAhead = 256

// made is one of a walk's values, or why there are no more.
type made[T any] struct {
	value T
	err   error
}

// ahead walks in a goroutine of its own, while what came before is worked on. It has ended when the walk has.
func ahead[T any](walk iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		lots, done := make(chan []made[T]), make(chan struct{})
		var walker sync.WaitGroup
		defer walker.Wait()
		defer close(done)
		walker.Go(func() {
			defer close(lots)
			lot := make([]made[T], 0, rowsAhead)
			hand := func() bool {
				select {
				case lots <- lot:
					lot = make([]made[T], 0, rowsAhead)
					return true
				case <-done:
					return false
				}
			}
			for value, err := range walk {
				if lot = append(lot, made[T]{value, err}); len(lot) == rowsAhead && !hand() {
					return
				}
			}
			hand()
		})
		for lot := range lots {
			for _, m := range lot {
				if !yield(m.value, m.err) {
					return
				}
			}
		}
	}
}
