package terminal

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkorder/report/reporttest"
)

// TestSignsOfLife: what is told of something that lasts, looked at each second.
func TestSignsOfLife(t *testing.T) {
	for _, c := range []struct {
		name     string
		terminal bool
		form     Form
		seconds  int
		columns  int
		want     string
	}{
		{"nothing before two seconds", true, Plain, 1, 80, ""},
		{"then a line, which goes away", true, Plain, 3, 80,
			"\r\x1b[K| waiting for the catalogue of mine (2 s)\r\x1b[K" +
				"\r\x1b[K| waiting for the catalogue of mine (3 s)\r\x1b[K"},
		{"it fits", true, Plain, 2, 24, "\r\x1b[K| waiting for th… (2 s)\r\x1b[K"},
		{"a line now and then where there is no terminal", false, Plain, 75, 0,
			"waiting for the catalogue of mine (10 s)\nwaiting for the catalogue of mine (1 min 10 s)\n"},
		{"objects for programs", true, JSON, 13, 80, `{"waiting":"waiting for the catalogue of mine","seconds":2}
{"waiting":"waiting for the catalogue of mine","seconds":12}
`},
		{"nothing at all", true, Quiet, 75, 80, ""},
	} {
		var out bytes.Buffer
		clock := reporttest.Start()
		l := &Life{to: &out, terminal: c.terminal, form: c.form, now: func() time.Time { return clock },
			Columns: func() int { return c.columns }}
		done := l.For("waiting for the catalogue of mine")
		for range c.seconds {
			clock = clock.Add(time.Second)
			l.tell()
		}
		done()
		l.tell()
		if diff := cmp.Diff(c.want, out.String()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestASignOfLifeMixesWithNothing: it goes away for what is printed and for questions, and the last thing that lasts is
// told.
func TestASignOfLifeMixesWithNothing(t *testing.T) {
	var out bytes.Buffer
	clock := reporttest.Start()
	l := &Life{to: &out, terminal: true, now: func() time.Time { return clock }}
	told := func() string {
		clock = clock.Add(2 * time.Second)
		from := out.Len()
		l.tell()
		return out.String()[from:]
	}
	outer := l.For("reading")
	inner := l.For("asking")
	if got := told(); got != "\r\x1b[K| asking (2 s)" {
		t.Errorf("of two: %q", got)
	}
	inner()
	if got := told(); got != "\r\x1b[K| reading (4 s)" {
		t.Errorf("of the one that is left: %q", got)
	}
	from := out.Len()
	_, _ = l.Write([]byte("a note\n"))
	clock = clock.Add(time.Second)
	l.tell()
	if got := out.String()[from:]; got != "\r\x1b[Ka note\n" {
		t.Errorf("with a note: %q", got)
	}
	answered := l.Asking()
	if got := told(); got != "" {
		t.Errorf("during a question: %q", got)
	}
	answered()
	outer()
	if got := told(); got != "" {
		t.Errorf("at the end: %q", got)
	}
	l.Close()
	var none *Life
	none.For("nothing")()
	none.Asking()()
}
