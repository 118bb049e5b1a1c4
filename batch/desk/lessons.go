package desk

import (
	"context"
	"fmt"
	"slices"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// lessons name the error texts by which several rows of a batch are in doubt, each with the line of configuration that
// would decide them.
func (w *work) lessons(ctx context.Context, b journal.Batch, all []*opened) (notes []string, err error) {
	for _, o := range all {
		doubts, err := w.journal.Doubts(ctx, b, o.Name())
		if err != nil {
			return notes, err
		}
		var texts []panel.Lesson
		rows := map[panel.Lesson]int{}
		for _, d := range doubts {
			l, ok := o.Panel.Lesson(d.Sent.HTTPStatus, d.Sent.Words, d.Sent.Answer)
			if !ok || d.Batch != b.ID {
				continue
			}
			if rows[l]++; !slices.Contains(texts, l) {
				texts = append(texts, l)
			}
		}
		for _, l := range texts {
			if rows[l] > 1 {
				notes = append(
					notes,
					fmt.Sprintf("%d rows are in doubt by the same answer of %s, %.200q. If that means that "+
						"nothing was ordered, add to %s of the configuration: %s - and settle decides them",
						rows[l], o.Name(), l.Text, l.Section, l.Line),
				)
			}
		}
	}
	return notes, nil
}
