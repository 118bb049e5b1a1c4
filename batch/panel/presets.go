package panel

import "slices"

// Form is a way to call an action that not every panel's document shows.
type Form string

const (
	StatusMany       Form = "status of many orders"
	RefillMany       Form = "refill of many orders"
	RefillStatusMany Form = "refill_status of many refills"
	Cancel           Form = "cancel"
	CancelMany       Form = "cancel of many orders"
)

// Panel is what is known of a panel before it is asked: its address and what its document says.
type Panel struct {
	Name     string
	URL      string
	Document string // which document the facts come from; empty: none
	Delays   []int  // minutes that a subscription's delay may be; empty: the document names none, any is taken
	Lacks    []Form // what the document doesn't show
	Types    []Type // order types that the configuration teaches; they win over the built-in ones
	Texts    Texts  // error texts that the configuration adds to the known ones
	IDField  string // where an answer to add holds the order's id, such as "data.id"; empty: where panels usually do

	Exclusive Exclusive // whether others order on the same account: what is found there may be theirs
	RequestID string    // parameter by which the panel knows the same add again; empty: it documents none
}

// Exclusive is what a person said about who orders on an account.
type Exclusive int

const (
	NotSaid Exclusive = iota
	Alone             // nobody orders there but by these books
	Shared            // others do too
)

// Presets lists the panels whose documents are known, "standard" last: the document that bears no
// name, and what a panel that is given by its URL alone is taken for.
func Presets() []Panel {
	// igadda and unnamed name the first list, igwish and addsmm the second, sosyalmavi none.
	short := []int{0, 5, 10, 15, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600}
	long := []int{0, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600}
	return []Panel{
		{
			Name:     "igadda",
			URL:      "https://igadda.in/api/v2",
			Document: "igadda",
			Delays:   short,
			Lacks:    []Form{RefillMany, RefillStatusMany, Cancel},
		},
		{Name: "igwish", URL: "https://igwish.com/api/v2", Document: "igwish", Delays: long},
		{Name: "addsmm", URL: "https://addsmm.com/api/v2", Document: "addsmm", Delays: long},
		{Name: "sosyalmavi", URL: "https://sosyalmavi.com/api/v2", Document: "sosyalmavi", Lacks: []Form{Cancel}},
		{Name: "standard", Document: "unnamed", Delays: short},
	}
}

// Preset finds a panel of [Presets] by its name.
func Preset(name string) (Panel, bool) {
	all := Presets()
	i := slices.IndexFunc(all, func(p Panel) bool { return p.Name == name })
	if i < 0 {
		return Panel{}, false
	}
	return all[i], true
}

// Has reports whether the panel's document shows the form.
func (p Panel) Has(f Form) bool { return !slices.Contains(p.Lacks, f) }

// Types are a panel's order types by their folded names.
type Types map[string]Type

// AllTypes gives the order types that the panel has: those that the configuration teaches win over the built-in ones.
func (p Panel) AllTypes() Types {
	all := Types{}
	for _, t := range slices.Concat(p.Types, builtinTypes()) {
		for _, name := range append([]string{t.Name}, t.Also...) {
			if _, is := all[fold(name)]; !is {
				all[fold(name)] = t
			}
		}
	}
	return all
}

// Named finds an order type by the name that the catalogue gives it, compared without case, blanks and punctuation.
func (all Types) Named(name string) (Type, bool) {
	t, is := all[fold(name)]
	return t, is
}

// Type finds one order type. Who asks for many keeps [Panel.AllTypes].
func (p Panel) Type(name string) (Type, bool) { return p.AllTypes().Named(name) }
