package parse

import (
	"slices"
	"strings"
)

// Field is one thing that a row may say of an order. This table is where headers, templates, help and problems have it
// from.
type Field struct {
	Name    string // the parameter of the panels' API
	Heading string // as the header of a column
	Example string // what a row may have; of lists one item
	Hint    string // what it means, for who fills the column in; "" where the heading says all

	kind  valueKind
	names string // further names that a header may have, as Fold leaves them, with blanks between
}

// KnownFields lists all fields, in order. Of their names only what is certain is here: a wrong column costs money, a
// missing name costs a --map.
func KnownFields() []Field {
	done := Field{Name: "order_id", Heading: "Order ID", kind: id, Example: "example",
		Hint: "The panel's order, where the row is ordered already: such rows are skipped."}
	return slices.Concat(orderFields(), specialFields(), subscriptionFields(), trafficFields(), []Field{done})
}

// orderFields are of every order: where it goes, and how much.
func orderFields() []Field {
	return []Field{
		{
			Name: "panel", Heading: "Panel", kind: plain, Example: "example",
			Hint:  "The panel that takes this row, where a sheet orders on several.",
			names: "panelname provider",
		},
		{
			Name: "ref", Heading: "Ref", kind: id, Example: "example",
			Hint:  "An order number of yours: each is ordered once, ever.",
			names: "reference rowref refid referenceid yourref ourref",
		},
		{
			Name: "service", Heading: "Service", kind: service,
			Hint:  "Which service to order: choose it from the list in the cell, or type its id. Every row needs one.",
			names: "serviceid sid id serviceno servicenumber servicenr servicecode",
		},
		{
			Name: "link", Heading: "Link", kind: address, Example: "https://example.com/page",
			Hint: "The address of the page, post or profile.",
			names: "links url urls target targeturl targetlink page pageurl pagelink linktopage post posturl postlink " +
				"linktopost profile profileurl profilelink linktoprofile orderlink",
		},
		{
			Name: "quantity", Heading: "Quantity", kind: integer, Example: "1",
			Hint:  "How many: a whole number within the service's min and max.",
			names: "qty quantities amount count howmany neededquantity quantityneeded orderquantity",
		},
		{
			Name: "runs", Heading: "Runs", kind: integer, Example: "1",
			Hint:  "Drip-feed: how often the quantity is delivered. Goes with Interval.",
			names: "run runstodeliver numberofruns noofruns dripfeedruns repeats repetitions",
		},
		{
			Name: "interval", Heading: "Interval", kind: integer, Example: "1",
			Hint:  "Drip-feed: minutes between the runs. Goes with Runs.",
			names: "intervalminutes intervalmin intervalinminutes dripfeedinterval",
		},
	}
}

// specialFields are of types that need more.
func specialFields() []Field {
	return []Field{
		{
			Name: "comments", Heading: "Comments", kind: list, Example: "comment",
			names: "comment commentslist commentlist listofcomments customcomments",
		},
		{
			Name: "usernames", Heading: "Usernames", kind: idList, Example: "username",
			names: "usernameslist usernamelist listofusernames",
		},
		{
			Name: "hashtags", Heading: "Hashtags", kind: list, Example: "hashtag",
			names: "hashtagslist hashtaglist listofhashtags",
		},
		{
			Name: "hashtag", Heading: "Hashtag", kind: plain, Example: "example",
		},
		{
			Name: "username", Heading: "Username", kind: id, Example: "example",
			names: "user",
		},
		{
			Name: "media", Heading: "Media", kind: address, Example: "https://example.com/page",
			names: "mediaurl medialink linktomedia",
		},
		{
			Name: "answer_number", Heading: "Answer number", kind: integer, Example: "1",
			names: "answer answerno answernr pollanswer pollanswernumber",
		},
		{
			Name: "groups", Heading: "Groups", kind: idList, Example: "group",
			names: "group groupslist grouplist listofgroups",
		},
	}
}

// subscriptionFields are of orders that wait for posts.
func subscriptionFields() []Field {
	return []Field{
		{
			Name: "min", Heading: "Min", kind: integer, Example: "1",
			Hint:  "The least to deliver to each post.",
			names: "minimum quantitymin minquantity minqty qtymin minimumquantity",
		},
		{
			Name: "max", Heading: "Max", kind: integer, Example: "1",
			Hint:  "The most to deliver to each post.",
			names: "maximum quantitymax maxquantity maxqty qtymax maximumquantity",
		},
		{
			Name: "posts", Heading: "Posts", kind: integer, Example: "1",
			Hint:  "How many new posts; empty for any number.",
			names: "newposts futureposts numberofposts",
		},
		{
			Name: "old_posts", Heading: "Old posts", kind: integer, Example: "1",
			names: "existingposts pastposts",
		},
		{
			Name: "delay", Heading: "Delay", kind: integer, Example: "0",
			Hint:  "Minutes between a new post and its order.",
			names: "delayminutes delaymin delayinminutes",
		},
		{
			Name: "expiry", Heading: "Expiry", kind: date, Example: "example",
			Hint:  "The last day, as 31/12/2030; empty for none.",
			names: "expirydate expires expireson expiration expirationdate enddate",
		},
	}
}

// trafficFields are of visits.
func trafficFields() []Field {
	return []Field{
		{
			Name: "keywords", Heading: "Keywords", kind: list, Example: "keyword",
			names: "keyword keywordslist keywordlist listofkeywords",
		},
		{
			Name: "country", Heading: "Country", kind: plain, Example: "US",
			names: "countrycode",
		},
		{
			Name: "device", Heading: "Device", kind: integer, Example: "1",
			names: "devicetype",
		},
		{
			Name: "type_of_traffic", Heading: "Type of traffic", kind: integer, Example: "1",
			names: "traffictype",
		},
		{
			Name: "google_keyword", Heading: "Google keyword", kind: plain, Example: "example",
			names: "googlekeywords googlesearchkeyword",
		},
		{
			Name: "referring_url", Heading: "Referring URL", kind: plain, Example: "https://example.com/page",
			names: "referrer referrerurl referer refererurl referringlink",
		},
	}
}

// FieldNamed is the field with that name of the API. One that only the configuration knows is a text.
func FieldNamed(name string) Field {
	all := KnownFields()
	if i := slices.IndexFunc(all, func(f Field) bool { return f.Name == name }); i >= 0 {
		return all[i]
	}
	words := strings.ReplaceAll(name, "_", " ")
	if rest, is := strings.CutSuffix(words, "url"); is {
		words = rest + "URL"
	}
	if words != "" {
		words = strings.ToUpper(words[:1]) + words[1:]
	}
	return Field{Name: name, Heading: words, Example: "example"}
}

// IsList tells whether the field holds items, one a line.
func (f Field) IsList() bool { return f.kind == list || f.kind == idList }

// IsWhole tells whether the field holds a whole number.
func (f Field) IsWhole() bool { return f.kind == integer }

// Names lists the names of all fields, in order. The slice is the caller's own. They are written out here as the check
// asks for them with each row.
func Names() []string {
	return []string{
		"panel", "ref", "service", "link", "quantity", "runs", "interval", "comments", "usernames", "hashtags", "hashtag",
		"username", "media", "answer_number", "groups", "min", "max", "posts", "old_posts", "delay", "expiry", "keywords",
		"country", "device", "type_of_traffic", "google_keyword", "referring_url", "order_id",
	}
}
