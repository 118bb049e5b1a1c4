package settle

import (
	"context"
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// resent asks for the balance, and by it about rows that are to be sent again.
func (l *Looker) resent(ctx context.Context, s *Looked, o Looking) error {
	sum := l.sum()
	now, err := sum.balance(ctx, s.Began)
	if errors.Is(err, journal.ErrUnquiet) {
		return nil // another process sends on the account: nothing can be compared now
	}
	if err != nil {
		return err
	}
	s.Balance, s.Asked = decimal.NewNullDecimal(now.Balance), now.Asked
	s.Doubted, err = sum.Resent(ctx, l.Batch, o.Resent, now)
	return err
}

// Resent puts rows of a batch in doubt that the panel told to wait, first at a time, and whose charge may have left the
// balance since: more left it than our orders, and the rows in doubt before, explain. It gives these rows. Where others
// order on the account the balance doesn't tell.
func (s *Sum) Resent(ctx context.Context, b journal.Batch, first map[int64]time.Time, now journal.Moment) (
	doubted []int64, err error,
) {
	if s.Panel.Panel.Exclusive == panel.Shared {
		return nil, nil
	}
	rows, err := s.Journal.SaidNo(ctx, b, s.Account, now.Asked.Add(-Remembered))
	if err != nil {
		return nil, err
	}
	p := s.prove(now, 0)
	left := map[int64]decimal.Decimal{} // before the first of them is put in doubt
	for _, r := range rows {
		began, is := first[r.Seq]
		if !is || r.State != journal.Queued {
			continue
		}
		most, err := p.left(ctx, began)
		if err != nil {
			return nil, err
		}
		if charge, known := r.Estimate(); most.IsPositive() && !(known && charge.GreaterThan(most)) {
			left[r.Seq] = most
		}
	}
	for _, r := range rows {
		most, is := left[r.Seq]
		if !is {
			continue
		}
		if err := s.doubt(b, r, most); err != nil {
			return doubted, err
		}
		doubted = append(doubted, r.Seq)
	}
	return doubted, nil
}

// left gives what left the balance since before a time at most, that neither our orders nor the rows in doubt explain,
// as far as that is certain; zero: nothing is.
func (p *prover) left(ctx context.Context, t time.Time) (decimal.Decimal, error) {
	from, err := p.sum.Journal.MomentBefore(ctx, p.sum.Account, t)
	if errors.Is(err, journal.ErrNoMoment) {
		return decimal.Zero, nil
	}
	if err != nil {
		return decimal.Zero, err
	}
	gap, err := p.gap(ctx, from, p.now)
	if err != nil {
		return decimal.Zero, err
	}
	left := gap.Least
	if gap.Lacks() {
		left = gap.Unexplained
	}
	if !left.IsPositive() {
		return decimal.Zero, nil
	}
	doubtful, err := p.sum.Journal.Doubtful(ctx, p.sum.Account, from.Asked)
	if err != nil || !left.GreaterThan(doubtful) {
		return decimal.Zero, err
	}
	return left.Add(gap.Error), nil
}
