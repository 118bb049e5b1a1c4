package panel

import (
	"strings"
	"unicode"
)

// Basis says what the estimated charge of an order is made of.
type Basis int

const (
	PerThousand Basis = iota // rate times what Type.Counts counts, by 1000, times runs where there are any
	Once                     // rate, once
	PerPost                  // subscriptions: nothing is known before posts appear
)

// Type is what a panel wants to be told with an order of one kind of service. Fields bear the
// API's parameter names.
type Type struct {
	Name     string
	Also     []string // other names that catalogues use
	Required []string
	Optional []string
	// the field that a service's min and max bound: "quantity", or a list whose lines count; empty: nothing
	Counts  string
	Basis   Basis             // what the charge is made of
	Between map[string][2]int // whole numbers that a field must lie between, both included
	When    []Condition       // optional fields that another field's value makes required
}

// Condition makes Field required where the field If holds Is.
type Condition struct{ Field, If, Is string }

// builtinTypes lists the order types. The documents show the add forms without their names; the
// names are those of the catalogues. Which document shows which form:
//
//	Default                    igadda igwish unnamed addsmm
//	Package                    igadda igwish
//	Custom Comments            igadda igwish addsmm
//	Custom Comments Package    igadda
//	Mentions with Hashtags     igadda
//	Mentions Custom List       igwish
//	Mentions User Followers    igwish addsmm
//	Comment Likes              igadda igwish addsmm
//	Comment Replies, Poll      igadda addsmm
//	Invites from Groups        igadda
//	Subscriptions              igadda igwish unnamed addsmm
//
// The others are in no document, only in catalogues.
func builtinTypes() []Type {
	const quantity = "quantity"
	return []Type{
		{
			Name:     "Default",
			Required: []string{"link", quantity},
			Optional: []string{"runs", "interval"},
			Counts:   quantity,
		},
		{Name: "Package", Required: []string{"link"}, Basis: Once},
		{Name: "Custom Comments", Required: []string{"link", "comments"}, Counts: "comments"},
		{Name: "Custom Comments Package", Required: []string{"link", "comments"}, Basis: Once},
		{Name: "Mentions", Required: []string{"link", quantity, "usernames"}, Counts: quantity},
		{
			Name:     "Mentions with Hashtags",
			Required: []string{"link", quantity, "usernames", "hashtags"},
			Counts:   quantity,
		},
		{Name: "Mentions Custom List", Required: []string{"link", "usernames"}, Counts: "usernames"},
		{Name: "Mentions Hashtag", Required: []string{"link", quantity, "hashtag"}, Counts: quantity},
		{Name: "Mentions User Followers", Required: []string{"link", quantity, "username"}, Counts: quantity},
		{Name: "Mentions Media Likers", Required: []string{"link", quantity, "media"}, Counts: quantity},
		{Name: "Comment Likes", Required: []string{"link", quantity, "username"}, Counts: quantity},
		{Name: "Comment Replies", Required: []string{"link", "username", "comments"}, Counts: "comments"},
		{Name: "Poll", Required: []string{"link", quantity, "answer_number"}, Counts: quantity},
		{Name: "Invites from Groups", Required: []string{"link", quantity, "groups"}, Counts: quantity},
		{Name: "Subscriptions", Also: []string{"Subscription"}, Required: []string{"username", "min", "max", "delay"},
			Optional: []string{"posts", "old_posts", "expiry"}, Basis: PerPost},
		{Name: "SEO", Required: []string{"link", quantity, "keywords"}, Counts: quantity},
		{Name: "SEO2", Required: []string{"link", quantity, "keywords"}, Counts: quantity},
		{
			Name:     "Web Traffic",
			Also:     []string{"Website Traffic"},
			Required: []string{"link", quantity, "country", "device", "type_of_traffic"},
			Optional: []string{"runs", "interval", "google_keyword", "referring_url"},
			Counts:   quantity,
			Between:  map[string][2]int{"device": {1, 5}, "type_of_traffic": {1, 3}},
			When: []Condition{
				{"google_keyword", "type_of_traffic", "1"},
				{"referring_url", "type_of_traffic", "2"},
			},
		},
	}
}

// Takes reports whether orders of the type have the field, required or optional.
func (t Type) Takes(field string) bool {
	for _, fields := range [][]string{t.Required, t.Optional} {
		for _, f := range fields {
			if f == field {
				return true
			}
		}
	}
	return false
}

// fold makes names of types comparable: catalogues write "Custom Comments", "custom_comments" and
// "CustomComments" for the same.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
