package panel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Receipt is what the panel's answer says about one order or refill that was asked for.
type Receipt struct {
	ID    string // refill: the refill's id; cancel: what the panel gave, 1 or an id of its own; refill_status: the status
	Error string // what the panel said instead
	Class Class  // of Error; [ClassUnsure]: it may have been taken nevertheless
}

// Asked is the ending of one request for refills or cancellations.
type Asked struct {
	Receipts   map[string]Receipt // by order; those that the answer doesn't tell of clearly are missing
	Verdict    Verdict            // of the orders without a receipt: InDoubt, Refused, Unsent or Slow
	Stop       Stop               // not GoOn: nothing more may be asked in this run
	Words      string             // what happened to those without a receipt, for a person
	RetryAfter time.Duration      // how long the panel asked to be left alone; 0: it didn't say
}

// question is an action over ids that is answered by a list of id and value.
type question struct {
	action, one, many string // the action and its parameters; one empty: there is no form for a single id
	key, value        string // the names of an item's two parts
	manyForm          Form
}

func refillQuestion() question {
	return question{action: "refill", one: "order", many: "orders", key: "order", value: "refill", manyForm: RefillMany}
}

func cancelQuestion() question {
	return question{action: "cancel", many: "orders", key: "order", value: "cancel", manyForm: Cancel}
}

func refillStatusQuestion() question {
	return question{
		action:   "refill_status",
		one:      "refill",
		many:     "refills",
		key:      "refill",
		value:    "status",
		manyForm: RefillStatusMany,
	}
}

// RefillsAtOnce, CancelsAtOnce and RefillStatusesAtOnce tell how many ids one call may hold.
func (p Panel) RefillsAtOnce() int        { return p.atOnce(RefillMany) }
func (p Panel) CancelsAtOnce() int        { return min(p.atOnce(Cancel), p.atOnce(CancelMany)) }
func (p Panel) RefillStatusesAtOnce() int { return p.atOnce(RefillStatusMany) }

// StatusesAtOnce tells how many orders one call about their statuses may hold.
func (p Panel) StatusesAtOnce() int { return p.atOnce(StatusMany) }

// StatusesAtOnce and CancelsAtOnce tell how many orders one call may hold, by the panel's document and what was seen.
func (c *Client) StatusesAtOnce() int { return c.atOnce(StatusMany) }
func (c *Client) CancelsAtOnce() int  { return min(c.Panel.CancelsAtOnce(), c.atOnce(CancelMany)) }

func (c *Client) atOnce(f Form) int {
	if c.Lacked(f) {
		return 1
	}
	return Many
}

// Lacks tells the client that the panel doesn't take a form of a call, as was seen before.
func (c *Client) Lacks(f Form) (news bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if news = !slices.Contains(c.lacks, f); news {
		c.lacks = append(c.lacks, f)
	}
	return news
}

// learn remembers that the panel doesn't take a form of a call.
func (c *Client) learn(f Form) {
	if c.Lacks(f) && c.Learned != nil {
		c.Learned(f)
	}
}

// Lacked tells whether the panel doesn't take a form of a call, by its document or by what was seen.
func (c *Client) Lacked(f Form) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.Panel.Has(f) || slices.Contains(c.lacks, f)
}

func (p Panel) atOnce(f Form) int {
	if p.Has(f) {
		return Many
	}
	return 1
}

// Refill asks for refills of orders, at most [Panel.RefillsAtOnce] of them. It changes something at the
// panel: it is sent once, like [Client.Add]. An error means that nothing was sent.
func (c *Client) Refill(ctx context.Context, orders []string) (Asked, error) {
	return c.askOnce(ctx, refillQuestion(), orders)
}

