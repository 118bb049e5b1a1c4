package panel

import (
	"net/http"
	"slices"
	"strings"
)

// This file is the rule by which an error text is a clear no: it speaks of what the request said or of the account, and
// nothing in the whole answer is a sign that an order exists or that it went wrong elsewhere.

// reading is what an answer without an order says.
type reading struct {
	error string // the error itself, plain
	all   string // every value, plain
	said  string // every value that is a text, as it came
	odd   bool   // a member stands beside the error that errors don't come with
	left  bool   // a member tells what is left of the balance, which errors about funds alone come with
}

// read reads an answer whose error is this text.
func read(body []byte, text string) reading {
	members, _ := leaves(body)
	r := reading{error: plain(text)}
	var all, said strings.Builder
	for _, l := range members {
		if l.empty() {
			continue
		}
		r.odd = r.odd || !besideAnError(l)
		r.left = r.left || ofTheBalance.MatchString(l.name)
		if ofAnOrder.MatchString(l.name) {
			all.WriteString(" order exists ")
		}
		all.WriteString(plain(l.value) + "|")
		if l.quoted {
			said.WriteString(l.value + " | ")
		}
	}
	r.all, r.said = all.String(), said.String()
	return r
}

// readText reads a text that stands alone.
func readText(text string) reading { return reading{error: plain(text), all: plain(text), said: text} }

// known tells whether it is in languages whose signs are listed.
func (r reading) known() bool {
	v := vocabulary()
	return readable(address.ReplaceAllString(r.said, " ")) && v.covers(strings.Fields(r.error)) &&
		v.covers(strings.Fields(plain(r.said)))
}

// class tells what an error is about. Unknown and unsure are no clear no.
func (r reading) class(text string, more Texts) Class {
	if class, rest, is := r.taught(text, more); is {
		if _, hidden := sign(rest); hidden && class != ClassUnsure {
			return ClassUnsure
		}
		return class
	}
	_, away := has(r.all, maintenance())
	_, active := has(r.all, knownTexts()[ClassActive])
	_, behind := has(without(r.all, harmless()), elsewhere())
	_, hidden := sign(r.all)
	switch {
	case away:
		return ClassAway
	case behind, r.odd, hidden && !active:
		return ClassUnsure
	case !r.known():
		return ClassUnknown
	case active:
		return ClassActive
	case linkLimit.MatchString(r.error):
		return ClassUnsure
	}
	if class := r.subject(); !r.left || class == ClassFunds {
		return class
	}
	return ClassUnsure
}

// subject tells what a text without a sign speaks of.
func (r reading) subject() Class {
	known, allow := knownTexts(), allowing()
	for _, class := range []Class{ClassRate, ClassKey, ClassFunds, ClassRequest, ClassField, ClassCount, ClassService} {
		if r.speaks(class, known, allow) {
			return class
		}
	}
	if !r.names(refusing()) {
		return ClassUnknown
	}
	if r.names(allow[ClassField]) && r.names(allow[ClassCount]) && r.names(allow[ClassService]) {
		return ClassRequest
	}
	for _, class := range []Class{ClassKey, ClassFunds, ClassField, ClassCount, ClassService, ClassRequest} {
		if r.speaks(class, allow, allow) {
			return class
		}
	}
	if r.names(accountWords()) {
		return ClassKey
	}
	return ClassUnknown
}

// speaks tells whether the error is of a class by its words. The funds must be said to be short. Where the request as a
// whole is named and no field of it, "try again" is a sign.
func (r reading) speaks(class Class, words, allow map[Class][]string) bool {
	switch {
	case !r.names(words[class]):
		return false
	case class == ClassFunds:
		return r.names(shortage())
	case class == ClassRequest:
		_, later := has(r.all, again())
		return !later || r.names(allow[ClassField], allow[ClassCount], allow[ClassService])
	}
	return true
}

// names tells whether the error holds one of some words.
func (r reading) names(lists ...[]string) bool {
	_, is := has(r.error, slices.Concat(lists...))
	return is
}

