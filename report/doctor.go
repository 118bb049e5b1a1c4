package report

import "bulkorder/parse"

// Health is how one thing stands that doctor looked at.
type Health string

const (
	Healthy Health = "ok"
	Warned  Health = "warning" // it works, but something should be known
	Failing Health = "problem" // it doesn't work, or would lose something
)

// Finding is one line of doctor: what was looked at, how it stands, what was found, and what to do about it.
type Finding struct {
	Name  string `json:"name"` // a short stable name
	State Health `json:"state"`
	Found string `json:"found"`
	Do    string `json:"do"` // empty: nothing is to be done
}

// noneFailing tells whether no problem was found. Warnings are fine.
func noneFailing(all []Finding) bool {
	for _, f := range all {
		if f.State == Failing {
			return false
		}
	}
	return true
}

// Safe makes findings as safe for a terminal as what a terminal is given.
func Safe(all []Finding) []Finding {
	safe := make([]Finding, len(all))
	for i, f := range all {
		safe[i] = Finding{f.Name, f.State, parse.Escape(f.Found), parse.Escape(f.Do)}
	}
	return safe
}

// DoctorObject tells findings as one object, {"checks":[…],"ok":…}.
func DoctorObject(all []Finding) any {
	return struct {
		Checks []Finding `json:"checks"`
		OK     bool      `json:"ok"`
	}{Safe(all), noneFailing(all)}
}
