package parse

import (
	"slices"
	"strings"
	"time"

	"bulkorder/parse/book"
)

// laterDates are forms of days in a column for when a row is to be ordered. A day that stands there in two readings has
// both.
func laterDates() []string {
	return []string{
		time.DateOnly, "2006/1/2", "2006.1.2", "2.1.2006", "2/1/2006", "1/2/2006", "2-1-2006", "2.1.06", "2/1/06", "1/2/06",
		"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "2-Jan-2006", "2-Jan-06",
	}
}

// meantLater tells why a cell under a head such as Schedule speaks against ordering the row now; "": it doesn't.
// Nothing
// waits for the day that stands there, and where it is past the row may have been ordered then.
//
// In a column for such days every text speaks against it that doesn't say now; elsewhere only a day does.
func (d *doneLists) meantLater(c book.Cell, every bool, today time.Time) string {
	text := book.Trim(c.Text)
	if !numbered(text) {
		if d.waits(text, every) {
			return "nothing waits for that, and the row would be ordered now"
		}
		return ""
	}
	if allDigits(asciiDigits(text)) {
		return "" // no day, such as how many there were at the start
	}
	now := dayOf(today)
	past, future, is := false, false, false
	for _, at := range laterDays(text, c.Kind) {
		past, future, is = past || at.Before(now), future || at.After(now), is || at.Equal(now)
	}
	switch {
	case is && !future:
		return ""
	case future && !past:
		return "that is to come: nothing waits for it, and the row would be ordered now"
	case past && !future:
		return "that is past: the row may be ordered already"
	}
	return "nothing waits for that, and the row would be ordered now"
}

// toCome tells whether a cell holds a day that is surely to come, or a word for one.
func (d *doneLists) toCome(c book.Cell, today time.Time) bool {
	text := book.Trim(c.Text)
	if !numbered(text) {
		return d.waits(text, false)
	}
	days := laterDays(text, c.Kind)
	now := dayOf(today)
	return len(days) > 0 && !slices.ContainsFunc(days, func(at time.Time) bool { return !at.After(now) })
}

// numbered tells whether a text has digits of any kind.
func numbered(text string) bool { return strings.ContainsAny(asciiDigits(text), "0123456789") }

// waits tells whether a text without digits names a day, or what a row is to wait for.
func (d *doneLists) waits(text string, every bool) bool {
	words := plainWords(text)
	whole := joinWords(words)
	switch {
	case len(words) == 0 || d.now[whole] || d.no[whole] || IsNothing(text):
		return false
	case d.later[whole] || d.until[words[0].text] || !ascii(whole) && startsWithAny(whole, d.laterHan):
		return true
	case every:
		return !d.yes[whole] && !d.now[words[0].text]
	}
	return slices.ContainsFunc(words, func(w plainWord) bool { return d.day[w.text] })
}

// namesDay tells whether a text with digits names a day, or from when on: "ab 1. Dezember", "after 20:00".
func (d *doneLists) namesDay(text string) bool {
	words := plainWords(text)
	return len(words) > 1 && (d.until[words[0].text] || d.start[words[0].text] ||
		slices.ContainsFunc(words, func(w plainWord) bool { return d.day[w.text] }))
}

// laterDays are the days that a text may be; nil: it is none alone, such as a day with an hour.
func laterDays(text string, k book.Kind) (days []time.Time) {
	if k == book.Date {
		at, err := time.Parse(book.DayLayout, text)
		if day, _, timed := strings.Cut(text, " "); timed {
			// Of today an hour may be to come, which only the person knows.
			if at, err = time.Parse(book.DayLayout, day); err == nil {
				return []time.Time{at.Add(time.Second)}
			}
		}
		if err != nil {
			return nil
		}
		return []time.Time{at}
	}
	day, hour, timed := strings.Cut(strings.Replace(asciiDigits(text), "T", " ", 1), " ")
	for _, layout := range laterDates() {
		if at, err := time.Parse(layout, asciiDigits(text)); err == nil {
			days = append(days, at)
		} else if at, err := time.Parse(layout, day); err == nil && timed && strings.Contains(hour, ":") {
			days = append(days, at.Add(time.Second))
		}
	}
	if len(days) == 0 && yearless(asciiDigits(text)) {
		return []time.Time{{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} // of this year, or of the next
	}
	return days
}

// yearless tells whether a text is a day without a year, with or without an hour: "28.11. 18:00", "28 Nov".
func yearless(text string) bool {
	if day, hour, timed := strings.Cut(text, " "); timed && strings.Contains(hour, ":") && !strings.Contains(hour, " ") {
		text = strings.TrimSuffix(day, ",")
	}
	for _, layout := range []string{"2.1.", "2 Jan", "2 January", "Jan 2", "January 2", "2-Jan"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// dayOf is the day of a time, as the person's calendar has it.
func dayOf(at time.Time) time.Time {
	year, month, day := at.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
