package parse

import (
	"slices"
	"strings"
	"time"

	"bulkorder/parse/book"
)

// day reads the value of a field that is a date. The result is dd/mm/yyyy. Whether the day is past is not asked here.
func day(text string, k book.Kind, m marks) (string, *fault) {
	switch k {
	case book.Date:
		date, _, _ := strings.Cut(text, " ")
		return date, nil
	case book.Number:
		return "", notDay("is a number without a date format", "format the cell as a date, or as Text and type it as "+
			dayExample)
	}
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return at.Format(book.DayLayout), nil
	}
	parts := strings.Split(text, "/")
	if len(parts) != 3 || !allDigits(parts[0]+parts[1]+parts[2]) || len(parts[0]) > 2 || len(parts[1]) > 2 ||
		parts[0] == "" ||
		parts[1] == "" {
		return "", notDay("is not a date in the form day/month/year", "write it as "+dayExample)
	}
	if len(parts[2]) == 2 {
		return "", shortYear(parts)
	}
	at, ok := calendarDay(parts[0], parts[1], parts[2])
	if other, either := eitherDay(text); either && m.monthFirst {
		return "", &fault{"date-ambiguous", "may be " + at.Format(wordLayout) + ", or " + other.Format(wordLayout) +
			": other dates of the column have the month first", "write it as 2030-12-31, or format the cell as a date"}
	}
	if ok {
		return at.Format(book.DayLayout), nil
	}
	if at, ok = calendarDay(parts[1], parts[0], parts[2]); ok {
		return "", notDay("is no date in the form day/month/year: there is no month "+parts[1], "write "+
			at.Format(book.DayLayout)+" if that is meant")
	}
	return "", notDay("is no day of the calendar", "write a day that exists, as "+dayExample)
}

const (
	dayExample = "31/12/2030"
	wordLayout = "2 January 2006"
)

// eitherDay gives the second reading of a date such as 03/02/2030: month first.
func eitherDay(text string) (other time.Time, either bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 || len(parts[2]) != 4 || parts[0] == parts[1] {
		return other, false
	}
	at, isDay := calendarDay(parts[0], parts[1], parts[2])
	other, either = calendarDay(parts[1], parts[0], parts[2])
	return other, isDay && either && !at.Equal(other)
}

// surelyMonthFirst tells of a date such as 12/31/2030.
func surelyMonthFirst(text string) bool {
	parts := strings.Split(text, "/")
	if len(parts) != 3 || len(parts[2]) != 4 {
		return false
	}
	_, dayFirst := calendarDay(parts[0], parts[1], parts[2])
	_, monthFirst := calendarDay(parts[1], parts[0], parts[2])
	return monthFirst && !dayFirst
}

// shortYear names the readings of a date such as 03/04/30.
func shortYear(parts []string) *fault {
	var readings []string
	for _, order := range [][3]int{{0, 1, 2}, {1, 0, 2}, {2, 1, 0}} {
		at, ok := calendarDay(parts[order[0]], parts[order[1]], "20"+parts[order[2]])
		if ok && len(parts[order[2]]) == 2 {
			readings = append(readings, at.Format(wordLayout))
		}
	}
	readings = unique(readings)
	if len(readings) == 0 {
		return notDay("is no day of the calendar", "write a day that exists, as "+dayExample)
	}
	return &fault{"date-ambiguous", "has a year of two digits: it may be " + strings.Join(readings, " or "),
		"write the year with four digits, as " + dayExample}
}

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// calendarDay makes a date of three numbers, if there is such a day. The year has four digits.
func calendarDay(d, m, y string) (time.Time, bool) {
	at, err := time.Parse("2/1/2006", strings.TrimPrefix(d, "0")+"/"+strings.TrimPrefix(m, "0")+"/"+y)
	return at, err == nil && at.Year() >= 1900
}

func notDay(wrong, mend string) *fault { return &fault{"date-unreadable", wrong, mend} }
