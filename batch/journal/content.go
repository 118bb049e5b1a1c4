package journal

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Identity is what makes a row the same row in another sheet.
type Identity struct {
	Ref     string // the person's own name of the order, folded; empty: none
	Content string // hash of service, target and fields: targets, not spellings, are compared
	Alias   string // the content where its links are read more loosely; empty: it is the same
	Nth     int    // among equal rows of the sheet, from 1
	Loose   bool   // the alias is of links into a thing: a sheet that has two of them means both
}

// Identify tells what an order of a service with these parameters is known by.
func Identify(s panel.Service, params []panel.Param, ref string) Identity {
	id, _ := IdentifyAimed(s, params, ref)
	return id
}

// IdentifyAimed tells what its link points at too, in the spelling in which targets are compared.
func IdentifyAimed(s panel.Service, params []panel.Param, ref string) (id Identity, link string) {
	id = Identity{Ref: FoldRef(ref), Nth: 1}
	id.Content, link = content(s.ID, params, aims{kind: s.Type})
	about := s.Name + " " + s.Category
	loosely := aims{kind: s.Type, loosely: true}
	named := slices.ContainsFunc(params, mayBeName)
	into := named || slices.ContainsFunc(params, loosely.differ)
	loosely.nameless = (into || parse.NameOf(link) != "") && !parse.TellsPlatform(about)
	if !into && !loosely.nameless {
		return id, link
	}
	if named {
		loosely.about = about
	}
	if alias, aliased := content(s.ID, params, loosely); alias != id.Content {
		id.Alias, link, id.Loose = alias, aliased, loosely.about == ""
	}
	return id, link
}

// aims is how what a parameter points at is read.
type aims struct {
	kind    string // of the service
	about   string // its name and category, which tell what an @name is a profile of; empty: that isn't asked
	loosely bool   // links into a thing are links to it
	// nameless: the service doesn't tell its site. It has one all the same, so that a profile is its @name wherever.
	nameless bool
}

// differ tells whether a parameter is read otherwise than strictly.
func (a aims) differ(p panel.Param) bool {
	return parse.MayPointInto(p.Value) && a.target(p) != aims{kind: a.kind}.target(p)
}

// mayBeName tells parameters that may point at an @name, of which the service tells more.
func mayBeName(p panel.Param) bool {
	return p.Name == "username" || strings.HasPrefix(strings.TrimSpace(p.Value), "@")
}

// Likeness is by what equal rows of one sheet are counted.
func (id Identity) Likeness() string {
	if id.Alias != "" {
		return id.Alias
	}
	return id.Content
}

// Key names the row within its batch.
func (id Identity) Key(account int64) string {
	if id.Ref != "" {
		return "ref:" + id.Ref
	}
	return strconv.FormatInt(account, 10) + ":" + id.Content + "-" + strconv.Itoa(id.Nth)
}

func content(service string, params []panel.Param, a aims) (hash, link string) {
	sorted := slices.Clone(params)
	slices.SortFunc(sorted, func(a, b panel.Param) int { return strings.Compare(a.Name, b.Name) })
	text := strconv.AppendQuote(make([]byte, 0, 256), service)
	for _, p := range sorted {
		if p.Name == "service" {
			continue
		}
		aim := a.target(p)
		text = strconv.AppendQuote(strconv.AppendQuote(text, p.Name), aim)
		if p.Name == "link" {
			link = aim
		}
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:contentLength/2]), link
}

// contentLength is how many letters stand for a content.
const contentLength = 32

// target compares what a parameter points at; what doesn't point counts as it is sent. For web traffic and
// search engines every part of an address may mean something.
func (a aims) target(p panel.Param) string {
	if a.nameless {
		a.nameless = false
		target := a.target(p)
		return cmp.Or(parse.NameOf(target), target)
	}
	switch {
	case p.Name != "link" && p.Name != "media" && p.Name != "username":
		return p.Value
	case strings.Contains(strings.ToLower(a.kind), "traffic") || strings.HasPrefix(strings.ToUpper(a.kind), "SEO"):
		return parse.TargetAsTyped(p.Value)
	case p.Name == "username" && !strings.Contains(p.Value, "/"):
		return parse.Target("@"+strings.TrimPrefix(strings.TrimSpace(p.Value), "@"), a.about)
	case a.loosely:
		return parse.TargetLoosely(p.Value, a.about)
	}
	return parse.Target(p.Value, a.about)
}

// OrderKey brings an order's id into the form in which ids are compared: numbers as numbers.
func OrderKey(id string) string {
	id = strings.TrimSpace(id)
	if short := strings.TrimLeft(id, "0"); short != "" && strings.Trim(short, "0123456789") == "" {
		return short
	}
	return id
}