// Cancel asks for orders to be cancelled, at most [Panel.CancelsAtOnce] of them. Like [Client.Refill] it is
// sent once. [*Lacking]: the panel's document has no such action. A panel that says that it misses one order's
// parameter did nothing with the many: it is asked about each, and so from then on. turn is waited for before each call
// but the first; nil: none is.
func (c *Client) Cancel(ctx context.Context, orders []string, turn Turn) (Asked, error) {
	if !c.Panel.Has(Cancel) {
		return Asked{}, &Lacking{Panel: c.Panel.Name, Form: Cancel}
	}
	q, first := cancelQuestion(), true
	if !c.Lacked(CancelMany) {
		a, err := c.askOnce(ctx, q, orders)
		if err != nil || a.Verdict != Refused || len(a.Receipts) > 0 || !missesOrder(a.Words) {
			return a, err
		}
		c.learn(CancelMany)
		first = false
	}
	q.one = "order"
	return c.askEach(ctx, q, orders, func(ctx context.Context) error {
		if first {
			first = false
			return nil
		}
		return turn.wait(ctx)
	})
}

var aMissingOrder = regexp.MustCompile(` (missing|required|require|requires|empty|needed)\b`)

// missesOrder tells whether a refusal says that the parameter order is missing, rather than orders.
func missesOrder(text string) bool {
	p := plain(text)
	_, order := has(p, []string{"order", "order id", "orderid"})
	_, orders := has(p, []string{"orders", "order ids"})
	return order && !orders && aMissingOrder.MatchString(p)
}

// askEach makes a call for each id in its turn and ends at the first that isn't answered clearly.
func (c *Client) askEach(ctx context.Context, q question, ids []string, turn Turn) (Asked, error) {
	all := Asked{Receipts: map[string]Receipt{}}
	for _, id := range ids {
		if err := turn.wait(ctx); err != nil {
			return Asked{Receipts: all.Receipts, Verdict: Unsent, Words: "it wasn't asked for: " + err.Error()}, nil
		}
		a, err := c.askOnce(ctx, q, []string{id})
		if err != nil {
			return all, err
		}
		r, told := a.Receipts[id]
		if !told && a.Verdict != Refused {
			a.Receipts = all.Receipts
			return a, nil
		}
		if !told {
			r = Receipt{Error: a.Words, Class: classify(a.Words, c.Panel.Texts)}
		}
		all.Receipts[id] = r
	}
	return all, nil
}

// RefillStatus asks how refills stand, at most [Many] at once; one by one where the panel lacks the
// many-form. Refills that the answer doesn't hold are missing from the result.
func (c *Client) RefillStatus(ctx context.Context, refills []string) (map[string]Receipt, error) {
	q := refillStatusQuestion()
	if len(refills) > Many {
		return nil, fmt.Errorf("%s: %d ids in one call, at most %d are taken", q.action, len(refills), Many)
	}
	if len(refills) > 1 && c.Panel.Has(q.manyForm) {
		body, err := c.read(ctx, q.action, Param{q.many, strings.Join(refills, ",")})
		if err != nil {
			return nil, err
		}
		return c.receipts(body, q, refills)
	}
	found := map[string]Receipt{}
	for _, id := range refills {
		body, err := c.read(ctx, q.action, Param{q.one, id})
		var refusal *Refusal
		switch {
		case errors.As(err, &refusal) && refusal.Class != ClassKey && refusal.Class != ClassRate:
			found[id] = Receipt{Error: refusal.Text, Class: refusal.Class}
		case err != nil:
			return found, err
		default:
			if r, ok := c.receipt(body, q, id); ok {
				found[id] = r
			}
		}
	}
	return found, nil
}

// askOnce sends one request about ids and judges its ending.
func (c *Client) askOnce(ctx context.Context, q question, ids []string) (Asked, error) {
	var p Param
	switch most := c.Panel.atOnce(q.manyForm); {
	case len(ids) == 0 || len(ids) > most:
		return Asked{}, fmt.Errorf("%s: %d ids in one call, 1 to %d are taken", q.action, len(ids), most)
	case q.one != "" && len(ids) == 1:
		p = Param{q.one, ids[0]}
	default:
		p = Param{q.many, strings.Join(ids, ",")}
	}
	e := c.once(ctx, q.action, []Param{p})
	var a Asked
	switch {
	case e.status == 0:
		a = asAsked(unanswered(e.err, e.watched))
	case e.early:
		a = asAsked(early(e.status, e.body, e.cut))
	default:
		a = c.judgeAsked(e, q, ids)
	}
	return a, nil
}

func asAsked(a Added) Asked {
	return Asked{Verdict: a.Verdict, Stop: a.Stop, Words: a.Words, RetryAfter: a.RetryAfter}
}

