package book

import (
	"bytes"
	"math"
	"strconv"
)

// mostReckoned is how many columns are told of a formula: those that fit into its bits.
const mostReckoned = 64

// reckoned are the columns of the formula's own row out of which it is reckoned, as bits: C2+D2 in row 2. A formula
// that does more than to add, multiply and divide tells of none.
func reckoned(formula []byte, row int) (columns uint64) {
	const longest = 100 // bytes: such a formula does more
	if len(formula) == 0 || len(formula) > longest {
		return 0
	}
	text := bytes.ReplaceAll(bytes.ToUpper(formula), []byte("$"), nil)
	text = bytes.ReplaceAll(text, []byte("SUM("), []byte("("))
	if len(bytes.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-*/(),:. ")) > 0 {
		return 0
	}
	from := -1 // where a range begins
	for len(text) > 0 {
		n := 0
		for n < len(text) && (text[n] >= 'A' && text[n] <= 'Z' || text[n] >= '0' && text[n] <= '9') {
			n++
		}
		column, at, is := reference(text[:n])
		switch named := n > 0 && text[0] >= 'A'; {
		case named && (!is || n < len(text) && text[n] == '('):
			return 0 // a function, or a name
		case is && at == row && column < mostReckoned:
			if from < 0 {
				from = column
			}
			for c := from; c <= column; c++ {
				columns |= 1 << c
			}
			if from = -1; n < len(text) && text[n] == ':' {
				from = column
			}
		}
		if n == 0 {
			n = 1
		}
		text = text[n:]
	}
	return columns
}

// shareReckoned gives a cell whose formula is that of another cell further up, or beside it, what that one is reckoned
// of.
func (s *rowScanner) shareReckoned(c *xmlCell, index []byte, columns uint64) {
	const most = 1000 // formulas that are kept
	if len(index) == 0 {
		c.reckoned = columns
		return
	}
	if len(s.word) > 0 && len(s.shared) < most {
		if s.shared == nil {
			s.shared = map[string]sharedFormula{}
		}
		s.shared[string(index)] = sharedFormula{c.column, columns}
	}
	if f := s.shared[string(index)]; f.column == c.column {
		c.reckoned = f.columns
	}
}

// sharedFormula is a formula that several cells have: its first column, and what it is reckoned of there.
type sharedFormula struct {
	column  int
	columns uint64
}

// constant is what a formula gives that reckons with nothing but numbers, such as 500*2. Its value stands in the file
// too, and may be one of before it was typed.
func constant(formula []byte) (value float64, is bool) {
	const longest = 100 // bytes: such a formula does more
	if len(formula) == 0 || len(formula) > longest || len(bytes.Trim(formula, "0123456789.+-*/() ")) > 0 {
		return 0, false
	}
	c := &calculation{text: bytes.ReplaceAll(formula, []byte(" "), nil), sound: true}
	value = c.sum()
	return value, c.sound && len(c.text) == 0 && !math.IsInf(value, 0) && !math.IsNaN(value)
}

// keeps tells whether a cell holds what its formula of numbers gives.
func (c *xmlCell) keeps(held Cell) bool {
	const close = 1e-9 // of the number: they are kept with 15 digits
	value, err := strconv.ParseFloat(held.Text, 64)
	return err != nil || held.Kind != Number && held.Kind != Text ||
		math.Abs(value-c.gives) <= close*math.Max(1, math.Abs(c.gives))
}

// calculation takes a formula of numbers apart, from its beginning.
type calculation struct {
	text  []byte
	sound bool
}

// next takes the first byte off where it is one of some.
func (c *calculation) next(some string) byte {
	if len(c.text) == 0 || bytes.IndexByte([]byte(some), c.text[0]) < 0 {
		return 0
	}
	first := c.text[0]
	c.text = c.text[1:]
	return first
}

func (c *calculation) sum() float64 {
	value := c.product()
	for sign := c.next("+-"); sign != 0; sign = c.next("+-") {
		if sign == '-' {
			value -= c.product()
		} else {
			value += c.product()
		}
	}
	return value
}

func (c *calculation) product() float64 {
	value := c.factor()
	for sign := c.next("*/"); sign != 0; sign = c.next("*/") {
		if sign == '/' {
			value /= c.factor()
		} else {
			value *= c.factor()
		}
	}
	return value
}

func (c *calculation) factor() float64 {
	switch c.next("+-(") {
	case '+':
		return c.factor()
	case '-':
		return -c.factor()
	case '(':
		value := c.sum()
		c.sound = c.sound && c.next(")") != 0
		return value
	}
	n := 0
	for n < len(c.text) && (c.text[n] >= '0' && c.text[n] <= '9' || c.text[n] == '.') {
		n++
	}
	value, err := strconv.ParseFloat(string(c.text[:n]), 64)
	c.sound, c.text = c.sound && err == nil, c.text[n:]
	return value
}
