package settle

import (
	"fmt"
	"time"

	"bulkorder/batch/journal"
)

// A row in doubt belongs to the account on which it was sent, wherever its batch goes on: among another one's orders
// nothing is found of it, and nothing is proved.

const abroadWords = "it was sent on another account than the one whose key is given now, where nothing can be found of it; " +
	"give the key that it was sent with and settle again"

// tellAbroad says which rows of the batch can't be looked for with the key of now, and keeps that as what was found.
func (s *Settler) tellAbroad(out *Settlement, suspects []suspect) error {
	var found []journal.Found
	for _, x := range suspects {
		if !x.abroad {
			continue
		}
		f := journal.Finding{At: time.Now(), Words: abroadWords}
		found = append(found, journal.Found{Batch: s.Batch, Seq: x.entry.Seq, Finding: f})
		out.Conclusions = append(out.Conclusions, Conclusion{Batch: s.Batch.ID, Entry: x.entry, Words: f.Words, Finding: f})
	}
	if found == nil {
		return nil
	}
	return s.Journal.KeepFindings(found)
}

// agreedAbroad asks about rows that can't be looked for with the key of now before a word about them is kept.
func (s *Settler) agreedAbroad(rows []journal.Entry, w Word) error {
	for _, e := range rows {
		if e.Account != s.account() {
			return w.agreed(fmt.Sprintf("row %s: %s", e.At(), abroadWords))
		}
	}
	return nil
}
