package parse

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// A text of ASCII letters alone has the words that it has beside a letter of another kind.
func TestWordsOfASCII(t *testing.T) {
	const letters = "abzAZ09 \t\r\n\v-,.:_()[]'\"/\x00\x1c\x7f"
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		text := make([]byte, random.IntN(12))
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
		}
		alone, beside := plainWords(string(text)), plainWords(string(text)+" é")
		for i := range beside {
			beside[i].name = false // which only a text with accents has
		}
		if !slices.Equal(alone, beside[:len(beside)-1]) {
			t.Fatalf("%q: %v alone, %v beside another", text, alone, beside)
		}
	}
}
