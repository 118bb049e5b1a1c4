package plan

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// TestLabelsAreTakenExactly: a template's "id | name" names one service while both are right; nothing like
// it is guessed at.
func TestLabelsAreTakenExactly(t *testing.T) {
	one := decimal.NewFromInt(1)
	services := []panel.Service{
		{ID: "1", Name: "Followers", Type: "Default", Rate: one, Min: 1, Max: 100},
		{ID: "2", Name: "Likes | Real | 30 Days ♻️", Type: "Default", Rate: one, Min: 1, Max: 100},
		{ID: "3", Name: "  Two \n lines\tof  it\u200d ", Type: "Default", Rate: one, Min: 1, Max: 100},
		{ID: "4", Name: strings.Repeat("long ", 60), Type: "Default", Rate: one, Min: 1, Max: 100},
		{ID: "5", Name: "", Type: "Default", Rate: one, Min: 1, Max: 100},
		{ID: "6", Name: "1 | Followers", Type: "Default", Rate: one, Min: 1, Max: 100}, // bears the label of another
		{ID: "7", Name: "Twin", Type: "Default", Rate: one, Min: 1, Max: 100},
		{ID: "8", Name: "Twin", Type: "Default", Rate: one, Min: 1, Max: 100},
	}
	rules := Rules{
		Panel:     panel.Panel{Name: "p"},
		Catalogue: panel.NewCatalogue(services, time.Time{}),
		Today:     time.Now(),
	}
	ask := func(service string) (string, string) {
		row := parse.Row{
			Number: 2,
			Fields: parse.Fields{Service: service, Link: "https://example.com/a", Quantity: "5"},
		}
		order, problems := rules.Order(Place{}, row)
		if len(problems) > 0 {
			return "", problems[0].Rule
		}
		return order.Service.ID, ""
	}
	for _, s := range services {
		want, rule := s.ID, ""
		if s.ID == "1" {
			want, rule = "", "service-ambiguous"
		}
		if id, problem := ask(s.Label()); id != want || problem != rule {
			t.Errorf("%q is service %q, problem %q; want %q, %q", s.Label(), id, problem, want, rule)
		}
		if n := len(strings.Fields(s.Label())); strings.ContainsAny(s.Label(), "\n\t") || len(s.Label()) > 255 ||
			n == 0 {
			t.Errorf("%q is no label for a cell", s.Label())
		}
	}
	for asked, rule := range map[string]string{
		"2 | Likes":         "service-renamed",
		"2 | Followers":     "service-renamed",
		"7 | twin":          "service-renamed",
		"7|Twin":            "service-unknown",
		"99 | Followers":    "service-unknown",
		"Followers | 2":     "service-unknown",
		" | Followers":      "service-unknown",
		"02 | Followers":    "service-unknown",
		"Twin":              "service-ambiguous",
		"2 | ":              "service-renamed",
		"7 | Twin | Twin":   "service-renamed",
		"8 | Twin\u00a0 |":  "service-renamed",
		"2  | Likes | Real": "service-unknown",
	} {
		if id, problem := ask(asked); id != "" || problem != rule {
			t.Errorf("%q is service %q, problem %q; want the problem %q", asked, id, problem, rule)
		}
	}
}
