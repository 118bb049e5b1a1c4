package sandbox

// linkRules are those of a panel that looks at links more closely than most. The built-in catalogue's services are
// meant; a link of another host is no business of theirs.
func linkRules() []LinkRule {
	return []LinkRule{
		{
			For:  `^Instagram`,
			Want: `(?i)^(https?://)?([a-z]+\.)?(instagram\.com|instagr\.am|example\.com)/`,
			Texts: []string{
				"That link is not on this platform. Expected one of: instagram.com, instagr.am",
				"Invalid link",
				"Please enter a valid Instagram link",
				"Geçersiz link: instagram.com adresi girin",
			},
		},
		{
			For: `(?i)followers|takipçi|members|subscribers`,
			Not: `(?i)/(p|reel|reels|tv|video|status|watch)/`,
			Texts: []string{
				"This service works on a profile, not on one post",
				"Link must be a profile URL",
				"Enter the profile link, not the post link",
				"La URL debe ser de un perfil",
			},
		},
		{
			For:  `(?i)likes|views|saves|custom comments|poll`,
			Want: `(?i)/(p|reel|reels|tv|video|status|watch|c)/|\?v=|/\d+$`,
			Texts: []string{
				"This service works on one post, not on the account",
				"Link must be a post URL",
				"Enter a valid link",
				"Ссылка должна вести на публикацию",
			},
		},
		{Not: `[?&](utm_|igsh|fbclid)`, Texts: []string{
			"Link must not contain query parameters",
			"Remove everything after ? from the link",
		}},
	}
}

func linkSayings() []Saying {
	return []Saying{
		{Of: "Incorrect link", Body: `{"error":"Link required"}`},
		{Of: "Incorrect link", Body: `{"error":"neworder.error.link"}`},
		{Of: "Quantity less", Body: `{"error":"neworder.error.min_quantity"}`},
		{Of: "Quantity more", Body: `{"error":"neworder.error.max_quantity"}`},
		{Of: "You have active", Body: `{"error":"neworder.error.link_duplicate"}`},
	}
}

func codeSayings() []Saying {
	return []Saying{
		{"", 422, `{"error":"{text}"}`},
		{"Invalid API key", 401, `{"error":"Invalid API key"}`},
		{"Not enough funds", 402, `{"error":"Insufficient balance"}`},
		{"Incorrect service ID", 404, `{"error":"Service not found or inactive"}`},
		{"Incorrect order ID", 404, `{"error":"Order not found"}`},
		{"Refill not found", 404, `{"error":"{text}"}`},
		{"Refill is not available", 403, `{"error":"{text}"}`},
		{"Cancel is not available", 403, `{"error":"{text}"}`},
		{"You have active", 409, `{"error":"You have active order with this link"}`},
		{"Incorrect request", 400, `{"error":"Missing required parameters"}`},
		{"Too many requests", 429, `{"error":{"message":"Too many requests","code":429}}`},
	}
}

func laravelSayings() []Saying {
	return []Saying{
		{"", 422, `{"message":"The given data was invalid.","errors":{"request":["{text}"]}}`},
		{"Invalid API key", 401, `{"message":"Unauthenticated."}`},
		{
			"Not enough funds",
			422,
			`{"message":"Not enough funds on balance","errors":{"balance":["Insufficient balance."]}}`,
		},
		{"Incorrect link", 422,
			`{"message":"The link field must be a valid URL.","errors":{"link":["The link field must be a valid URL."]}}`},
		{"Quantity", 422, `{"message":"{text}","errors":{"quantity":["{text}"]}}`},
		{"Incorrect service ID", 422,
			`{"message":"The selected service is invalid.","errors":{"service":["The selected service is invalid."]}}`},
		{"Incorrect order ID", 404, `{"message":"No query results for model [App\\Models\\Order]."}`},
		{"Too many requests", 429, `{"message":"Too Many Attempts."}`},
	}
}

func failSayings() []Saying {
	return []Saying{
		{"", 0, `{"status":"fail","msg":"{text}","error":"request"}`},
		{"Incorrect link", 0, `{"status":"fail","msg":"Incorrect link","error":"neworder.error.link"}`},
		{
			"Not enough funds",
			0,
			`{"status":"fail","msg":"Balance is too low","error":"neworder.error.not_enough_funds"}`,
		},
	}
}

// oddEntries are what catalogues were seen to hold beside services.
func oddEntries() []string {
	return []string{
		`null`,
		`{"name":"A heading","category":"First Category"}`,
		`{"service":9901,"name":"No type","type":null,"category":"Odd","rate":"1","min":"1","max":"10"}`,
		`{"service":9902,"name":"A category of its own","type":"Default","category":{"id":4,"name":"Odd"},` +
			`"rate":"1","min":"1","max":"10"}`,
		`{"service":"Please choose a service","name":"A sentence","type":"Default","category":"Odd","rate":"1",` +
			`"min":"1","max":"10"}`,
	}
}

// supplierFaults are those of a panel that orders from another one what it takes: the other's funds, its limits and
// its failures, before the order is kept here and after.
func supplierFaults() []Fault {
	return []Fault{
		{Action: "add", Kind: "error", Text: "Provider error: not enough funds on balance", Probability: 0.01},
		{Action: "add", Kind: "error", Text: "Provider error: Too many requests", Probability: 0.01},
		{Action: "add", Kind: "error", Text: "The provider did not answer in time", Probability: 0.005},
		{Action: "add", Kind: "error", Text: "Order saved locally but failed to send to the provider: not enough funds",
			After: true, Probability: 0.01},
		{Action: "add", Kind: "error", Text: "Order saved locally but failed to connect to the provider",
			After: true, Probability: 0.01},
	}
}

// doublingFaults are requests that something on the way sends twice: the first copy is an order, and the client is
// told what came of the second.
func doublingFaults() []Fault {
	var faults []Fault
	for _, text := range []string{
		"Not enough funds on balance", "Rate limit exceeded",
		"You have active order with this link. Please wait until order being completed.",
		"You have reached the limit of orders for today",
	} {
		faults = append(faults, Fault{Action: "add", Kind: "error", Text: text, After: true, Probability: 0.01})
	}
	return append(faults,
		Fault{Action: "add", Kind: "429", After: true, Probability: 0.005},
		Fault{Action: "add", Kind: "again", Probability: 0.005})
}
