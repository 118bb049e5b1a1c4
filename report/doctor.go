package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"bulkorder/parse"
)

// Health is how one thing stands that doctor looked at.
type Health string

const (
	Healthy Health = "ok"
	Warned  Health = "warning" // it works, but something should be known
	Ill     Health = "problem" // it doesn't work, or would lose something
)

// Finding is one line of doctor: what was looked at, how it stands, what was found, and what to do about it.
type Finding struct {
	Name  string `json:"name"` // a short stable name
	State Health `json:"state"`
	Found string `json:"found"`
	Do    string `json:"do"` // empty: nothing is to be done
}

// soundAll tells whether no problem was found. Warnings are fine.
func soundAll(all []Finding) bool {
	for _, f := range all {
		if f.State == Ill {
			return false
		}
	}
	return true
}

// DoctorJSON writes findings as one object {"checks":[…],"ok":…} and a newline. Text is as safe for a terminal as
// what [Terminal.Doctor] prints.
func DoctorJSON(w io.Writer, all []Finding) error {
	safe := make([]Finding, len(all))
	for i, f := range all {
		safe[i] = Finding{f.Name, f.State, parse.Escape(f.Found), parse.Escape(f.Do)}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Checks []Finding `json:"checks"`
		OK     bool      `json:"ok"`
	}{safe, soundAll(all)})
}

// Doctor prints a line a finding, and one that sums them up.
func (t Terminal) Doctor(all []Finding) {
	counts := map[Health]int{}
	widest := 0
	for _, f := range all {
		widest = max(widest, columnsOf(f.Name))
		counts[f.State]++
	}
	for _, f := range all {
		line := parse.Escape(f.Found)
		if f.Do != "" {
			line += "; " + parse.Escape(f.Do)
		}
		name := f.Name + strings.Repeat(" ", widest-columnsOf(f.Name))
		// Padded before it is painted: colours take no columns.
		t.say("%s  %s  %s", t.paint(healthColour(f.State), fmt.Sprintf("%-7s", f.State)), name, line)
	}
	words := "No problem was found"
	if n := counts[Ill]; n > 0 {
		words = counted(n, "problem")
	}
	if n := counts[Warned]; n > 0 {
		words += ", " + counted(n, "warning")
	}
	t.say("\n%s.", t.paint(sgrBold, words))
}

func healthColour(h Health) string {
	switch h {
	case Healthy:
		return sgrGreen
	case Warned:
		return sgrYellow
	}
	return sgrRed
}
