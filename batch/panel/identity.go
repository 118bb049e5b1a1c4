package panel

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/shopspring/decimal"
)

// Fingerprint tells keys apart without telling them: a hash keyed with a salt of the books' own.
func (c *Client) Fingerprint(salt string) string {
	h := hmac.New(sha256.New, []byte(salt))
	h.Write([]byte(c.key.secret()))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Shown asks for one order and tells whether the panel shows it to this key, and its charge.
func (c *Client) Shown(ctx context.Context, order string) (charge decimal.NullDecimal, shown bool, err error) {
	statuses, err := c.Statuses(ctx, []string{order}, nil)
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) && refusal.Class != ClassKey {
		return charge, false, nil
	}
	s := statuses[order]
	return s.Charge, err == nil && s.Error == "" && s.Status != "", err
}
