package plan

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// catalogue has a service of each type; service 1 and 2 are the documents' own.
func catalogue() *panel.Catalogue {
	no := false
	services := []panel.Service{
		{ID: "1", Name: "Followers", Type: "Default", Rate: decimal.RequireFromString("0.90"), Min: 50, Max: 10000},
		{ID: "2", Name: "Comments", Type: "Custom Comments", Rate: decimal.RequireFromString("8"), Min: 2, Max: 4},
		{ID: "3", Name: "No drip", Type: "default", Rate: decimal.NewFromInt(1), Min: 1, Max: 100, Dripfeed: &no},
		{ID: "4", Name: "Bundle", Type: "Package", Rate: decimal.RequireFromString("12.3456789")},
		{ID: "5", Name: "Auto", Type: "Subscriptions", Rate: decimal.NewFromInt(2), Min: 10, Max: 100},
		{ID: "6", Name: "Vote", Type: "Poll", Rate: decimal.NewFromInt(3), Min: 1, Max: 100},
		{ID: "7", Name: "Visits", Type: "Web Traffic", Rate: decimal.NewFromInt(1), Min: 100, Max: 100000},
		{ID: "8", Name: "Tags", Type: "Mentions Custom List", Rate: decimal.NewFromInt(5), Min: 1, Max: 3},
		{ID: "9", Name: "Strange", Type: "Telepathy", Rate: decimal.NewFromInt(1), Min: 1, Max: 3},
		{ID: "10", Name: "Odd", Type: "Default", Oddity: "its minimum 9 is above its maximum 1"},
		{ID: "11", Name: "Twin", Type: "Default", Rate: decimal.NewFromInt(1), Min: 1, Max: 100},
		{ID: "12", Name: "Twin", Type: "Default", Rate: decimal.NewFromInt(1), Min: 1, Max: 100},
		{ID: "14", Name: "Instagram Followers | Real", Type: "Default", Rate: decimal.NewFromInt(1), Min: 1, Max: 100},
		{ID: "15", Name: "TikTok Likes", Type: "Default", Rate: decimal.NewFromInt(1), Min: 1, Max: 100},
		{ID: "16", Name: "Instagram Followers 🇩🇪", Type: "Default", Rate: decimal.NewFromInt(1), Min: 1, Max: 100},
		{ID: "13", Name: "Likers", Type: "Mentions Media Likers", Rate: decimal.NewFromInt(1), Min: 1, Max: 100},
	}
	return panel.NewCatalogue(services, time.Time{})
}

func checkRow(t *testing.T, header, cells string) (Order, []parse.Problem) {
	t.Helper()
	sheet, err := parse.Open("-", parse.Options{Stdin: strings.NewReader(header + "\n" + cells + "\n")})
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	p, _ := panel.Preset("igadda")
	rules := Rules{Panel: p, Catalogue: catalogue(), Today: time.Date(2026, 6, 15, 13, 0, 0, 0, time.UTC)}
	for row, err := range sheet.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		return rules.Order(NewPlace(row.Table), row)
	}
	t.Fatal("no row was read")
	return Order{}, nil
}

// ruleCase is a row and the rules that its problems are of, in order, those of warnings in brackets.
type ruleCase struct{ name, header, row, want string }

