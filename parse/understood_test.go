package parse

import (
	"fmt"
	"strings"
	"testing"
)

// TestNotesThatAreUnderstood: what changes nothing about an order is no question; what isn't understood is one.
func TestNotesThatAreUnderstood(t *testing.T) {
	words := newDoneLists()
	for text, want := range map[string]bool{
		"urgent!!":                               true,
		"VIP ⭐⭐":                                 true,
		"⭐":                                      true,
		"invoice 2231":                           true,
		"paid via PayPal, thanks":                true,
		"approved by Tom":                        true,
		"new client, be nice":                    true,
		"same as last month":                     true,
		"call when done with the photos":         true,
		"not cancelled":                          true,
		"ann@nord.example":                       true,
		"https://docs.example/brief":             true,
		"12/05/2026":                             true,
		"Done Records Ltd":                       true,
		"for the gym in Leeds":                   true,
		"para o show de sábado":                  true,
		"Café Luna":                              true,
		"Stammkunde, bitte zeitnah":              true,
		"müşteri linki onayladı":                 true,
		"постоянный клиент":                      true,
		"cliente antigo, sem queda":              true,
		"lo antes posible":                       true,
		"comme d’habitude":                       true,
		"pelanggan lama":                         true,
		"khách quen, chạy ngay":                  true,
		"عميل دائم":                              true,
		"पुराना ग्राहक":                          true,
		"老客户，不要掉粉":                               true,
		"いつも通り、至急":                               true,
		"ลูกค้าประจำ":                            true,
		"Lena takes care of it":                  false,
		"boss says nope to this":                 false,
		"the page has moved":                     false,
		"Chefin meldet sich":                     false,
		"the client vanished":                    false,
		"müşteri ortadan kayboldu":               false,
		"клиент пропал":                          false,
		"o cliente sumiu":                        false,
		"el cliente desapareció":                 false,
		"le client a disparu":                    false,
		"klien menghilang":                       false,
		"اختفى العميل":                           false,
		"ग्राहक गायब":                            false,
		"客户失联":                                   false,
		"お客様と連絡が取れない":                            false,
		"고객 연락 두절":                               false,
		"mteja ametoweka":                        false, // a language that isn't known at all
		"lost in the mail, Peter knows":          false,
		"Müller":                                 false,
		"Storniert":                              false,
		"clarify with Ann whether this one goes": false,
	} {
		if got := words.understood(text, ""); got != want {
			t.Errorf("%s: understood %v", text, got)
		}
	}
	if !words.understood("Nord", "101 https instagram com nord 500") {
		t.Error("a name that stands beside it isn't known")
	}
}

// TestNotesThatNobodyUnderstands: their rows are asked about, wherever the note stands.
func TestNotesThatNobodyUnderstands(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"in a column of notes", "service,link,quantity,Notes\n1,a,5,Chefin meldet sich\n1,b,5,urgent\n", "2 D2"},
		{"in a column without a name", "service,link,,quantity\n1,a,Chefin meldet sich,5\n1,b,,5\n", "2 C2"},
		{"a tick", "service,link,quantity,Notes\n1,a,5,TRUE\n", ""},
		{"comments to be published", "service,link,Comments\n1,a,so very beautiful\n", ""},
		{"a client's name", "service,link,quantity,Client\n1,a,5,Vanished Tribe\n", ""},
		{"chosen by the person", "service,link,quantity,Notes\n1,a,5,Chefin meldet sich\n", "with --where"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, want := Options{HoldNotes: true}, c.want
			if want == "with --where" {
				o.Where, want = []string{"Notes=Chefin meldet sich"}, ""
			}
			if got := read(t, "f.csv", c.content, o).asked("note-unknown"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestNotesThatNobodyUnderstandsAreTold: without the person's word they hold no row. They are told before those that are
// understood, of which some may be left out.
func TestNotesThatNobodyUnderstandsAreTold(t *testing.T) {
	var b strings.Builder
	b.WriteString("service,link,quantity,Notes\n")
	for i := range 30 {
		fmt.Fprintf(&b, "1,https://x.com/p%d,5,urgent %c\n", i, 'a'+i)
	}
	b.WriteString("1,https://x.com/q,5,Chefin meldet sich\n")
	r := read(t, "f.csv", b.String(), Options{})
	if got := r.asked("note-unknown"); got != "" {
		t.Errorf("asked about %s", got)
	}
	const want = `notes of yours that hold no row, for you to read: f.csv!D32 "Chefin meldet sich", f.csv!D2 "urgent a"`
	if notes := strings.Join(r.sheet.Notes, "\n"); !strings.Contains(notes, want) {
		t.Errorf("told %s", notes)
	}
}

// TestANoteInNearlyEveryRowMakesNoneSpecial: such a column holds names. A few rows don't show that.
func TestANoteInNearlyEveryRowMakesNoneSpecial(t *testing.T) {
	sheet := func(rows, filled int) string {
		var b strings.Builder
		b.WriteString("service,link,quantity,Notes\n")
		for i := range rows {
			note := ""
			if i < filled {
				note = fmt.Sprintf("qwrt%c", 'a'+i)
			}
			fmt.Fprintf(&b, "1,https://x.com/p%d,5,%s\n", i, note)
		}
		return b.String()
	}
	for _, c := range []struct{ rows, filled, asked int }{{10, 10, 0}, {10, 9, 0}, {20, 17, 17}, {9, 9, 9}, {20, 1, 1}} {
		got := strings.Fields(read(t, "f.csv", sheet(c.rows, c.filled), Options{HoldNotes: true}).asked("note-unknown"))
		if len(got) != 2*c.asked {
			t.Errorf("%d of %d rows have notes: %d are asked about, not %d", c.filled, c.rows, len(got)/2, c.asked)
		}
	}
}

// asked lists the rows and cells of which a rule asks.
func (r result) asked(rule string) string {
	var all []string
	for _, row := range r.rows {
		for _, p := range row.Problems {
			if p.Rule == rule && p.Warning && p.Asks == "note" {
				all = append(all, fmt.Sprint(row.Number), strings.TrimPrefix(p.Cell(), "f.csv!"))
			}
		}
	}
	return strings.Join(all, " ")
}
