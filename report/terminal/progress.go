package terminal

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"bulkorder/parse"
	"bulkorder/report"
)

// Progress shows how far a run is. It is not for several goroutines at once.
type Progress struct {
	w        io.Writer
	terminal bool
	quiet    bool
	json     bool
	now      func() time.Time
	width    func() int               // columns of the terminal; nil: not known
	bar      *progressbar.ProgressBar // nil before the first Show, and where w is no terminal
	spinner  *progressbar.ProgressBar // while nothing happens
	drawn    int                      // how wide the line is that was drawn
	drawnFor int                      // the width of the terminal then
	total    int
	done     int
	event    progressEvent // what the last Show told, for programs
	line     string        // what the last Show told
	told     bool          // line was printed
	waits    string        // what Wait told
	last     time.Time     // when something was printed
}

// How often something is printed.
const (
	barEvery  = 100 * time.Millisecond
	lineEvery = 10 * time.Second
)

// NewProgress shows progress on w, standard error as a rule: a bar where that is a terminal (the bar
// doesn't look itself), otherwise a plain line every 10 seconds and one at the end; nothing at all where
// quiet is asked for.
func NewProgress(w io.Writer, terminal, quiet bool) *Progress {
	return &Progress{w: w, terminal: terminal, quiet: quiet, now: time.Now}
}

// Within keeps the bar within so many columns, which are asked for each time: people resize their windows. 0: they
// aren't known.
func (p *Progress) Within(columns func() int) *Progress {
	p.width = columns
	return p
}

// AsJSON prints objects instead, a line each, wherever it goes: every 10 seconds, and none at the end, where the result
// follows.
func (p *Progress) AsJSON() *Progress {
	p.json, p.terminal = true, false
	return p
}

// columns is the width of the terminal; 0: not known.
func (p *Progress) columns() int {
	if p.width == nil {
		return 0
	}
	return p.width()
}

// Show tells how many rows of total are placed, refused, in doubt and left, the money spent as text with
// its currency, and the time that is left at the current rate; 0: not known. It may be called as often as
// wanted.
func (p *Progress) Show(total, placed, refused, inDoubt, left int, spent string, remaining time.Duration) {
	if p.quiet {
		return
	}
	if p.line == "" && !p.terminal {
		p.last = p.now() // the first line comes after a while: short runs print their end alone
	}
	p.stir()
	p.total, p.done = total, max(total-left, 0)
	p.line, p.told = progressLine(placed, refused, inDoubt, left, spent, remaining), false
	p.event = progressEvent{progressOf{total, placed, refused, inDoubt, left, int(remaining.Seconds())}}
	switch {
	case p.terminal && p.now().Sub(p.last) >= barEvery:
		p.draw()
	case !p.terminal && p.now().Sub(p.last) >= lineEvery:
		p.print()
	}
}

// Wait tells, where nothing happens for a while, what for and until when: on a terminal for as long as it is called
// again and again, elsewhere in a line of its own.
func (p *Progress) Wait(what string, until time.Time) {
	line := "waits until " + until.Format(time.TimeOnly) + " " + what
	switch {
	case p.quiet, !p.terminal && line == p.waits:
	case p.json:
		_ = writeEvent(p.w, untilEvent{what, until.UTC()})
	case !p.terminal:
		fmt.Fprintln(p.w, line)
	default:
		p.spin(line)
	}
	p.waits = line
}

// spin draws a sign of life in the place of the bar.
func (p *Progress) spin(line string) {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
	if p.spinner == nil {
		p.spinner = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(p.w),
			progressbar.OptionSpinnerType(14),
			progressbar.OptionSetSpinnerChangeInterval(0), // or it goes on drawing by itself, for ever
			progressbar.OptionSetElapsedTime(false),
			progressbar.OptionUseANSICodes(runtime.GOOS != "windows"))
	}
	if columns := p.columns(); columns > 0 {
		line = report.Clip(line, max(columns-len("-     "), 1))
	}
	p.spinner.Describe(line) // draws it
}

