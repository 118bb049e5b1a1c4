package panel

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAListThatMayBeOnePageOfMoreSaysSo(t *testing.T) {
	for _, tt := range []struct {
		n    int
		hint bool
	}{{99, false}, {100, true}, {101, false}, {1000, true}} {
		var items []string
		for i := range tt.n {
			items = append(items, fmt.Sprintf(
				`{"service":%d,"name":"Likes","type":"Default","category":"IG","rate":"1","min":"1","max":"2"}`, i+1))
		}
		c, err := parseCatalogue([]byte("["+strings.Join(items, ",")+"]"), time.Time{})
		if err != nil || (c.Hint() != "") != tt.hint {
			t.Errorf("%d services: hint %q, %v", tt.n, c.Hint(), err)
		}
	}
}