func ruleCases() []ruleCase {
	const (
		plain = "service,link,quantity"
		drip  = plain + ",runs,interval"
		list  = "service,link,comments,quantity"
		subs  = "service,username,min,max,delay,posts,old_posts,expiry"
		web   = plain + ",country,device,type_of_traffic,google_keyword,referring_url"
	)
	return []ruleCase{
		{"a default order", plain, "1,https://example.com/a,100", ""},
		{"the minimum itself", plain, "1,https://example.com/a,50", ""},
		{"below the minimum", plain, "1,https://example.com/a,49", "quantity-below-minimum"},
		{"above the maximum", plain, "1,https://example.com/a,10001", "quantity-above-maximum"},
		{"a service by its name", plain, "Followers,https://example.com/a,100", ""},
		{"a name of two services", plain, "Twin,https://example.com/a,100", "service-ambiguous"},
		{"a service that isn't there", plain, "999,https://example.com/a,100", "service-unknown"},
		{"no service", plain, ",https://example.com/a,100", "service-missing"},
		{"an odd service", plain, "10,https://example.com/a,100", "service-odd"},
		{"a type that isn't known", plain, "9,https://example.com/a,2", "type-unknown"},
		{"all problems are told, not the first alone", plain, "1,not a link,5", "quantity-below-minimum link-form"},
		{"nothing filled in", plain + ",note", "1,,,x", "field-missing field-missing"},

		{"a link without https", plain, "1,example.com/a,100", ""},
		{"a name with an @", plain, "1,@someone,100", ""},
		{"a single word as a link", plain, "1,someone,100", "link-form"},
		{"another scheme", plain, "1,ftp://example.com/a,100", "link-form"},
		{"a link without a site", plain, "1,https://,100", "link-form"},
		{"a link in another script", plain, "1,https://例え.jp/あ,100", ""},

		{"another country in a column", plain + ",Geo", "16,https://instagram.com/someone,100,US", "(country-contradicts)"},
		{"the service's country in a column", plain + ",Geo", "16,https://instagram.com/someone,100,DE", ""},
		{"a country beside a service of none", plain + ",Geo", "14,https://instagram.com/someone,100,DE", ""},
		{"two links in a cell", plain, "1,https://instagram.com/a;https://instagram.com/b,100", "link-several"},
		{"another platform in a column", plain + ",platform", "14,https://instagram.com/someone,100,TikTok",
			"(platform-contradicts)"},
		{"the service's platform in a column", plain + ",platform", "14,https://instagram.com/someone,100,IG", ""},
		{"another service's name in a column", plain + ",service name", "14,https://instagram.com/someone,100,TikTok likes",
			"(name-contradicts)"},
		{"a unit in a column", plain + ",unit", "1,https://example.com/a,100,K", "(unit-beside)"},
		{"a quantity of something else", plain, "14,https://instagram.com/someone,100 likes", "(pieces-contradict)"},
		{"a quantity that says what is counted", plain, "14,https://instagram.com/someone,100 followers", ""},
		{"a full stop behind a profile", plain, "14,https://instagram.com/someone.,100", "link-form"},
		{"a full stop in an unknown site's address", plain, "1,https://example.com/Inc.,100", ""},
		{"a part for each day", plain + ",per day", "1,https://example.com/a,100,10", "(dripfeed-missing)"},
		{"all of it each day", plain + ",per day", "1,https://example.com/a,100,100", ""},
		{"no unit in a column", plain + ",unit", "1,https://example.com/a,100,pcs", ""},
		{"another profile's name", plain + ",username", "14,https://instagram.com/someone,100,other",
			"(username-contradicts)"},
		{"the profile's own name", plain + ",username", "14,https://instagram.com/someone,100,@Someone", "(note-not-sent)"},
		{"runs where a column says no", drip + ",drip-feed", "1,https://example.com/a,100,5,60,no", "(dripfeed-denied)"},
		{"runs where a column says yes", drip + ",drip-feed", "1,https://example.com/a,100,5,60,yes", ""},
		{"no runs where a column says yes", plain + ",drip-feed", "1,https://example.com/a,100,yes", "(dripfeed-missing)"},
		{"a link of the service's platform", plain, "14,https://instagram.com/someone,100", ""},
		{"a link of another platform", plain, "14,https://www.tiktok.com/@someone,100", "(link-platform)"},
		{"a post where a profile is wanted", plain, "14,https://instagram.com/p/Cx1/,100", "(link-shape)"},
		{"a profile where a post is wanted", plain, "15,https://www.tiktok.com/@someone,100", "(link-shape)"},
		{"a name where a post is wanted", plain, "15,@someone,100", "(link-shape)"},

		{"runs and interval", drip, "1,https://example.com/a,100,5,60", ""},
		{"runs alone", drip, "1,https://example.com/a,100,5,", "runs-and-interval"},
		{"interval alone", drip, "1,https://example.com/a,100,,60", "runs-and-interval"},
		{"runs where the service takes none", drip, "3,https://example.com/a,10,5,60", "no-dripfeed"},
		{"no runs", drip, "1,https://example.com/a,100,0,60", "runs-number"},
		{"no interval", drip, "1,https://example.com/a,100,5,0", "interval-number"},
		{"runs times quantity above the maximum", drip, "1,https://example.com/a,5000,3,60", "(runs-times-quantity)"},

		{"comments", list, "2,https://example.com/a,\"nice\ngreat\",", ""},
		{"too few comments", list, "2,https://example.com/a,\"nice\n\n \n\",", "comments-below-minimum"},
		{"too many comments", list, "2,https://example.com/a,\"1\n2\n3\n4\n5\",", "comments-above-maximum"},
		{"a quantity that equals the comments", list, "2,https://example.com/a,\"nice\ngreat\",2", ""},
		{
			"a quantity that contradicts the comments",
			list,
			"2,https://example.com/a,\"nice\ngreat\",3",
			"quantity-contradicts",
		},
		{
			"comments for a service that takes none",
			list,
			"1,https://example.com/a,\"nice\ngreat\",100",
			"field-superfluous",
		},
		{"comments that bear numbers", list, "2,https://example.com/a,\"1. nice\n2. great\",", "(comments-numbered)"},
		{"comments that begin with numbers of their own", list, "2,https://example.com/a,\"10/10!\n100 points\",", ""},
		{"a comment twice", list, "2,https://example.com/a,\"nice\nNice\",", "(comments-repeated)"},
		{"an address in place of a name", subs, "5,https://instagram.com/someone/,10,20,30,,,", "username-form"},
		{"an @ before a name", subs, "5,@someone,10,20,30,,,", "username-form"},
		{"a package", plain, "4,https://example.com/a,", ""},
		{"a package with a quantity", plain, "4,https://example.com/a,1000", "(quantity-not-sent)"},
		{"several packages", plain, "4,https://example.com/a,5", "(one-package)"},
		{"a note under comments", plain + ",comments", "1,https://example.com/a,100,urgent", "(comments-not-sent)"},
		{"several usernames in a line", "service,link,usernames", "8,https://example.com/a,\"ann, ben\"", "several-in-line"},
		{"usernames that are addresses", "service,link,usernames", "8,https://example.com/a,https://example.com/ann",
			"usernames-form"},
		{"usernames that nobody has", "service,link,usernames", "8,https://example.com/a,\"ann\n;)\"", ""},
		{"comments that stand for others", list, "2,https://example.com/a,\"N/A\nnice\",", "(comments-stand-in)"},
		{"a subscription's end in days", subs + ",days", "5,ann,10,20,30,,,,90", "(end-unread)"},
		{"how often", plain + ",times", "1,https://example.com/a,100,3", "(number-unread)"},
		{"once", plain + ",times", "1,https://example.com/a,100,1", ""},
		{"a list of usernames", "service,link,usernames", "8,https://example.com/a,\"a\nb\"", ""},
		{
			"too many usernames",
			"service,link,usernames",
			"8,https://example.com/a,\"a\nb\nc\nd\"",
			"usernames-above-maximum",
		},

		{"a subscription", subs, "5,someone,10,20,30,,,", ""},
		{"a subscription in full", subs, "5,someone,10,20,0,5,2,15/06/2026", ""},
		{"min below the service's", subs, "5,someone,9,20,30,,,", "min-below-minimum"},
		{"max above the service's", subs, "5,someone,10,101,30,,,", "max-above-maximum"},
		{"min above max", subs, "5,someone,30,20,30,,,", "min-above-max"},
		{"a delay that another panel takes", subs, "5,someone,10,20,20,,,", "delay-value"},
		{"a delay that is missing", subs, "5,someone,10,20,,,,", "field-missing"},
		{"an expiry of yesterday", subs, "5,someone,10,20,30,,,14/06/2026", "expiry-past"},
		{"no posts", subs, "5,someone,10,20,30,0,,", "posts-number"},
		{
			"everything wrong",
			subs,
			"5,,9,101,7,0,,1/1/2020",
			"field-missing min-below-minimum max-above-maximum posts-number delay-value expiry-past",
		},

		{"an answer", plain + ",answer_number", "6,https://example.com/a,10,2", ""},
		{"answer 0", plain + ",answer_number", "6,https://example.com/a,10,0", "answer-number"},
		{"visits", web, "7,https://example.com/a,500,US,1,3,,", ""},
		{"visits from a search without a keyword", web, "7,https://example.com/a,500,US,1,1,,", "field-missing"},
		{"visits from a page without one", web, "7,https://example.com/a,500,US,1,2,,", "field-missing"},
		{
			"a device and a traffic that aren't there",
			web,
			"7,https://example.com/a,500,US,6,4,,",
			"device-choice type_of_traffic-choice",
		},
		{"a media link", plain + ",media", "13,https://example.com/a,10,https://example.com/m", ""},
		{"a media that is no link", plain + ",media", "13,https://example.com/a,10,photo", "media-form"},
	}
}

