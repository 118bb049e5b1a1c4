package panel

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestPhrasesAreFoundAsWholeWords: one with a star may go on within a word.
func TestPhrasesAreFoundAsWholeWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	words := []string{"order", "orders", "no", "заказ", "or", "r", "o"}
	found := 0
	for range 20_000 {
		text := " "
		for range random.IntN(7) {
			text += words[random.IntN(len(words))] + " "
		}
		phrase, stem := "", ""
		for range 1 + random.IntN(2) {
			phrase = strings.TrimSpace(phrase + " " + words[random.IntN(len(words))])
		}
		if stem = phrase + " "; random.IntN(3) == 0 {
			phrase, stem = phrase+"*", phrase
		}
		want := strings.Index(text, " "+stem)
		if got := at(text, phrase); got != want {
			t.Fatalf("%q in %q: %d, want %d", phrase, text, got, want)
		}
		if want >= 0 {
			found++
		}
	}
	if found < 1000 || at("", "order") >= 0 || at(" ", "order") >= 0 {
		t.Errorf("%d were found", found)
	}
}
