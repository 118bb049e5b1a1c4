package sandbox

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// answer is what the panel has to say to a request.
type answer struct {
	code    int           // HTTP code; 0: 200
	body    string        // JSON, or the page of a code
	retry   time.Duration // of Retry-After; 0: no such header
	order   int64         // the id of the order that was taken; 0: none
	refusal string        // the error text; empty: none
}

// refuse answers an error text, in the panel's own way.
func (s *Sandbox) refuse(reason string) answer {
	a := answer{body: object("error", text(reason+s.mark())), refusal: reason}
	if s.play.ErrorCodes {
		a.code = errorCode(reason)
	}
	if own := s.says.of(reason); own != nil {
		a.code = cmp.Or(own.Code, a.code)
		a.body = strings.ReplaceAll(own.Body, "{text}", strings.Trim(text(reason+s.mark()), `"`))
	}
	return a
}

// errorCode is what a panel would say that uses HTTP codes.
func errorCode(reason string) int {
	switch reason {
	case "Invalid API key":
		return http.StatusForbidden
	case "Not enough funds on balance":
		return http.StatusPaymentRequired
	case "Incorrect service ID", "Incorrect order ID", "Refill not found":
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}

// number writes an id or a count in the panel's dialect.
func (s *Sandbox) number(n int64) string {
	if s.cfg.Strings {
		return `"` + idText(n) + `"`
	}
	return idText(n)
}

// orderID writes an order's id in the panel's dialect.
func (s *Sandbox) orderID(id int64) string {
	if s.cfg.Letters {
		return text(s.books.idText(id))
	}
	return s.number(id)
}

// echo writes an id that a client asked for, whatever it is.
func (s *Sandbox) echo(id string) string {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && idText(n) == id {
		return s.number(n)
	}
	return text(id)
}

// text writes a JSON string.
func text(value string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	// A string always encodes, and a Builder takes all.
	_ = e.Encode(value)
	return strings.TrimSuffix(b.String(), "\n")
}

// object writes a JSON object of names and values, the values JSON already. Go's
// maps would lose the order that documents show.
func object(pairs ...string) string {
	members := make([]string, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		members = append(members, text(pairs[i])+":"+pairs[i+1])
	}
	return "{" + strings.Join(members, ",") + "}"
}

// list writes a JSON list of JSON values.
func list(values []string) string { return "[" + strings.Join(values, ",") + "]" }

// htmlPage is an HTML page as proxies and panels send it in place of an answer.
func htmlPage(title string) string {
	return "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n" +
		"<body><center><h1>" + title + "</h1></center><hr><center>sandbox</center></body></html>\n"
}

// titled is the page of an HTTP code.
func titled(code int) string {
	name := http.StatusText(code)
	if name == "" {
		name = "Unknown Error" // 520 and the like are not in Go's list
	}
	return htmlPage(strconv.Itoa(code) + " " + name)
}
