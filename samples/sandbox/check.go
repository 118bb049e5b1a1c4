package sandbox

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// shape is what an order type wants. All types but subscriptions want a link.
type shape struct {
	needs  []string // fields that must not be blank, beside link and what is counted
	counts string   // the field that gives the number of pieces: quantity, comments or usernames; "": one piece, a package
	drip   bool     // takes runs and interval
}

// shapes returns the order types by their folded names. This is the sandbox's own
// table: it must not learn the types from the client that it is there to check.
func shapes() map[string]shape {
	return map[string]shape{
		"default":               {counts: "quantity", drip: true},
		"package":               {},
		"customcomments":        {counts: "comments"},
		"customcommentspackage": {needs: []string{"comments"}},
		"mentions":              {counts: "quantity", needs: []string{"usernames"}},
		"mentionswithhashtags":  {counts: "quantity", needs: []string{"usernames", "hashtags"}},
		"mentionscustomlist":    {counts: "usernames"},
		"mentionshashtag":       {counts: "quantity", needs: []string{"hashtag"}},
		"mentionsuserfollowers": {counts: "quantity", needs: []string{"username"}},
		"mentionsmedialikers":   {counts: "quantity", needs: []string{"media"}},
		"commentlikes":          {counts: "quantity", needs: []string{"username"}},
		"commentreplies":        {counts: "comments", needs: []string{"username"}},
		"poll":                  {counts: "quantity", needs: []string{"answer_number"}},
		"invitesfromgroups":     {counts: "quantity", needs: []string{"groups"}},
		"subscriptions":         {counts: subscribed},
		"seo":                   {counts: "quantity", needs: []string{"keywords"}},
		"seo2":                  {counts: "quantity", needs: []string{"keywords"}},
		"webtraffic": {
			counts: "quantity",
			needs:  []string{"country", "device", "type_of_traffic"},
			drip:   true,
		},
		"websitetraffic": {
			counts: "quantity",
			needs:  []string{"country", "device", "type_of_traffic"},
			drip:   true,
		},
	}
}

const (
	// subscribed counts nothing: pieces are ordered as posts come.
	subscribed = "posts to come"
	// whatever counts the quantity where one came, for types that no table knows.
	whatever = "a quantity, if any"
)

// fold makes type names equal that differ in case, blanks and punctuation.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// check judges the fields of an add. It returns how many pieces are ordered,
// all runs together, or the text of the refusal.
func (s *Sandbox) check(svc *service, f form, today time.Time) (pieces int64, refusal string) {
	if svc.shape.counts == subscribed {
		return 0, s.checkSubscription(svc, f, today)
	}
	if !linkLike(f.get("link")) {
		return 0, "Incorrect link"
	}
	if refusal := s.checkLink(svc, f.get("link")); refusal != "" {
		return 0, refusal
	}
	if refusal := checkNeeds(svc, f); refusal != "" {
		return 0, refusal
	}
	pieces, refusal = count(svc, f)
	if refusal != "" {
		return 0, refusal
	}
	runs, refusal := checkRuns(svc, f)
	return pieces * runs, refusal
}

// count returns the pieces of one run, within the service's bounds.
func count(svc *service, f form) (pieces int64, refusal string) {
	switch svc.shape.counts {
	case "quantity":
		pieces, _ = number(f.get("quantity")) // as in PHP, what is no number is 0
	case "comments":
		if pieces = lines(f.get("comments")); pieces == 0 {
			return 0, "Incorrect comments"
		}
	case "usernames":
		if pieces = lines(f.get("usernames")); pieces == 0 {
			return 0, "Missing required parameters"
		}
	case whatever:
		if !f.has("quantity") {
			return 1, ""
		}
		pieces, _ = number(f.get("quantity"))
	default:
		return 1, ""
	}
	return pieces, svc.bounds(pieces)
}

