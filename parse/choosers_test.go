package parse

import (
	"strings"
	"testing"
)

// TestNoHeadIsReadUpsideDown: below a head that asks whether to order, a no is asked about and a yes isn't; below one
// that
// says that it was ordered, the other way round.
func TestNoHeadIsReadUpsideDown(t *testing.T) {
	h, d := newHeads(), newDoneLists()
	answers := [][2]string{{"yes", "no"}, {"evet", "hayır"}, {"да", "нет"}, {"sim", "não"}, {"sí", "no"}, {"oui", "non"},
		{"ja", "nein"}, {"ya", "tidak"}, {"có", "không"}, {"نعم", "لا"}, {"हाँ", "नहीं"}, {"是", "否"}, {"TRUE", "FALSE"},
		{"1", "0"}}
	check := func(name string, kind headKind, held, sent string) {
		if !d.says(held, kind) || d.says(sent, kind) && kind != eitherHead {
			t.Errorf("%q: %q is asked about: %v, %q: %v", name, held, d.says(held, kind), sent, d.says(sent, kind))
		}
	}
	for _, answer := range answers {
		for name := range strings.SplitSeq(doneNames(), "|") {
			if h.kindOf(name) == doneHead {
				check(name, doneHead, answer[0], answer[1])
			}
		}
		for name := range strings.SplitSeq(goNames(), "|") {
			if h.kindOf(name) == goHead {
				check(name, goHead, answer[1], answer[0])
			}
		}
	}
	for verb := range strings.SplitSeq(chooserVerbs(), "|") {
		if kind := h.kindOf(verb + "?"); kind == doneHead {
			t.Errorf("%q asks whether it was done", verb+"?")
		}
	}
	for word := range strings.SplitSeq(doneHeadWords(), "|") {
		if kind := h.kindOf(word + "?"); kind == goHead {
			t.Errorf("%q asks whether it is to be done", word+"?")
		}
	}
}

// TestQuestionsAboutOrders: what is to be done and what was done have other forms, and "do not" turns a question round.
func TestQuestionsAboutOrders(t *testing.T) {
	h := newHeads()
	for name, want := range map[string]headKind{
		"Should we order?": goHead, "Place the order": goHead, "¿Lanzamos?": goHead, "Sipariş verilecek mi": goHead,
		"Sipariş verildi mi": doneHead, "Nicht bestellen?": doneHead, "Não pedir?": doneHead, "Không đặt?": doneHead,
		"是否下单": eitherHead, "要不要发": goHead, "是否已发": doneHead, "审核通过": goHead, "Do not run?": doneHead,
		"Order no.": orderHead, "New client?": otherHead, "Start date": laterHead, "Yes or no?": otherHead,
	} {
		if got := h.kindOf(name); got != want && (want != doneHead || !newDoneLists().heads(name)) {
			t.Errorf("%q is of kind %d, want %d", name, got, want)
		}
	}
}
