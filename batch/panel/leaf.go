package panel

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// leaf is one member of an answer, however deep: its name and, where it holds neither an object nor a list, its value.
// The members of a list have the list's name.
type leaf struct {
	name   string
	value  string // of scalars
	quoted bool   // it is a string
	opens  bool   // it holds an object or a list
}

// empty tells that a member says that there is none.
func (l leaf) empty() bool {
	return !l.opens && (l.value == "" || !l.quoted && nothing([]byte(l.value)) || l.value == "0")
}

// leaves reads all members of a closed JSON value, in their order. doubled tells that an object holds a name twice,
// in whatever letters: which value counts can't be known then.
func leaves(body []byte) (all []leaf, doubled bool) {
	d := json.NewDecoder(bytes.NewReader(unmarked(body)))
	d.UseNumber()
	var p plucker
	for {
		token, err := d.Token()
		if err != nil {
			return p.all, p.doubled
		}
		p.take(token)
	}
}

// plucker takes an answer's members from its tokens. It goes down by no calls: answers nest as deep as they like.
type plucker struct {
	all     []leaf
	doubled bool
	open    []frame
}

// frame is an object or a list that is being read.
type frame struct {
	name  string          // of the member that holds it
	names map[string]bool // of an object: what it held until now, in small letters; nil: a list
	named bool            // of an object: key was read, its value comes next
	key   string
}

func (p *plucker) take(token json.Token) {
	delim, is := token.(json.Delim)
	if is && (delim == '}' || delim == ']') {
		p.open = p.open[:len(p.open)-1]
		return
	}
	if key, is := token.(string); is && p.key(key) {
		return
	}
	l := leaf{name: p.name(), opens: is}
	switch value := token.(type) {
	case json.Delim:
		p.push(l.name, delim == '{')
	case string:
		l.value, l.quoted = strings.TrimSpace(value), true
	case nil:
		l.value = "null"
	default:
		l.value = fmt.Sprint(value)
	}
	p.all = append(p.all, l)
}

// key takes the name of an object's next member; false: a string is a value.
func (p *plucker) key(key string) bool {
	if len(p.open) == 0 {
		return false
	}
	top := &p.open[len(p.open)-1]
	if top.names == nil || top.named {
		return false
	}
	small := strings.ToLower(key)
	p.doubled = p.doubled || top.names[small]
	top.names[small], top.named, top.key = true, true, key
	return true
}

// name is that of the value that comes now.
func (p *plucker) name() string {
	if len(p.open) == 0 {
		return ""
	}
	top := &p.open[len(p.open)-1]
	if top.names == nil {
		return top.name
	}
	top.named = false
	return top.key
}

func (p *plucker) push(name string, object bool) {
	f := frame{name: name}
	if object {
		f.names = map[string]bool{}
	}
	p.open = append(p.open, f)
}