// judgeAsked decides about a whole answer. What a list holds counts item by item; an error at the top is
// about all ids, and is a no unless it speaks of the panel's own trouble: unlike an order, a refill or
// cancellation that was taken nevertheless costs nothing.
func (c *Client) judgeAsked(e ending, q question, ids []string) Asked {
	doubt := Added{Verdict: InDoubt}
	if spoiled := spoil(e.status, e.err, doubt); spoiled.Words != "" {
		return asAsked(spoiled)
	}
	body := bytes.TrimSpace(unmarked(e.body))
	if len(body) > 0 && body[0] == '[' {
		found, err := c.receipts(body, q, ids)
		if err != nil {
			return Asked{Verdict: InDoubt, Words: err.Error()}
		}
		return Asked{Receipts: found, Verdict: InDoubt, Words: "the answer doesn't tell of it"}
	}
	o, err := parseObject(body)
	if err != nil {
		a := judgeOther(e.status, e.header, body, doubt)
		if a.Class == ClassBlocked && e.status >= 400 {
			a.Verdict = Unsent // if it was taken nevertheless, that costs nothing
		}
		return asAsked(a)
	}
	if text, _ := o.errorText(); text != "" && len(o.values[q.value]) == 0 {
		return c.refusedAll(e.header, text)
	}
	if e.status == http.StatusTooManyRequests {
		return Asked{
			Verdict:    Slow,
			RetryAfter: retryAfter(e.header),
			Words:      "the panel answered HTTP 429 (too many requests)",
		}
	}
	if len(ids) == 1 {
		if r, ok := c.receipt(body, q, ids[0]); ok {
			return Asked{Receipts: map[string]Receipt{ids[0]: r}}
		}
	}
	return Asked{
		Verdict: InDoubt,
		Words:   fmt.Sprintf("HTTP %d with an answer that doesn't tell what became of it", e.status),
	}
}

// refusedAll decides about an error text that is about the whole request.
func (c *Client) refusedAll(header http.Header, text string) Asked {
	switch classify(text, c.Panel.Texts) {
	case ClassUnsure:
		return Asked{Verdict: InDoubt, Words: "the panel's error doesn't tell whether it was taken: " + text}
	case ClassKey:
		return Asked{Verdict: Unsent, Stop: StopKey, Words: text}
	case ClassRate:
		return Asked{Verdict: Slow, RetryAfter: retryAfter(header), Words: text}
	}
	return Asked{Verdict: Refused, Words: text}
}

// receipts reads a list of items, matched by id: items may be missing or in another order. An id that stands
// twice isn't told: which item counts can't be known.
func (c *Client) receipts(body []byte, q question, ids []string) (map[string]Receipt, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(body, &items); err != nil {
		return nil, fmt.Errorf("%s: the answer is no list: %w", q.action, ErrNotAPI)
	}
	found, seen := map[string]Receipt{}, map[string]bool{}
	for _, item := range items {
		o, err := parseObject(item)
		if err != nil {
			continue
		}
		id := o.scalar(q.key)
		if !slices.Contains(ids, id) {
			continue
		}
		if r, ok := c.receipt(item, q, id); ok && !seen[id] {
			found[id] = r
		} else {
			delete(found, id)
		}
		seen[id] = true
	}
	return found, nil
}

// receipt reads one item: the value, an error inside the value, or an error beside it. ok is false where it
// tells nothing clearly, or is about another id.
func (c *Client) receipt(item []byte, q question, id string) (r Receipt, ok bool) {
	o, err := parseObject(item)
	if other := o.scalar(q.key); err != nil || o.doubled || other != "" && other != id {
		return r, false
	}
	var clear bool
	r.Error, clear = o.errorWords()
	if inner, err := parseObject(o.values[q.value]); err == nil {
		r.Error, clear = inner.errorText()
	} else if !nothing(o.values[q.value]) {
		r.ID = o.scalar(q.value)
	}
	if !clear || r.ID == "" && r.Error == "" || r.ID != "" && r.Error != "" {
		return Receipt{}, false
	}
	if r.Error != "" {
		r.Class = classify(r.Error, c.Panel.Texts)
	}
	return r, true
}
