package panel

import "strings"

// Shape is what order ids of an account look like: of digits alone or not, and how long. The zero value fits all.
type Shape struct {
	known           int
	digits, letters bool // there are ids of digits alone, and others
	least, most     int  // how long they are
}

// enoughIDs is how many ids tell the shape of others.
const enoughIDs = 3

// with is the shape of these ids too.
func (s Shape) with(ids ...string) Shape {
	for _, id := range ids {
		if strings.Trim(id, "0123456789") == "" {
			s.digits = true
		} else {
			s.letters = true
		}
		if s.known++; s.known == 1 {
			s.least = len(id)
		}
		s.least, s.most = min(s.least, len(id)), max(s.most, len(id))
	}
	return s
}

// Fits tells whether an id looks like the account's others. Numbers grow: those of a new order have at most two digits
// more, and one less where several sequences are used.
func (s Shape) Fits(id string) bool {
	if s.known < enoughIDs {
		return true
	}
	digits := strings.Trim(id, "0123456789") == ""
	return (digits && s.digits || !digits && s.letters) && len(id) >= s.least-1 && len(id) <= s.most+2
}

// Knows tells the client ids of orders that the account has: an answer whose id looks unlike them is in doubt. Those
// that it is answered itself it learns.
func (c *Client) Knows(ids ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids = c.ids.with(ids...)
}
