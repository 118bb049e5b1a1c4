package parse

import "testing"

// TestSignsOfNotes: of the link and that it is gone, of the client and that he left, in any order and language; and
// what only sounds like one.
func TestSignsOfNotes(t *testing.T) {
	words := newDoneLists()
	for note, want := range map[string]bool{
		"the profile got banned":                true,
		"banned by IG, this account":            true,
		"link is not broken":                    false,
		"tell me if the link is broken":         false,
		"big page, good account":                false,
		"we pushed this already":                true,
		"invoice already sent":                  false,
		"payment was returned":                  true,
		"client pulled the campaign":            true,
		"client is waiting for it":              false,
		"resume on Monday":                      true,
		"needs it on Monday":                    false,
		"second order this month":               false,
		"hesap kapatılmış":                      true,
		"müşteri bekliyor":                      false,
		"пост удалили":                          true,
		"клиент ждёт":                           false,
		"cuenta bloqueada":                      true,
		"conta nova, pode fazer":                false,
		"on l'a déjà lancé":                     true,
		"am Dienstag anfangen":                  true,
		"neues Konto, bitte schnell":            false,
		"postingannya sudah dihapus, postingan": true,
		"tài khoản bị khóa":                     true,
		"تم حذف المنشور":                        true,
		"अकाउंट बंद है":                         true,
		"帖子删了":                                  true,
		"客户很急":                                  false,
		"ödeme dekontu zaten gönderildi":        false,
		"un message pour le client, merci":      false,
		"продолжить в январе":                   true,
		"a link and much more words than anybody would write of a row that is deleted or so on": false,
	} {
		if got := words.hasSign(plainWords(note)); got != want {
			t.Errorf("%s: %t", note, got)
		}
	}
}
