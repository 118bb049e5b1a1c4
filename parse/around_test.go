package parse

import (
	"strings"
	"testing"
)

// TestALineBelowALongList: what stands below more rows than are looked at first is an error where it says that they
// aren't to be ordered, and nothing where it is a signature.
func TestALineBelowALongList(t *testing.T) {
	list := "Service,Link,Quantity\n" + strings.Repeat("101,https://x.com/a,500\n", footRows+1)
	r := read(t, "f.csv", list+"Do not order any of this\n", Options{})
	if r.err == nil || !strings.Contains(r.err.Error(), "below a great many rows") {
		t.Errorf("a line that stops all: %v", r.err)
	}
	if r := read(t, "f.csv", list+"Prepared by Ann\n", Options{}); r.err != nil {
		t.Errorf("a signature: %v", r.err)
	}
}
