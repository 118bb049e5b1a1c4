package journal

import (
	"testing"
	"time"
)

// TestWhoAnsweredAnAlarmIsKept, when, and in which words.
func TestWhoAnsweredAnAlarmIsKept(t *testing.T) {
	j, b := books(t, time.Now(), "a")
	if err := j.RaiseAlarm(b.ID, Alarm{Seq: 1, At: time.Now(), OrderID: "23501", Words: "twice"}); err != nil {
		t.Fatal(err)
	}
	at := time.UnixMilli(1_800_000_000_000)
	if err := j.AnswerAlarmsOf(0, "23501", "mia", "it is another's", at); err != nil {
		t.Fatal(err)
	}
	var when int64
	var by, answer string
	err := j.read.QueryRowContext(t.Context(), `SELECT answered_at, answered_by, answer FROM alarms`).Scan(&when, &by, &answer)
	if err != nil || when != at.UnixMilli() || by != "mia" || answer != "it is another's" {
		t.Errorf("it was answered at %d by %s: %s, %v", when, by, answer, err)
	}
}