func (svc *service) bounds(pieces int64) (refusal string) {
	switch {
	case pieces < svc.Min || pieces < 1:
		return "Quantity less than minimal " + strconv.FormatInt(max(svc.Min, 1), 10)
	case pieces > svc.Max:
		return "Quantity more than maximum " + strconv.FormatInt(svc.Max, 10)
	}
	return ""
}

func checkNeeds(svc *service, f form) (refusal string) {
	for _, name := range svc.shape.needs {
		switch {
		case f.has(name):
		case name == "comments":
			return "Incorrect comments"
		default:
			return "Missing required parameters"
		}
	}
	return checkValues(svc, f)
}

// checkValues judges the fields that must be more than there.
func checkValues(svc *service, f form) (refusal string) {
	between := func(name string, low, high int64) bool {
		n, ok := number(f.get(name))
		return ok && n >= low && n <= high
	}
	switch fold(svc.Type) {
	case "poll":
		if !between("answer_number", 1, 1000) {
			return "Incorrect request"
		}
	case "mentionsmedialikers":
		if !linkLike(f.get("media")) {
			return "Incorrect link"
		}
	case "webtraffic", "websitetraffic":
		if !between("device", 1, 5) || !between("type_of_traffic", 1, 3) {
			return "Incorrect request"
		}
		traffic := f.get("type_of_traffic")
		if traffic == "1" && !f.has("google_keyword") || traffic == "2" && !f.has("referring_url") {
			return "Missing required parameters"
		}
	}
	return ""
}

// checkRuns returns how often the quantity is delivered. Runs and interval come
// together or not at all.
func checkRuns(svc *service, f form) (runs int64, refusal string) {
	if !svc.shape.drip || !f.has("runs") && !f.has("interval") {
		return 1, ""
	}
	runs, ok := number(f.get("runs"))
	if svc.Dripfeed == "no" || !ok || runs < 1 || runs > 1000 {
		return 0, "Incorrect runs"
	}
	if interval, ok := number(f.get("interval")); !ok || interval < 1 {
		return 0, "Incorrect interval"
	}
	return runs, ""
}

func (s *Sandbox) checkSubscription(svc *service, f form, today time.Time) (refusal string) {
	if !f.has("username") {
		return "Missing required parameters"
	}
	low, _ := number(f.get("min"))
	if refusal := svc.bounds(low); refusal != "" {
		return refusal
	}
	high, _ := number(f.get("max"))
	if refusal := svc.bounds(high); refusal != "" {
		return refusal
	}
	if high < low {
		return "Quantity less than minimal " + strconv.FormatInt(low, 10)
	}
	for _, name := range []string{"posts", "old_posts"} {
		if _, ok := number(f.get(name)); f.has(name) && !ok {
			return "Incorrect posts"
		}
	}
	delay, ok := number(f.get("delay"))
	if !ok || !slices.Contains(s.cfg.DelayValues, int(delay)) {
		return "Incorrect delay"
	}
	if end, ok := expiry(f); f.has("expiry") && (!ok || !end.After(today)) {
		return "Incorrect request"
	}
	return ""
}

// expiry returns the end of the day (UTC) that a subscription names as d/m/Y.
func expiry(f form) (end time.Time, ok bool) {
	day, err := time.Parse("2/1/2006", strings.TrimSpace(f.get("expiry")))
	return day.AddDate(0, 0, 1), err == nil
}

// number reads digits only: neither sign nor decimals nor exponent.
func number(text string) (n int64, ok bool) {
	u, err := strconv.ParseUint(strings.TrimSpace(text), 10, 40)
	return int64(u), err == nil
}

// linkLike takes what panels take: an http address with or without its
// scheme, or a name that begins with @.
func linkLike(link string) bool {
	link = strings.TrimSpace(link)
	odd := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	if link == "" || len(link) > 2000 || strings.ContainsFunc(link, odd) {
		return false
	}
	if strings.HasPrefix(link, "@") {
		return len(link) > 1
	}
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	host := u.Hostname()
	return strings.Contains(strings.Trim(host, "."), ".")
}
