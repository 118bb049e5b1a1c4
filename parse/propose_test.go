package parse

import (
	"strings"
	"testing"
)

// TestProposalsThatAreNotCertainAreNotMade: a column whose name says that it holds something else is never proposed for
// the services' ids or the quantities.
func TestProposalsThatAreNotCertainAreNotMade(t *testing.T) {
	for _, tt := range []struct{ name, content, want, never string }{
		{"a shop's lines", "Name,Lineitem quantity,Lineitem sku,Notes\nann,1,1011,https://x.com/a\n" +
			"bob,2,1013,https://x.com/b\n",
			`--map "Lineitem sku=service" --map "Notes=link" --map "Lineitem quantity=quantity"`, "quantity=service"},
		{"a shop's orders", "Order Number,SKU,Quantity,Link\n3301,1011,1,https://x.com/a\n3302,1013,1,https://x.com/b\n",
			`--map "SKU=service"`, "Order Number="},
		{"a head of two lines", "Service,\"Link\n(public!)\",Quantity\n101,https://x.com/a,500\n",
			`--map 'Link (public!)=link'`, "Their name"},
		{"orders of a shop alone", "Order Number,Quantity,Link\n3301,100,https://x.com/a\n3302,99,https://x.com/b\n",
			"name the service column", "Order Number="},
		{"what several services deliver", "Profile,Followers,Likes\nhttps://x.com/a,500,100\nhttps://x.com/b,600,100\n",
			"a row of its own", "=service"},
		{"two fields in one name", "Service,Link & Quantity\n1011,https://x.com/a 500\n", "--map", "=min"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, "f.csv", tt.content, Options{})
			if got.err == nil || !strings.Contains(got.err.Error(), tt.want) || strings.Contains(got.err.Error(), tt.never) {
				t.Errorf("got %v", got.err)
			}
		})
	}
}