// stir ends what Wait told.
func (p *Progress) stir() {
	p.waits = ""
	if p.spinner != nil {
		_ = p.spinner.Clear()
		p.spinner = nil
	}
}

func progressLine(placed, refused, inDoubt, left int, spent string, remaining time.Duration) string {
	parts := []string{report.Count(placed) + " placed"}
	for _, part := range []struct {
		n     int
		words string
	}{{refused, "refused"}, {inDoubt, "in doubt"}, {left, "left"}} {
		if part.n > 0 {
			parts = append(parts, report.Count(part.n)+" "+part.words)
		}
	}
	if spent != "" {
		parts = append(parts, "estimated at "+parse.Escape(spent))
	}
	if remaining > 0 && left > 0 {
		parts = append(parts, report.About(remaining)+" to go")
	}
	return strings.Join(parts, ", ")
}

// draw draws the bar. The library's own time and count are left out: it takes all rows for equally fast
// and counts those of earlier runs as this one's.
func (p *Progress) draw() {
	columns := p.columns()
	if p.bar != nil && columns != p.drawnFor {
		fmt.Fprint(p.w, erased(p.drawn, columns))
		p.bar = nil
	}
	across := barWidth
	if columns > 0 {
		across = min(across, columns/4)
	}
	if p.bar == nil {
		p.drawnFor = columns
		p.bar = progressbar.NewOptions(max(p.total, 1),
			progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetWidth(across),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(false),
			progressbar.OptionSetRenderBlankState(false),
			progressbar.OptionShowDescriptionAtLineEnd(),
			progressbar.OptionUseANSICodes(runtime.GOOS != "windows"),
			progressbar.OptionClearOnFinish())
	}
	p.last, p.told = p.now(), true
	if p.bar.GetMax() != max(p.total, 1) {
		p.bar.ChangeMax(max(p.total, 1))
	}
	line, beside := p.line, len("  100% ||  ")+across
	if columns > 0 {
		line = report.Clip(line, max(columns-beside-1, 1))
	}
	p.drawn = beside + report.Width(line)
	p.bar.Describe(line)
	_ = p.bar.Set(min(p.done, p.total)) // errors are about counts beyond the end, and about a terminal that is gone
}

// barWidth is how wide the bar is where there is room.
const barWidth = 24

// erased takes a line away that was so many columns wide when it was drawn. Terminals that became narrower have broken
// it into several.
func erased(drawn, columns int) string {
	above := 0
	if columns > 0 {
		above = max(drawn-1, 0) / columns
	}
	switch {
	case runtime.GOOS == "windows":
		return "\r" + strings.Repeat(" ", max(min(drawn, columns-1), 0)) + "\r"
	case above > 0:
		return fmt.Sprintf("\x1b[%dA\r\x1b[J", above)
	}
	return "\r\x1b[K"
}

func (p *Progress) print() {
	p.last, p.told = p.now(), true
	if p.json {
		_ = writeEvent(p.w, p.event)
		return
	}
	fmt.Fprintf(p.w, "%s of %s: %s\n", report.Count(p.done), report.Counted(p.total, "row"), p.line)
}

// Done clears the bar, or prints the last line where it was not printed yet. It may be called again.
func (p *Progress) Done() {
	p.stir()
	switch {
	case p.bar != nil:
		_ = p.bar.Clear()
		_ = p.bar.Exit()
		p.bar = nil
	case !p.terminal && !p.json && p.line != "" && !p.told:
		p.print()
	}
}

// progressEvent is a line of JSON that tells how far a run is.
type progressEvent struct {
	Progress progressOf `json:"progress"`
}

type progressOf struct {
	Total     int `json:"total"`
	Placed    int `json:"placed"`
	Refused   int `json:"refused"`
	InDoubt   int `json:"in_doubt"`
	Left      int `json:"left"`
	Remaining int `json:"remaining_seconds"` // 0: not known
}

// untilEvent is a line of JSON that tells what a run waits for, and until when.
type untilEvent struct {
	Waiting string    `json:"waiting"`
	Until   time.Time `json:"until"`
}
