package sandbox

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Saying is how a panel writes one of its refusals. Of several for the same text each has its turn.
type Saying struct {
	Of   string // the text in the documents' words, or its beginning: "Quantity less"; empty: any other
	Code int    // HTTP code; 0: as Config.ErrorCodes says
	Body string // the answer; {text} stands for the documents' text, escaped for JSON
}

type sayings struct {
	list []Saying
	told map[string]int // by Of
}

// of finds the saying for a text, or nil. What is told of a text itself goes before what is told of any.
func (s *sayings) of(reason string) *Saying {
	best, fits := "", 0
	for _, x := range s.list {
		if strings.HasPrefix(reason, x.Of) && len(x.Of) >= len(best) {
			if x.Of != best {
				best, fits = x.Of, 0
			}
			fits++
		}
	}
	if fits == 0 {
		return nil
	}
	if s.told == nil {
		s.told = map[string]int{}
	}
	turn := s.told[best] % fits
	s.told[best]++
	for i := range s.list {
		if s.list[i].Of != best {
			continue
		}
		if turn == 0 {
			return &s.list[i]
		}
		turn--
	}
	return nil
}

// LinkRule is what a panel wants of links, beside their being links.
type LinkRule struct {
	For   string   // regular expression of the services' names; empty: all
	Want  string   // regular expression that links must match; empty: none
	Not   string   // regular expression that they must not match; empty: none
	Texts []string // of the refusal, by turns
}

type linkRule struct {
	services, want, not *regexp.Regexp // nil: all, none, none
	texts               []string
	told                int // how often
}

func prepareLinks(rules []LinkRule) (ready []linkRule, err error) {
	for i, r := range rules {
		var next linkRule
		for _, x := range []struct {
			text string
			to   **regexp.Regexp
		}{{r.For, &next.services}, {r.Want, &next.want}, {r.Not, &next.not}} {
			if x.text == "" {
				continue
			}
			if *x.to, err = regexp.Compile(x.text); err != nil {
				return nil, fmt.Errorf("link rule %d: %w", i+1, err)
			}
		}
		if next.texts = r.Texts; len(r.Texts) == 0 {
			return nil, errors.New("a link rule without a text")
		}
		ready = append(ready, next)
	}
	return ready, nil
}

// checkLink judges a link by the panel's own rules.
func (s *Sandbox) checkLink(svc *service, link string) (refusal string) {
	for i := range s.links {
		r := &s.links[i]
		meant := r.services == nil || r.services.MatchString(svc.Name)
		wrong := r.want != nil && !r.want.MatchString(link) || r.not != nil && r.not.MatchString(link)
		if meant && wrong {
			r.told++
			return r.texts[(r.told-1)%len(r.texts)]
		}
	}
	return ""
}
