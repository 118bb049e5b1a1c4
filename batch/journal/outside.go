package journal

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"time"
)

// Outside is an order, or what may be one, that a results workbook tells of. The books that it was written from need
// not be these.
type Outside struct {
	Identity        // Nth isn't known; without Content it can't be compared with rows
	Address  string // of its panel, normalised; empty: not known
	File     string // base name of the workbook
	Row      int
	OrderID  string    // empty: one of a set, or in doubt
	SentAt   time.Time // zero: not told
}

// Words says where the order is told of.
func (o Outside) Words() string {
	what := "ordered as " + o.OrderID
	if o.OrderID == "" {
		what = "it may have been ordered,"
	}
	return fmt.Sprintf("%s according to %s, row %d; these books don't know it", what, o.File, o.Row)
}

// rowKeyForm marks the form of what [Entry.RowKey] gives.
const rowKeyForm = "1"

// RowKey is what a results workbook keeps of a row, so that other books recognise it: its content, how else its target
// is read, its Ref and its panel's address. A row that can't be an order keeps the key of its batch.
func (e Entry) RowKey() string {
	if e.Content == "" {
		return e.Key
	}
	return strings.Join([]string{
		rowKeyForm, e.Content, e.Alias, url.QueryEscape(e.Ref), accountAddress(e.URL, e.Panel),
	}, ":")
}

// ParseRowKey reads what [Entry.RowKey] wrote; ok is false of anything else.
func ParseRowKey(text string) (o Outside, ok bool) {
	parts := strings.SplitN(text, ":", 5)
	if len(parts) != 5 || parts[0] != rowKeyForm || len(parts[1]) != contentLength {
		return o, false
	}
	ref, err := url.QueryUnescape(parts[3])
	o.Content, o.Alias, o.Ref, o.Address = parts[1], parts[2], FoldRef(ref), parts[4]
	return o, err == nil
}

// Unknown is what the books don't know of the orders that workbooks tell of, by the workbook's base name.
type Unknown struct {
	Files map[string][]string // ids of orders; empty ones are of a set, or in doubt
	Blind map[string]int      // how many of them can't be compared with rows
	Held  int                 // rows that are held for them
}

// HoldOutside compares a draft with orders that workbooks tell of. Those that these books know are judged by the books.
// Where hold is set, rows that the others are, matched by Ref or by content, are held.
func (d *Draft) HoldOutside(ctx context.Context, all iter.Seq2[Outside, error], hold bool, now time.Time,
) (Unknown, error) {
	s := newSieve(ctx, d.j, now, `batch = $1`, d.Batch.n)
	s.before = d.Whole
	return s.compareAll(all, hold)
}

// CompareOutside is [Draft.HoldOutside] for all rows of the books that may still be sent.
func (j *Journal) CompareOutside(ctx context.Context, all iter.Seq2[Outside, error], hold bool, now time.Time,
) (Unknown, error) {
	return newSieve(ctx, j, now, `true`).compareAll(all, hold)
}

// HoldTold is [Draft.HoldOutside] for the rows of a batch that may still be sent. Those that a person released in spite
// of an order stay as they are.
func (j *Journal) HoldTold(ctx context.Context, b Batch, all iter.Seq2[Outside, error], hold bool, now time.Time,
) (Unknown, error) {
	return newSieve(ctx, j, now, `batch = $1`, b.n).compareAll(all, hold)
}

func newSieve(ctx context.Context, j *Journal, now time.Time, which string, args ...any) *sieve {
	return &sieve{ctx: ctx, j: j, now: now, which: which, args: args, orders: map[string]map[string]bool{},
		homes: map[int64]map[string]bool{}, told: map[string]bool{},
		unknown: Unknown{Files: map[string][]string{}, Blind: map[string]int{}}}
}

func (s *sieve) compareAll(all iter.Seq2[Outside, error], hold bool) (Unknown, error) {
	for o, err := range all {
		if err == nil {
			err = s.take(o)
		}
		if err != nil {
			return s.unknown, err
		}
	}
	if !hold {
		return s.unknown, nil
	}
	return s.unknown, s.j.holdFound(s)
}

