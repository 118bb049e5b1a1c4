package terminal

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"bulkorder/parse"
	"bulkorder/report"
)

// Life gives a sign of life while something takes long, with what is waited for: on a terminal a line that goes away,
// elsewhere a plain line now and then, or JSON. What is printed for a person is written through it, so that the two
// don't stand on one line. It may be called by many goroutines; nil
// tells nothing.
type Life struct {
	// Columns gives the width of the terminal; 0: not known.
	Columns func() int

	to       io.Writer
	terminal bool
	form     Form
	now      func() time.Time

	mu     sync.Mutex
	waits  []*wait   // what is waited for now, in the order in which it began
	last   time.Time // when something else was printed
	drawn  int       // how wide a line is that stands on the terminal; 0: none does
	asking int       // how many questions a person is being asked

	stop    chan struct{} // nil: nobody looks
	stopped chan struct{}
}

// Form is how what goes on is told.
type Form int

const (
	Plain Form = iota
	JSON       // an object a line
	Quiet      // not at all
)

// wait is something that is waited for.
type wait struct {
	what  string
	began time.Time
	// how much longer it must last than others to be told
	patience time.Duration
	told     time.Time // zero: not yet
}

// After how long something is told, and how often again where there is no terminal.
const (
	lifeAfter      = 2 * time.Second
	lifeBeside     = time.Second
	lifeAfterPlain = 10 * time.Second
	lifeAgain      = time.Minute
	lifeAgainJSON  = 10 * time.Second
	lifeEvery      = 250 * time.Millisecond
)

// NewLife tells on to, standard error as a rule, and begins to look whether there is something to tell. It ends with
// [Life.Close].
func NewLife(to io.Writer, terminal bool, form Form) *Life {
	l := &Life{to: to, terminal: terminal, form: form, now: time.Now}
	if form == Quiet {
		return l
	}
	l.stop, l.stopped = make(chan struct{}), make(chan struct{})
	go l.look()
	return l
}

// Close ends it.
func (l *Life) Close() {
	if l.stop != nil {
		close(l.stop)
		<-l.stopped
		l.stop = nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
}

// For says what is waited for until ended is called, such as "waiting for the catalogue of mine".
func (l *Life) For(what string) (ended func()) { return l.wait(what, 0) }

// Beside says what goes on as a whole: it is told a little later than what is waited for in it.
func (l *Life) Beside(what string) (ended func()) { return l.wait(what, lifeBeside) }

func (l *Life) wait(what string, patience time.Duration) (ended func()) {
	if l == nil {
		return func() {}
	}
	w := &wait{what: what, began: l.now(), patience: patience}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waits = append(l.waits, w)
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.waits = slices.DeleteFunc(l.waits, func(other *wait) bool { return other == w })
		l.clear()
	}
}

// Asking keeps the line away while a person is asked something, until ended is called.
func (l *Life) Asking() (ended func()) {
	if l == nil {
		return func() {}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
	l.asking++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.asking--
		l.last = l.now()
	}
}

// Write prints what isn't a sign of life.
func (l *Life) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
	l.last = l.now()
	return l.to.Write(text)
}

// look tells again and again what is to be told.
func (l *Life) look() {
	defer close(l.stopped)
	tick := time.NewTicker(lifeEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
			l.tell()
		}
	}
}

// tell tells what is waited for, where it is time: the last thing that has lasted long enough.
func (l *Life) tell() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, after := l.now(), lifeAfter
	if !l.terminal && l.form == Plain {
		after = lifeAfterPlain
	}
	if l.form == Quiet || l.asking > 0 || now.Sub(l.last) < after {
		return
	}
	for _, w := range slices.Backward(l.waits) {
		if now.Sub(w.began) < after+w.patience {
			continue
		}
		switch {
		case l.form == JSON:
			l.line(w, now, lifeAgainJSON)
		case l.terminal:
			l.draw(w, now)
		default:
			l.line(w, now, lifeAgain)
		}
		return
	}
}

// line prints a line of its own, unless what is waited for was told a while ago.
func (l *Life) line(w *wait, now time.Time, again time.Duration) {
	if !w.told.IsZero() && now.Sub(w.told) < again {
		return
	}
	w.told = now
	lasted := now.Sub(w.began)
	if l.form == JSON {
		_ = writeEvent(l.to, waitingEvent{w.what, int(lasted.Seconds())})
		return
	}
	fmt.Fprintf(l.to, "%s (%s)\n", parse.Escape(w.what), report.Lasting(lasted))
}

// draw draws the line.
func (l *Life) draw(w *wait, now time.Time) {
	lasted := now.Sub(w.began)
	signs := []rune(`|/-\`)
	sign := signs[int(lasted/lifeEvery)%len(signs)]
	text, long := parse.Escape(w.what), " ("+report.Lasting(lasted)+")"
	if columns := l.columns(); columns > 0 {
		text = report.Clip(text, max(columns-len(long)-3, 1))
	}
	l.clear()
	// A bar of progress that stands still may be on the line.
	fmt.Fprintf(l.to, "%s%c %s%s", erased(0, l.columns()), sign, text, long)
	l.drawn = report.Width(text+long) + 2
}

func (l *Life) columns() int {
	if l.Columns == nil {
		return 0
	}
	return l.Columns()
}

// clear takes the line away.
func (l *Life) clear() {
	if l.drawn > 0 {
		fmt.Fprint(l.to, erased(l.drawn, l.columns()))
		l.drawn = 0
	}
}

// waitingEvent is a line of JSON that tells what is waited for, and for how many seconds already.
type waitingEvent struct {
	Waiting string `json:"waiting"`
	Seconds int    `json:"seconds"`
}

// writeEvent writes an object and a newline at once.
func writeEvent(to io.Writer, event any) error {
	text, err := json.Marshal(event)
	if err == nil {
		_, err = to.Write(append(text, '\n'))
	}
	return err
}
