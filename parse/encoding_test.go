package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What reads the same in every encoding needs none to be said.
func TestTextThatIsNotUTF8(t *testing.T) {
	const note = "note the file is not in UTF-8; all that is sent to the panel is plain ASCII, so it was read as " +
		"windows-1252: where other columns show wrong letters, say --encoding\n"
	ask := func(best string) string {
		return "; say --encoding with the name that reads right (" + best +
			" reads best; where none does, try gbk, big5, shift_jis, euc-kr or windows-1256), or save the sheet as .xlsx or CSV UTF-8\n"
	}
	hull := func(at string) string {
		return at + ` is "hülle" as windows-1252, "hülle" as windows-1254, "hьlle" as windows-1251, "hülle" as windows-1250`
	}
	for _, tt := range []struct{ name, content, want string }{
		{"letters in a column that is not sent", "service,link,client\n1,a,M\xfcller\n", "2 service=1 link=a\n" + note +
			"cells 1|a|Müller\n"},
		{"letters in the name of a column that is not sent", "service,link,Gr\xf6\xdfe\n1,a,5\n", "2 service=1 link=a\n" +
			note + "cells 1|a|5\n"},
		{"letters in a title", "Auftr\xe4ge\nservice,link\n1,a\n", "3 service=1 link=a\n" + note + "cells 1|a\n"},
		{"a no-break space in a number, as French Excel writes it", "service;link;quantity\n1;a;1\xa0000\n",
			"2 service=1 link=a quantity=1000\n" + note + "cells 1|a|1\u00a0000\n"},
		{"the same byte at the end of a link may be a letter", "service,link\n1,https://x.com/caf\xa0\n",
			`error is not in UTF-8; B2 is "https://x.com/caf" as windows-1252, "https://x.com/caf" as windows-1254, ` +
				`"https://x.com/caf" as windows-1251, "https://x.com/caf" as windows-1250` + ask("windows-1252")},
		{"letters in what is sent, far down", "service,link,comments\n" + strings.Repeat("1,a,b\n", 5000) + "1,a,M\xfcller\n",
			`error is not in UTF-8; C5002 is "Müller" as windows-1252, "Müller" as windows-1254, ` +
				`"Mьller" as windows-1251, "Müller" as windows-1250` + ask("windows-1252")},
		{"three samples are enough", "service,link,comments\n" + strings.Repeat("1,a,h\xfclle\n", 5),
			`error is not in UTF-8; ` + hull("C2") + "; " + hull("C3") + "; " + hull("C4") + ask("windows-1252")},
		{"a header that is known in one encoding alone", "\xd1\xe5\xf0\xe2\xe8\xf1,\xd1\xf1\xfb\xeb\xea\xe0\n1,a\n",
			"2 service=1 link=a\n" + strings.Replace(note, "1252", "1251", 1) + "cells 1|a\n"},
		{"no header is found, perhaps because of the encoding", "\xcf\xe5\xf0\xe2\xe8\xf1,\xcf\xf1\xfb\xeb\xea\xe0\n1,a\n",
			`error is not in UTF-8; A1 is "Первис" as windows-1251, "Ïåðâèñ" as windows-1252, "Ïåğâèñ" as windows-1254, ` +
				`"Ďĺđâčń" as windows-1250; B1 is "Псылка" as windows-1251, "Ïñûëêà" as windows-1252, ` +
				`"Ïñûëêà" as windows-1254, "Ďńűëęŕ" as windows-1250` + ask("windows-1251")},
		{"Turkish letters", "service,link,comments\n1,a,\xc7ok g\xfczel payla\xfe\xfdm\n",
			`error is not in UTF-8; C2 is "Çok güzel paylaşım" as windows-1254, "Çok güzel paylaþým" as windows-1252, ` +
				`"Зok gьzel paylaюэm" as windows-1251, "Çok güzel paylaţým" as windows-1250` + ask("windows-1254")},
		{"Polish letters", "service,link,comments\n1,a,\xb3adne zdj\xeacie\n",
			`error is not in UTF-8; C2 is "ładne zdjęcie" as windows-1250, "³adne zdjêcie" as windows-1252, ` +
				`"³adne zdjêcie" as windows-1254, "іadne zdjкcie" as windows-1251` + ask("windows-1250")},
		{"a pipe may be half a letter of Japanese", "service|link|note\n1|a|\x83\x7c\n",
			`error is not in UTF-8; C2 is "ƒ" as windows-1252, "ƒ" as windows-1254, "ѓ" as windows-1251, ` +
				`"�" as windows-1250` + ask("windows-1252")},
		{"a mark of UTF-8 before another encoding", "\ufeffservice,link,note\n1,a,M\xfcller\n",
			"error begins with the mark of UTF-8, but is not in UTF-8 throughout: it was damaged, or put together of two " +
				"files; save the sheet again as .xlsx or CSV UTF-8\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, told(read(t, "f.csv", tt.content, Options{}))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// told is a brief with what was noted about the encoding, and the cells of the last row.
func told(r result) string {
	if f, is := r.err.(*FileError); is {
		return "error " + f.Wrong + "; " + f.Mend + "\n"
	}
	text := r.brief()
	for _, note := range r.sheet.Notes {
		if strings.Contains(note, "UTF-8") {
			text += "note " + note + "\n"
		}
	}
	return text + "cells " + strings.Join(r.rows[len(r.rows)-1].Cells, "|") + "\n"
}

func TestEncodingOfMSDOS(t *testing.T) {
	got := read(t, "f.csv", "service,link,comments\n1,a,M\x81ller\n", Options{Encoding: "cp850"}).brief()
	if got != "2 service=1 link=a comments=Müller\n" {
		t.Error(got)
	}
}

// TestTheEncodingThatReadsBest: of texts of a few words, as they stand in a sheet.
func TestTheEncodingThatReadsBest(t *testing.T) {
	texts := map[string]string{
		"windows-1252": "Größe für Müller Straße é à ça française",
		"windows-1254": "Çok güzel paylaşım ığüş",
		"windows-1251": "Готово отменён клиент ОТМЕНЕНО новый заказ",
		"windows-1250": "zażółć gęślą jaźń łąka",
		"windows-1256": "الرابط الكمية الخدمة ملاحظات العميل ألغى الطلب",
		"gbk":          "服务 链接 数量 备注 客户取消了 加急",
		"big5":         "服務編號 連結 數量 備註 客戶取消了",
		"shift_jis":    "サービス リンク 数量 お客様 キャンセルしました",
		"euc-kr":       "서비스 링크 수량 고객 취소 완료 주문",
	}
	for _, e := range legacyEncodings() {
		raw, err := e.charset.NewEncoder().String(texts[e.name])
		if err != nil {
			t.Fatalf("%s: %v", e.name, err)
		}
		if got := bestEncoding(raw); got != e.name {
			t.Errorf("%s reads best as %s", e.name, got)
		}
	}
}
