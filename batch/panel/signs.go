package panel

import (
	"regexp"
	"slices"
	"strings"
)

// This file finds the signs that forbid a clear no.

// ofAnOrder are names of members that tell of an order.
var ofAnOrder = regexp.MustCompile(`(?i)^(remains|start_?count|charge|orders|order_?status|refs?|reference|uuid|guid|` +
	`new_?balance|balance_?after|remaining_?balance|\w+_order_?id|trx\w*)$`)

var (
	// names of members that tell of the balance: what is left once something was charged
	ofTheBalance = regexp.MustCompile(`(?i)^(current_?)?balance$`)
	// a limit of a link, which orders of ours for it have reached: this one, where something repeated it
	linkLimit = regexp.MustCompile(
		` (link|links|url|enlace|tautan|baglanti|ссылк[а-я]*) (orders? )?(limit|лимит)[a-zа-я]* |` +
			` (limit[a-z]*|лимит[а-я]*) ((exceeded|reached|for|of|on|per|del|de|do|da|para|el|este|na|на|для|эту|этои|` +
			`this|the|that|your|same) )+(link|url|enlace|ссылк[а-я]*) `,
	)
)

var (
	fieldWords = regexp.MustCompile(
		`^(the |your |this |a |an |all |any )?(link|url|quantity|service|comment|username|` +
			`post|profile|runs|data|field|parameter|value|request)`,
	)
	orderNumber = regexp.MustCompile(`(\S*) (?:` + orderWords() + `)(?: id| no| number| num| nr| ref| is| with| kodu|` +
		` numarasi| numara| numero| nomor| so| ma| \|)* ([a-z]*\d[a-z0-9]*) `)
	anID = regexp.MustCompile(`(\S*) (?:id|ref|reference|ticket|invoice|transaction|job|task|track|receipt|number)` +
		`(?: is| no| \|)* ([a-z]*\d[a-z0-9]{2,}) `)
	ofAService = regexp.MustCompile(`^(service|servis|hizmet|услуг|serv|layanan|dich|vu|minimum|maximum)`)
	// letters and digits in turns: 8f3a22, but not 24hours
	mixedCode = regexp.MustCompile(` \d+ of \d+ | ([a-z]+\d+[a-z]|\d+[a-z]+\d)[a-z0-9]{3,} `)
	mention   = regexp.MustCompile(
		` (order|orders|purchase|purchases|delivery|siparis[a-z]*|заказ[а-я]*|pedidos?|orden|ordenes|` +
			`pesanan|don hang) `,
	)
	numbered = regexp.MustCompile(` (?:for|link|url) \d{3,} | you have \d`)
	least    = regexp.MustCompile(`^(min|max|мин|макс)`)
)

// sign finds a sign that an order exists, or that it went wrong elsewhere.
func sign(all string) (found string, is bool) {
	all = without(all, harmless())
	for _, word := range beforeAField() {
		for i := at(all, word); i >= 0; i = at(all, word) {
			end := i + 1 + len(word) + 1
			if !fieldWords.MatchString(all[end:]) {
				return word, true
			}
			all = all[:i] + " | " + all[end:]
		}
	}
	if found, is = has(all, existing()); is {
		return found, true
	}
	if found, is = has(all, elsewhere()); is {
		return found, true
	}
	if m := anID.FindStringSubmatch(all); m != nil && !ofAService.MatchString(m[1]) {
		return strings.TrimSpace(m[0]), true
	}
	if code := mixedCode.FindString(all); code != "" {
		return strings.TrimSpace(code), true
	}
	if number := numbered.FindString(all); number != "" {
		return strings.TrimSpace(number), true
	}
	for _, m := range orderNumber.FindAllStringSubmatch(all, -1) {
		if !least.MatchString(m[1]) {
			return strings.TrimSpace(m[0]), true
		}
	}
	m := mention.FindString(without(all, aboutOrders()))
	return strings.TrimSpace(m), m != ""
}

var (
	errorNames = regexp.MustCompile(
		`(?i)^(errors?|err|error_?(message|msg|text|type|name|code|description)|message|messages|msg|` +
			`description|details?|reason|status|state|success|ok|response|result|results|data|code|status_?code|` +
			`http_?code|type|` +
			`title|name|locale|lang|language|hint|help|docs?|documentation|path|method|timestamp|time|date|version|` +
			`api_?version|` +
			`request_?id|trace_?id|correlation_?id|retry_?after|limit|remaining|reset|currency|balance|` +
			`current_?balance|required|required_?amount|needed|available|shortage|shortfall|` +
			`` +
			`fields?|params?|parameters?|key|action|service|service_?id|link|url|quantity|min|max|minimum|maximum|` +
			`value|values|` +
			`expected|allowed|rule|rules|meta|info|target)$`,
	)
	requestNames = regexp.MustCompile(
		`(?i)^(runs|interval|comments?|usernames?|hashtags?|media|answer_number|groups|keywords|` +
			`country|device|type_of_traffic|google_keyword|referring_url|delay|posts|old_posts|expiry|check|amount|charge)$`,
	)
	negative    = regexp.MustCompile(`(^|\s)-[$€£₺₹₽]?\d`)
	statusNames = regexp.MustCompile(`(?i)^(status|state|success|ok|response|results?)$`)
)

// besideAnError tells whether a member is one that errors come with: any other may tell of an order. A status must be
// one of failure, or a number; a balance below zero was charged.
func besideAnError(l leaf) bool {
	switch {
	case statusNames.MatchString(l.name) && l.quoted && strings.Trim(l.value, "0123456789") != "":
		_, failed := has(plain(l.value), slices.Concat(refusing(), list(`false, unauthenticated, unprocessable*`)))
		return failed
	case negative.MatchString(l.value):
		return false
	case requestNames.MatchString(l.name):
		return l.quoted && strings.Trim(l.value, "0123456789.") != "" || l.opens
	}
	return l.name == "" || errorNames.MatchString(l.name)
}
