package book

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-fonts/dejavu/dejavusanscondensed"

	"bulkorder/report"
	"bulkorder/report/reporttest"
)

func TestTextsAsTheyAreDrawn(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing to do", "Café Ayşe, Студия", "Café Ayşe, Студия"},
		{"emoji are left out, and signs that show nothing", "Plays 🎧 now ❤️ \u200fx", "Plays now ❤ x"},
		{"lines become blanks", "a\nb\tc", "a b c"},
		{"Hebrew from right to left", "לוי", "יול"},
		{"its points are left out", "שָׁלוֹם", "םולש"},
		{"Hebrew with a number", "לוי 12", "12 יול"},
		{"Hebrew behind Latin", "for לוי 12 לוי now", "for יול 12 יול now"},
		{"brackets are turned", "לוי (x)", "(x) יול"},
		{"Arabic letters join", "شركة", "\ufe94\ufedb\ufeae\ufeb7"},
		{"lam and alef are one sign", "السلام لا", "\ufefb \ufee1\ufefc\ufeb4\ufedf\ufe8d"},
		{"Persian", "گچی", "\ufbfd\ufb7d\ufb94"},
	} {
		if got := drawn(c.text); got != c.want {
			t.Errorf("%s: %+q, want %+q", c.name, got, c.want)
		}
	}
}

// TestAnyTextCanBeDrawn: no sign of a client's or a service's name keeps a PDF from being written.
func TestAnyTextCanBeDrawn(t *testing.T) {
	var all strings.Builder
	for r := rune(1); r < 0x20000; r += 7 {
		all.WriteRune(r)
	}
	text := all.String() + "\xff\xfe 🎧 العالم"
	r := &report.ClientReport{Client: text, At: time.Now(), Orders: []report.ClientOrder{{Service: text, Link: text}}}
	for i := range 100 { // of the signs that a cell has room for
		from := i * len(text) / 100
		r.Orders = append(r.Orders, report.ClientOrder{Service: strings.ToValidUTF8(text[from:from+len(text)/100], "")})
	}
	if err := (ClientFile{Report: r, Terms: report.ClientTerms{Title: text}}).writePDF(&strings.Builder{}); err != nil {
		t.Error(err)
	}
}

// TestAFontForTheSignsThatOursLacks: without one, what can't be shown is told.
func TestAFontForTheSignsThatOursLacks(t *testing.T) {
	font := filepath.Join(t.TempDir(), "font.ttf")
	reporttest.Must(t, os.WriteFile(font, dejavusanscondensed.TTF, 0o600))
	broken := filepath.Join(t.TempDir(), "broken.ttf")
	reporttest.Must(t, os.WriteFile(broken, dejavusanscondensed.TTF[:2000], 0o600))
	for _, c := range []struct{ client, font, unshown, fails string }{
		{"Café Ayşe Студия لوي 🎧", "", "", ""},
		{"of 刘先生 now", "", "刘先生", ""},
		{"刘先生", font, "", ""},
		{"刘先生", broken, "", "no TrueType font"},
		{"刘先生", broken + "x", "", "the font: "},
	} {
		f := ClientFile{Report: &report.ClientReport{Client: c.client, At: reporttest.Start()},
			Terms: report.ClientTerms{Font: c.font}}
		if got := f.Unshown(); got != c.unshown {
			t.Errorf("%s: %q can't be shown, want %q", c.client, got, c.unshown)
		}
		err := f.writePDF(&strings.Builder{})
		if (err != nil) != (c.fails != "") || err != nil && !strings.Contains(err.Error(), c.fails) {
			t.Errorf("%s with %s: %v", c.client, c.font, err)
		}
	}
}