func TestRules(t *testing.T) {
	for _, tt := range ruleCases() {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := checkRow(t, tt.header, tt.row)
			var got []string
			for _, p := range problems {
				rule := p.Rule
				if p.Warning {
					rule = "(" + rule + ")"
				}
				got = append(got, rule)
				if p.Wrong == "" || p.Mend == "" || p.Row == 0 || p.Sheet == "" {
					t.Errorf("a part is missing in %+v", p)
				}
			}
			if words := strings.Join(got, " "); words != tt.want {
				t.Errorf("got %q, want %q\n%v", words, tt.want, problems)
			}
		})
	}
}

func TestAProblemSaysWhereWhatAndHow(t *testing.T) {
	_, problems := checkRow(t, "note,service,link,quantity", "x,1,https://example.com/a,25")
	want := `stdin!D2 quantity: 25 is below the minimum 50 of service 1 "Followers"; use 50 to 10000`
	if len(problems) != 1 || problems[0].Error() != want {
		t.Errorf("got %v\nwant %s", problems, want)
	}
}

func TestTheEstimateByType(t *testing.T) {
	tests := []struct{ name, header, row, low, high string }{
		{"by quantity", "service,link,quantity", "1,https://example.com/a,1234", "1.1106", "1.1106"},
		{"times runs", "service,link,quantity,runs,interval", "1,https://example.com/a,100,3,60", "0.27", "0.27"},
		{"by the lines of comments", "service,link,comments", "2,https://example.com/a,\"a\nb\nc\"", "0.024", "0.024"},
		{"a package, once, to the last decimal", "service,link", "4,https://example.com/a", "12.3456789", "12.3456789"},
		{"a subscription without end", "service,username,min,max,delay", "5,someone,10,20,30", "", ""},
		{
			"a subscription of five posts and two old ones",
			"service,username,min,max,delay,posts,old_posts",
			"5,someone,10,20,30,5,2",
			"0.14",
			"0.28",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			order, problems := checkRow(t, tt.header, tt.row)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			low, high := "", ""
			if order.Units.Low.Valid {
				low, high = order.Units.Low.Decimal.Mul(order.Service.Rate).
					String(),
					order.Units.High.Decimal.Mul(order.Service.Rate).
						String()
			}
			if low != tt.low || high != tt.high {
				t.Errorf("got %s to %s, want %s to %s", low, high, tt.low, tt.high)
			}
		})
	}
}

func TestWhatIsSent(t *testing.T) {
	order, problems := checkRow(
		t,
		"Client,Link,Service,Comments,Quantity",
		"ACME,  https://example.com/a ,2,\"  nice 👍\r\n\r\ngreat \",2",
	)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []panel.Param{
		{Name: "service", Value: "2"},
		{Name: "link", Value: "https://example.com/a"},
		{Name: "comments", Value: "nice 👍\ngreat"},
	}
	if len(order.Params) != len(want) {
		t.Fatalf("got %v, want %v", order.Params, want)
	}
	for i := range want {
		if order.Params[i] != want[i] {
			t.Errorf("got %v, want %v", order.Params[i], want[i])
		}
	}
}
