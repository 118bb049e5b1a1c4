package parse

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"bulkorder/parse/book"
)

// followLink chooses between what a cell shows and where its hyperlink leads. A text that would be taken as a link by
// itself must lead where the hyperlink does: a spreadsheet keeps the old hyperlink when the text is typed over.
func followLink(text, target string) (string, *fault) {
	target = book.Trim(target)
	switch {
	case text == "" || !isURL(target):
		return text, nil // a link that nobody sees is not what the person meant to order
	case !isAddress(text):
		return target, nil
	case !sameAddress(text, target):
		return "", &fault{"hyperlink-differs", "is shown, but its hyperlink leads to " + clip(target, foundLimit),
			"remove the hyperlink, or make both the same"}
	case isURL(text):
		return text, nil
	}
	return target, nil
}

// isAddress tells whether a text is a link in any of the spellings that are taken: a URL, one without its beginning, or
// an @name.
func isAddress(text string) bool {
	if isURL(text) {
		return true
	}
	if strings.ContainsFunc(text, unicode.IsSpace) {
		return false
	}
	if name, is := strings.CutPrefix(text, "@"); is {
		return name != ""
	}
	host, _, path := strings.Cut(text, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || dot == len(host)-1 {
		return false
	}
	// anna.maria is a name that is shown, shop.com a site.
	const endings = "com net org io co me tv app de tr ru br es fr it nl pl in id vn cn uk us eu info biz shop"
	return path || slices.Contains(strings.Fields(endings), strings.ToLower(host[dot+1:]))
}

// sameAddress tells whether an address in any spelling leads where a URL does.
func sameAddress(text, target string) bool {
	if name, is := strings.CutPrefix(text, "@"); is {
		_, _, path := cutURL(target)
		path, _, _ = strings.Cut(path, "?")
		segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
		return len(segments) > 0 && strings.EqualFold(strings.TrimPrefix(segments[len(segments)-1], "@"), name)
	}
	bare := !isURL(text)
	if bare {
		text = "https://" + text
	}
	if sameURL(text, target) || Target(text, "") == Target(target, "") {
		return true
	}
	return bare && sameURL(withoutHabits(text), withoutHabits(target))
}

// withoutHabits is a URL without what people leave out when they type one.
func withoutHabits(address string) string {
	_, host, rest := cutURL(address)
	if path, err := url.PathUnescape(rest); err == nil {
		rest = path
	}
	return "https://" + strings.TrimPrefix(strings.ToLower(host), "www.") + rest
}

func isURL(s string) bool {
	_, host, _ := cutURL(s)
	return host != ""
}

// sameURL compares two URLs as a person would: case of scheme and host and a slash at the end don't count.
func sameURL(a, b string) bool {
	schemeA, hostA, restA := cutURL(a)
	schemeB, hostB, restB := cutURL(b)
	return strings.EqualFold(schemeA, schemeB) && strings.EqualFold(hostA, hostB) &&
		strings.TrimSuffix(restA, "/") == strings.TrimSuffix(restB, "/")
}

// cutURL parts an http or https URL; the host is empty where it is none.
func cutURL(s string) (scheme, host, rest string) {
	scheme, after, found := strings.Cut(s, "://")
	if !found || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return "", "", ""
	}
	end := strings.IndexAny(after, "/?#")
	if end < 0 {
		end = len(after)
	}
	return scheme, after[:end], after[end:]
}
