package panel

import "strings"

// Class is the kind of an error text that a panel answers with. The class decides what happens.
type Class string

const (
	ClassUnknown Class = ""         // no known text: the order may exist
	ClassUnsure  Class = "unsure"   // speaks of the panel's own trouble: the order may exist
	ClassKey     Class = "key"      // the key isn't accepted
	ClassFunds   Class = "funds"    // the balance is short
	ClassRate    Class = "rate"     // too many requests
	ClassActive  Class = "active"   // an order for this link is under way
	ClassService Class = "service"  // no such service
	ClassCount   Class = "quantity" // below the minimum or above the maximum
	ClassField   Class = "field"    // a field is wrong
	ClassRequest Class = "request"  // the request is wrong
	ClassAway    Class = "away"     // the panel is under maintenance: the order may exist
	ClassBlocked Class = "blocked"  // no error text: something in front of the panel turned the request away
)

// Texts are error texts in lower case, by class. A text belongs to a class when it contains one of
// the class's texts, or is the one behind a "=": "missing key" is a part of "missing keywords".
type Texts map[Class][]string

// classes is the order of the search. Unsure is first: "provider error: not enough funds" is about
// somebody else's funds, and the order may exist. Active stands before field, whose
// "neworder.error.link" is a part of "neworder.error.link_duplicate".
func classes() []Class {
	return []Class{ClassUnsure, ClassKey, ClassFunds, ClassRate, ClassActive, ClassService, ClassCount, ClassField,
		ClassRequest}
}

// Classes lists the names that the configuration may add texts to.
func Classes() []string {
	var names []string
	for _, c := range classes() {
		names = append(names, string(c))
	}
	return names
}

// knownTexts are the texts that panels were seen to answer with.
func knownTexts() Texts {
	return Texts{
		ClassUnsure: {
			"provider",
			"supplier",
			"vendor",
			"sağlayıcı",
			"tedarikçi",
			"провайдер",
			"поставщик",
			"proveedor",
			"provedor",
			"fornecedor",
			"fournisseur",
			"anbieter",
			"lieferant",
			"timeout",
			"time-out",
			"timed out",
			"timed-out",
			"timedout",
			"time out",
			"could not save",
			"couldn't save",
			"cannot save",
			"can't save",
			"unable to save",
			"not be saved",
			"failed to save",
			"save failed",
			"saving",
			"internal",
			"server error",
			"database",
			"upstream",
			"gateway",
			"unexpected",
		},
		ClassKey: {"invalid api key", "incorrect api key", "wrong api key", "=missing key", "missing api key",
			"api is disabled", "account suspended", "account is suspended"},
		ClassFunds: {"not enough funds", "neworder.error.not_enough_funds", "insufficient balance", "insufficient funds",
			"not enough balance"},
		ClassRate:   {"rate limit", "too many requests"},
		ClassActive: {"active order with this link", "neworder.error.link_duplicate"},
		ClassService: {"incorrect service id", "incorrect_service_id", "incorrect service", "service not found",
			"service is temporarily disabled", "service is inactive"},
		ClassCount: {"quantity less than minimal", "quantity more than maximum", "neworder.error.min_quantity",
			"neworder.error.max_quantity", "incorrect quantity"},
		ClassField: {"incorrect link", "bad link", "neworder.error.link", "incorrect comments", "incorrect posts",
			"incorrect runs", "incorrect interval", "incorrect delay", "incorrect username", "incorrect hashtag",
			"incorrect expiry", "incorrect min", "incorrect max", "incorrect old_posts"},
		ClassRequest: {"incorrect request", "invalid action", "incorrect action", "missing required parameters"},
	}
}

// classify finds the class of an error text; more holds the configuration's own texts.
func classify(text string, more Texts) Class {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	known := knownTexts()
	for _, class := range classes() {
		for _, parts := range [][]string{more[class], known[class]} {
			for _, part := range parts {
				whole, exact := strings.CutPrefix(strings.ToLower(part), "=")
				if exact && strings.TrimRight(text, ".!") == whole || !exact && strings.Contains(text, whole) {
					return class
				}
			}
		}
	}
	return ClassUnknown
}
