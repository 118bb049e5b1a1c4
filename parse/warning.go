package parse

import "slices"

// Warning is a doubt about a row that can be ordered as it stands, and may not be meant so. A [Problem] whose Asks is
// the warning's name makes the row wait for a person, who accepts it, or decides it by the option.
type Warning struct {
	Name   string // as --accept-warnings and the configuration name it
	Title  string // as the head of a group
	Option string // what decides it otherwise than by accepting; "" where nothing does
}

// OfService tells whether the doubt names the service that it is about: accepted once, it needs no second word for that
// service on that account. What is doubtful about one sheet is asked about with every sheet.
func (w Warning) OfService() bool {
	return w.Name == "platform" || w.Name == "shape" || w.Name == "quantity"
}

// Warnings lists all doubts that are asked about, those first that cost most.
func Warnings() []Warning {
	return []Warning{
		{"platform", "A link of another platform than the service's", "--strict-links"},
		{"shape", "A profile where a post is wanted, or a post where a profile is", "--strict-links"},
		{"contradiction", "A column of yours that contradicts the order", ""},
		{"dripfeed", "A drip-feed that the order doesn't have", ""},
		{"thousands", "A number that may have been cut at a comma", ""},
		{"hidden", "A value in a hidden column", "--hidden"},
		{"done", "Marked as done, or not to be ordered", "--skip-marked, --skip-sections"},
		{"schedule", "A day that the order doesn't wait for", "--skip-marked"},
		{"struck", "Struck-through cells", "--skip-struck"},
		{"quantity", "One service and target with several quantities", ""},
		{"note", "A note that isn't understood", ""},
		{"comments", "Comments and lists that may not be meant so", ""},
	}
}

// WarningNamed finds a warning by its name.
func WarningNamed(name string) (Warning, bool) {
	all := Warnings()
	i := slices.IndexFunc(all, func(w Warning) bool { return w.Name == name })
	if i < 0 {
		return Warning{}, false
	}
	return all[i], true
}

// Asks are the names of the warnings among problems that a person must decide, each once, in the order of [Warnings].
func Asks(problems []Problem) []string {
	var names []string
	for _, w := range Warnings() {
		if slices.ContainsFunc(problems, func(p Problem) bool { return p.Warning && p.Asks == w.Name }) {
			names = append(names, w.Name)
		}
	}
	return names
}
