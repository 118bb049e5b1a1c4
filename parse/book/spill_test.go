package book

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestTextsOfALargeWorkbook: those that don't fit the memory are read from a file, in whatever order, as they were.
func TestTextsOfALargeWorkbook(t *testing.T) {
	want := func(i int) string {
		return fmt.Sprintf("%d ", i) + strings.Repeat(string(rune('a'+i%26)), i*7919%300+(i%997)*(i%3)*5)
	}
	const n = 100_000
	var all sharedStrings
	defer all.spill.close()
	for i := range n {
		if err := all.add([]byte(want(i))); err != nil {
			t.Fatal(err)
		}
	}
	all.close()
	if len(all.blocks) < 2*memoryBlocks || all.spill.file == nil {
		t.Fatalf("%d blocks, in memory", len(all.blocks))
	}
	look := func(i int) {
		got, ok, err := all.get(i)
		if err != nil || !ok || got != want(i) {
			t.Fatalf("text %d: %.40q, %t, %v", i, got, ok, err)
		}
	}
	for i := range n {
		look(i)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range n {
		look(random.IntN(n))
	}
	if _, ok, err := all.get(n); ok || err != nil {
		t.Errorf("there is a text behind the last (%v)", err)
	}
}