// taught finds the class that the configuration gives a text, and what the answer says beside it.
func (r reading) taught(text string, more Texts) (class Class, rest string, is bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, class := range classes() {
		for _, part := range more[class] {
			whole, exact := strings.CutPrefix(strings.ToLower(part), "=")
			if exact && strings.TrimRight(text, ".!") == strings.TrimRight(whole, ".!") ||
				!exact && strings.Contains(text, whole) {
				return class, without(r.all, []string{strings.TrimSpace(plain(whole))}), true
			}
		}
	}
	return ClassUnknown, "", false
}

// lexicon holds the listed words.
type lexicon struct {
	whole   map[string]bool
	stems   []string
	neutral []string // tell no language
	strange []string // tell a language that isn't listed
}

func vocabulary() lexicon {
	l := lexicon{whole: map[string]bool{}, neutral: worldwide(), strange: strange()}
	lists := [][]string{ordinary(), existing(), elsewhere(), again(), harmless(), maintenance(), accountWords(),
		shortage(), refusing()}
	for _, texts := range []map[Class][]string{knownTexts(), allowing()} {
		for _, list := range texts {
			lists = append(lists, list)
		}
	}
	for _, phrase := range slices.Concat(lists...) {
		stem, open := strings.CutSuffix(phrase, "*")
		words := strings.Fields(stem)
		if open {
			l.stems = append(l.stems, words[len(words)-1])
			words = words[:len(words)-1]
		}
		for _, word := range words {
			l.whole[word] = true
		}
	}
	return l
}

func (l lexicon) covers(words []string) bool {
	told, unknown := 0, 0
	for _, word := range words {
		_, odd := has(" "+word+" ", l.strange)
		switch {
		case odd && !l.whole[word]:
			return false
		case len([]rune(word)) == 1, strings.ContainsAny(word, "0123456789"), slices.Contains(l.neutral, word):
		case l.whole[word], slices.ContainsFunc(l.stems, func(s string) bool { return strings.HasPrefix(word, s) }):
			told++
		default:
			unknown++
		}
	}
	return unknown == 0 || told >= unknown
}

// classify finds the class of an error text that is not about an order, or of one that stands alone. That something
// isn't to be had now is no sign there: nothing is charged for what it asks.
func classify(text string, more Texts) Class {
	r := readText(text)
	if class, _, is := r.taught(text, more); is {
		return class
	}
	passing := append(harmless(), list(`unavailable, temporar*, indispon*`)...)
	if _, behind := has(without(r.all, passing), elsewhere()); behind {
		return ClassUnsure
	}
	if _, active := has(r.all, knownTexts()[ClassActive]); active {
		return ClassActive
	}
	return r.subject()
}

// judgeError decides about an answer that holds an error and no order.
func judgeError(status int, header http.Header, body []byte, text string, doubt Added, more Texts) Added {
	a := Added{Class: read(body, text).class(text, more), Words: text}
	if status == http.StatusTooManyRequests && a.Class == ClassUnknown {
		a.Class = ClassRate
	}
	clear := []Class{ClassFunds, ClassService, ClassCount, ClassField, ClassRequest}
	if status == http.StatusUnauthorized && slices.Contains(clear, a.Class) {
		a.Class = ClassKey
	}
	switch a.Class {
	case ClassService, ClassCount, ClassField, ClassRequest:
		a.Verdict = Refused
	case ClassKey:
		a.Verdict, a.Stop = Unsent, StopKey
	case ClassFunds:
		a.Verdict = Short
	case ClassRate:
		a.Verdict, a.RetryAfter = Slow, retryAfter(header)
	case ClassActive:
		a.Verdict = Active
	case ClassAway:
		doubt.RetryAfter = retryAfter(header)
		fallthrough
	default:
		doubt.Class, doubt.ErrorText = a.Class, true
		doubt.Words = doubtfulWords + text
		return doubt
	}
	return a
}

// doubtfulWords are said before an error text that is no clear no.
const doubtfulWords = "the panel's error doesn't tell whether an order exists: "
