package parse

import (
	"testing"

	"bulkorder/parse/book"
)

// TestPartlyStruckCells: what is left of a cell when its struck part is taken out isn't known to the reader.
func TestPartlyStruckCells(t *testing.T) {
	for _, kind := range []valueKind{plain, id, address, service, integer, list, date} {
		if _, f := normalise(book.Cell{Text: "5001000", Struck: true, Partly: true}, kind, marks{}); f == nil ||
			f.rule != "struck-in-part" {
			t.Errorf("%d: %+v", kind, f)
		}
	}
	if _, f := normalise(book.Cell{Text: "500", Struck: true}, integer, marks{}); f != nil {
		t.Errorf("all struck: %+v", f)
	}
	if _, f := normalise(book.Cell{Text: "1", Kind: book.Number, Percent: true}, integer, marks{}); f == nil {
		t.Error("100% is read as 1")
	}
}