// holdFound holds the rows that the sieve kept.
func (j *Journal) holdFound(s *sieve) error {
	err := j.do(func(ctx context.Context, t *statements) error {
		for _, r := range s.rows {
			o := r.outside()
			if o == nil {
				continue
			}
			n, err := t.move(ctx, Queued, `UPDATE rows SET state = 'held', reason = $1, note = $2 WHERE batch = $3 AND seq = $4`,
				string(InWorkbook), o.Words(), r.batch, r.seq)
			if err == nil && n == 0 {
				n, err = t.exec(ctx, `UPDATE rows SET reason = $1, note = $2 WHERE batch = $3 AND seq = $4 AND state = 'held'
					AND reason = 'warning'`, string(InWorkbook), o.Words(), r.batch, r.seq)
			}
			if err == nil {
				err = touch(ctx, t, Batch{n: r.batch}, int(n))
			}
			if err != nil {
				return err
			}
			s.unknown.Held += int(n)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("holding rows that workbooks tell of: %w", err)
	}
	return nil
}

// sieve keeps, of orders that workbooks tell of, those that the books don't know and that are rows of a draft.
type sieve struct {
	ctx     context.Context
	j       *Journal
	now     time.Time
	before  func() error // called before the rows are read; nil: nothing is
	which   string       // rows are compared
	args    []any        // of which
	loaded  bool         // the rows are read: when the first order comes that the books don't know
	rows    []*sieved
	wanted  map[string][]*sieved       // by content, by alias and by Ref
	orders  map[string]map[string]bool // ids that the books know, by address
	homes   map[int64]map[string]bool  // addresses by account
	told    map[string]bool            // orders that another workbook tells of too
	unknown Unknown
}

// sieved is a row of a draft, with the orders that may be it.
type sieved struct {
	Identity
	batch, seq, account int64
	word                string // of a person, about orders
	byRef, byContent    *Outside
	likes               int // orders of its content
}

// outside is the order for which the row is held; nil: there is none.
func (r *sieved) outside() *Outside { return cmp.Or(r.byRef, r.byContent) }

// mayLeave are rows that would be sent, and those that a person's word about a warning would send.
const mayLeave = `(state = 'queued' OR state = 'held' AND reason = 'warning')`

// load reads rows that would be sent, once.
func (s *sieve) load() error {
	if s.loaded {
		return nil
	}
	s.loaded = true
	if s.before != nil {
		if err := s.before(); err != nil {
			return err
		}
	}
	rows, err := s.j.read.QueryContext(s.ctx, `SELECT batch, seq, account, ref, content, alias, nth, word FROM rows
		WHERE content <> '' AND `+mayLeave+` AND `+s.which, s.args...)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(r *sieved) []any {
		return []any{&r.batch, &r.seq, &r.account, &r.Ref, &r.Content, &r.Alias, &r.Nth, &r.word}
	})
	s.wanted = make(map[string][]*sieved, len(all))
	for _, r := range all {
		s.rows = append(s.rows, &r)
		for _, name := range []string{r.Content, r.Alias, refName(r.Ref)} {
			if name != "" {
				s.wanted[name] = append(s.wanted[name], &r)
			}
		}
	}
	if err != nil {
		err = fmt.Errorf("reading the journal: %w", err)
	}
	return err
}

func refName(ref string) string {
	if ref == "" {
		return ""
	}
	return "ref " + ref
}

// take looks at one order.
func (s *sieve) take(o Outside) error {
	if strings.HasPrefix(o.Address, sandboxAddress) {
		return nil // of a sandbox inside a process
	}
	known, err := s.known(o)
	if err != nil || known {
		return err
	}
	s.unknown.Files[o.File] = append(s.unknown.Files[o.File], o.OrderID)
	if o.Content == "" {
		s.unknown.Blind[o.File]++
		return nil
	}
	if err := s.load(); err != nil {
		return err
	}
	seen := map[*sieved]bool{}
	for _, name := range []string{refName(o.Ref), o.Content, o.Alias} {
		for _, r := range s.wanted[name] {
			if name == "" || seen[r] {
				continue
			}
			seen[r] = true
			if err := s.compare(r, o); err != nil {
				return err
			}
		}
	}
	return nil
}

// compare notes an order with a row that it may be.
func (s *sieve) compare(r *sieved, o Outside) error {
	at, err := s.home(r.account)
	if err != nil || !at[o.Address] {
		return err
	}
	old := o.OrderID != "" && !o.SentAt.IsZero() && o.SentAt.Before(s.now.Add(-remembered))
	switch {
	case strings.Contains(r.word, "|"+o.Words()+"|"):
	case r.Ref != "" && r.Ref == o.Ref:
		r.byRef = &o
	case r.Ref != "" && o.Ref != "", old:
	case r.Content == o.Content, r.Alias == o.Content && o.Content != "", o.Alias == r.Content && o.Alias != "":
		// Of equal rows as many are held as there are orders.
		if r.likes++; r.likes == max(r.Nth, 1) {
			r.byContent = &o
		}
	}
	return nil
}

// known tells whether the books know an order, or another workbook has told of it already. The books know a row that
// may have been ordered where they tried to order the same.
func (s *sieve) known(o Outside) (bool, error) {
	if o.OrderID == "" {
		return s.tried(o)
	}
	name := o.Address + " " + OrderKey(o.OrderID)
	if s.told[name] {
		return true, nil
	}
	ids, err := s.ordersAt(o.Address)
	if err != nil || ids[OrderKey(o.OrderID)] {
		return true, err
	}
	s.told[name] = true
	return false, nil
}

// accountsAt are the accounts that may be at an address, 1; at any where it isn't known.
const accountsAt = `(SELECT n FROM accounts WHERE $1 = '' OR kin IN (SELECT kin FROM accounts WHERE address = $1
	UNION SELECT a.kin FROM account_keys k JOIN accounts a ON a.n = k.account WHERE k.address = $1))`

func (s *sieve) ordersAt(address string) (map[string]bool, error) {
	if ids, is := s.orders[address]; is {
		return ids, nil
	}
	rows, err := s.j.read.QueryContext(s.ctx, `SELECT order_key FROM rows WHERE order_id IS NOT NULL
		AND account IN `+accountsAt, address)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(id *string) []any { return []any{id} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	ids := make(map[string]bool, len(all))
	for _, id := range all {
		ids[id] = true
	}
	s.orders[address] = ids
	return ids, nil
}

func (s *sieve) tried(o Outside) (tried bool, err error) {
	if o.Content == "" {
		return false, nil
	}
	err = s.j.read.QueryRowContext(s.ctx, `SELECT EXISTS (SELECT 1 FROM rows o JOIN batches b ON b.n = o.batch
		WHERE o.content = $2 AND o.ref = $3 AND o.attempts > 0 AND b.id IS NOT NULL AND o.account IN `+accountsAt+`)`,
		o.Address, o.Content, o.Ref).Scan(&tried)
	if err != nil {
		err = fmt.Errorf("reading the journal: %w", err)
	}
	return tried, err
}

// home gives the addresses of an account.
func (s *sieve) home(account int64) (map[string]bool, error) {
	if at, is := s.homes[account]; is {
		return at, nil
	}
	rows, err := s.j.read.QueryContext(s.ctx, `SELECT address FROM accounts
		WHERE kin = (SELECT kin FROM accounts WHERE n = $1)
		UNION SELECT k.address FROM account_keys k JOIN accounts a ON a.n = k.account
		WHERE a.kin = (SELECT kin FROM accounts WHERE n = $1)`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(address *string) []any { return []any{address} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	at := make(map[string]bool, len(all))
	for _, address := range all {
		at[address] = true
	}
	s.homes[account] = at
	return at, nil
}
